"""Maps of districts: light enough, neighbours that meet, no small number told in public."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Template

from dashboards.charts import places, shapes
from dashboards.charts.words import Form

LIMIT = 12_000
DATA = Path(__file__).resolve().parents[3] / "registry" / "data"
REGENCIES = ("32.08", "32.09", "32.10", "32.12", "32.74")
WERU, PLERED = "32.09.19", "32.09.36"


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((DATA / name).open(encoding="utf-8")))


def villages(*districts: str) -> list[places.Point]:
    return [
        places.Point(v["name"], float(v["lat"]), float(v["lon"]), 1 + i * 37 % 90, _link(v["code"]))
        for i, v in enumerate(rows("villages.csv"))
        if v["code"].startswith(districts)
    ]


def _link(code: str) -> str:
    return f"/en/katalog/usaha/?wilayah=kab-majalengka&desa={code}#hasil"


def drawing(**options: Any) -> str:
    """The drawing as it is on the page."""
    call = "{% load charts %}{% place_map title='Usaha' regency=r points=p areas=a highlight=h %}"
    names = {"r": "regency", "p": "points", "a": "areas", "h": "highlight"}
    html = Template(call).render(Context({k: options.get(v, "") for k, v in names.items()}))
    return html[html.index('<svg class="peta-sentra') : html.index("</svg>")] + "</svg>"


def test_every_district_has_a_shape_under_its_name() -> None:
    known = shapes.atlas().districts
    assert {d["code"] for d in rows("districts.csv")} == set(known)


def test_border_belongs_to_at_most_two_districts() -> None:
    used = Counter(
        n if n >= 0 else ~n
        for district in shapes.atlas().districts.values()
        for ring in district.rings
        for n in ring
    )
    assert set(used.values()) == {1, 2}
    assert len(used) == len(shapes.atlas().borders)


@pytest.mark.parametrize("detail", [0, 30, 90])
def test_ring_closes_at_every_detail(detail: int) -> None:
    atlas = shapes.atlas()
    for district in atlas.districts.values():
        for ring in district.rings:
            ends = [(atlas._end(n, 0), atlas._end(n, -1)) for n in ring]
            for i, (start, _end) in enumerate(ends):
                assert start == ends[i - 1][1]
            assert len(set(atlas.ring(ring, detail))) == len(atlas.ring(ring, detail))


def test_village_lies_in_the_box_of_its_district() -> None:
    atlas = shapes.atlas()
    outside = 0
    for village in rows("villages.csv"):
        x, y = atlas.spot(float(village["lat"]), float(village["lon"]))
        left, top, right, bottom = atlas.districts[village["code"][:8]].box
        outside += not (left <= x <= right and top <= y <= bottom)
    assert outside <= 10  # detached parts of districts do not widen the box


@pytest.mark.parametrize("regency", REGENCIES)
def test_map_of_a_regency_is_light_with_every_district_a_link(regency: str) -> None:
    areas = [
        places.Area(d["code"], 1234, _link(d["code"]))
        for d in rows("districts.csv")
        if d["regency_code"] == regency
    ]
    svg = drawing(regency=regency, areas=areas)
    assert len(svg) <= LIMIT
    assert svg.count("<a ") == len(areas)


@pytest.mark.parametrize("regency", REGENCIES)
def test_map_of_a_regency_is_light_with_all_its_villages(regency: str) -> None:
    svg = drawing(regency=regency, points=villages(regency))
    assert len(svg) <= LIMIT
    assert svg.count("<circle") == min(places.MOST_CIRCLES, len(villages(regency)))


@pytest.mark.parametrize("district", [WERU, PLERED, "32.12.01", "32.74.01", "32.08.01"])
def test_map_of_a_centre_is_light(district: str) -> None:
    assert len(drawing(points=villages(district), highlight=[district])) <= LIMIT


def test_circle_stands_in_the_picture_and_grows_with_its_count() -> None:
    chart = places.build("Uji", points=villages(WERU, PLERED), highlight=[WERU, PLERED])
    counted = [(int(c.said.text), c.radius) for c in chart.circles]
    assert counted == sorted(counted, reverse=True)
    for circle in chart.circles:
        assert 0 < circle.x < chart.width
        assert 0 < circle.y < chart.height


def test_places_without_a_circle_are_in_the_table() -> None:
    points = villages("32.09.0")
    chart = places.build("Uji", points=[*points, places.Point("Tanpa titik", None, None, 5)])
    assert chart.more == len(points) + 1 - places.MOST_CIRCLES
    assert len(chart.table.rows) == len(points) + 1


def test_village_without_a_number_has_no_circle_but_a_word() -> None:
    chart = places.build("Uji", points=[("A", -6.7, 108.49, None), ("B", -6.7, 108.5, 0)])
    assert chart.circles == ()
    assert [row[1].known for row in chart.table.rows] == [False, True]


def test_one_and_two_look_alike_in_public() -> None:
    def shown(small: int) -> Any:
        points = [("A", -6.7, 108.49, 43), ("B", -6.71, 108.5, small), ("C", -6.72, 108.48, 1)]
        areas = [(WERU, small), (PLERED, 30)]
        chart = places.build("Uji", points=points, areas=areas, form=Form(public=True))
        return chart.circles, chart.areas, chart.table, chart.names

    assert shown(1) == shown(2)
    assert "< 3" in str(shown(1))


def test_one_place_alone_still_has_surroundings() -> None:
    chart = places.build("Uji", points=[("A", "-6.70743", "108.49181", 12)])
    assert len(chart.areas) > 1
    assert chart.kilometres >= 1


def test_names_cover_neither_each_other_nor_a_circle() -> None:
    chart = places.build("Uji", points=villages(WERU), highlight=[WERU])
    assert {"desa"} <= {name.kind for name in chart.names}
    spots = [(name.x, name.y) for name in chart.names]
    assert len(spots) == len(set(spots))


def test_unknown_codes_are_left_out() -> None:
    chart = places.build("Uji", regency="99.99", areas=[("99.99.01", 3)], highlight=["99.99.01"])
    assert chart.areas
    assert chart.table.rows == ()


def test_ring_is_cut_at_the_frame() -> None:
    square = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]
    assert sorted(shapes.clipped(square, (5, 5, 20, 20))) == [(5, 5), (5, 10), (10, 5), (10, 10)]
    assert shapes.clipped(square, (20, 20, 30, 30)) == []
    assert shapes.path([square]) == "M0 0l10 0 0 10-10 0z"
    assert shapes.path([[(0.0, 0.0), (0.2, 0.1), (0.1, 0.2)]]) == ""
