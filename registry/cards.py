"""The secret of a firm's card: how it is made, kept and known again.

Rule: 144 bits from the system's source of randomness stand in the link and nowhere else; the table
has their SHA-256, which needs no salt for a secret that nobody can guess. A secret that opens
nothing tells nothing: unknown, expired and revoked are the same.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import Any
from urllib.parse import quote

import segno
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.policy import CardHolder
from registry.models import Firm, FirmCard

_BYTES = 18
_SHAPE = re.compile(r"^[A-Za-z0-9_-]{24}$")
# The language of work of the firms: what is handed to them is in it, whoever makes it.
FIRMS_LANGUAGE = "id"


def new_token() -> str:
    """A secret that nobody can guess: 24 characters of an address."""
    return secrets.token_urlsafe(_BYTES)


def hash_of(token: str) -> str:
    """What the table keeps of a secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def card_of(token: str) -> FirmCard | None:
    """The usable card with this secret; None for every other."""
    if not _SHAPE.match(token):
        return None
    cards: Any = FirmCard.objects.usable().select_related(
        "firm__regency", "firm__district", "firm__village"
    )
    found: FirmCard | None = cards.filter(token_hash=hash_of(token)).first()
    return found


def holder_of(card: FirmCard) -> CardHolder:
    """The firm itself, as far as rights go."""
    return CardHolder(card.firm_id)


def path_of(token: str) -> str:
    """The path of a card, in the language of the firms."""
    with override(FIRMS_LANGUAGE):
        return reverse("promotions:card", kwargs={"token": token})


def qr_of(address: str) -> SafeString:
    """The QR code of an address as a drawing inside the page, whole at every size."""
    drawing = segno.make(address, error="m").svg_inline(
        border=4, omitsize=True, svgclass=None, lineclass=None
    )
    label = _("QR code of the card")
    return mark_safe(drawing.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1))  # noqa: S308 drawn here


def whatsapp_link(firm: Firm, address: str) -> str:
    """A link that opens WhatsApp with the words ready; sending stays with the person."""
    number = (firm.whatsapp or firm.phone).lstrip("+")
    if not number:
        return ""
    with override(FIRMS_LANGUAGE):
        text = _(
            "Good day. This is the card of %(firm)s in the register of small industry: %(address)s "
            "Open it to see your next step, to say that your data are right or to correct them. "
            "Please do not pass the link on: whoever has it can open your card."
        ) % {"firm": firm, "address": address}
    return f"https://wa.me/{number}?text={quote(text)}"
