"""The page of components: for those who build the pages, and for nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings

from accounts.models import User
from ciayumajakuning import design_samples

pytestmark = pytest.mark.django_db


def test_nothing_is_there_for_visitors(client: Any) -> None:
    assert client.get("/gaya/").status_code == 404


@pytest.mark.parametrize("who", ["official_all", "official_kuningan"])
def test_nothing_is_there_for_officials(client: Any, people: dict[str, User], who: str) -> None:
    client.force_login(people[who])
    assert client.get("/gaya/").status_code == 404


@pytest.mark.parametrize("address", ["/gaya/", "/en/gaya/", "/gaya/?cetak=1"])
def test_staff_see_every_part(client: Any, people: dict[str, User], address: str) -> None:
    client.force_login(people["cirebon_staff"])
    answer = client.get(address)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "style=" not in html
    for part in ("lencana sah", "kpi", "tahap", "kemajuan", "kosong", "ringkas-galat", "halaman"):
        assert part in html


def test_machine_that_serves_only_itself_shows_it(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "MODE", "local", raising=False)
    assert client.get("/gaya/").status_code == 200


def test_colours_are_those_of_the_style_sheet() -> None:
    sheet = (settings.BASE_DIR / "static" / "css" / "gaya.css").read_text(encoding="utf-8")
    for family in design_samples.COLOURS.values():
        for name, hexadecimal in family.items():
            short = f"#{hexadecimal[1::2]}" if hexadecimal[1::2] == hexadecimal[2::2] else ""
            assert f"--{name}:{hexadecimal};" in sheet or f"--{name}:{short.lower()};" in sheet


def test_steps_of_colour_are_those_of_the_style_sheet() -> None:
    sheet = (settings.BASE_DIR / "static" / "css" / "gaya.css").read_text(encoding="utf-8")
    for step in range(6):
        assert f".h{step}{{" in sheet
        assert f".f{step},.legenda .h{step}{{" in sheet


def test_page_has_a_query_budget(
    client: Any, people: dict[str, User], django_assert_max_num_queries: Any
) -> None:
    client.force_login(people["province"])
    with django_assert_max_num_queries(8):
        client.get("/gaya/")
