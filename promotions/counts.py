"""The numbers of what is shown in public."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef, Q

from promotions.pages import capped_count
from registry.models import Centre, Certificate, Firm
from registry.models.certificates import CertificateKind

# What the home page calls "certified": the two that public buyers and shops ask for first.
CERTIFIED = [CertificateKind.TKDN_IK, CertificateKind.HALAL]
SPECIALITIES = 2


@dataclass(frozen=True)
class RegionTotals:
    """What the public pages say of one region."""

    firms: int = 0
    certified: int = 0
    specialities: tuple[str, ...] = ()  # slugs of its largest product groups


@dataclass(frozen=True)
class PublicTotals:
    """What the public pages say of the whole."""

    regions: dict[str, RegionTotals]
    centres: int

    @property
    def firms(self) -> int:
        """All public firms."""
        return sum(region.firms for region in self.regions.values())

    @property
    def certified(self) -> int:
        """Public firms with a valid TKDN or halal certificate."""
        return sum(region.certified for region in self.regions.values())


@dataclass(frozen=True)
class TabTotals:
    """What the tabs of the catalogue say."""

    firms: int
    more_firms: bool  # whether there are more than `firms` says
    centres: int


def tab_totals() -> TabTotals:
    """How much the catalogue holds; kept for a minute, since every list shows it."""

    def count() -> TabTotals:
        firms, more = capped_count(Firm.objects.public())
        return TabTotals(firms, more, Centre.objects.public().count())

    return cache.get_or_set("catalogue:tabs", count, 60) or count()


def public_totals() -> PublicTotals:
    """Public firms by region, how many are certified, what they make most; and centres."""
    public = Firm.objects.public().order_by()
    valid = Certificate.objects.filter(firm=OuterRef("pk"), kind__in=CERTIFIED).valid_on()
    counted = public.values("regency").annotate(
        firms=Count("pk"), certified=Count("pk", filter=Q(Exists(valid)))
    )
    made = _specialities(public)
    return PublicTotals(
        regions={
            row["regency"]: RegionTotals(
                row["firms"], row["certified"], tuple(made.get(row["regency"], ()))
            )
            for row in counted
        },
        centres=Centre.objects.public().count(),
    )


def _specialities(public: Any) -> dict[str, list[str]]:
    """The largest product groups of each region, by firms."""
    commodity = "activities__kbli__commodity_of__commodity"
    counted = (
        public.filter(**{f"{commodity}__isnull": False})
        .values_list("regency", commodity)
        .annotate(n=Count("pk", distinct=True))
    )
    made: dict[str, list[str]] = {}
    for regency, slug, _n in sorted(counted, key=lambda row: (-row[2], row[1])):
        if len(made.setdefault(regency, [])) < SPECIALITIES:
            made[regency].append(slug)
    return made
