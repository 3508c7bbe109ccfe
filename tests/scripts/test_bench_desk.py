"""Figures of the desk: each beside what it is compared with, and growth between two sizes."""

from __future__ import annotations

from scripts.ground.bench.desk_rows import rows

TIMES = {
    "bare page": 4,
    "raw SQL of a queue": 2,
    "raw SQL of a search": 2,
    "raw SQL of a list": 1,
    "queue nib, first page": 10,
    "search, typing error": 50,
    "list, first page": 20,
    "admin list, search": 30,
    "stock admin, search": 120,
}


def seen(factor: float) -> dict[str, dict[str, float]]:
    return {name: {"median": ms * factor, "p95": ms * factor * 2} for name, ms in TIMES.items()}


def test_goals_are_told_reached_or_missed() -> None:
    told = {(row.name, row.size): row for row in rows({100: seen(1), 1000: seen(2)})}
    assert told["queue nib, first page", 100].reached
    assert not told["search, typing error", 1000].reached
    stock = told["admin list, search, against stock", 100]
    assert (stock.baseline, stock.ratio, stock.reached) == (120, 0.25, True)
    growth = told["queue nib, first page, against 100 firms", 1000]
    assert (growth.ratio, growth.reached) == (2, False)


def test_one_size_alone_says_nothing_of_growth() -> None:
    assert not any("against 100 firms" in row.name for row in rows({100: seen(1)}))
