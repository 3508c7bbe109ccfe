"""Public pages of firms: the list and a page each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from promotions import counts
from promotions.choices import Chip, address_without_filters, chips_of, groups_of, read
from promotions.drawings import DRAWN
from promotions.filters import FACETS, narrowed
from promotions.pages import capped_count, page_of
from promotions.profiles import FirmCard, card_of, for_list, for_profile, profile_of
from promotions.similar import similar_to
from promotions.tallies import tallies
from registry.models import Firm
from registry.querysets import FirmQuerySet

PAGE_SIZE = 24
DEFAULT_ORDER = "lengkap"
# Each order is total (it ends with the key) and stands in an index.
ORDERS = {
    "lengkap": ("-own_facts", "name", "pk"),
    "terbaru": ("-pk",),
    "nama": ("name", "pk"),
}
MAX_WAYS_OUT = 3
SIMILAR, SIMILAR_WHEN_GONE = 3, 4


@dataclass(frozen=True)
class WayOut:
    """What one gets when a filter is left out."""

    chip: Chip
    total: int
    more: bool


@require_safe
def firm_list(request: HttpRequest) -> HttpResponse:
    """The public firms, filtered by what the address says; unknown values are told and left out."""
    reading = read(request.GET)
    params, question = reading.params, reading.question
    order = params.get("urut") if params.get("urut") in ORDERS else DEFAULT_ORDER
    public = Firm.objects.public()
    firms = for_list(narrowed(public, reading.asked, question))
    page = page_of(firms.order_by(*ORDERS[str(order)]), params.get("hal"), PAGE_SIZE)
    groups = groups_of(reading, tallies(public, reading.asked, question, reading.values))
    chips = chips_of(reading, groups)
    return render(
        request,
        "promotions/firm_list.html",
        {
            "section": "catalogue",
            "list_address": reverse("promotions:firms"),
            "totals": counts.tab_totals(),
            "question": question,
            "order": order,
            "default_order": DEFAULT_ORDER,
            "kept": [(n, v) for n, values in params.lists() if n != "hal" for v in values if v],
            "groups": groups,
            "chips": chips,
            "active": sum(chip.name != "q" for chip in chips),
            "without_filters": address_without_filters(params),
            "unknown": reading.unknown,
            "districts_left_out": reading.districts_left_out,
            "page": page,
            "cards": [card_of(firm) for firm in page.rows],
            "ways_out": [] if page.rows else _ways_out(public, chips),
            "today": timezone.localdate(),
        },
    )


def _ways_out(public: FirmQuerySet, chips: list[Chip]) -> list[WayOut]:
    """For an empty list: which filters to take out, the last ones first, and what one then gets."""
    found = []
    for chip in list(reversed(chips))[:MAX_WAYS_OUT]:
        left = QueryDict(chip.without[1:])
        asked = {facet.name: left.getlist(facet.name) for facet in FACETS}
        total, more = capped_count(narrowed(public, asked, left.get("q", "")))
        if total:
            found.append(WayOut(chip, total, more))
    return found


@require_safe
def firm_page(request: HttpRequest, slug: str, pk: str) -> HttpResponse:
    """One public firm; an old name in the address leads to the present one."""
    public = Firm.objects.public()
    firm = for_profile(public).filter(pk=int(pk)).first()
    if firm is None:
        return gone(request, public, int(pk))
    if firm.slug != slug:
        return redirect(firm, permanent=True)
    context = {
        "section": "catalogue",
        "firm": profile_of(firm),
        "similar": _cards(similar_to(public, firm, SIMILAR)),
        "drawn": DRAWN,
    }
    return render(request, "promotions/firm.html", context)


def gone(request: HttpRequest, public: FirmQuerySet, pk: int) -> HttpResponse:
    """410 for a firm that was public by its consent, without naming it; 404 for every other.

    A firm that was merged into another leads there, as far as that one is public.
    """
    merged = Firm.objects.filter(pk=pk, merged_into__isnull=False).first()
    if merged is not None:
        pk = merged.merged_into_id
        if kept := public.filter(pk=pk).first():
            return redirect(kept, permanent=True)
    firm = Firm.objects.once_public().filter(pk=pk).first()
    if firm is None:
        raise Http404
    similar = _cards(similar_to(public, firm, SIMILAR_WHEN_GONE))
    return render(request, "410.html", {"similar": similar}, status=410)


def _cards(firms: Iterable[Firm]) -> list[FirmCard]:
    return [card_of(firm) for firm in firms]
