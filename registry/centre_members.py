"""The firms of a centre: those that are linked by a site, and those that may belong to it.

Rule: a site is proposed when it lies in a village of the centre and its firm makes what the centre
is known for (KBLI → product group). Nothing is linked by itself: a person says yes or no, and a no
is remembered.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from registry.centre_criteria import Facts, VillageFacts
from registry.models import (
    Centre,
    CentreRefusal,
    Firm,
    FirmActivity,
    ProductionSite,
    Village,
    VillageHouseholds,
)
from registry.models.centres import CentreStatus
from registry.querysets import FirmQuerySet, SiteQuerySet


def sites_of(centre: Centre) -> SiteQuerySet:
    """The sites that are linked to the centre, whatever became of their firms."""
    sites: SiteQuerySet = ProductionSite.objects.filter(
        centre=centre, firm__merged_into__isnull=True
    )
    return sites.select_related("firm", "village__district").order_by("firm__name", "pk")


def members_of(centre: Centre) -> FirmQuerySet:
    """The working firms with a site in the centre."""
    sites = ProductionSite.objects.filter(firm=OuterRef("pk"), centre=centre)
    firms: FirmQuerySet = Firm.objects.working().filter(Exists(sites))
    return firms


def member_counts(centres: Iterable[Centre]) -> dict[int, int]:
    """Of each centre the number of its working firms, in one query."""
    sites = ProductionSite.objects.filter(centre__in=list(centres))
    counted = (
        sites.filter(firm__in=Firm.objects.working().values("pk"))
        .order_by()
        .values_list("centre")
        .annotate(n=Count("firm", distinct=True))
    )
    return dict(counted)


def proposed_to(centre: Centre) -> SiteQuerySet:
    """The sites that may belong to the centre and that nobody has decided about."""
    sites: SiteQuerySet = ProductionSite.objects.none()
    if centre.status == CentreStatus.INACTIVE:
        return sites
    decided = CentreRefusal.objects.filter(centre=centre, site=OuterRef("pk"))
    sites = ProductionSite.objects.filter(
        Exists(_makes(centre, "firm")),
        ~Exists(decided),
        centre__isnull=True,
        village__in=village_codes(centre),
        firm__in=Firm.objects.working().values("pk"),
    )
    return sites.select_related("firm", "village__district").order_by("firm__name", "pk")


def village_codes(centre: Centre) -> list[str]:
    """The villages of the centre: its own, and those that were added to it."""
    added = centre.villages.values_list("pk", flat=True)
    return sorted({*added, *([centre.village_id] if centre.village_id else [])})


def facts_of(centre: Centre) -> Facts:
    """What the criteria ask about a centre; the decree only while it is in force."""
    same, kind = Exists(_makes(centre, "pk")), Exists(_activities("pk"))
    counted = (
        members_of(centre)
        .order_by()
        .annotate(same=same, kind=kind)
        .aggregate(
            same_kind=Count("pk", filter=Q(same=True)),
            other_kind=Count("pk", filter=Q(same=False, kind=True)),
            unknown_kind=Count("pk", filter=Q(kind=False)),
        )
    )
    return Facts(
        **counted,
        villages=_villages_of(centre),
        decree_number=centre.decree_number if centre.by_decree else "",
        decree_date=centre.decree_date if centre.by_decree else None,
    )


def _villages_of(centre: Centre) -> tuple[VillageFacts, ...]:
    codes = village_codes(centre)
    sites = ProductionSite.objects.filter(
        Exists(_makes(centre, "firm")),
        centre=centre,
        village__in=codes,
        firm__in=Firm.objects.working().values("pk"),
    )
    firms = dict(
        sites.order_by().values_list("village").annotate(n=Count("firm", distinct=True)),
    )
    newest = VillageHouseholds.objects.filter(village__in=codes).order_by("village_id", "-year")
    known = {row.village_id: row for row in newest.distinct("village_id")}
    return tuple(
        _village(village, firms.get(village.pk, 0), known.get(village.pk))
        for village in Village.objects.filter(pk__in=codes).order_by("name", "pk")
    )


def _village(village: Village, firms: int, known: Any) -> VillageFacts:
    if known is None:
        return VillageFacts(village.name, firms)
    return VillageFacts(village.name, firms, known.households, known.year, known.source)


def _activities(firm: str) -> Any:
    return FirmActivity.objects.filter(firm=OuterRef(firm))


def _makes(centre: Centre, firm: str) -> Any:
    """Activities of the outer row's firm that belong to the centre's product group."""
    return _activities(firm).filter(kbli__commodity_of__commodity=centre.commodity_id)
