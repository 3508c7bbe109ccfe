"""The inquiries that wait for a firm, as its card shows them: the buyer's words and contact.

Rule: only those to this very firm, past the check; to whom else the buyer wrote is not told.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from promotions.inquiries.words import Fact, buyer_of, wish_of
from promotions.models import InquiryFirm
from registry.contacts import whatsapp_link
from registry.models import Firm

# So many stand on the card, the oldest first; the next follow when these are answered.
MOST = 20


@dataclass(frozen=True)
class CardInquiry:
    """One inquiry that waits for the firm."""

    pk: int
    number: str
    sent_at: dt.datetime
    due_on: dt.date | None
    overdue: bool
    text: str
    wish: tuple[Fact, ...]
    buyer: tuple[Fact, ...]
    email: str
    whatsapp: str  # the address that opens WhatsApp, or ""


def inquiries_of(firm: Firm) -> list[CardInquiry]:
    """What waits for an answer of the firm."""
    rows = InquiryFirm.objects.told().open().filter(firm=firm)
    rows = rows.select_related("inquiry__unit", "inquiry__commodity")
    return [_shown(row) for row in rows.order_by("made_at", "pk")[:MOST]]


def _shown(row: InquiryFirm) -> CardInquiry:
    inquiry = row.inquiry
    return CardInquiry(
        pk=row.pk,
        number=inquiry.number,
        sent_at=inquiry.sent_at,
        due_on=row.due_on,
        overdue=row.is_overdue,
        text=inquiry.text,
        wish=tuple(wish_of(inquiry)),
        buyer=tuple(buyer_of(inquiry)),
        email=inquiry.email,
        whatsapp=whatsapp_link(inquiry.phone) if inquiry.phone else "",
    )
