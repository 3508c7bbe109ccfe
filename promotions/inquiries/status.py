"""What the status page says of an inquiry: its number, its words, and where it stands.

Rule: an allow-list. What the office noted, and any contact of a firm, have no way into it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from promotions.inquiries.words import Fact, wish_of
from promotions.models import Inquiry, InquiryFirm, InquiryState
from registry.models import Firm


@dataclass(frozen=True)
class FirmStatus:
    """Where the inquiry stands with one firm."""

    name: str
    url: str  # "" when the firm is no longer shown
    office: str
    state: str
    overdue: bool
    due_on: dt.date | None
    on: dt.datetime | None  # of the answer, or of the end
    by_firm: bool
    reason: str


@dataclass(frozen=True)
class Status:
    """All that the page shows."""

    number: str
    sent_at: dt.datetime
    state: str
    reason: str
    erase_on: dt.date
    erased: bool
    text: str
    wish: tuple[Fact, ...]
    firms: tuple[FirmStatus, ...]
    office: str  # that chooses firms for a general inquiry, if the buyer named a region


def status_of(inquiry: Inquiry) -> Status:
    """Where the inquiry stands now."""
    rows = list(inquiry.firms.select_related("firm__regency"))
    shown = set(
        Firm.objects.public().filter(pk__in=[r.firm_id for r in rows]).values_list("pk", flat=True)
    )
    return Status(
        number=inquiry.number,
        sent_at=inquiry.sent_at,
        state=inquiry.state,
        reason=inquiry.get_close_reason_display(),
        erase_on=inquiry.erase_on,
        erased=inquiry.erased_at is not None,
        text=inquiry.text,
        wish=tuple(wish_of(inquiry)),
        firms=tuple(_firm(row, row.firm_id in shown) for row in rows),
        office=inquiry.regency.short_name if inquiry.regency else "",
    )


def _firm(row: InquiryFirm, is_shown: bool) -> FirmStatus:
    ended = row.state in (InquiryState.ANSWERED, InquiryState.CLOSED)
    return FirmStatus(
        name=row.firm.full_name,
        url=row.firm.get_absolute_url() if is_shown else "",
        office=row.firm.regency.short_name,
        state=row.state,
        overdue=row.is_overdue,
        due_on=row.due_on,
        on=row.decided_at if ended else None,
        by_firm=bool(row.answered_by_firm),
        reason=row.get_close_reason_display(),
    )
