"""Making and revoking a firm's cards, and what a firm does by one.

Rule: a new card leaves the earlier ones valid, since a link on paper and one in a phone are used
side by side; each ends by its own day, and the office can revoke one or all at once. Every use
stands in the firm's history as the firm's own doing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.policy import Action
from registry.cards import hash_of, holder_of, new_token
from registry.models import CardRequest, Consent, ConsentText, Firm, FirmCard, Objection
from registry.models.cards import CardWay, RequestState
from registry.models.consents import Channel, ObjectionWay
from registry.services.base import require, save_row, writing
from registry.services.bulk import insert_rows
from registry.services.consents import consent_give, consent_withdraw, text_in_force
from registry.services.objections import objection_lift, objection_record

# Days that a card is valid: one that an officer handed over, and one mailed to whoever asked.
VALID_DAYS = {CardWay.LINK: 365, CardWay.PRINT: 365, CardWay.MAIL: 14}


@dataclass(frozen=True)
class IssuedCard:
    """A new card with its secret, which is known only now."""

    card: FirmCard
    token: str


def card_issue(*, firm: Firm, way: str, by: Any, reason: str = "") -> IssuedCard:
    """Make a card for one firm."""
    return cards_issue(firms=[firm], way=way, by=by, reason=reason)[0]


def cards_issue(*, firms: Sequence[Firm], way: str, by: Any, reason: str = "") -> list[IssuedCard]:
    """Make a card for each of the firms, or none; who waited for one waits no more."""
    expires = timezone.localdate() + dt.timedelta(days=VALID_DAYS[CardWay(way)])
    issued = [
        IssuedCard(
            FirmCard(
                firm=firm,
                token_hash=hash_of(token := new_token()),
                way=way,
                issued_by_id=by.pk,
                expires_on=expires,
            ),
            token,
        )
        for firm in firms
    ]
    with writing(by=by, reason=reason or _("Card made")):
        for each in issued:
            require(by, Action.ADD, each.card)
        insert_rows(FirmCard, [each.card for each in issued])
        state = RequestState.MAILED if way == CardWay.MAIL else RequestState.DONE
        waiting = CardRequest.objects.filter(firm__in=firms, state=RequestState.WAITING)
        waiting.update(state=state, done_at=timezone.now())
    return issued


def card_revoke(*, card: FirmCard, by: Any, reason: str = "") -> FirmCard:
    """End a card at once; revoking twice changes nothing."""
    if card.revoked_at is None:
        card.revoked_at = timezone.now()
        save_row(card, by=by, reason=reason or _("Card revoked"))
    return card


def cards_revoke(*, firm: Firm, by: Any, reason: str = "") -> int:
    """End every usable card of a firm; returns how many there were."""
    cards = list(FirmCard.objects.usable().filter(firm=firm))
    with writing(by=by, reason=reason or _("All cards revoked")):
        for card in cards:
            card_revoke(card=card, by=by, reason=reason or _("All cards revoked"))
    return len(cards)


def card_opened(*, card: FirmCard) -> None:
    """Note that the firm opened its card."""
    card.last_used_at = timezone.now()
    with writing(by=holder_of(card), reason=_("Card opened"), card=card.pk):
        require(holder_of(card), Action.CHANGE, card)
        card.save(update_fields=["last_used_at"])


def card_confirm(*, card: FirmCard) -> Firm:
    """The firm says that its data are still right; the office has not looked at them by that."""
    firm: Firm = Firm.objects.get(pk=card.firm_id)
    firm.self_confirmed_on = timezone.localdate()
    return save_row(
        firm, by=holder_of(card), reason=_("The firm says that its data are right"), card=card.pk
    )


def card_consent_give(*, card: FirmCard, purpose: str, text: ConsentText | None) -> Consent:
    """The firm agrees to the words that it was shown; to no others."""
    if text is None or text_in_force(purpose, timezone.localdate()) != text:
        raise ValidationError(_("The words have changed meanwhile. Read them again, then decide."))
    with writing(by=holder_of(card), reason=_("Consent given"), card=card.pk):
        return consent_give(
            firm=card.firm, purpose=purpose, channel=Channel.CARD, by=holder_of(card)
        )


def card_consent_withdraw(*, card: FirmCard, purpose: str) -> Consent | None:
    """The firm withdraws; nothing happens where nothing is in force."""
    consent: Consent | None = card.firm.consents.in_force().filter(purpose=purpose).first()
    if consent is None:
        return None
    with writing(by=holder_of(card), reason=_("Consent withdrawn"), card=card.pk):
        return consent_withdraw(consent=consent, by=holder_of(card))


def card_object(*, card: FirmCard, reason: str = "") -> Objection:
    """The firm asks not to be shown; it need not say why."""
    with writing(by=holder_of(card), reason=_("The firm asked not to be shown"), card=card.pk):
        return objection_record(
            firm=card.firm, way=ObjectionWay.CARD, reason=reason, by=holder_of(card)
        )


def card_object_lift(*, card: FirmCard) -> Objection | None:
    """The firm takes that back."""
    with writing(by=holder_of(card), reason=_("The firm may be shown again"), card=card.pk):
        return objection_lift(firm=card.firm, by=holder_of(card))


def card_ask(*, firm: Firm) -> CardRequest:
    """Note that somebody asked on the public page for the firm's card."""
    found, _new = CardRequest.objects.get_or_create(firm=firm, state=RequestState.WAITING)
    return found


def card_request_close(*, request: CardRequest, by: Any) -> CardRequest:
    """The office has seen to the request in some other way."""
    if request.state == RequestState.WAITING:
        request.state, request.done_at = RequestState.DONE, timezone.now()
        save_row(request, by=by, reason=_("Request for a card done"))
    return request
