"""Public pages of firms: the list and a page each."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from promotions.filters import FirmFilter
from promotions.pages import page_of
from promotions.profiles import card_of, for_list, profile_of
from registry.models import Firm

PAGE_SIZE = 24


@require_safe
def firm_list(request: HttpRequest) -> HttpResponse:
    """The public firms, filtered by what the address says; unknown values are told and left out."""
    chosen = FirmFilter(request.GET, queryset=Firm.objects.public())
    page = page_of(for_list(chosen.qs).order_by("name", "pk"), request.GET.get("hal"), PAGE_SIZE)
    return render(
        request,
        "promotions/firm_list.html",
        {"filter": chosen, "page": page, "cards": [card_of(firm) for firm in page.rows]},
    )


@require_safe
def firm_page(request: HttpRequest, slug: str, pk: str) -> HttpResponse:
    """One public firm; an old name in the address leads to the present one."""
    firm = (
        Firm.objects.public()
        .with_consents()
        .select_related("regency", "district", "village")
        .filter(pk=int(pk))
        .first()
    )
    if firm is None:
        raise Http404
    if firm.slug != slug:
        return redirect(firm, permanent=True)
    return render(request, "promotions/firm.html", {"firm": profile_of(firm)})
