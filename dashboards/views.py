"""Officials' pages: the numbers of a region, from `registry.counts` and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import policy
from dashboards.addresses import Within
from dashboards.goals import goal_rows
from dashboards.overview import overview_of
from registry.filters import UNMAPPED
from registry.models import IndustryGroup, Regency
from registry.reporting import current_period


@require_safe
@login_required
def start(request: HttpRequest) -> HttpResponse:
    """The workroom begins with the dashboard."""
    return redirect("dashboards:overview")


@require_safe
@never_cache
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """The dashboard; `?layar=1` for a projector, `?cetak=1` for paper."""
    if not policy.may_kind(request.user, policy.Action.VIEW, "dashboards.pages"):
        raise PermissionDenied
    regencies = list(Regency.objects.in_reach(request.user))
    groups = list(IndustryGroup.objects.all())
    within = Within(
        _chosen(request.GET.get("wilayah", ""), regencies),
        _group(request.GET.get("kelompok", ""), groups),
    )
    on_screen = request.GET.get("layar") == "1"
    return render(
        request,
        "dashboards/screen.html" if on_screen else "dashboards/overview.html",
        {
            "section": "dashboard",
            "regencies": regencies,
            "groups": groups,
            "unmapped": UNMAPPED,
            "regency": within.regency,
            "group": next((g for g in groups if g.slug == within.group), None),
            "within": within,
            "for_paper": request.GET.get("cetak") == "1",
            "now": timezone.now(),
            **overview_of(request.user, regencies, within),
        },
    )


@require_safe
@never_cache
@login_required
def targets(request: HttpRequest) -> HttpResponse:
    """This year's targets by region, with what is reached today."""
    if not policy.may_kind(request.user, policy.Action.VIEW, "registry.target"):
        raise PermissionDenied
    kind = "registry.target"
    regencies = list(Regency.objects.in_reach(request.user, policy.Action.VIEW, kind))
    today = timezone.localdate()
    return render(
        request,
        "dashboards/targets.html",
        {
            "section": "dashboard",
            "regencies": regencies,
            "rows": goal_rows(request.user, regencies, today),
            "period": current_period(today),
            "year": today.year,
            "may_keep": policy.may_kind(request.user, policy.Action.ADD, "registry.target"),
            "now": timezone.now(),
        },
    )


def _chosen(slug: str, regencies: Sequence[Regency]) -> Regency | None:
    """The region in the address; one outside the person's scope does not exist for them."""
    if not slug:
        return None
    for regency in regencies:
        if regency.slug == slug:
            return regency
    raise Http404


def _group(slug: str, groups: Sequence[IndustryGroup]) -> str:
    """The industry group in the address, or the value for unmapped firms."""
    if slug and slug != UNMAPPED and slug not in {group.slug for group in groups}:
        raise Http404
    return slug
