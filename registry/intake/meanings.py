"""What a heading means by the table of headings: a field, a part, an identity number, a unit.

The rule: the whole heading is looked up before anything is taken off it, and the first of two
columns that mean the same field wins by the order of the table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from registry.intake import composed
from registry.intake.fields import MONEY, Kind
from registry.intake.kinds import RowKind
from registry.intake.money_units import money_unit
from registry.intake.reading import Row
from registry.intake.synonyms import (
    IDENTITY,
    IDENTITY_WORDS,
    NOT_IDENTITY_WORDS,
    PARTS,
)
from registry.intake.table import PART_FIELDS, Column, Part, Sureness, fold
from registry.intake.texts import is_blank, text_of

UNITS = {"rupiah": 1, "thousand": 10**3, "million": 10**6, "billion": 10**9}
MONTHS = 12
# Figures are kept by the year.
YEARLY = frozenset({"capacity_quantity", "production_value", "raw_material_value", "annual_sales"})
_PERIOD = re.compile(
    r"(?:/|\bper[\s_]*|\bse|\btiap[\s_]+|\()\s*(bulan|bln|bl|hari|hr|minggu|mgg)(?:an)?\b\.?\)?"
    r"|\b(bulan|hari|minggu)an\b",
    re.IGNORECASE,
)

_UNIT = re.compile(
    r"\b(?:(?:dalam|dlm)\s+)?rp\b[\s.,'x]*(?:1?[.,' ]?0{3}(?:[.,' ]?0{3})*\b|juta(?:an)?\b"
    r"|ribu(?:an)?\b|mil[iy]ar\b|tril[iy]un\b|[mt]\b)?"
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
    guess: bool = False
    times: int | None = 1


_NOTHING = Meaning()
_NAMES = (Part.NAME_OWNER, Part.OWNER_NAME)
# Behind every heading of the table.
_LATER = 1000
_LOOKED_AT = 200
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
        known.setdefault(composed.plain(heading), meaning)
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
        meaning = meaning_of(whole, low, given, kind, top)
        if meaning.identity:
            column.dropped = "identity_number"
        elif meaning.field is not None:
            _assign(column, meaning, ranks, kind)
        elif meaning.chosen:
            column.sure = Sureness.CHOSEN
    _whose_name(columns)
    return columns


def upper_says(headings: Sequence[tuple[str, str]], kind: RowKind) -> tuple[int, int]:
    """How many lower headings lose the meaning that they have alone, and how many have another."""
    denied = changed = 0
    for top, low in headings:
        if not low:
            continue
        alone = meaning_of(low, "", {}, kind).field
        together = meaning_of(f"{top} {low}", low, {}, kind, top)
        denied += bool(alone) and together.field is None and not together.identity
        changed += together.field not in (None, alone)
    return denied, changed


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
    sure = Sureness.GUESS if meaning.guess else Sureness.MATCH
    sure = Sureness.CHOSEN if meaning.chosen else sure
    set_field(column, name, kind, sure)
    column.part, column.numbered_by_year = meaning.part, meaning.by_year


def _whose_name(columns: Sequence[Column]) -> None:
    """Whose name it is where two columns speak of it.

    A column headed only "Nama" is the firm's where no other is, else the owner's; one of firm and
    owner together is the owner's, or nobody's, where another has the name of the firm.
    """
    plainly = {column.field for column in columns if column.field and column.part is None}
    for column in columns:
        if column.part in _NAMES and "name" in plainly and column.sure is not Sureness.CHOSEN:
            column.part, column.field, column.sure = None, None, Sureness.NONE
            if "owner_name" not in plainly:
                column.field, column.sure = "owner_name", Sureness.GUESS
                plainly.add("owner_name")
    named = {name for column in columns for name in column.fields}
    for column in columns:
        if column.field is None and composed.words_of(composed.plain(column.heading)) == {"nama"}:
            name = "owner_name" if "name" in named else "name"
            if name not in named and column.sure is Sureness.NONE:
                column.field, column.sure = name, Sureness.MATCH
                named.add(name)


def meaning_of(
    whole: str, low: str, given: Mapping[str, str], kind: RowKind, top: str = ""
) -> Meaning:
    """The meaning of a heading, alone or below another."""
    if fold(whole) in given:
        return _chosen(given[fold(whole)])
    top = top if low else ""
    found = _known(whole, kind) or _composed(whole, kind)
    if found is None and low:
        found = _known(low, kind) or _composed(low, kind)
        if found is not None and not found.identity:
            found = _below(found, top, low)
    if found is None:
        words = set(fold(whole).split())
        said = words & IDENTITY_WORDS and not words & NOT_IDENTITY_WORDS
        return Meaning(identity=True) if said else _NOTHING
    field = found.field or ""
    if composed.is_year_of(field, top, low) or composed.asks_whether(field, whole):
        return _NOTHING
    if field in YEARLY and period(whole)[1] != 1:
        # A figure of the year is better than one of a month.
        return replace(found, rank=found.rank + 3 * _LATER)
    return found


def _known(text: str, kind: RowKind) -> Meaning | None:
    """What the table of headings says."""
    known = known_headings(kind)
    for candidate in candidates(text):
        joined = candidate.replace(" ", "")
        if candidate in _IDENTITY or joined in _IDENTITY:
            return Meaning(identity=True)
        found = known.get(candidate) or known.get(joined)
        # Without a mark between them "pemilik perusahaan" is one person, not two names.
        if found is not None and (found.part not in _NAMES or composed.name_part(text)):
            by_year = composed.plain(text).endswith(" tahun")
            return Meaning(found.field, found.rank, by_year, found.part)
    return None


def _composed(text: str, kind: RowKind) -> Meaning | None:
    """What the words of the heading make together; of figures of several years the latest."""
    part = composed.name_part(text)
    if part is not None and set(PART_FIELDS[part]) <= set(kind.by_name):
        return Meaning("name", _LATER, part=part)
    known = known_headings(kind)
    for candidate in candidates(text):
        words, year = composed.without_year(composed.plain(candidate))
        # "Bahan Baku (Rp)": the money is its value.
        made = composed.composed(f"{words} nilai") if money_unit(text) else None
        if made is None or made[0] not in MONEY:
            made = composed.composed(words)
        if made is None and year and (entry := known.get(words)) and entry.part is None:
            made = (entry.field or "", entry.rank)
        if made is not None and made[0] in kind.by_name:
            field, rank = made
            rank += _LATER + (_LATER - year % 100 if year else 0)
            doubtful = composed.is_doubtful(field, words)
            rank += 4 * _LATER if doubtful else 0
            guess = doubtful or (year is not None and field != "kbli")
            return Meaning(field, rank, composed.is_with_year(field, words), guess=guess)
    return None


def _below(found: Meaning, top: str, low: str) -> Meaning | None:
    """The meaning of a lower heading under an upper one that the table does not know with it."""
    if not composed.may_stand_alone(found.field or "", top, low):
        return None
    if composed.of_the_owner(found.field or "", top):
        return replace(found, rank=found.rank + 2 * _LATER, guess=True)
    return found


def _chosen(target: str) -> Meaning:
    if target in PARTS:
        part = Part(target)
        return Meaning(PART_FIELDS[part][0], -1, part=part, chosen=True)
    return Meaning(target or None, -1, chosen=True)


def candidates(text: str) -> list[str]:
    """A heading as it is, without brackets, without its unit, without its period or "/tahun"."""
    full = fold(text)
    bare = fold(re.sub(r"\([^)]*\)?", " ", text))
    shorter = [fold(_UNIT.sub(" ", text.casefold()))]
    shorter.append(re.sub(r" (?:tahun|rp|rp juta|rp 000)$", "", bare))
    rest, times = period(text)
    if times != 1:
        shorter += candidates(rest)
    written = [full, bare, *shorter]
    return list(dict.fromkeys([*written, *map(composed.plain, written)]))


def period(heading: str) -> tuple[str, int | None]:
    """A heading without its period, and what makes a year of it; nothing for days and weeks."""
    found = _PERIOD.search(heading)
    if found is None:
        return heading, 1
    unit = (found[1] or found[2]).casefold()
    rest = f"{heading[: found.start()]} {heading[found.end() :]}"
    return rest, MONTHS if unit.startswith("b") else None


def take_letters(columns: Sequence[Column], rows: Sequence[Row], kind: RowKind) -> None:
    """Two columns headed only L and P are the workers, as a guess, where both hold numbers."""
    taken = {name for column in columns for name in column.fields}
    letters = {fold(column.heading): column for column in columns if not column.field}
    wanted = {"l": "workers_male", "p": "workers_female"}
    if {*wanted.values()} & taken or not {*wanted.values()} <= set(kind.by_name):
        return
    if not all(letter in letters and _counts(letters[letter], rows) for letter in wanted):
        return
    for letter, name in wanted.items():
        set_field(letters[letter], name, kind, Sureness.GUESS)


def _counts(column: Column, rows: Sequence[Row]) -> bool:
    """Whether the first cells of a column are numbers."""
    cells = [row.cells[column.index] for row in rows[:_LOOKED_AT] if column.index < len(row.cells)]
    texts = [text_of(cell) for cell in cells if not is_blank(cell)]
    return bool(texts) and sum(text.isdigit() for text in texts) * 2 > len(texts)
