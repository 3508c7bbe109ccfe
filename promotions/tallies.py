"""How many firms stand behind each value of the filter panel.

Rule: a value's number is what the list shows when this value alone is ticked in its group, with
the search and the other groups as they are. It is exact up to 10,000 and "more than" beyond.

Each group is one grouped query, and its work is bounded: at most 50,000 firms are read for a
group. The five regencies have about 12,000, so that all are read. Where more than that match, the
newest 50,000 are read and a number says "at least". (Counting each value by itself up to 10,001
was tried: with 200,000 firms it cost 4 to 13 seconds where a grouped query costs 0.2.) What does
not depend on the visitor (nothing searched for, nothing ticked in the other groups) is kept for a
minute; so is everything while the catalogue is that large.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.core.cache import cache

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
    more: bool = False  # whether there may be more than `count` says


Tallies = dict[str, dict[str, Tally]]
# Firms by value, and whether some matching firms were not read.
Numbers = tuple[dict[str, int], bool]


def tallies(public: FirmQuerySet, asked: Asked, q: str, values: Asked) -> Tallies:
    """For each group of `values` the number of the public firms behind each of its values."""
    large = _is_large(public, q)
    found = {}
    for facet in FACETS:
        if boxes := values.get(facet.name):
            numbers, cut = _numbers(public, facet, _others(facet, asked), q=q, large=large)
            found[facet.name] = {value: _capped(numbers.get(value, 0), cut) for value in boxes}
    return found


def _others(facet: Facet, asked: Asked) -> dict[str, Sequence[str]]:
    """What is ticked in the other groups."""
    own = {facet.name, *facet.inner}
    return {name: chosen for name, chosen in asked.items() if chosen and name not in own}


def _numbers(public: FirmQuerySet, facet: Facet, others: Asked, *, q: str, large: bool) -> Numbers:
    def count() -> Numbers:
        return _count(facet, narrowed(public, others, q), large)

    if large or not (q or others):
        return cache.get_or_set(_key(facet, others, q), count, KEPT_SECONDS) or count()
    return count()


def _count(facet: Facet, firms: FirmQuerySet, large: bool) -> Numbers:
    cut = False
    if large:
        newest = firms.order_by("-pk").values("pk")
        cut = newest[: SCAN_LIMIT + 1].count() > SCAN_LIMIT
        firms = Firm.objects.filter(pk__in=newest[:SCAN_LIMIT])
    return {str(value): n for value, n in facet.tally(firms) if value is not None}, cut


def _capped(count: int, cut: bool) -> Tally:
    return Tally(min(count, COUNT_LIMIT), cut or count > COUNT_LIMIT)


def _key(facet: Facet, others: Asked, q: str) -> str:
    """Under which name the numbers are kept."""
    asked = repr((q, sorted((name, sorted(chosen)) for name, chosen in others.items())))
    return f"tally:{facet.name}:{sha256(asked.encode()).hexdigest()[:24]}"


def _is_large(public: FirmQuerySet, q: str) -> bool:
    """Whether more public firms match the search than are read for a group."""

    def count() -> int:
        return int(public.matching(q).order_by().values("pk")[: SCAN_LIMIT + 1].count())

    if q:
        return count() > SCAN_LIMIT
    return int(cache.get_or_set("tally:public", count, KEPT_SECONDS) or 0) > SCAN_LIMIT
