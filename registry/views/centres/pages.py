"""The staff's list of centres and the page of one centre, both to read."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import policy
from accounts.policy import Action
from registry.centre_criteria import findings_of, too_few, verdict
from registry.centre_figures import years_of
from registry.centre_list import asked_of, narrowed, page_of_centres
from registry.centre_members import facts_of, proposed_to, sites_of
from registry.centre_steps import Status, next_steps
from registry.history import history_of
from registry.models import Centre, CentreThreshold
from registry.models.centres import CentreCriterion, CentreStatus
from registry.paging import capped_count
from registry.views.centres.common import of_centre

LATEST_MOMENTS = 8
FIRST_SITES = 10
_STAGES = (Status.POTENTIAL, Status.RECORDED, Status.DESIGNATED, Status.ASSISTED)


@require_safe
@never_cache
@login_required
def centre_list(request: HttpRequest) -> HttpResponse:
    """The centres of the person's regions, narrowed by what the address says."""
    if not policy.may_kind(request.user, Action.VIEW, "registry.centre"):
        raise PermissionDenied
    asked = asked_of(request.GET, request.user)
    centres = narrowed(Centre.objects.visible_to(request.user), asked)
    page, rows = page_of_centres(centres, request.GET.get("hal"))
    return render(
        request,
        "registry/centres/list.html",
        {
            "section": "centres",
            "asked": asked,
            "page": page,
            "rows": rows,
            "may_propose": policy.may_kind(request.user, Action.ADD, "registry.centre"),
            "now": timezone.now(),
        },
    )


@require_safe
@of_centre(Action.VIEW)
def centre_page(request: HttpRequest, centre: Centre) -> HttpResponse:
    """Status and steps, criteria with reasons, firms, and figures reported beside computed."""
    facts, thresholds = facts_of(centre), CentreThreshold.in_force()
    findings = findings_of(facts, thresholds)
    may_change = policy.may(request.user, Action.CHANGE, centre)
    sites = sites_of(centre)
    labels = dict(CentreCriterion.choices)
    return render(
        request,
        "registry/centres/page.html",
        {
            "section": "centres",
            "centre": centre,
            "facts": facts,
            "needed": thresholds.firms,
            "findings": [(labels[finding.criterion], finding) for finding in findings],
            "verdict": verdict(findings),
            "few": centre.by_decree and too_few(facts, thresholds),
            "stages": [CentreStatus(stage).label for stage in _STAGES],
            "stage": _STAGES.index(Status(centre.status)) + 1 if _active(centre) else 0,
            "next_steps": [(s, CentreStatus(s.target).label) for s in next_steps(centre.status)],
            "steps": centre.steps.select_related("recorded_by"),
            "years": years_of(centre),
            "sites": told_sites(sites[:FIRST_SITES], request),
            "site_count": capped_count(sites)[0],
            "proposals": capped_count(proposed_to(centre)) if may_change else None,
            "may_change": may_change,
            "moments": history_of(centre, request.user)[:LATEST_MOMENTS],
            "now": timezone.now(),
        },
    )


def told_sites(sites: object, request: HttpRequest) -> list[tuple[object, bool]]:
    """Sites, and of each whether the person may open the page of its firm."""
    scope = policy.scope_of(request.user)
    return [(site, site.firm.regency_id in scope) for site in sites]  # type: ignore[attr-defined]


def _active(centre: Centre) -> bool:
    return bool(centre.status != CentreStatus.INACTIVE)
