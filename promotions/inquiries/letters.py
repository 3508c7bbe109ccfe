"""The letter that takes an inquiry to a firm: the buyer's words and contact, and the firm's card.

Rule: it goes to the e-mail on record alone. Without a mail server no letter is made, since its link
would stand in a log; the office then tells the firm.
"""

from __future__ import annotations

from urllib.parse import urljoin

from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from promotions.inquiries.words import in_lines
from promotions.models import InquiryFirm
from registry import services
from registry.cards import FIRMS_LANGUAGE
from registry.models.cards import CardWay


def send_letter(row: InquiryFirm) -> None:
    """Mail the inquiry to its firm. Call it inside a transaction: a failure leaves no card."""
    inquiry = row.inquiry
    with override(FIRMS_LANGUAGE):
        issued = services.card_issue(
            firm=row.firm,
            way=CardWay.MAIL,
            by=services.SYSTEM,
            reason=_("Sent with inquiry %(number)s") % {"number": inquiry.number},
        )
        path = reverse("promotions:card", kwargs={"token": issued.token})
        body = _(
            "A buyer writes to %(firm)s through the catalogue:\n\n%(inquiry)s\n\n"
            "Please answer the buyer directly, by %(day)s if you can. Then say so on your card, so "
            "that your office need not ask:\n\n%(address)s\n\n"
            "The catalogue takes no payment and does not vouch for the buyer. Please do not pass "
            "the link on."
        ) % {
            "firm": row.firm,
            "inquiry": in_lines(inquiry),
            "day": date_format(row.due_on or "", "j F Y"),
            "address": urljoin(inquiry.site, path) + "#pertanyaan",
        }
        subject = _("Inquiry %(number)s from a buyer") % {"number": inquiry.number}
        reply_to = [inquiry.email] if inquiry.email else None
        EmailMessage(subject, body, None, [row.firm.email], reply_to=reply_to).send()
