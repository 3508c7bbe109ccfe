"""What the public may see of an industry centre: an allow-list, like that of firms.

Rule: figures that others reported stand beside our own counts and are never mixed with them; each
carries its year and its source. The firms are the public ones.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Prefetch
from django.urls import reverse

from promotions.counts import firms_by
from promotions.drawings import DRAWN
from promotions.tallies import Tally
from registry.models import (
    Centre,
    CentreFigure,
    CentreThreshold,
    Commodity,
    Firm,
    ProductionSite,
    Regency,
    Village,
)
from registry.models.centres import CentreStatus
from registry.querysets import CentreQuerySet

# So many villages are named; a centre has a handful.
MAX_VILLAGES = 40
# More centres than a region has; a page never reads more.
MAX_CENTRES = 200


@dataclass(frozen=True)
class ReportedFigure:
    """What somebody reported of a centre for a year."""

    year: int
    units: int | None
    workers: int | None
    source: str


@dataclass(frozen=True)
class CentreCard:
    """A centre in a list."""

    name: str
    url: str
    slug: str
    commodity: Commodity
    drawn: bool
    regency: Regency
    district: str
    village: str
    firms: Tally  # in the catalogue
    figure: ReportedFigure | None  # the newest


@dataclass(frozen=True)
class VillageCount:
    """A village of a centre, its middle on the map, and its public firms there."""

    code: str
    name: str
    is_kelurahan: bool
    district: str
    district_code: str
    latitude: Decimal | None
    longitude: Decimal | None
    firms: int

    @property
    def anchor(self) -> str:
        """The name of its row in the page."""
        return f"desa-{self.code.replace('.', '')}"


@dataclass(frozen=True)
class PublicPoint:
    """A point to go to, and what it is the point of: "village", "district" or "centre"."""

    latitude: Decimal
    longitude: Decimal
    precision: str


@dataclass(frozen=True)
class CentrePage(CentreCard):
    """A centre on its own page."""

    figures: tuple[ReportedFigure, ...]
    source: str
    source_address: str
    note: str  # in Indonesian, as it was written
    status: str
    decree_number: str  # while the decree is in force
    decree_date: dt.date | None
    criterion: str
    needed: Decimal  # so many firms a centre should have
    villages: tuple[VillageCount, ...]
    point: PublicPoint | None
    district_code: str

    @property
    def map_points(self) -> list[tuple[str, Decimal | None, Decimal | None, int, str]]:
        """The villages as the map draws them, each leading to its row beside it."""
        return [(v.name, v.latitude, v.longitude, v.firms, f"#{v.anchor}") for v in self.villages]

    @property
    def map_districts(self) -> list[str]:
        """The districts that the centre lies in."""
        own = [self.district_code] if self.district_code else []
        return list(dict.fromkeys([*own, *(v.district_code for v in self.villages)]))

    @property
    def growing(self) -> bool:
        """Whether no decree makes it a centre, and fewer firms are known than one should have."""
        reported = [figure.units for figure in self.figures if figure.units is not None]
        return not self.decree_number and max([self.firms.count, *reported]) < self.needed


def with_parts(centres: CentreQuerySet) -> CentreQuerySet:
    """Load what a card needs: the row with its place, and the figures of all rows together."""
    return centres.select_related(
        "regency", "district", "village__district", "commodity"
    ).prefetch_related(Prefetch("figures", CentreFigure.objects.order_by("-year")))


def cards_of(centres: Iterable[Centre]) -> list[CentreCard]:
    """The cards of centres that come from `with_parts`."""
    found = list(centres)
    counted = firms_of([centre.slug for centre in found])
    return [CentreCard(**_card_fields(centre, counted[centre.slug])) for centre in found]


def leading_centres() -> list[CentreCard]:
    """Of each region, in the order of the regions, the centre with the most firms to show."""
    rows = list(
        Centre.objects.public()
        .order_by("regency__position", "name", "pk")
        .values_list("regency", "slug")
    )
    counted = firms_of([slug for _regency, slug in rows])
    leading: dict[str, str] = {}
    for regency, slug in rows:
        if regency not in leading or counted[slug].count > counted[leading[regency]].count:
            leading[regency] = slug
    chosen = Centre.objects.public().filter(slug__in=leading.values())
    return cards_of(with_parts(chosen).order_by("regency__position"))


def centres_in(regency: Regency) -> list[CentreCard]:
    """The centres of a region, those with the most firms to show first."""
    rows = with_parts(Centre.objects.public().filter(regency=regency)).order_by("name", "pk")
    return sorted(cards_of(rows[:MAX_CENTRES]), key=lambda card: -card.firms.count)


def page_of_centre(centre: Centre) -> CentrePage:
    """The page of a centre that comes from `with_parts`."""
    counted = firms_of([centre.slug])
    return CentrePage(
        **_card_fields(centre, counted[centre.slug]),
        figures=_figures(centre),
        source=centre.source,
        source_address=centre.source_address,
        note=centre.note,
        status=str(CentreStatus(centre.status).label),
        decree_number=centre.decree_number if centre.by_decree else "",
        decree_date=centre.decree_date if centre.by_decree else None,
        criterion=centre.get_criterion_display() if centre.criterion else "",
        needed=CentreThreshold.in_force().firms,
        villages=villages_of(centre),
        point=_point(centre),
        district_code=centre.district_id or "",
    )


def firms_of(slugs: list[str]) -> dict[str, Tally]:
    """Of each centre the number of its firms in the catalogue: the list behind its link."""
    return firms_by("sentra", slugs)


def villages_of(centre: Centre) -> tuple[VillageCount, ...]:
    """The centre's villages and those where its public firms work, the largest number first."""
    sites = ProductionSite.objects.filter(centre=centre, firm__in=Firm.objects.public())
    counted = dict(
        sites.filter(village__isnull=False)
        .order_by()
        .values_list("village")
        .annotate(n=Count("firm", distinct=True))
    )
    named = set(centre.villages.values_list("pk", flat=True))
    rows = Village.objects.filter(pk__in=named | set(counted)).select_related("district")
    found = [_village(row, counted.get(row.pk, 0)) for row in rows]
    return tuple(sorted(found, key=lambda v: (-v.firms, v.name))[:MAX_VILLAGES])


def _village(row: Village, firms: int) -> VillageCount:
    return VillageCount(
        code=row.pk,
        name=row.name,
        is_kelurahan=row.kind == "kelurahan",
        district=row.district.name,
        district_code=row.district_id,
        latitude=row.latitude,
        longitude=row.longitude,
        firms=firms,
    )


def _card_fields(centre: Centre, firms: Tally) -> dict[str, Any]:
    figures = _figures(centre)
    return {
        "name": centre.name,
        "url": reverse("promotions:centre", args=[centre.slug]),
        "slug": centre.slug,
        "commodity": centre.commodity,
        "drawn": centre.commodity_id in DRAWN,
        "regency": centre.regency,
        "district": centre.district.name if centre.district else "",
        "village": centre.village.name if centre.village else "",
        "firms": firms,
        "figure": figures[0] if figures else None,
    }


def _figures(centre: Any) -> tuple[ReportedFigure, ...]:
    return tuple(
        ReportedFigure(figure.year, figure.units, figure.workers, figure.source)
        for figure in centre.figures.all()
    )


def _point(centre: Centre) -> PublicPoint | None:
    """The centre's point; where it is only the middle of a village or a district, it says so."""
    if centre.latitude is None or centre.longitude is None:
        return None
    here = (centre.latitude, centre.longitude)
    precision = "centre"
    for name, place in (("village", centre.village), ("district", centre.district)):
        if place is not None and here == (place.latitude, place.longitude):
            precision = name
            break
    return PublicPoint(*here, precision)
