"""A firm to write to, and a buyer who takes the time that people take."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from promotions.inquiries import stamps
from promotions.models import Inquiry
from registry.cards import hash_of
from registry.models import Firm
from tests.registry.factories import make_firm

WORDS = {
    "quantity": "1.200",
    "unit": "pcs",
    "wanted_on": "",
    "text": "Apakah bantal bisa warna netral?",
    "name": "J. Pembeli",
    "company": "Contoh Interiors",
    "country": "NL",
    "email": "pembeli@contoh.example",
    "phone": "",
    "agreed": "on",
}


@pytest.fixture
def firm(reference_data: None) -> Firm:
    return make_firm("Rotan Tujuan", email="usaha@contoh.example", consents=("catalogue",))


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A buyer who has read the form for long enough."""
    monkeypatch.setattr(stamps, "SOONEST", 0)


@pytest.fixture
def send(client: Any, unhurried: None) -> Callable[..., Inquiry]:
    """Writes to a firm by the public pages and returns what was taken in."""

    def sending(firm: Firm | None = None, **typed: Any) -> Inquiry:
        address = f"{firm.get_absolute_url()}tanya/" if firm else "/pertanyaan/"
        data = {**WORDS, "cap": stamps.new_stamp(), "langkah": "kirim", **typed}
        answer = client.post(address, data)
        assert answer.status_code == 302, answer.content.decode()
        token = answer["Location"].rstrip("/").rpartition("/")[2]
        found: Inquiry = Inquiry.objects.get(token_hash=hash_of(token))
        found.token = token
        return found

    return sending
