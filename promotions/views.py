"""Public pages of firms: the list and a page each."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from promotions.choices import (
    Chip,
    Options,
    address_without_filters,
    chips_of,
    groups_of,
    known_only,
    options_of,
)
from promotions.filters import FirmFilter, narrowed
from promotions.pages import capped_count, page_of
from promotions.profiles import card_of, for_list, profile_of
from registry.models import Firm

PAGE_SIZE = 24
DEFAULT_ORDER = "nama"
ORDERS = {"nama": ("name", "pk"), "terbaru": ("-pk",)}
MAX_WAYS_OUT = 3


@dataclass(frozen=True)
class WayOut:
    """What one gets when a filter is left out."""

    chip: Chip
    total: int
    more: bool


@require_safe
def firm_list(request: HttpRequest) -> HttpResponse:
    """The public firms, filtered by what the address says; unknown values are told and left out."""
    public = Firm.objects.public()
    options = options_of(FirmFilter(queryset=public))
    params, ignored = known_only(request.GET, options)
    order = params.get("urut") if params.get("urut") in ORDERS else DEFAULT_ORDER
    firms = for_list(FirmFilter(params, queryset=public).qs).order_by(*ORDERS[str(order)])
    page = page_of(firms, params.get("hal"), PAGE_SIZE)
    groups = groups_of(params, options)
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
            "ways_out": [] if page.rows else _ways_out(chips, options),
        },
    )


def _ways_out(chips: list[Chip], options: Options) -> list[WayOut]:
    """For an empty list: which filters to take out, the last ones first, and what one then gets."""
    found = []
    for chip in list(reversed(chips))[:MAX_WAYS_OUT]:
        left = QueryDict(chip.without[1:])
        asked = {name: left.getlist(name) for name in options}
        firms = narrowed(Firm.objects.public(), q=left.get("q", ""), **asked)
        total, more = capped_count(firms)
        if total:
            found.append(WayOut(chip, total, more))
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
