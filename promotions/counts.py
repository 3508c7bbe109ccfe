"""The numbers of what is shown in public, each the length of a list that a page links to.

Rule: bounded work. Numbers are exact up to 10,000 and "more than" beyond (`promotions.tallies`),
and those that every visitor sees are kept for a minute.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count

from promotions.filters import Asked
from promotions.pages import capped_count
from promotions.tallies import KEPT_SECONDS, SCAN_LIMIT, Tally, tallies
from registry.models import Centre, Commodity, District, Firm, IndustryGroup, Regency
from registry.models.certificates import CertificateKind
from registry.models.firms import DataState
from registry.querysets import FirmQuerySet

# What the pages call "certified": the two that public buyers and shops ask for first.
CERTIFIED = [CertificateKind.TKDN_IK.value, CertificateKind.HALAL.value]
# The data states in which an officer has looked at the firm.
LOOKED_AT = [DataState.REVIEWED.value, DataState.VERIFIED.value]
SPECIALITIES = 2
NONE = Tally()


@dataclass(frozen=True)
class RegionTotals:
    """What the public pages say of one region."""

    firms: Tally = NONE
    certified: Tally = NONE
    centres: int = 0
    specialities: tuple[str, ...] = ()  # slugs of its largest product groups


@dataclass(frozen=True)
class PublicTotals:
    """What the public pages say of the whole, by the regions' codes."""

    regions: dict[str, RegionTotals]
    states: dict[str, Tally]  # firms by the state of their data

    @property
    def firms(self) -> Tally:
        """All public firms."""
        return total(region.firms for region in self.regions.values())

    @property
    def certified(self) -> Tally:
        """Public firms with a valid TKDN or halal certificate."""
        return total(region.certified for region in self.regions.values())

    @property
    def looked_at(self) -> Tally:
        """Public firms whose data an officer has looked at."""
        return total(self.states[state] for state in LOOKED_AT)

    @property
    def centres(self) -> int:
        """All public centres."""
        return sum(region.centres for region in self.regions.values())


@dataclass(frozen=True)
class TabTotals:
    """What the tabs of the catalogue say."""

    firms: int
    more_firms: bool  # whether there are more than `firms` says
    centres: int


@dataclass(frozen=True)
class Part:
    """A product group or an industry group of a region, and its public firms."""

    key: str
    name: str
    firms: Tally


def total(parts: Iterable[Tally]) -> Tally:
    """The sum, which is "more than" as soon as a part is."""
    found = list(parts)
    return Tally(sum(part.count for part in found), any(part.more for part in found))


def firms_by(
    facet: str,
    values: Sequence[str],
    asked: Asked | None = None,
    public: FirmQuerySet | None = None,
) -> dict[str, Tally]:
    """Public firms behind each value of a filter, inside what is `asked` of the other filters."""
    if not values:
        return {}
    if public is None:
        public = Firm.objects.public()
    return tallies(public, asked or {}, "", {facet: values})[facet]


def tab_totals() -> TabTotals:
    """How much the catalogue holds; kept for a minute, since every list shows it."""

    def count() -> TabTotals:
        firms, more = capped_count(Firm.objects.public())
        return TabTotals(firms, more, Centre.objects.public().count())

    return cache.get_or_set("catalogue:tabs", count, KEPT_SECONDS) or count()


def public_totals() -> PublicTotals:
    """Firms, certified firms, centres and specialities by region; kept for a minute."""
    return cache.get_or_set("public:totals", _public_totals, KEPT_SECONDS) or _public_totals()


def products_of(regency: Regency) -> list[Part]:
    """The product groups of a region's public firms, the largest first; none without a firm."""
    groups = {group.pk: group.name for group in Commodity.objects.all()}
    counted = firms_by("komoditas", list(groups), {"wilayah": [regency.slug]})
    parts = [Part(key, groups[key], tally) for key, tally in counted.items() if tally.count]
    return sorted(parts, key=lambda part: -part.firms.count)


def industry_groups(regency: Regency | None = None) -> list[Part]:
    """Public firms by industry group of their primary activity, the largest first."""
    groups = {group.pk: group.name for group in IndustryGroup.objects.all()}
    asked = {"wilayah": [regency.slug]} if regency else {}
    counted = firms_by("kelompok", list(groups), asked)
    parts = [Part(key, groups[key], tally) for key, tally in counted.items()]
    return sorted(parts, key=lambda part: -part.firms.count)


def districts_of(regency: Regency) -> list[Part]:
    """Public firms by the districts of a region."""
    names = dict(District.objects.filter(regency=regency).values_list("pk", "name"))
    counted = firms_by("kecamatan", list(names), {"wilayah": [regency.slug]})
    return [Part(key, names[key], tally) for key, tally in counted.items()]


def unmapped(firms: Tally, parts: list[Part]) -> int | None:
    """Firms in none of the groups, so that all add up; None where a number is cut off."""
    mapped = total(part.firms for part in parts)
    if firms.more or mapped.more:
        return None
    return max(0, firms.count - mapped.count)


def _public_totals() -> PublicTotals:
    public = Firm.objects.public()
    regions = {region.slug: region.pk for region in Regency.objects.all()}
    slugs = list(regions)
    firms = firms_by("wilayah", slugs, public=public)
    certified = firms_by("wilayah", slugs, {"sertifikat": CERTIFIED}, public)
    counted = Centre.objects.public().order_by().values_list("regency").annotate(n=Count("pk"))
    centres, made = dict(counted), _specialities(public)
    return PublicTotals(
        regions={
            pk: RegionTotals(
                firms[slug], certified[slug], centres.get(pk, 0), tuple(made.get(pk, ()))
            )
            for slug, pk in regions.items()
        },
        states=firms_by("keadaan", [state.value for state in DataState], public=public),
    )


def _specialities(public: FirmQuerySet) -> dict[str, list[str]]:
    """The largest product groups of each region, by its newest firms as far as they are read."""
    commodity = "activities__kbli__commodity_of__commodity"
    read = Firm.objects.filter(pk__in=public.order_by("-pk").values("pk")[:SCAN_LIMIT])
    counted = (
        read.filter(**{f"{commodity}__isnull": False})
        .order_by()
        .values_list("regency", commodity)
        .annotate(n=Count("pk", distinct=True))
    )
    made: dict[str, list[str]] = {}
    for regency, slug, _n in sorted(counted, key=lambda row: (-row[2], row[1])):
        if len(made.setdefault(regency, [])) < SPECIALITIES:
            made[regency].append(slug)
    return made
