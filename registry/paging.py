"""Numbered pages of a list that may be long: never counts or skips over millions.

Up to 100 pages, an exact count up to 10,000 and "more than" beyond; further in one filters.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

COUNT_LIMIT = 10_000
MAX_PAGES = 100


@dataclass(frozen=True)
class Page:
    """One page of a list."""

    rows: Sequence[Any]
    number: int
    pages: int
    size: int
    total: int
    more: bool  # whether the list is longer than `total` says

    @property
    def first(self) -> int:
        """The position of the first row, from 1."""
        return (self.number - 1) * self.size + 1

    @property
    def last(self) -> int:
        """The position of the last row."""
        return self.first + len(self.rows) - 1

    @property
    def truncated(self) -> bool:
        """Whether rows lie beyond the last page that can be turned to."""
        return self.more or self.total > self.pages * self.size

    @property
    def previous(self) -> int:
        """The number of the page before."""
        return self.number - 1

    @property
    def next(self) -> int:
        """The number of the page after."""
        return self.number + 1

    @property
    def numbers(self) -> list[int | None]:
        """The page numbers to show; None stands for a gap."""
        near = {1, self.pages, self.number - 1, self.number, self.number + 1}
        shown = sorted(n for n in near if 1 <= n <= self.pages)
        out: list[int | None] = []
        for n in shown:
            if out and out[-1] is not None and n - out[-1] > 1:
                out.append(None)
            out.append(n)
        return out


def capped_count(queryset: QuerySet[Any]) -> tuple[int, bool]:
    """How many rows, at most 10,000, and whether there are more."""
    counted = queryset.order_by().values("pk")[: COUNT_LIMIT + 1].count()
    return min(counted, COUNT_LIMIT), counted > COUNT_LIMIT


def capped_counts(querysets: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    """How many rows each has, at most one more than 10,000, in one query."""
    statements, parameters = [], []
    for name, queryset in querysets.items():
        rows = queryset.order_by().values("pk")[: COUNT_LIMIT + 1]
        try:
            sql, values = rows.query.sql_with_params()
        except EmptyResultSet:  # nothing can be found, so nothing is asked
            continue
        statements.append(f"SELECT %s, count(*) FROM ({sql}) AS counted")  # noqa: S608
        parameters += [name, *values]
    counts = dict.fromkeys(querysets, 0)
    if statements:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(statements), parameters)
            counts |= dict(cursor.fetchall())
    return counts


def by_key(keys: QuerySet[Any], carrying: QuerySet[Any]) -> Callable[[int, int], list[Any]]:
    """Rows by way of their keys, which come in their order: only what is shown is filled in.

    In one query, the database would prepare what rows carry for every row that could come.
    """

    def between(start: int, stop: int) -> list[Any]:
        shown = list(keys[start:stop])
        found = carrying.in_bulk(shown)
        return [found[key] for key in shown if key in found]

    return between


def page_of(
    queryset: QuerySet[Any],
    number: str | None,
    size: int,
    rows: Callable[[int, int], Sequence[Any]] | None = None,
) -> Page:
    """The page `number` (text from the address; nonsense is page 1, beyond the end the last).

    `rows` gives the rows from one place to another where there is a quicker way to them.
    """
    total, more = capped_count(queryset)
    pages = max(1, min(MAX_PAGES, -(-total // size)))
    asked = int(number) if number and number.isascii() and number.isdigit() else 1
    current = max(1, min(asked, pages))
    start, stop = (current - 1) * size, current * size
    found = rows(start, stop) if rows else list(queryset[start:stop])
    return Page(found, current, pages, size, total, more)
