"""Numbers as people read them: words, shares of a bar, tints with fixed limits."""

from __future__ import annotations

import itertools

import pytest

from dashboards.shown import BREAKS, legend, shown_ladder, tint
from registry.counts import Rung


@pytest.mark.parametrize(
    ("number", "step"),
    [(0, 0), (1, 1), (49, 1), (50, 2), (149, 2), (150, 3), (400, 4), (999, 4), (1000, 5)],
)
def test_tint_of_a_number(number: int, step: int) -> None:
    assert tint(number) == step


def test_legend_names_every_number_once() -> None:
    steps = legend()
    assert [step.tint for step in steps] == [f"h{n}" for n in range(len(BREAKS) + 1)]
    for step, following in itertools.pairwise(steps):
        assert step.end is not None
        assert following.start == step.end + 1
    assert steps[-1].end is None


def test_bar_is_a_share_of_the_base_and_unknown_has_none() -> None:
    shown = shown_ladder(
        [
            Rung("firms", 90, None),
            Rung("nib", 60, 90),
            Rung("account", 0, 0),
            Rung("partner", None, None),
        ]
    )
    assert [rung.bar for rung in shown] == [1000, 667, 0, 0]
    assert [rung.share is None for rung in shown] == [True, False, True, True]
    assert shown[1].of_what != ""
