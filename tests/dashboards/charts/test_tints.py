"""Steps of colour: fixed breaks, and a legend that names every number once."""

from __future__ import annotations

import itertools

import pytest
from django.utils.translation import override

from dashboards.charts import tints
from dashboards.charts.words import Form


@pytest.mark.parametrize(
    ("number", "step"),
    [(0, 0), (1, 1), (49, 1), (50, 2), (149, 2), (150, 3), (400, 4), (999, 4), (1000, 5)],
)
def test_step_of_a_number_of_firms(number: int, step: int) -> None:
    assert tints.step(number, tints.CELL_FIRMS) == step


@pytest.mark.parametrize(
    ("number", "step"), [(0, 0), (99, 0), (100, 1), (499, 1), (500, 2), (1000, 3), (10**6, 4)]
)
def test_step_of_a_region(number: int, step: int) -> None:
    assert tints.step(number, tints.REGION_FIRMS) == step


@pytest.mark.parametrize("breaks", [tints.CELL_FIRMS, tints.REGION_FIRMS, tints.DISTRICT_FIRMS])
def test_legend_names_every_number_once(breaks: tuple[int, ...]) -> None:
    steps = tints.legend(breaks)
    assert [step.step for step in steps] == list(range(len(breaks) + 1))
    for step, following in itertools.pairwise(steps):
        assert step.end is not None
        assert following.start == step.end + 1
    assert steps[-1].end is None


def test_legend_of_shares_leaves_no_gap_at_one_decimal() -> None:
    with override("id"):
        texts = [step.text for step in tints.legend((40, 45), Form(1, "%"), least=None)]
    assert texts == ["sampai 39,9%", "40,0–44,9%", "45,0% ke atas"]


def test_legend_of_counts_in_both_languages() -> None:
    with override("id"):
        assert [s.text for s in tints.legend((1, 1000))] == ["0", "1–999", "1.000 ke atas"]
    with override("en"):
        assert [s.text for s in tints.legend((1, 1000))] == ["0", "1–999", "1,000 and more"]
