"""What a heading means by the table of headings: a field, a part, an identity number, a unit.

The rule: the whole heading is looked up before anything is taken off it, and the first of two
columns that mean the same field wins by the order of the table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from registry.intake.fields import Kind
from registry.intake.kinds import RowKind
from registry.intake.synonyms import (
    IDENTITY,
    IDENTITY_WORDS,
    NOT_IDENTITY_WORDS,
    PARTS,
)
from registry.intake.table import PART_FIELDS, Column, Part, Sureness, fold

_UNITS = (
    ("billion", re.compile(r"mil(?:i|y)ar|\bmlyr\b|\bbillion\b", re.IGNORECASE)),
    ("million", re.compile(r"\bjuta(?:an)?\b|\bjt\b|\bmillion\b", re.IGNORECASE)),
    ("thousand", re.compile(r"\bribu(?:an)?\b|\brb\b|[.,\s(x]0{3}\b", re.IGNORECASE)),
    ("rupiah", re.compile(r"\brp\b|\brupiah\b|\bidr\b", re.IGNORECASE)),
)
UNITS = {"rupiah": 1, "thousand": 10**3, "million": 10**6, "billion": 10**9}
MONTHS = 12
# Figures are kept by the year.
YEARLY = frozenset({"capacity_quantity", "production_value", "raw_material_value", "annual_sales"})
_PERIOD = re.compile(
    r"(?:/|\bper[\s_]*|\bse|\btiap[\s_]+|\()\s*(bulan|bln|bl|hari|hr|minggu|mgg)(?:an)?\b\.?\)?"
    r"|\b(bulan|hari|minggu)an\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading means. `rank` is its place among the headings of the field."""

    field: str | None = None
    rank: int = 0
    by_year: bool = False
    part: Part | None = None
    identity: bool = False
    chosen: bool = False
    times: int | None = 1


_NOTHING = Meaning()
_IDENTITY = frozenset(
    form for text in IDENTITY for form in (fold(text), fold(text).replace(" ", ""))
)


@cache
def known_headings(kind: RowKind) -> dict[str, Meaning]:
    """Every heading of a kind of rows, folded, with and without its spaces."""
    known: dict[str, Meaning] = {}
    for entry in kind.fields:
        for rank, heading in enumerate(entry.headings):
            known.setdefault(fold(heading), Meaning(entry.name, rank))
    for name, headings in PARTS.items():
        part = Part(name)
        if set(PART_FIELDS[part]) <= set(kind.by_name):
            for rank, heading in enumerate(headings):
                known.setdefault(fold(heading), Meaning(PART_FIELDS[part][0], rank, part=part))
    for heading, meaning in list(known.items()):
        known.setdefault(heading.replace(" ", ""), meaning)
    return known


def columns_of(
    headings: Sequence[tuple[str, str]], given: Mapping[str, str], kind: RowKind
) -> list[Column]:
    """The columns with these headings; each is an upper heading and one below it, or nothing."""
    columns: list[Column] = []
    ranks: dict[str, tuple[int, Column]] = {}
    for index, (top, low) in enumerate(headings):
        whole = " ".join(part for part in (top, low) if part)
        if not whole:
            continue
        column = Column(index, whole)
        columns.append(column)
        meaning = meaning_of(whole, low, given, kind)
        if meaning.identity:
            column.dropped = "identity_number"
        elif meaning.field is not None:
            _assign(column, meaning, ranks, kind)
        elif meaning.chosen:
            column.sure = Sureness.CHOSEN
    _name_alone(columns, ranks)
    return columns


def set_field(column: Column, name: str, kind: RowKind, sure: Sureness) -> None:
    """Give a column its field, with the unit and the period that its heading declares."""
    column.field, column.sure = name, sure
    entry = kind.by_name[name]
    column.unit = money_unit(column.heading) if entry.kind is Kind.MONEY else None
    column.times = period(column.heading)[1] if name in YEARLY else 1


def _assign(
    column: Column, meaning: Meaning, ranks: dict[str, tuple[int, Column]], kind: RowKind
) -> None:
    """The better of two columns has a field; pieces of an address never dispute one."""
    name = meaning.field or ""
    key = meaning.part or name
    taken = ranks.get(key)
    if taken is not None and taken[0] <= meaning.rank:
        return
    if taken is not None:
        other = taken[1]
        other.field, other.part, other.unit, other.sure = None, None, None, Sureness.NONE
    ranks[key] = (meaning.rank, column)
    sure = Sureness.CHOSEN if meaning.chosen else Sureness.MATCH
    set_field(column, name, kind, sure)
    column.part, column.numbered_by_year = meaning.part, meaning.by_year


def _name_alone(columns: Sequence[Column], ranks: Mapping[str, tuple[int, Column]]) -> None:
    """A column headed only "Nama" is the firm's where no other is, else the owner's."""
    named = {name for _rank, column in ranks.values() for name in column.fields}
    for column in columns:
        if fold(column.heading) == "nama" and column.field is None:
            name = "owner_name" if "name" in named else "name"
            if name not in named and column.sure is Sureness.NONE:
                column.field, column.sure = name, Sureness.MATCH
                named.add(name)


def meaning_of(whole: str, low: str, given: Mapping[str, str], kind: RowKind) -> Meaning:
    """The meaning of a heading, alone or below another."""
    if fold(whole) in given:
        return _chosen(given[fold(whole)])
    known = known_headings(kind)
    for text in (whole, low) if low else (whole,):
        for candidate in candidates(text):
            joined = candidate.replace(" ", "")
            if candidate in _IDENTITY or joined in _IDENTITY:
                return Meaning(identity=True)
            found = known.get(candidate) or known.get(joined)
            if found is not None:
                by_year = fold(text).endswith(" tahun") and " " in fold(text)
                return Meaning(found.field, found.rank, by_year, found.part)
    words = set(fold(whole).split())
    if words & IDENTITY_WORDS and not words & NOT_IDENTITY_WORDS:
        return Meaning(identity=True)
    return _NOTHING


def _chosen(target: str) -> Meaning:
    if target in PARTS:
        part = Part(target)
        return Meaning(PART_FIELDS[part][0], -1, part=part, chosen=True)
    return Meaning(target or None, -1, chosen=True)


def candidates(text: str) -> list[str]:
    """A heading as it is, without brackets, without its unit, without its period or "/tahun"."""
    full = fold(text)
    bare = fold(re.sub(r"\([^)]*\)?", " ", text))
    shorter = [fold(re.sub(r"\brp\b\.?[\s.,]*(?:0{3}|juta|ribu|miliar)?", " ", text.casefold()))]
    shorter.append(re.sub(r" (?:tahun|rp|rp juta|rp 000)$", "", bare))
    rest, times = period(text)
    if times != 1:
        shorter += candidates(rest)
    return list(dict.fromkeys([full, bare, *shorter]))


def period(heading: str) -> tuple[str, int | None]:
    """A heading without its period, and what makes a year of it; nothing for days and weeks."""
    found = _PERIOD.search(heading)
    if found is None:
        return heading, 1
    unit = (found[1] or found[2]).casefold()
    rest = f"{heading[: found.start()]} {heading[found.end() :]}"
    return rest, MONTHS if unit.startswith("b") else None


def money_unit(heading: str) -> str | None:
    """The unit that a heading declares for its money, or None."""
    for unit, pattern in _UNITS:
        if pattern.search(heading):
            return unit
    return None
