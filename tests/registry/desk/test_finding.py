"""The search of the workroom: a number leads to its firm, a word to the list."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from registry.models import Firm
from tests.registry.factories import CIGUGUR, make_firm

pytestmark = pytest.mark.django_db
NIB = "0220001234567"


@pytest.fixture
def firm(people: dict[str, User]) -> Firm:
    return make_firm("Rotan Cari", nib=NIB, phone="+6281200001234", owner="Siti Cari")


@pytest.mark.parametrize("asked", [NIB, "0220 0012 34567", "0812-0000-1234", "+62 812 0000 1234"])
def test_nib_or_phone_goes_straight_to_the_firm(
    client: Any, people: dict[str, User], firm: Firm, asked: str
) -> None:
    client.force_login(people["cirebon_staff"])
    assert client.get("/kerja/cari/", {"q": asked})["Location"] == f"/kerja/usaha/{firm.pk}/"


@pytest.mark.parametrize("asked", ["rotan", "siti cari", "0220001234", "", "'\x00%"])
def test_anything_else_goes_to_the_list(
    client: Any, people: dict[str, User], firm: Firm, asked: str
) -> None:
    client.force_login(people["cirebon_staff"])
    answer = client.get("/kerja/cari/", {"q": asked}, follow=True)
    assert answer.redirect_chain[0][0].startswith("/kerja/usaha/?q=")
    assert answer.status_code == 200


def test_a_phone_that_two_firms_have_goes_to_the_list(
    client: Any, people: dict[str, User], firm: Firm
) -> None:
    make_firm("Kembar", whatsapp="+6281200001234")
    client.force_login(people["cirebon_staff"])
    answer = client.get("/kerja/cari/", {"q": "081200001234"})
    assert answer["Location"].startswith("/kerja/usaha/?q=")


def test_a_firm_of_another_region_is_not_found(
    client: Any, people: dict[str, User], firm: Firm
) -> None:
    client.force_login(people["kuningan_staff"])
    assert "/?q=" in client.get("/kerja/cari/", {"q": NIB})["Location"]


def test_owner_phone_tells_officials_nothing(client: Any, people: dict[str, User]) -> None:
    firm = make_firm("Pribadi", village=CIGUGUR, owner="Siti")
    firm.owners.update(phone="+6281200009999")
    for who, direct in (("official_kuningan", False), ("kuningan_staff", True)):
        client.force_login(people[who])
        answer = client.get("/kerja/cari/", {"q": "081200009999"})
        assert (answer["Location"] == f"/kerja/usaha/{firm.pk}/") is direct


def test_search_stands_on_staff_pages_and_not_at_the_door(
    client: Any, people: dict[str, User], firm: Firm
) -> None:
    assert 'id="cari"' not in client.get("/masuk/").content.decode()
    client.force_login(people["official_all"])
    for address in ("/kerja/dasbor/", "/kerja/usaha/", f"/kerja/usaha/{firm.pk}/"):
        assert 'id="cari"' in client.get(address).content.decode()
