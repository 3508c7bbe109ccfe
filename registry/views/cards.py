"""Staff and the cards of firms: making a link, revoking, printing the cards of a village.

Rule: a new link is shown once, in the answer to its making, and is kept nowhere; making and
revoking are for those who keep the register, in their own regions.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.policy import Action
from registry import services
from registry.cards import path_of, qr_of, whatsapp_link
from registry.chain import with_chain
from registry.filters import StaffFirmFilter
from registry.listing import listing_of
from registry.models import Firm, FirmCard, Village
from registry.models.cards import CardWay
from registry.paper.cards import MOST, cards_as_pdf
from registry.querysets import FirmQuerySet
from registry.views.staff import staff_may

View = Callable[..., HttpResponse]
LATEST = 30  # cards of a firm that its page lists
_BY_PLACE = ("regency", "district__name", "village__name", "name", "pk")


_for_staff = staff_may(Action.ADD, "registry.firmcard")


@require_http_methods(["GET", "HEAD", "POST"])
@_for_staff
def firm_cards(request: HttpRequest, pk: int) -> HttpResponse:
    """The cards of one firm: make one, revoke one or all, see when they were opened."""
    firms = Firm.objects.visible_to(request.user).select_related("regency", "district", "village")
    firm = get_object_or_404(firms, pk=pk)
    if request.method != "POST":
        return _cards_page(request, firm)
    action = request.POST.get("aksi", "")
    if action == "buat":
        issued = services.card_issue(firm=firm, way=CardWay.LINK, by=request.user)
        return _cards_page(request, firm, _address(request, issued.token))
    if action == "cabut-semua":
        count = services.cards_revoke(firm=firm, by=request.user)
        said = ngettext("%(n)s card revoked.", "%(n)s cards revoked.", count)
        messages.success(request, said % {"n": count})
    else:
        cards = FirmCard.objects.visible_to(request.user).filter(firm=firm)
        number = action.removeprefix("cabut-")
        card = get_object_or_404(cards, pk=number if number.isdecimal() else 0)
        services.card_revoke(card=card, by=request.user)
        messages.success(request, _("The card is revoked. It opens nothing any more."))
    return redirect("registry:firm-cards", pk=firm.pk)


def _cards_page(request: HttpRequest, firm: Firm, address: str = "") -> HttpResponse:
    today = timezone.localdate()
    cards = FirmCard.objects.visible_to(request.user).filter(firm=firm)
    latest = list(cards.select_related("issued_by")[: LATEST + 1])
    context = {
        "section": "firms",
        "firm": firm,
        "cards": latest[:LATEST],
        "more": len(latest) > LATEST,
        "usable": cards.usable(today).count(),
        "today": today,
        "address": address,
        "qr": qr_of(address) if address else "",
        "whatsapp": whatsapp_link(firm, address) if address else "",
    }
    return render(request, "registry/cards/firm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@_for_staff
def cards_print(request: HttpRequest) -> HttpResponse:
    """The cards of the firms that the address filters, at most 200, as one PDF with a list."""
    filters = StaffFirmFilter(request.GET, Firm.objects.visible_to(request.user), request=request)
    listing = listing_of(filters, None)
    villages = _villages(filters)
    village = next((v for v in villages if v.pk == request.GET.get("desa")), None)
    firms = filters.qs.filter(village=village) if village else filters.qs
    count = firms.order_by().values("pk")[: MOST + 1].count()
    if request.method == "POST" and 0 < count <= MOST:
        return _pdf(request, firms, _scope(listing, village))
    context = {
        "section": "firms",
        "filters": filters,
        "listing": listing,
        "kept": [(n, v) for n, v in listing.asked.items() if n not in ("wilayah", "kecamatan")],
        "villages": villages,
        "village": village,
        "count": count,
        "most": MOST,
        "full_path": request.get_full_path(),
    }
    return render(request, "registry/cards/print.html", context)


def _pdf(request: HttpRequest, firms: FirmQuerySet, scope: str) -> HttpResponse:
    """Make the cards and set them; without the file there are no cards."""
    rows = with_chain(firms).select_related("regency", "district", "village").order_by(*_BY_PLACE)
    with transaction.atomic():
        issued = services.cards_issue(
            firms=list(rows), way=CardWay.PRINT, by=request.user, reason=_("Cards printed")
        )
        content = cards_as_pdf(issued, lambda token: _address(request, token), scope)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="kartu-usaha.pdf"'
    return response


def _villages(filters: StaffFirmFilter) -> list[Village]:
    district = filters.asked.get("kecamatan")
    return list(Village.objects.filter(district=district).order_by("name")) if district else []


def _scope(listing: Any, village: Village | None) -> str:
    told = [f"{chip.group}: {chip.label}" for chip in listing.chips]
    if village:
        told.append(_("Village: %(name)s") % {"name": village.name})
    return " · ".join(told) or _("All working firms of the region")


def _address(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(path_of(token))
