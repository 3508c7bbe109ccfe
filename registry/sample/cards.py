"""Invented firms that have used their card, so that the pages of cards have something to show."""

from __future__ import annotations

from registry.models import Firm, Regency
from registry.models.cards import CardWay
from registry.sample.build import SOURCE
from registry.services import SYSTEM, card_ask, cards_issue, corrections_propose

_EACH = 3  # firms of a regency


def use_some_cards() -> None:
    """In each regency three firms propose corrections, and another one asks for its card."""
    for regency in Regency.objects.all():
        firms = Firm.objects.sample().working().filter(regency=regency).order_by("pk")
        some = list(firms[: _EACH + 1])
        if not some:
            continue
        *users, asker = some
        card_ask(firm=asker)
        for number, issued in enumerate(
            cards_issue(firms=users, way=CardWay.PRINT, by=SYSTEM, reason=SOURCE)
        ):
            products = {"products": f"{issued.card.firm.products}, pesanan khusus".lstrip(", ")}
            brand = {"brand": f"Contoh {issued.card.firm.name.split()[-1]}"}
            wanted = {"products": products, **({"brand": brand} if number else {})}
            corrections_propose(card=issued.card, wanted=wanted)
