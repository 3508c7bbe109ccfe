"""Numbers as people read them: words, shares of a bar."""

from __future__ import annotations

from dashboards.shown import shown_ladder
from registry.counts import Rung


def test_bar_is_a_share_of_the_base_and_unknown_has_none() -> None:
    shown = shown_ladder(
        [
            Rung("firms", 90, None),
            Rung("nib", 60, 90),
            Rung("account", 0, 0),
        ]
    )
    assert [rung.bar for rung in shown] == [1000, 667, 0]
    assert [rung.share is None for rung in shown] == [True, False, True]
    assert shown[1].of_what != ""
