"""What the filter panel and its chips show, from the address. Unknown values are told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from promotions.filters import FACETS, SHOWN_CERTIFICATES, Facet
from promotions.tallies import Tallies, Tally
from registry.models import Centre, Commodity, District, IndustryGroup, Regency
from registry.models.firms import DataState


@dataclass(frozen=True)
class Choice:
    """A box to tick, and how many firms stand behind it."""

    value: str
    label: str
    chosen: bool
    tally: Tally


@dataclass(frozen=True)
class Group:
    """A group of boxes; `open` ones stand in the panel, the others are folded until used."""

    name: str
    label: str
    short: str
    choices: tuple[Choice, ...]
    open: bool

    @property
    def chosen(self) -> tuple[Choice, ...]:
        """The ticked boxes."""
        return tuple(choice for choice in self.choices if choice.chosen)

    @property
    def any(self) -> bool:
        """Whether something in it is ticked: then it is never folded away."""
        return bool(self.chosen)

    @property
    def first(self) -> tuple[Choice, ...]:
        """The boxes that stand open in a long group."""
        return self.choices[:OPEN_CHOICES]

    @property
    def rest(self) -> tuple[Choice, ...]:
        """The boxes of a long group behind "all of them"."""
        return self.choices[OPEN_CHOICES:]

    @property
    def any_rest(self) -> bool:
        """Whether something among the rest is ticked."""
        return any(choice.chosen for choice in self.rest)

    @property
    def all_of_them(self) -> str:
        """What the fold of a long group says."""
        n = len(self.choices)
        if self.name == "kecamatan":
            return ngettext("All %(n)s districts", "All %(n)s districts", n) % {"n": n}
        if self.name == "sentra":
            return ngettext("All %(n)s centres", "All %(n)s centres", n) % {"n": n}
        if self.name == "komoditas":
            return ngettext("All %(n)s product groups", "All %(n)s product groups", n) % {"n": n}
        return ngettext("All %(n)s groups", "All %(n)s groups", n) % {"n": n}


@dataclass(frozen=True)
class Chip:
    """An active filter, and the address without it."""

    name: str
    group: str
    label: str
    without: str
    joined: bool  # whether it stands beside another value of its group, with "or" between


# Of each group, by its name in the address: value and label of its boxes.
Options = dict[str, list[tuple[str, str]]]


@dataclass
class Reading:
    """An address, read: what of it is known, the boxes there are, and what had to be left out."""

    params: QueryDict
    options: Options = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    districts_left_out: list[str] = field(default_factory=list)

    @property
    def question(self) -> str:
        """What is searched for."""
        return str(self.params.get("q", ""))

    @property
    def asked(self) -> dict[str, list[str]]:
        """The ticked values of each group."""
        return {name: self.params.getlist(name) for name in self.options}

    @property
    def values(self) -> dict[str, list[str]]:
        """All values of each group."""
        return {name: [value for value, _label in boxes] for name, boxes in self.options.items()}


OPEN_GROUPS = ("wilayah", "kecamatan", "komoditas", "sertifikat")
OPEN_CHOICES = 6
MAX_QUESTION = 100
# Of unknown values, so many are named, and so much of each.
MAX_TOLD, MAX_TOLD_LENGTH = 5, 40
# A region's centres fit in the panel; more than this could only come from a typed address.
MAX_CENTRES = 200

SEARCH_LABEL = _("Search")


def read(address: QueryDict) -> Reading:
    """The address with its known values only; what is left out is remembered, to be told."""
    reading = Reading(address.copy())
    question = " ".join(address.get("q", "").replace("\x00", " ").split())
    reading.params.pop("q", None)
    if question:
        reading.params["q"] = question[:MAX_QUESTION]
    take(reading, "wilayah", [(r.slug, str(r)) for r in Regency.objects.all()])
    _take_districts(reading)
    for name, boxes in (
        ("komoditas", [(c.pk, c.name) for c in Commodity.objects.all()]),
        ("sertifikat", [(kind.value, str(kind.label)) for kind in SHOWN_CERTIFICATES]),
        ("keadaan", [(state.value, str(state.label)) for state in DataState]),
        ("kelompok", [(g.pk, g.name) for g in IndustryGroup.objects.all()]),
        ("sentra", _centres(reading.params)),
    ):
        take(reading, name, boxes)
    return shortened(reading)


def shortened(reading: Reading) -> Reading:
    """The reading with as many unknown values as a message can name."""
    reading.unknown = [value[:MAX_TOLD_LENGTH] for value in reading.unknown[:MAX_TOLD]]
    return reading


def take(reading: Reading, name: str, boxes: list[tuple[str, str]]) -> None:
    """Keep of a group the values that it has, once each."""
    known = {value for value, _label in boxes}
    asked = reading.params.getlist(name)
    reading.unknown += [value for value in asked if value and value not in known]
    reading.params.setlist(name, list(dict.fromkeys(v for v in asked if v in known)))
    if boxes:
        reading.options[name] = boxes


def _take_districts(reading: Reading) -> None:
    """Districts appear within one region; an address that names only a district means its region.

    With several regions a district would hide the others, so it is left out, and that is told.
    """
    asked = reading.params.getlist("kecamatan")[:MAX_CENTRES]
    regions = reading.params.getlist("wilayah")
    found = {d.pk: d for d in District.objects.filter(pk__in=asked)} if asked else {}
    if found and not regions:
        regions = list(
            Regency.objects.filter(districts__in=found).distinct().values_list("slug", flat=True)
        )
        reading.params.setlist("wilayah", regions)
    if len(regions) == 1:
        here = District.objects.filter(regency__slug=regions[0])
        take(reading, "kecamatan", [(d.pk, d.name) for d in here])
        return
    reading.districts_left_out = [d.name for d in found.values()][:MAX_TOLD]
    reading.unknown += [code for code in asked if code and code not in found]
    reading.params.setlist("kecamatan", [])


def _centres(params: QueryDict) -> list[tuple[str, str]]:
    """The centres of the one chosen region, and those that the address asks for."""
    regions, asked = params.getlist("wilayah"), params.getlist("sentra")[:MAX_CENTRES]
    wanted = Q(slug__in=asked)
    if len(regions) == 1:
        wanted |= Q(regency__slug=regions[0])
    elif not asked:
        return []
    return list(Centre.objects.public().filter(wanted).values_list("slug", "name")[:MAX_CENTRES])


def groups_of(reading: Reading, counted: Tallies) -> list[Group]:
    """The panel, in its order."""
    return [_group(facet, reading, counted) for facet in FACETS if facet.name in reading.options]


def _group(facet: Facet, reading: Reading, counted: Tallies) -> Group:
    chosen = set(reading.params.getlist(facet.name))
    numbers = counted.get(facet.name, {})
    choices = tuple(
        Choice(value, label, value in chosen, numbers.get(value, Tally()))
        for value, label in reading.options[facet.name]
    )
    short = str(facet.short or facet.label)
    return Group(facet.name, str(facet.label), short, choices, facet.name in OPEN_GROUPS)


def chips_of(reading: Reading, groups: Iterable[Group]) -> list[Chip]:
    """The active filters, each with the address that leaves it out."""
    params, chips = reading.params, []
    if reading.question:
        chips.append(
            Chip("q", str(SEARCH_LABEL), reading.question, _less(params, "q"), joined=False)
        )
    for group in groups:
        for position, choice in enumerate(group.chosen):
            without = _less(params, group.name, choice.value)
            chips.append(Chip(group.name, group.short, choice.label, without, position > 0))
    return chips


def address_without_filters(params: QueryDict) -> str:
    """The list with nothing ticked; what was searched for and the order stay."""
    kept = QueryDict(mutable=True)
    for name in ("q", "urut"):
        if value := params.get(name):
            kept[name] = value
    return f"?{kept.urlencode()}"


def _less(params: QueryDict, name: str, value: str | None = None) -> str:
    rest = params.copy()
    rest.pop("hal", None)
    if value is None:
        rest.pop(name, None)
    else:
        rest.setlist(name, [v for v in rest.getlist(name) if v != value])
    if name == "wilayah":
        rest.pop("kecamatan", None)  # districts belong to the region
    return f"?{rest.urlencode()}"
