"""The pages behind a firm's card, and asking for one: no account, a secret in the address.

Rule: a secret that opens nothing gets one and the same page, whether it never existed, has ended or
was revoked. Nothing of these pages is kept by a cache or a search engine, or told to other sites.
Every use is noted in the firm's history, an opening once in a sitting.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.limits import Limit, address_of
from promotions import services as own_services
from promotions.cards import own_card
from promotions.inquiries.on_card import inquiries_of
from promotions.models import InquiryFirm
from registry import services, tasks
from registry.cards import card_of
from registry.corrections import on_record
from registry.forms_cards import CorrectionForm
from registry.models import ConsentText, Firm, FirmCard
from registry.models.consents import Purpose

# Many firms share one address at a centre or behind a mobile network; nobody guesses 144 bits.
PER_CARD = Limit("card", 60, 60)
PER_ADDRESS = Limit("card-address", 300, 60)
UNKNOWN_PER_ADDRESS = Limit("card-unknown", 30, 300)
ASKED_PER_ADDRESS = Limit("card-asked", 10, 3600)
ASKED_PER_FIRM = Limit("card-asked-firm", 3, 86_400)
# How messengers call themselves when they fetch a link that is being sent.
PREVIEWS = ("WhatsApp/", "facebookexternalhit/", "TelegramBot", "SkypeUriPreview")
REASON_LENGTH = 200
# Openings within so long are one sitting.
SITTING = dt.timedelta(minutes=10)

View = Callable[..., HttpResponse]


def _by_card(view: View) -> View:
    """The view gets the card; whoever has none, or asks too often, gets a page that tells nothing.

    The referrer stays on this site: with "no-referrer" browsers send forms from an origin "null",
    which the protection of forms rightly refuses.
    """

    @wraps(view)
    @never_cache
    def inner(request: HttpRequest, token: str, **which: Any) -> HttpResponse:
        if not (PER_CARD.allows(token) and PER_ADDRESS.allows(address_of(request))):
            response = _wait(request)
        elif (card := card_of(token)) is None:
            response = _unknown(request)
        else:
            response = view(request, token, card, **which)
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response["Referrer-Policy"] = "same-origin"
        return response

    return inner


@require_http_methods(["GET", "HEAD"])
@_by_card
def card_page(request: HttpRequest, token: str, card: FirmCard) -> HttpResponse:
    """The firm's own page."""
    if request.method == "GET" and not _previewed(request) and _new_sitting(card):
        services.card_opened(card=card)
    context = {"card": own_card(card), "inquiries": inquiries_of(card.firm), "token": token}
    return render(request, "promotions/card/page.html", context)


@require_POST
@_by_card
def card_confirm(request: HttpRequest, token: str, card: FirmCard) -> HttpResponse:
    """The firm says that its data are right."""
    services.card_confirm(card=card)
    messages.success(request, _("Thank you. It is noted that your data are right as of today."))
    return redirect("promotions:card", token=token)


@require_http_methods(["GET", "HEAD", "POST"])
@_by_card
def card_correct(request: HttpRequest, token: str, card: FirmCard) -> HttpResponse:
    """The firm proposes corrections; an officer decides."""
    firm = card.firm
    waiting = {row.what: row.new for row in firm.proposals.waiting()}
    form = CorrectionForm(firm, on_record(firm), waiting, request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = services.corrections_propose(card=card, wanted=form.wanted())
        messages.success(request, _proposed(len(made)))
        return redirect("promotions:card", token=token)
    context = {"form": form, "token": token, "firm_name": firm.full_name}
    status = 400 if form.errors else 200
    return render(request, "promotions/card/correct.html", context, status=status)


@require_POST
@_by_card
def card_consent(request: HttpRequest, token: str, card: FirmCard) -> HttpResponse:
    """The firm gives or withdraws one consent; both act with the next request."""
    purpose = request.POST.get("untuk", "")
    if purpose not in Purpose.values:
        raise Http404
    label = Purpose(purpose).label
    if request.POST.get("aksi") == "tarik":
        services.card_consent_withdraw(card=card, purpose=purpose)
        messages.success(request, _("Withdrawn: %(what)s. It holds at once.") % {"what": label})
        return redirect("promotions:card", token=token)
    try:
        services.card_consent_give(card=card, purpose=purpose, text=_text_shown(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Agreed: %(what)s.") % {"what": label})
    return redirect("promotions:card", token=token)


@require_POST
@_by_card
def card_objection(request: HttpRequest, token: str, card: FirmCard) -> HttpResponse:
    """The firm asks not to be shown, or takes that back; both act with the next request."""
    if request.POST.get("aksi") == "batal":
        services.card_object_lift(card=card)
        messages.success(request, _("Taken back. Your firm may be shown again."))
        return redirect("promotions:card", token=token)
    why = request.POST.get("alasan", "").strip()[:REASON_LENGTH]
    services.card_object(card=card, reason=why)
    messages.success(request, _("It is noted. Your firm is not shown any more."))
    return redirect("promotions:card", token=token)


@require_POST
@_by_card
def card_answered(request: HttpRequest, token: str, card: FirmCard, pk: int) -> HttpResponse:
    """The firm says that it has answered a buyer; another firm's inquiry is not found."""
    row = get_object_or_404(InquiryFirm.objects.told(), firm=card.firm_id, pk=pk)
    try:
        own_services.card_answered(card=card, row=row)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Noted: you have answered. The buyer can see that now."))
    return redirect("promotions:card", token=token)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def ask_for_card(request: HttpRequest, slug: str, pk: str) -> HttpResponse:
    """Ask for the link to a firm's card: it goes to the contact on record, to nobody else."""
    firm = Firm.objects.public().filter(pk=int(pk)).first()
    if firm is None:
        raise Http404
    asked = request.method == "POST"
    if asked:
        if not ASKED_PER_ADDRESS.allows(address_of(request)):
            return _wait(request)
        if ASKED_PER_FIRM.allows(str(firm.pk)):
            tasks.ask_for_card(firm, request.build_absolute_uri("/"))
    context = {"firm_name": firm.full_name, "back": firm.get_absolute_url(), "asked": asked}
    return render(request, "promotions/card/ask.html", context)


def _new_sitting(card: FirmCard) -> bool:
    return card.last_used_at is None or timezone.now() - card.last_used_at >= SITTING


def _previewed(request: HttpRequest) -> bool:
    """Whether a messenger looks at the link to draw its preview, and nobody opens the card."""
    return request.headers.get("User-Agent", "").startswith(PREVIEWS)


def _text_shown(request: HttpRequest) -> ConsentText | None:
    number = request.POST.get("teks", "")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    found: ConsentText | None = ConsentText.objects.filter(pk=number).first()
    return found


def _proposed(count: int) -> str:
    if not count:
        return _("Nothing differs from what is on record or already waits.")
    return ngettext(
        "%(n)s correction was sent. An officer looks at it; until then the old value stays.",
        "%(n)s corrections were sent. An officer looks at them; until then the old values stay.",
        count,
    ) % {"n": count}


def _unknown(request: HttpRequest) -> HttpResponse:
    if not UNKNOWN_PER_ADDRESS.allows(address_of(request)):
        return _wait(request)
    return render(request, "promotions/card/unknown.html", status=404)


def _wait(request: HttpRequest) -> HttpResponse:
    context: dict[str, Any] = {"wait": True}
    return render(request, "promotions/card/unknown.html", context, status=429)
