"""Public pages of firms: the list and a page each."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from promotions.choices import (
    Chip,
    address_without_filters,
    chips_of,
    groups_of,
    known_only,
)
from promotions.filters import FirmFilter
from promotions.pages import Page, page_of
from promotions.profiles import card_of, for_list, profile_of
from registry.models import Firm

PAGE_SIZE = 24
DEFAULT_ORDER = "nama"
MAX_WAYS_OUT = 3
ORDERS = {"nama": ("name", "pk"), "terbaru": ("-pk",)}


@require_safe
def firm_list(request: HttpRequest) -> HttpResponse:
    """The public firms, filtered by what the address says; unknown values are told and left out."""
    public = Firm.objects.public()
    params, ignored = known_only(request.GET, FirmFilter(queryset=public))
    chosen = FirmFilter(params, queryset=public)
    order = params.get("urut") if params.get("urut") in ORDERS else DEFAULT_ORDER
    firms = for_list(chosen.qs).order_by(*ORDERS[str(order)])
    page = page_of(firms, params.get("hal"), PAGE_SIZE)
    groups = groups_of(params, chosen)
    chips = chips_of(params, groups)
    return render(
        request,
        "promotions/firm_list.html",
        {
            "section": "catalogue",
            "question": params.get("q", ""),
            "order": order,
            "kept": [(n, v) for n, values in params.lists() if n != "hal" for v in values if v],
            "groups": groups,
            "chips": chips,
            "active": sum(chip.name != "q" for chip in chips),
            "without_filters": address_without_filters(params),
            "ignored": ignored,
            "page": page,
            "cards": [card_of(firm) for firm in page.rows],
            "ways_out": [] if page.rows else _ways_out(chips),
        },
    )


def _ways_out(chips: list[Chip]) -> list[tuple[Chip, Page]]:
    """For an empty list: which filters to take out, the last ones first, and what one then gets."""
    found = []
    for chip in list(reversed(chips))[:MAX_WAYS_OUT]:
        without = FirmFilter(QueryDict(chip.without[1:]), queryset=Firm.objects.public())
        page = page_of(without.qs, None, 1)
        if page.rows:
            found.append((chip, page))
    return found


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
    return render(
        request, "promotions/firm.html", {"section": "catalogue", "firm": profile_of(firm)}
    )
