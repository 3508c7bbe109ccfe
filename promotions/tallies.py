"""How many firms stand behind each value of the filter panel.

Rule: a value's number is what the list shows when this value alone is ticked in its group, with
the search and the other groups as they are. It is exact up to 10,000 and "more than" beyond.

The work is bounded. While at most 50,000 public firms match the search, each group is one grouped
query over them. In a larger catalogue each value is counted by itself and the counting stops at
10,001: a common value ends there after a part of the rows, a rare one is found through its index,
so that no page ever reads the whole of a register of millions. What does not depend on the
visitor (nothing searched for, nothing ticked in the other groups) is kept for a minute.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.core.cache import cache
from django.db import connection

from promotions.filters import FACETS, Asked, Facet, narrowed
from promotions.pages import COUNT_LIMIT
from registry.models import Firm
from registry.querysets import FirmQuerySet

SCAN_LIMIT = 50_000
KEPT_SECONDS = 60


@dataclass(frozen=True)
class Tally:
    """A number of firms."""

    count: int = 0
    more: bool = False  # whether there are more than `count` says


Tallies = dict[str, dict[str, Tally]]


def tallies(asked: Asked, q: str, values: Asked) -> Tallies:
    """For each group of `values` the number of public firms behind each of its values."""
    large = _is_large(q)
    return {
        facet.name: _tally(facet, asked, q, values[facet.name], large)
        for facet in FACETS
        if values.get(facet.name)
    }


def _tally(
    facet: Facet, asked: Asked, q: str, values: Sequence[str], large: bool
) -> dict[str, Tally]:
    own = {facet.name, *facet.inner}
    others = {name: chosen for name, chosen in asked.items() if chosen and name not in own}

    def count() -> dict[str, int]:
        firms = narrowed(Firm.objects.public(), others, q)
        if large:
            return _one_by_one(facet, firms, values)
        return {str(value): n for value, n in facet.tally(firms) if value is not None}

    if q or others:
        found = count()
    else:
        found = cache.get_or_set(_key(facet, values, large), count, KEPT_SECONDS) or {}
    return {
        value: Tally(min(found.get(value, 0), COUNT_LIMIT), found.get(value, 0) > COUNT_LIMIT)
        for value in values
    }


def _key(facet: Facet, values: Sequence[str], large: bool) -> str:
    """Under which name the numbers are kept; one by one they are only those of these values."""
    which = sha256("|".join(sorted(values)).encode()).hexdigest()[:16] if large else "all"
    return f"tally:{facet.name}:{which}"


def _one_by_one(facet: Facet, firms: FirmQuerySet, values: Sequence[str]) -> dict[str, int]:
    """Each value counted by itself up to one more than the limit, all in one query."""
    parts, params = [], []
    for value in values:
        found = facet.narrow(firms, [value]).order_by().values("pk")[: COUNT_LIMIT + 1]
        sql, asked = found.query.sql_with_params()
        parts.append(f"SELECT %s, COUNT(*) FROM ({sql}) AS found")  # noqa: S608 made by the ORM
        params += [value, *asked]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        return dict(cursor.fetchall())


def _is_large(q: str) -> bool:
    """Whether more public firms match the search than a grouped query should read."""

    def count() -> int:
        matching = Firm.objects.public().matching(q)
        return int(matching.order_by().values("pk")[: SCAN_LIMIT + 1].count())

    if q:
        return count() > SCAN_LIMIT
    return int(cache.get_or_set("tally:public", count, KEPT_SECONDS) or 0) > SCAN_LIMIT
