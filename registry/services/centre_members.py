"""Linking sites to a centre, refusing them, taking them out again: always by a person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from registry.models import Centre, CentreRefusal, ProductionSite
from registry.models.centres import CentreStatus
from registry.services.base import remove_row, save_row, writing


def centre_members_link(
    *, centre: Centre, sites: Iterable[ProductionSite], by: Any, reason: str = ""
) -> list[ProductionSite]:
    """Link sites to the centre; those that belong to a centre by now are left as they are.

    Returns the sites that were linked. An earlier refusal of the pair is taken back.
    """
    if centre.status == CentreStatus.INACTIVE:
        raise ValidationError(
            _("The centre is no longer active. Take it up again first, then link firms.")
        )
    why = reason or _("Belongs to the centre %(centre)s") % {"centre": centre}
    with writing(by=by, reason=why):
        free = [site for site in _locked(sites) if site.centre_id is None]
        for site in free:
            if site.regency_id != centre.regency_id:
                raise ValidationError(
                    _("%(site)s lies in another regency than the centre.") % {"site": site}
                )
            site.centre = centre
            save_row(site, by=by, reason=why)
        for refusal in CentreRefusal.objects.filter(centre=centre, site__in=free):
            remove_row(refusal, by=by, reason=why)
    return free


def centre_members_refuse(
    *, centre: Centre, sites: Iterable[ProductionSite], by: Any, reason: str = ""
) -> int:
    """Remember that sites do not belong to the centre; returns how many were new."""
    why = reason or _("Does not belong to the centre %(centre)s") % {"centre": centre}
    with writing(by=by, reason=why):
        rows = _locked(sites)
        known = set(
            CentreRefusal.objects.filter(centre=centre, site__in=rows).values_list(
                "site_id", flat=True
            )
        )
        new = [site for site in rows if site.pk not in known and site.centre_id != centre.pk]
        for site in new:
            refusal = CentreRefusal(
                centre=centre, site=site, reason=reason[:200], decided_by_id=by.pk
            )
            save_row(refusal, by=by, reason=why)
    return len(new)


def centre_members_unlink(
    *, centre: Centre, sites: Iterable[ProductionSite], by: Any, reason: str
) -> list[ProductionSite]:
    """Take sites out of the centre; they are not proposed again."""
    if not reason.strip():
        raise ValidationError(_("Say why the firm leaves the centre."))
    with writing(by=by, reason=reason):
        leaving = [site for site in _locked(sites) if site.centre_id == centre.pk]
        for site in leaving:
            site.centre = None
            save_row(site, by=by, reason=reason)
        centre_members_refuse(centre=centre, sites=leaving, by=by, reason=reason)
    return leaving


def centre_refusals_lift(*, refusals: Iterable[CentreRefusal], by: Any, reason: str = "") -> int:
    """Forget refusals, so that the sites are proposed again."""
    why = reason or _("To be asked about again")
    rows = list(refusals)
    with writing(by=by, reason=why):
        for refusal in rows:
            remove_row(refusal, by=by, reason=why)
    return len(rows)


def _locked(sites: Iterable[ProductionSite]) -> list[ProductionSite]:
    """The sites as they are now, nobody else changing them meanwhile."""
    keys = [site.pk for site in sites]
    rows = ProductionSite.objects.filter(pk__in=keys).select_for_update(of=("self",))
    return list(rows.select_related("firm").order_by("pk"))
