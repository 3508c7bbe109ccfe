"""An inquiry in words: its facts as label and text, for pages, letters and messages."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from promotions.inquiries.countries import country_name
from promotions.models import Inquiry

Fact = tuple[str, str]


def wish_of(inquiry: Inquiry) -> Iterator[Fact]:
    """What the buyer wants, beside the message itself; what was not said is left out."""
    if inquiry.commodity:
        yield _("Product group"), inquiry.commodity.name
    if inquiry.quantity:
        amount = number_format(inquiry.quantity, force_grouping=True)
        yield _("Quantity"), f"{amount} {inquiry.unit.name}" if inquiry.unit else amount
    if inquiry.wanted_on:
        yield _("Needed in"), date_format(inquiry.wanted_on, "F Y")


def buyer_of(inquiry: Inquiry) -> Iterator[Fact]:
    """Who asks, and how to answer."""
    facts = (
        (_("Name"), inquiry.name),
        (_("Company"), inquiry.company),
        (_("Country"), country_name(inquiry.country)),
        (_("E-mail"), inquiry.email),
        (_("WhatsApp"), inquiry.phone),
    )
    yield from ((label, text) for label, text in facts if text)
    if inquiry.language == "en":
        yield _("Language"), "English"


def in_lines(inquiry: Inquiry) -> str:
    """The whole inquiry as plain text."""
    facts = [f"{label}: {text}" for label, text in [*buyer_of(inquiry), *wish_of(inquiry)]]
    return "\n".join([*facts, "", inquiry.text])
