"""An inquiry with its firms as an officer works on it, and the firms that it may be passed to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.policy import Action
from promotions.inquiries.words import in_lines
from promotions.models import Inquiry, InquiryFirm, InquiryState
from registry.cards import FIRMS_LANGUAGE
from registry.contacts import whatsapp_link, whatsapp_number
from registry.models import Firm

CHOICES = 20


@dataclass(frozen=True)
class ShownFirm:
    """A firm of the person's regions with the inquiry, and the way to reach it."""

    row: InquiryFirm
    overdue: bool
    is_open: bool
    phone: str
    whatsapp: str  # the address that opens WhatsApp with the inquiry typed in, or ""


def shown_firms(inquiries: Sequence[Inquiry], user: Any) -> dict[int, list[ShownFirm]]:
    """The firms of each inquiry that lie in the person's regions, fetched at once."""
    known = {inquiry.pk: inquiry for inquiry in inquiries}
    rows = InquiryFirm.objects.visible_to(user).filter(inquiry__in=known)
    found: dict[int, list[ShownFirm]] = {}
    for row in rows.select_related("firm__regency", "decided_by"):
        row.inquiry = known[row.inquiry_id]
        found.setdefault(row.inquiry_id, []).append(_shown(row))
    return found


def firms_to_choose(inquiry: Inquiry, user: Any, question: str) -> list[Firm]:
    """Public firms of the person's regions that may get the inquiry: found by words, or of its
    product group; those that have it are left out."""
    firms = Firm.objects.in_scope(user, Action.CHANGE).public()
    firms = firms.exclude(inquiries__inquiry=inquiry)
    if question:
        firms = firms.matching(question)
    elif inquiry.commodity_id:
        firms = firms.making(inquiry.commodity_id)
    else:
        return []
    if inquiry.regency_id:
        firms = firms.filter(regency=inquiry.regency_id)
    return list(firms.select_related("regency").order_by("-own_facts", "name", "pk")[:CHOICES])


def _shown(row: InquiryFirm) -> ShownFirm:
    number = whatsapp_number(row.firm.whatsapp, row.firm.phone)
    is_open = row.state in (InquiryState.SENT, InquiryState.DESK)
    link = whatsapp_link(number, _message(row)) if number and is_open else ""
    return ShownFirm(row, row.is_overdue, is_open, row.firm.whatsapp or row.firm.phone, link)


def _message(row: InquiryFirm) -> str:
    with override(FIRMS_LANGUAGE):
        return _(
            "Good day, %(firm)s. A buyer writes to you through the catalogue (%(number)s):\n\n"
            "%(inquiry)s\n\nPlease answer the buyer directly, and tell us when you have."
        ) % {
            "firm": row.firm,
            "number": row.inquiry.number,
            "inquiry": in_lines(row.inquiry),
        }
