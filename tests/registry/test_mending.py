"""A mistyped question is mended against the words of the register, and says so."""

from __future__ import annotations

from typing import Any

import pytest

from registry.mending import gather_all, gather_latest, mended
from registry.models import SearchWord
from tests.registry.factories import make_firm

pytestmark = pytest.mark.django_db
LIST = "/kerja/usaha/"


@pytest.fixture
def register(people: dict[str, Any]) -> dict[str, Any]:
    make_firm("Rotan Sejahtera", products="kursi", owner="Sulastri")
    gather_all()
    return people


@pytest.mark.parametrize(
    ("typed", "better"),
    [
        ("rotna", "rotan"),
        ("rotan sejahtra", "rotan sejahtera"),
        ("Sejatera", "sejahtera"),
        ("tegalwngi", "tegalwangi"),
        ("sejah", ""),  # a part of a word that is there
        ("xyzzyx", ""),  # near nothing
        ("rtn", ""),  # too short to say
        ("0220001234568", ""),  # a number is right or wrong
    ],
)
def test_word_that_stands_nowhere_gives_way_to_its_neighbour(
    register: dict[str, Any], typed: str, better: str
) -> None:
    assert mended(typed, register["province"]) == better


def test_list_shows_what_it_looked_for_instead(client: Any, register: dict[str, Any]) -> None:
    client.force_login(register["cirebon_staff"])
    page = client.get(f"{LIST}?q=rotna")
    assert [firm.name for firm in page.context["page"].rows] == ["Rotan Sejahtera"]
    assert "rotna" in page.content.decode()
    assert "“rotan”" in page.content.decode()


def test_question_that_finds_something_is_never_changed(
    client: Any, register: dict[str, Any]
) -> None:
    make_firm("Rotna Asli")
    client.force_login(register["cirebon_staff"])
    rows = client.get(f"{LIST}?q=rotna").context["page"].rows
    assert [firm.name for firm in rows] == ["Rotna Asli"]


def test_names_of_owners_mend_only_for_those_who_see_owners(register: dict[str, Any]) -> None:
    assert mended("sulastry", register["cirebon_staff"]) == "sulastri"
    assert mended("sulastry", register["official_all"]) == ""


def test_new_words_come_with_the_newest_history(register: dict[str, Any]) -> None:
    assert gather_latest() == 0
    make_firm("Gerabah Sulastri")
    assert gather_latest() == 2
    assert not SearchWord.objects.get(word="sulastri").owners_only
    assert mended("gerbah", register["official_all"]) == "gerabah"
