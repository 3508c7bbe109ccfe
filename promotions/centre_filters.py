"""What visitors can narrow the list of centres by, in the same panel as the catalogue's.

Rule: a value's number is what the list shows when this value alone is ticked in its group.
"""

from __future__ import annotations

from django.db.models import Count
from django.http import QueryDict

from promotions.choices import Choice, Group, Reading, shortened, take
from promotions.filters import FACETS
from promotions.tallies import Tally
from registry.models import Centre, Commodity, Regency
from registry.querysets import CentreQuerySet

# Name in the address, and the column it narrows.
COLUMNS = {"wilayah": "regency__slug", "komoditas": "commodity"}


def read(address: QueryDict) -> Reading:
    """The address with its known values only; what is left out is remembered, to be told."""
    reading = Reading(address.copy())
    reading.params.pop("q", None)
    used = Commodity.objects.filter(centres__in=Centre.objects.public()).distinct()
    take(reading, "wilayah", [(r.slug, str(r)) for r in Regency.objects.all()])
    take(reading, "komoditas", [(c.pk, c.name) for c in used])
    return shortened(reading)


def narrowed(asked: dict[str, list[str]], but: str = "") -> CentreQuerySet:
    """The public centres with one of the ticked values of each group, `but` one left aside."""
    centres = Centre.objects.public()
    for name, column in COLUMNS.items():
        if name != but and (values := asked.get(name)):
            centres = centres.filter(**{f"{column}__in": values})
    found: CentreQuerySet = centres
    return found


def groups_of(reading: Reading) -> list[Group]:
    """The panel, with the number of centres behind each value."""
    labels = {facet.name: str(facet.label) for facet in FACETS}
    return [_group(reading, name, labels[name]) for name in COLUMNS if name in reading.options]


def _group(reading: Reading, name: str, label: str) -> Group:
    rows = narrowed(reading.asked, but=name).order_by().values_list(COLUMNS[name])
    counted = dict(rows.annotate(n=Count("pk")))
    chosen = set(reading.params.getlist(name))
    choices = tuple(
        Choice(value, text, value in chosen, Tally(counted.get(value, 0)))
        for value, text in reading.options[name]
    )
    return Group(name, label, label, choices, open=True)
