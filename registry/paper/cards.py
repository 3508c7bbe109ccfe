"""The cards of many firms on paper: a visit list by village, then eight cards a page.

Rule: in the language of work of the firms. Texts reach the template as data and are never read as
markup; a warning of the typesetter is a fault, so that no letter goes missing unseen.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import segno
import typst
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from registry.cards import FIRMS_LANGUAGE
from registry.chain import Mark, chain_of
from registry.services import IssuedCard

# So many cards go into one file.
MOST = 200
_HERE = Path(__file__).parent


class PaperFault(Exception):
    """The typesetter could not set the page as it should be."""


def cards_as_pdf(
    issued: Sequence[IssuedCard], address_of: Callable[[str], str], scope: str
) -> bytes:
    """A PDF of the cards. Their firms come with place and `with_chain`, sorted by place."""
    with override(FIRMS_LANGUAGE):
        data = {
            "scope": scope,
            "words": _words(issued[0]),
            "villages": list(_by_village(issued, address_of)),
        }
    document, warnings = typst.compile_with_warnings(
        str(_HERE / "cards.typ"),
        root=str(_HERE),
        font_paths=[str(_HERE / "font")],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    if warnings:
        raise PaperFault("; ".join(str(each) for each in warnings))
    return bytes(document)


def _by_village(
    issued: Iterable[IssuedCard], address_of: Callable[[str], str]
) -> Iterable[dict[str, Any]]:
    numbered = enumerate(issued, start=1)
    for place, group in groupby(numbered, key=lambda each: _place(each[1].card.firm)):
        yield {
            "place": place,
            "firms": [_line(number, each, address_of) for number, each in group],
        }


def _line(number: int, each: IssuedCard, address_of: Callable[[str], str]) -> dict[str, Any]:
    firm: Any = each.card.firm
    current = next((r for r in chain_of(firm) if r.mark in (Mark.CURRENT, Mark.BLOCKED)), None)
    address = address_of(each.token)
    return {
        "number": number,
        "name": firm.full_name,
        "products": firm.products,
        "place": _place(firm),
        "address": firm.address or _("not provided"),
        "phone": firm.phone or firm.whatsapp or _("not provided"),
        "step": str(current.name) if current else _("all reached"),
        "office": _("Industry office of %(office)s") % {"office": firm.regency.short_name},
        "qr": segno.make(address, error="m").svg_inline(border=2, scale=4),
        "address_of_card": address,
    }


def _place(firm: Any) -> str:
    names = [str(each.name) for each in (firm.village, firm.district) if each]
    return ", ".join([*names, firm.regency.short_name])


def _words(first: IssuedCard) -> dict[str, Any]:
    day = date_format(first.card.expires_on, "j F Y")
    return {
        "title": _("Cards of firms"),
        "list_title": _("Visit list: cards handed over"),
        "list_hint": _(
            "Numbers are those on the cards. Let whoever takes a card sign; revoke the cards that "
            "nobody took."
        ),
        "columns": [
            _("No."), _("Firm"), _("Address"), _("Phone"), _("Next step"), _("Received, signature"),
        ],
        "cards_title": _("Cards, to be cut apart"),
        "card": _("Card of the firm"),
        "how": _(
            "Scan with the camera of a phone: see your next step, say that your data are right, "
            "correct them, decide what the public sees."
        ),
        "keep": _(
            "Keep it to yourself: whoever holds this card can open it. Lost? Ask the office to "
            "revoke it. It costs nothing, and nobody asks you for a password."
        ),
        "qr": _("QR code of"),
        "until": _("until %(day)s") % {"day": day},
        "footer": _("Contains links that open firms' own data: keep it like keys."),
    }  # fmt: skip
