"""The staff's list of firms and the staff's page of one firm, both only to read."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import policy
from registry.chain import chain_of, with_chain, with_next_end
from registry.completeness import FACTS
from registry.conditions import soon
from registry.dossier import dossier_of, figures_of
from registry.filters import StaffFirmFilter
from registry.history import history_of
from registry.listing import ORDER_LABELS, ORDERS, PAGE_SIZE, listing_of
from registry.models import Firm
from registry.paging import by_key, page_of

LATEST_MOMENTS = 8


@require_safe
@never_cache
@login_required
def firm_list(request: HttpRequest) -> HttpResponse:
    """The firms of the person's regions, filtered and sorted by what the address says."""
    filters = StaffFirmFilter(request.GET, Firm.objects.visible_to(request.user), request=request)
    listing = listing_of(filters, request.GET.get("urut"))
    today = timezone.localdate()
    keys = filters.qs.order_by(*ORDERS[listing.order]).values_list("pk", flat=True)
    firms = with_next_end(with_chain(Firm.objects.visible_to(request.user), today), today)
    firms = firms.select_related("regency", "district", "village")
    page = page_of(filters.counted, request.GET.get("hal"), PAGE_SIZE, by_key(keys, firms))
    return render(
        request,
        "registry/firm_list.html",
        {
            "section": "firms",
            "filters": filters,
            "listing": listing,
            "orders": ORDER_LABELS.items(),
            "page": page,
            "rows": [(firm, chain_of(firm)) for firm in page.rows],
            "soon": soon(today)[1],
            "own_facts": sum(fact.own for fact in FACTS),
            "shows_owners": policy.may_kind(request.user, policy.Action.VIEW, "registry.owner"),
            "now": timezone.now(),
        },
    )


@require_safe
@never_cache
@login_required
def firm_page(request: HttpRequest, pk: int) -> HttpResponse:
    """All that the person may read of one firm; outside the person's regions there is none."""
    firms = with_chain(Firm.objects.visible_to(request.user))
    firm = firms.select_related("regency", "district", "village", "verified_by").filter(pk=pk)
    found = firm.first()
    if found is None:
        return _led_on(request, pk)
    dossier = dossier_of(found, request.user)
    return render(
        request,
        "registry/firm_page.html",
        {
            "section": "firms",
            "firm": found,
            "dossier": dossier,
            "figures": figures_of(dossier.profiles),
            "may_change": policy.may(request.user, policy.Action.CHANGE, found),
            "moments": history_of(found, request.user)[:LATEST_MOMENTS],
            "back": request.GET.urlencode(),
            "now": timezone.now(),
        },
    )


def _led_on(request: HttpRequest, pk: int) -> HttpResponse:
    """The address of a firm that was merged leads to the one that stands for it; else 404."""
    kept = Firm.objects.visible_to(request.user).filter(merged__pk=pk).first()
    if kept is None:
        raise Http404
    return redirect("registry:firm", pk=kept.pk, permanent=True)
