"""What is drawn follows the numbers: nothing outside the plot, longer for more, gaps as gaps."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.charts import bars, matrix, multiples, pairs, stacks
from dashboards.charts.scale import Scale, runs, shortened, ticks
from dashboards.charts.words import Form

numbers = st.one_of(
    st.none(),
    st.integers(-(10**12), 10**12),
    st.floats(-1e9, 1e9).map(lambda value: round(value, 4)),
    st.decimals(-10_000, 10_000, places=2),
)
counts = st.one_of(st.none(), st.integers(0, 10**9))


def drawn(values: list[Any], **options: Any) -> bars.Bars:
    items = [(f"Nama {i}", value) for i, value in enumerate(values)]
    return bars.build("Uji", items, Form(1), **options)


def test_bar_is_proportional_to_its_value() -> None:
    chart = drawn([100, 50, 25, 0])
    assert [bar.width for bar in chart.bars] == [1000, 500, 250, 0]
    assert [bar.x for bar in chart.bars] == [0, 0, 0, 0]


def test_bar_of_a_share_is_a_part_of_its_maximum() -> None:
    chart = drawn([58.2, 100], maximum=100, reference=60)
    assert [bar.width for bar in chart.bars] == [582, 1000]
    assert [bar.reference for bar in chart.bars] == [600, 600]


def test_bar_below_zero_goes_to_the_left_of_zero() -> None:
    chart = drawn([6, -2])
    assert chart.zero == 250
    assert [(bar.x, bar.width) for bar in chart.bars] == [(250, 750), (0, 250)]


def test_bar_that_is_missing_is_not_a_zero() -> None:
    nothing, zero, endless = drawn([None, 0, math.nan]).bars
    assert nothing.missing
    assert endless.missing
    assert not zero.missing
    assert nothing.said.text != zero.said.text


def test_bar_too_small_for_the_public_has_no_length_and_no_number() -> None:
    chart = bars.build("Uji", [("a", 1), ("b", 2), ("c", 3)], Form(public=True))
    one, two, three = chart.bars
    assert (one.said, one.width) == (two.said, two.width)
    assert one.said.text == "< 3"
    assert three.width == 1000


@given(st.lists(numbers, min_size=1, max_size=8), numbers, numbers)
def test_no_bar_leaves_the_plot(values: list[Any], reference: Any, maximum: Any) -> None:
    chart = drawn(values, reference=reference, maximum=maximum)
    for bar in chart.bars:
        assert bar.x >= 0
        assert bar.width >= 0
        assert bar.x + bar.width <= bars.WIDTH
        assert bar.reference is None or 0 <= bar.reference <= bars.WIDTH


@given(st.lists(counts, min_size=2, max_size=8))
def test_bar_is_never_shorter_for_more(values: list[Any]) -> None:
    whole = [(v, bar.width) for v, bar in zip(values, drawn(values).bars, strict=True)]
    known = sorted((v, width) for v, width in whole if v is not None)
    assert [width for _v, width in known] == sorted(width for _v, width in known)
    assert all(width > 0 for v, width in known if v)


@given(st.lists(numbers, max_size=8))
def test_missing_is_drawn_as_nothing(values: list[Any]) -> None:
    for value, bar in zip(values, drawn(values).bars, strict=True):
        assert bar.missing == (value is None)
        if value is None:
            assert bar.width == 0


def column(parts: list[Any], others: Any = ()) -> stacks.DrawnColumn:
    series = ("a", "b", "c")[: len(parts)]
    return stacks.build("Uji", series, [("Jan", parts), *others], Form()).columns[0]


def test_stack_is_as_high_as_its_sum() -> None:
    low = column([10, 20, 30], [("Feb", (120, 0, 0))])
    assert low.total == "60"
    heights = [part.height for part in low.parts]
    assert heights[0] * 2 == pytest.approx(heights[1], abs=0.2)
    assert heights[0] * 3 == pytest.approx(heights[2], abs=0.2)
    assert sum(heights) == pytest.approx((stacks.BOTTOM - stacks.TOP) * 0.5, abs=0.3)


@given(st.lists(st.lists(st.integers(0, 10**7), min_size=3, max_size=3), min_size=1, max_size=12))
def test_parts_stand_on_each_other_and_stay_in_the_plot(rows: list[list[int]]) -> None:
    items = [(f"M{i}", row) for i, row in enumerate(rows)]
    chart = stacks.build("Uji", ("a", "b", "c"), items, Form())
    for drawn_column in chart.columns:
        foot = chart.zero
        for part in drawn_column.parts:
            assert part.y + part.height == pytest.approx(foot, abs=0.2)
            foot = part.y
        assert foot >= stacks.TOP - 0.2
        assert drawn_column.x >= chart.left
        assert drawn_column.x + drawn_column.width <= stacks.RIGHT + 0.1


def test_stack_that_lacks_a_part_has_no_total_but_the_weave() -> None:
    part = column([14, None])
    assert part.total == ""
    assert [p.tone for p in part.parts] == ["b-isi", "celah"]


def test_stack_has_at_most_three_parts() -> None:
    with pytest.raises(ValueError, match="at most 3"):
        stacks.build("Uji", "abcd", [("Jan", (1, 2, 3, 4))], Form())


def test_line_is_cut_where_a_year_is_missing() -> None:
    chart = multiples.build("Uji", range(2019, 2026), [("a", (3, 2, 1, None, 2, None, 5))], Form(1))
    [panel] = chart.panels
    assert len(panel.lines) == 1
    assert len(panel.lines[0].split()) == 3
    assert len(panel.gaps) == 2
    assert len(panel.dots) == 1
    assert panel.end is not None


def test_panels_share_one_axis() -> None:
    chart = multiples.build("Uji", (1, 2), [("a", (0, 5)), ("b", (5, 10))], Form(1))
    first, second = chart.panels
    assert first.end is not None
    assert first.end[1] == float(second.lines[0].split()[0].split(",")[1])


@given(st.lists(st.lists(numbers, min_size=4, max_size=4), min_size=1, max_size=5))
def test_line_stays_in_the_panel(rows: list[list[Any]]) -> None:
    items = [(f"a{i}", row) for i, row in enumerate(rows)]
    chart = multiples.build("Uji", range(4), items, Form(1), reference=rows[0])
    for panel, row in zip(chart.panels, rows, strict=True):
        places = [pair.split(",") for line in panel.lines for pair in line.split()]
        known = [v for v in row if v is not None]
        assert len(places) + len(panel.dots) <= len(known)
        for x, y in places:
            assert multiples.LEFT <= float(x) <= chart.right
            assert multiples.TOP - 0.1 <= float(y) <= multiples.BOTTOM + 0.1
        assert (panel.end is None) == (not known)


@given(numbers, numbers)
def test_dots_stay_between_the_ends(before: Any, after: Any) -> None:
    [pair] = pairs.build("Uji", [("a", before, after)], Form(1), before="1", after="2").pairs
    for value, place in ((before, pair.before), (after, pair.after)):
        assert (place is None) == (value is None)
        assert place is None or 0 <= place <= 100


def test_change_has_its_sign() -> None:
    rows = [("naik", 0.405, 0.412), ("turun", 0.351, 0.344), ("tetap", 1, 1), ("kosong", None, 1)]
    table = pairs.build("Uji", rows, Form(3), before="2021", after="2025").table
    changes = [row[3] for row in table.rows]
    assert [change.text[0] for change in changes[:2]] == ["+", "\N{MINUS SIGN}"]
    assert not changes[2].text.startswith("+")
    assert not changes[3].known


def test_matrix_totals_are_sums_without_the_missing() -> None:
    chart = matrix.build(("a", "b"), [("x", (1, 2)), ("y", (None, 4))], Form())
    assert [row.total.text for row in chart.rows if row.total] == ["3", "4"]
    assert [total.text for total, _href in chart.totals] == ["1", "6"]
    assert chart.total is not None
    assert chart.total.text == "7"
    assert not chart.rows[1].cells[0].said.known
    assert chart.rows[1].cells[0].tint == ""


def test_matrix_tells_no_total_from_which_a_small_number_follows() -> None:
    chart = matrix.build(("a", "b"), [("x", (1, 20)), ("y", (5, 4))], Form(public=True))
    assert chart.rows[0].cells[0].said.text == "< 3"
    assert chart.total is None
    assert chart.totals == ()
    assert all(row.total is None for row in chart.rows)


steady = st.floats(-1e12, 1e12).map(lambda value: round(value, 4))


@given(steady, steady, st.integers(2, 5))
def test_ticks_hold_the_range_and_are_few(one: float, other: float, about: int) -> None:
    low, high = sorted((one, other))
    marks = ticks(low, high, about)
    slack = 1e-6 * (marks[-1] - marks[0])
    assert marks[0] <= low + slack
    assert marks[-1] >= high - slack
    assert 2 <= len(marks) <= about + 3


def test_runs_and_words_that_are_too_long() -> None:
    assert runs([1, None, None, 2, 3]) == [[0], [3, 4]]
    assert runs([None]) == []
    assert shortened("September", 40, 10) == "Sep…"
    assert shortened("Sep", 40, 10) == "Sep"
    assert Scale(0, 10, 0, 100)(2.5) == 25
