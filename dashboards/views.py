"""Officials' pages: the numbers of a region, from `registry.counts` and nowhere else."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import policy
from dashboards.shown import shown_ladder, shown_matrix
from registry import counts
from registry.models import Regency


@require_safe
@never_cache
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """What the register says today of the regions the person may see."""
    if not policy.may_kind(request.user, policy.Action.VIEW, "dashboards.pages"):
        raise PermissionDenied
    regencies = [r for r in Regency.objects.all() if r.pk in policy.scope_of(request.user)]
    regency = _chosen(request.GET.get("wilayah", ""), regencies)
    matrix = counts.group_matrix(request.user)
    return render(
        request,
        "dashboards/overview.html",
        {
            "regencies": regencies,
            "regency": regency,
            "section": "dashboard",
            "ladder": shown_ladder(counts.ladder(request.user, regency)),
            "matrix": matrix,
            "rows": shown_matrix(matrix),
            "ending": counts.certificates_ending(request.user, regency),
            "now": timezone.now(),
        },
    )


def _chosen(slug: str, regencies: list[Regency]) -> Regency | None:
    """The region in the address; one outside the person's scope does not exist for them."""
    if not slug:
        return None
    for regency in regencies:
        if regency.slug == slug:
            return regency
    raise Http404
