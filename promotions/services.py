"""The one road in for what the public writes: sending an inquiry, and what becomes of it.

As in the register: keyword-only arguments, `by` (who), the policy asked on the row, one
transaction, and who and why in the history.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from promotions.inquiries.suspicion import content_hash
from promotions.inquiries.workdays import answer_due
from promotions.models import CloseReason, Inquiry, InquiryFirm, InquiryState, Way
from promotions.models.inquiries import BUYERS_OWN
from registry import mail
from registry.cards import hash_of, holder_of
from registry.models import Firm, FirmCard
from registry.services.base import SYSTEM, save_row, writing

# Minutes until the next try of a letter; after the last one the office tells the firm.
WAITS = (5, 30, 120, 720)


@dataclass
class InquiryDraft:
    """What a buyer wants to send: the row without its marks, the firms, what speaks against it."""

    inquiry: Inquiry
    firms: Sequence[Firm]
    token: str
    held_for: list[str] = field(default_factory=list)


def inquiry_send(*, draft: InquiryDraft) -> Inquiry:
    """Take in what a buyer sent; sent twice with one secret, it is one inquiry.

    What is under suspicion is held for an officer, and goes nowhere before that.
    """
    found: Inquiry | None = Inquiry.objects.filter(token_hash=hash_of(draft.token)).first()
    if found is not None:
        return found
    row = draft.inquiry
    row.token_hash = hash_of(draft.token)
    row.content_hash = content_hash(row.text)
    row.erase_on = erase_day(timezone.localdate())
    row.held_for = draft.held_for
    row.state = _first_state(draft)
    reason = _("Sent by a buyer on the public pages")
    with writing(by=SYSTEM, reason=reason):
        save_row(row, by=SYSTEM, reason=reason)
        for firm in draft.firms:
            each = InquiryFirm(inquiry=row, firm=firm)
            if draft.held_for:
                each.state = InquiryState.HELD
            else:
                _set_off(each)
            save_row(each, by=SYSTEM, reason=reason)
    return row


def inquiry_release(*, inquiry: Inquiry, by: Any) -> Inquiry:
    """An officer has read what was held, and lets it go on its way."""
    if inquiry.state != InquiryState.HELD:
        raise ValidationError(_("This inquiry is no longer held. Look at it again."))
    rows = list(inquiry.firms.select_related("firm"))
    inquiry.state = InquiryState.SENT if rows else InquiryState.ROUTING
    _sign(inquiry, by)
    with writing(by=by, reason=_("Read by an officer: an inquiry")):
        save_row(inquiry, by=by, reason=_("Read by an officer: an inquiry"))
        for row in rows:
            _set_off(row)
            # The buyer chose the firms; the officer who reads it need not be of their region.
            save_row(row, by=SYSTEM, reason=_("Read by an officer: an inquiry"))
    return inquiry


def inquiry_route(*, inquiry: Inquiry, firms: Iterable[Firm], by: Any) -> list[InquiryFirm]:
    """Send an inquiry to firms that an officer chose; those that have it already are left out."""
    if inquiry.state not in (InquiryState.ROUTING, InquiryState.SENT):
        raise ValidationError(_("This inquiry is held or closed, so it can't go to a firm."))
    known = set(inquiry.firms.values_list("firm", flat=True))
    made = []
    reason = _("Firm chosen by an officer")
    with writing(by=by, reason=reason):
        for firm in firms:
            if firm.pk in known:
                continue
            row = InquiryFirm(inquiry=inquiry, firm=firm)
            _set_off(row)
            made.append(save_row(row, by=by, reason=reason))
        if made and inquiry.state == InquiryState.ROUTING:
            inquiry.state = InquiryState.SENT
            _sign(inquiry, by)
            save_row(inquiry, by=by, reason=reason)
    return made


def inquiry_close(*, inquiry: Inquiry, reason: str, by: Any) -> Inquiry:
    """Close an inquiry that has gone to no firm yet: held, or waiting for a firm."""
    if inquiry.state not in (InquiryState.HELD, InquiryState.ROUTING):
        raise ValidationError(_("This inquiry is with a firm: close it there."))
    inquiry.state, inquiry.close_reason = InquiryState.CLOSED, reason
    _sign(inquiry, by)
    said = _closed_because(reason)
    with writing(by=by, reason=said):
        save_row(inquiry, by=by, reason=said)
        for row in inquiry.firms.all():
            row.state, row.close_reason = InquiryState.CLOSED, reason
            _sign(row, by)
            save_row(row, by=SYSTEM, reason=said)
    return inquiry


def firm_told(*, row: InquiryFirm, by: Any, note: str = "") -> InquiryFirm:
    """The office has told the firm; from today it has its days to answer."""
    _require_open(row)
    row.state, row.way = InquiryState.SENT, Way.DESK
    row.due_on, row.note = answer_due(timezone.localdate()), note or row.note
    _sign(row, by)
    return save_row(row, by=by, reason=_("The office told the firm"))


def firm_answered(*, row: InquiryFirm, by: Any, note: str = "") -> InquiryFirm:
    """The office knows that the firm has answered the buyer."""
    _require_open(row)
    row.state, row.answered_by_firm, row.note = InquiryState.ANSWERED, False, note or row.note
    _sign(row, by)
    return save_row(row, by=by, reason=_("Answered, as the office knows"))


def firm_closed(*, row: InquiryFirm, reason: str, by: Any, note: str = "") -> InquiryFirm:
    """The office closes the inquiry for this firm, saying why."""
    _require_open(row)
    row.state, row.close_reason, row.note = InquiryState.CLOSED, reason, note or row.note
    _sign(row, by)
    return save_row(row, by=by, reason=_closed_because(reason))


def card_answered(*, card: FirmCard, row: InquiryFirm) -> InquiryFirm:
    """The firm says by its card that it has answered; saying it twice changes nothing."""
    if row.state == InquiryState.ANSWERED:
        return row
    _require_open(row)
    row.state, row.answered_by_firm = InquiryState.ANSWERED, True
    row.decided_at, row.decided_by_id = timezone.now(), None
    reason = _("The firm says that it has answered")
    return save_row(row, by=holder_of(card), reason=reason, card=card.pk)


def letter_left(*, row: InquiryFirm) -> InquiryFirm:
    """The letter to the firm has left this machine."""
    row.mailed_at, row.next_try_at, row.tries = timezone.now(), None, row.tries + 1
    return save_row(row, by=SYSTEM, reason=_("Letter sent to the firm"))


def letter_failed(*, row: InquiryFirm) -> InquiryFirm:
    """The letter did not leave: try again later, and after the last try the office tells it."""
    row.tries += 1
    if row.tries > len(WAITS):
        row.state, row.way, row.next_try_at = InquiryState.DESK, Way.DESK, None
        return save_row(row, by=SYSTEM, reason=_("The letter did not reach the firm"))
    row.next_try_at = timezone.now() + dt.timedelta(minutes=WAITS[row.tries - 1])
    return save_row(row, by=SYSTEM, reason=_("The letter did not leave; tried again later"))


def inquiries_erase(*, on: dt.date | None = None) -> int:
    """Erase the buyer from inquiries whose day has come; what is left tells nobody's name."""
    blank = {**dict.fromkeys(BUYERS_OWN, ""), "content_hash": "", "erased_at": timezone.now()}
    with writing(by=SYSTEM, reason=_("Buyer's data erased on their day")):
        return Inquiry.objects.to_erase(on).update(**blank)


def erase_day(sent_on: dt.date) -> dt.date:
    """The day on which what was sent that day is erased."""
    months = sent_on.month - 1 + settings.INQUIRY_KEEP_MONTHS
    year, month = sent_on.year + months // 12, months % 12 + 1
    return dt.date(year, month, min(sent_on.day, calendar.monthrange(year, month)[1]))


def _first_state(draft: InquiryDraft) -> str:
    if draft.held_for:
        return InquiryState.HELD
    return InquiryState.SENT if draft.firms else InquiryState.ROUTING


def _set_off(row: InquiryFirm) -> None:
    """To the firm's e-mail where there is one and mail can leave; else the office tells it."""
    by_mail = bool(row.firm.email) and mail.can_send()
    row.way = Way.MAIL if by_mail else Way.DESK
    row.state = InquiryState.SENT if by_mail else InquiryState.DESK
    row.next_try_at = timezone.now() if by_mail else None
    row.due_on = answer_due(timezone.localdate())


def _require_open(row: InquiryFirm) -> None:
    if row.state not in (InquiryState.SENT, InquiryState.DESK):
        raise ValidationError(
            _("This inquiry is already %(state)s. Look at it again.") % {"state": row.said}
        )


def _sign(row: Inquiry | InquiryFirm, by: Any) -> None:
    row.decided_at, row.decided_by_id = timezone.now(), by.pk


def _closed_because(reason: str) -> str:
    if reason not in CloseReason.values:
        raise ValidationError(_("Say why the inquiry is closed: the buyer reads it."))
    return _("Closed: %(why)s") % {"why": CloseReason(reason).label}
