"""The tags as markup: the values in words, ids that stand once, nothing typed gets in as markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.template import Context, RequestContext, Template
from django.test import RequestFactory
from django.utils.translation import override

from dashboards.charts.bars import Bar

CALLS = {
    "bars": "{% bars title=title items=items unit='%' decimals=1 source=source %}",
    "stacks": "{% stacks title=title series=series items=months source=source %}",
    "multiples": "{% multiples title=title periods=years items=lines source=source %}",
    "pairs": "{% pairs title=title items=twos before=2021 after=2025 decimals=3 source=source %}",
    "matrix": "{% matrix title=title columns=series rows=rows source=source %}",
    "place_map": "{% place_map title=title points=points source=source %}",
}
BAD = '<b onload="x">&'
DATA: dict[str, Any] = {
    "title": f"Judul {BAD}",
    "source": f"Sumber {BAD}",
    "series": [f"Satu {BAD}", "Dua"],
    "items": [(f"Nama {BAD}", 1234.5, f"/?q={BAD}", f"ket {BAD}"), ("Kosong", None)],
    "months": [(f"Jan {BAD}", (1200, 34)), ("Feb", (None, 3))],
    "years": [2024, 2025],
    "lines": [(f"Daerah {BAD}", (1234.5, None)), ("Lain", (1, 2))],
    "twos": [(f"Daerah {BAD}", 0.405, 0.412), ("Lain", None, 1234.5)],
    "rows": [(f"Baris {BAD}", (1234, None), f"catatan {BAD}")],
    "points": [(f"Desa {BAD}", -6.7, 108.49, 1234, f"/?q={BAD}"), ("Lain", -6.71, 108.5, None)],
}


def render(source: str, data: dict[str, Any] | None = None, address: str = "/") -> str:
    context = RequestContext(RequestFactory().get(address), data or DATA)
    return Template("{% load charts regions %}" + source).render(context)


class Outline(HTMLParser):
    """The elements, their ids, and whether every element is closed in its order."""

    EMPTY = ("meta", "input", "img", "br")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.attributes: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [name for name, _value in attrs]
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("address", ["/", "/?cetak=1"])
def test_what_was_typed_is_text_and_nothing_more(name: str, address: str) -> None:
    outline = Outline(render(CALLS[name], address=address))
    assert "onload" not in outline.attributes
    assert "style" not in outline.attributes
    assert not [tag for tag in outline.tags if tag == "script"]
    assert outline.open == []


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize(
    ("language", "number", "missing"),
    [("id", "1.234", "belum ada data"), ("en", "1,234", "no data yet")],
)
def test_chart_speaks_the_language_of_the_reader(
    name: str, language: str, number: str, missing: str
) -> None:
    with override(language):
        html = render(CALLS[name])
    assert number in html
    assert missing in html


def test_positions_are_never_written_with_a_comma() -> None:
    with override("id"):
        html = "".join(render(call) for call in CALLS.values())
    for value in re.findall(r' (?:x|y|x1|x2|cx|cy|r|width|height)="([^"]*)"', html):
        assert re.fullmatch(r"-?\d*(\.\d+)?%?", value), value


@pytest.mark.parametrize("name", ["stacks", "multiples"])
def test_drawing_lists_its_values_for_those_who_hear_it(name: str) -> None:
    with override("en"):
        html = render(CALLS[name])
    drawings = re.findall(r"<svg[^>]*role=\"img\".*?</svg>", html, re.S)
    assert drawings
    for drawing in drawings:
        named = re.search(r'aria-labelledby="([^"]+)" aria-describedby="([^"]+)"', drawing)
        assert named is not None
        assert f'<title id="{named[1]}">' in drawing
        assert f'<desc id="{named[2]}">' in drawing
    told = "".join(re.findall(r"<desc[^>]*>(.*?)</desc>", html, re.S))
    assert "no data yet" in told
    assert "1,200" in told or "1,234.5" in told


@pytest.mark.parametrize("name", ["stacks", "multiples", "pairs", "place_map"])
def test_drawing_has_the_same_as_a_table(name: str) -> None:
    html = render(CALLS[name])
    assert html.index("<details") < html.index("<table") < html.index('class="sumber"')
    assert '<th scope="row">' in html
    assert "<caption" in html


@pytest.mark.parametrize("name", [name for name in CALLS if name != "matrix"])
def test_print_has_the_table_in_place_of_the_drawing(name: str) -> None:
    html = render(CALLS[name], address="/?cetak=1")
    assert "<table" in html
    assert "<svg" not in html
    assert "<details" not in html


def test_table_can_be_asked_for_by_the_page() -> None:
    assert "<svg" not in render(CALLS["stacks"], {**DATA, "table_only": True})
    assert "<svg" in render(CALLS["stacks"], {**DATA, "table_only": False}, "/?cetak=1")


def test_ids_stand_once_on_a_page_and_stay_the_same() -> None:
    page = "".join(CALLS.values()) * 2
    ids = Outline(render(page)).ids
    assert len(ids) == len(set(ids)) > 6
    assert ids == Outline(render(page)).ids


def test_chart_outside_a_request_has_ids_of_its_own() -> None:
    call = Template("{% load charts %}" + CALLS["stacks"] * 2)
    ids = Outline(call.render(Context(DATA))).ids
    assert len(ids) == len(set(ids)) == 4


def test_bars_carry_their_numbers_and_hide_the_drawing_from_hearing() -> None:
    with override("id"):
        html = render(CALLS["bars"])
    assert "1.234,5%" in html
    assert "<svg " in html
    assert re.findall(r'<svg(?![^>]*aria-hidden="true")', html) == []
    assert "url(#anyam-kosong)" in html


def test_rows_may_come_as_tuples_mappings_and_objects() -> None:
    bar = Bar("Satu", 12)
    for item in (bar, ("Satu", 12), {"label": "Satu", "value": 12}, type("Baris", (), vars(bar))):
        html = render("{% bars title='t' items=items %}", {"items": [item]})
        assert "Satu" in html
        assert "12" in html


def test_only_one_value_and_only_zeros_are_drawn() -> None:
    zeros = {**DATA, "items": [("a", 0)], "months": [("a", (0, 0))], "lines": [("a", (0, 0))]}
    zeros |= {"twos": [("a", 0, 0)], "rows": [("a", (0, 0))], "points": []}
    nothing: dict[str, Any] = {**DATA, "items": [], "months": [], "lines": [], "twos": []}
    nothing |= {"rows": [], "points": [], "years": [2025]}
    for data in (zeros, nothing):
        for call in CALLS.values():
            assert Outline(render(call, data)).open == []


@pytest.mark.django_db
def test_region_map_marks_a_region_without_a_number() -> None:
    from registry.models import Regency

    shares = dict.fromkeys(Regency.objects.all(), 41.3)
    first = next(iter(shares))
    call = "{% region_map counts title='Akun' unit='%' decimals=1 link='/x/?w=' table=True %}"
    with override("id"):
        html = render(call, {"counts": {**shares, first: None}})
    assert "Kota Cirebon: belum ada data" in html
    assert "Kab. Kuningan: 41,3%" in html
    assert 'href="/x/?w=kuningan"' in html
    assert 'fill="url(#anyam-kosong)"' in html
    assert len(html[html.index("<svg") : html.index("</svg>")]) <= 12_000
