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

import pghistory
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
    token_hash = hash_of(draft.token)
    row = draft.inquiry
    row.token_hash, row.content_hash = token_hash, content_hash(row.text)
    row.erase_on = erase_day(timezone.localdate())
    row.held_for, row.state = draft.held_for, _first_state(draft)
    reason = _("Sent by a buyer on the public pages")
    try:
        with writing(by=SYSTEM, reason=reason):
            save_row(row, by=SYSTEM, reason=reason)
            for firm in draft.firms:
                each = InquiryFirm(inquiry=row, firm=firm, state=InquiryState.HELD)
                if not draft.held_for:
                    _set_off(each)
                save_row(each, by=SYSTEM, reason=reason)
    except ValidationError:
        found: Inquiry | None = Inquiry.objects.filter(token_hash=token_hash).first()
        if found is None:
            raise
        return found
    return row


def inquiry_release(*, inquiry: Inquiry, by: Any) -> Inquiry:
    """An officer has read what was held, and lets it go on its way."""
    reason = _("Read by an officer: an inquiry")
    with writing(by=by, reason=reason):
        row = _locked(inquiry)
        if row.state != InquiryState.HELD:
            raise ValidationError(_("This inquiry is no longer held. Look at it again."))
        copies = list(row.firms.select_related("firm"))
        row.state = InquiryState.SENT if copies else InquiryState.ROUTING
        _sign(row, by)
        save_row(row, by=by, reason=reason)
        for each in copies:
            _set_off(each)
            each.save()  # whoever may decide about the inquiry decides about all its copies
    return row


def inquiry_route(*, inquiry: Inquiry, firms: Iterable[Firm], by: Any) -> list[InquiryFirm]:
    """Send an inquiry to firms that an officer chose; those that have it already are left out."""
    reason = _("Firm chosen by an officer")
    with writing(by=by, reason=reason):
        row = _locked(inquiry)
        if row.state not in (InquiryState.ROUTING, InquiryState.SENT):
            raise ValidationError(_("This inquiry is held or closed, so it can't go to a firm."))
        known = set(row.firms.values_list("firm", flat=True))
        made = [InquiryFirm(inquiry=row, firm=firm) for firm in firms if firm.pk not in known]
        for each in made:
            _set_off(each)
            save_row(each, by=by, reason=reason)
        if made and row.state == InquiryState.ROUTING:
            row.state = InquiryState.SENT
            _sign(row, by)
            save_row(row, by=by, reason=reason)
    return made


def inquiry_close(*, inquiry: Inquiry, reason: str, by: Any) -> Inquiry:
    """Close an inquiry that has gone to no firm yet: held, or waiting for a firm."""
    said = _closed_because(reason)
    with writing(by=by, reason=said):
        row = _locked(inquiry)
        if row.state not in (InquiryState.HELD, InquiryState.ROUTING):
            raise ValidationError(_("This inquiry is with a firm: close it there."))
        row.state, row.close_reason = InquiryState.CLOSED, reason
        _sign(row, by)
        save_row(row, by=by, reason=said)
        for each in row.firms.all():
            each.state, each.close_reason = InquiryState.CLOSED, reason
            _sign(each, by)
            each.save()  # as above
    return row


def firm_told(*, row: InquiryFirm, by: Any, note: str = "") -> InquiryFirm:
    """The office has told the firm; from today it has its days to answer."""
    values = {"state": InquiryState.SENT, "way": Way.DESK, "due_on": _due()}
    return _decide(row, by, _("The office told the firm"), note, **values)


def firm_answered(*, row: InquiryFirm, by: Any, note: str = "") -> InquiryFirm:
    """The office knows that the firm has answered the buyer."""
    values = {"state": InquiryState.ANSWERED, "answered_by_firm": False}
    return _decide(row, by, _("Answered, as the office knows"), note, **values)


def firm_closed(*, row: InquiryFirm, reason: str, by: Any, note: str = "") -> InquiryFirm:
    """The office closes the inquiry for this firm, saying why."""
    said = _closed_because(reason)
    return _decide(row, by, said, note, state=InquiryState.CLOSED, close_reason=reason)


def card_answered(*, card: FirmCard, row: InquiryFirm) -> InquiryFirm:
    """The firm says by its card that it has answered; saying it twice changes nothing."""
    if row.state == InquiryState.ANSWERED:
        return row
    by, reason = holder_of(card), _("The firm says that it has answered")
    with pghistory.context(card=card.pk):
        return _decide(row, by, reason, state=InquiryState.ANSWERED, answered_by_firm=True)


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
        due = list(Inquiry.objects.to_erase(on).select_for_update().values_list("pk", flat=True))
        InquiryFirm.objects.filter(inquiry__in=due).exclude(note="").update(note="")
        return Inquiry.objects.filter(pk__in=due).update(**blank)


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
    row.due_on = _due()


def _due() -> dt.date:
    return answer_due(timezone.localdate())


def _locked(inquiry: Inquiry) -> Inquiry:
    """The inquiry as it stands now, for nobody else to decide about meanwhile."""
    found: Inquiry = Inquiry.objects.select_for_update(of=("self",)).get(pk=inquiry.pk)
    return found


def _decide(row: InquiryFirm, by: Any, reason: str, note: str = "", **values: Any) -> InquiryFirm:
    """Write down what became of an inquiry with a firm, unless somebody has done so meanwhile."""
    with writing(by=by, reason=reason):
        rows = InquiryFirm.objects.select_for_update(of=("self",))
        kept: InquiryFirm = rows.select_related("firm", "inquiry").get(pk=row.pk)
        if kept.state not in (InquiryState.SENT, InquiryState.DESK):
            raise ValidationError(
                _("This inquiry is already %(state)s. Look at it again.") % {"state": kept.said}
            )
        for name, value in values.items():
            setattr(kept, name, value)
        kept.note = note or kept.note
        _sign(kept, by)
        return save_row(kept, by=by, reason=reason)


def _sign(row: Inquiry | InquiryFirm, by: Any) -> None:
    row.decided_at, row.decided_by_id = timezone.now(), by.pk


def _closed_because(reason: str) -> str:
    if reason not in CloseReason.values:
        raise ValidationError(_("Say why the inquiry is closed: the buyer reads it."))
    return _("Closed: %(why)s") % {"why": CloseReason(reason).label}
