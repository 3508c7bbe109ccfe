"""The staff's list of centres: what it can be narrowed by, and the numbers beside each centre.

Rule: a value that is not known, or of a region outside one's scope, is told and left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from accounts import policy
from registry.centre_criteria import Thresholds
from registry.centre_members import member_counts
from registry.models import Centre, CentreFigure, CentreThreshold, Commodity, Regency
from registry.models.centres import CentreStatus
from registry.paging import Page, page_of
from registry.querysets import CentreQuerySet

PAGE_SIZE = 25
COLUMNS = {"wilayah": "regency__slug", "komoditas": "commodity", "status": "status"}


@dataclass(frozen=True)
class Asked:
    """The filters of the address: the choices of each, those in force, those nobody knows."""

    choices: Mapping[str, list[tuple[str, Any]]]
    values: Mapping[str, str]
    ignored: tuple[str, ...]

    @property
    def regions(self) -> int:
        """How many regions there are to choose from."""
        return len(self.choices["wilayah"])


@dataclass(frozen=True)
class Row:
    """A centre in the list, its linked working firms, and its newest reported figures."""

    centre: Centre
    firms: int
    figure: CentreFigure | None
    too_few: bool

    @property
    def reported(self) -> tuple[int | None, int | None]:
        """Firms and workers of the newest report."""
        return (self.figure.units, self.figure.workers) if self.figure else (None, None)


def asked_of(address: Any, user: Any) -> Asked:
    """Reads the address, as far as the person may ask."""
    regencies = Regency.objects.in_reach(user, policy.Action.VIEW, "registry.centre")
    choices: dict[str, list[tuple[str, Any]]] = {
        "wilayah": [(r.slug, r.short_name) for r in regencies],
        "komoditas": [(c.pk, c.name) for c in Commodity.objects.all()],
        "status": list(CentreStatus.choices),
    }
    given = {name: str(address.get(name, "")) for name in COLUMNS}
    good = {n: v for n, v in given.items() if v in {key for key, _label in choices[n]}}
    ignored = (v.replace("\x00", " ")[:40] for n, v in given.items() if v and n not in good)
    return Asked(choices, good, tuple(ignored))


def narrowed(centres: CentreQuerySet, asked: Asked) -> CentreQuerySet:
    """The centres that meet every filter."""
    found: CentreQuerySet = centres.filter(
        **{COLUMNS[name]: value for name, value in asked.values.items()}
    )
    return found


def page_of_centres(centres: CentreQuerySet, number: str | None) -> tuple[Page, list[Row]]:
    """One page of centres with their numbers; the queries do not grow with the centres."""
    rows = (
        centres.select_related("regency", "district", "village", "commodity")
        .prefetch_related(Prefetch("figures", CentreFigure.objects.order_by("-year")))
        .order_by("name", "pk")
    )
    page = page_of(rows, number, PAGE_SIZE)
    firms, thresholds = member_counts(page.rows), CentreThreshold.in_force()
    return page, [_row(centre, firms.get(centre.pk, 0), thresholds) for centre in page.rows]


def _row(centre: Any, firms: int, thresholds: Thresholds) -> Row:
    figures = centre.figures.all()
    few = centre.by_decree and firms < thresholds.firms
    return Row(centre, firms, figures[0] if figures else None, few)
