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
from registry.intake.phrases import (
    SHAPES,
    divides,
    is_men,
    is_women,
    is_year,
    names_owner,
    stands_alone,
    written_out,
)
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
    ("thousand", re.compile(r"\bribu(?:an)?\b|\brb\b", re.IGNORECASE)),
)
# Zeros in groups of three: "000", "1.000", "1000", "x 1.000.000".
_ZEROS = re.compile(r"(?<!\d)(?<!\d[.,])(?:1[.,' ]?|[.,'])?(0{3}(?:[.,' ]?0{3})*)(?!\d)")
_BY_ZEROS = {3: "thousand", 6: "million", 9: "billion"}
_RUPIAH = re.compile(r"\brp\b|\brupiah\b|\bidr\b", re.IGNORECASE)
# What may stand beside "Rp" in brackets and says nothing of its size.
_BESIDE = re.compile(
    r"\b(?:rp|rupiah|idr|dalam|dlm|satuan|per|tahun|thn|th|bulan|bln|nilai)\b|[\s.,:;/()-]",
    re.IGNORECASE,
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
_YEARLY_MARK = re.compile(r"(?:/|\bper\b)\s*(?:tahun|thn|th)\b", re.IGNORECASE)


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
# A column of years below another heading is no number of that.
_YEARS = frozenset({"start_year", "data_year"})
_LAST = 1000  # the rank of a heading that the table does not hold
_OF_NAMES = frozenset({Part.NAME_OWNER, Part.OWNER_NAME})
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
    for part in Part:
        if part not in _OF_NAMES:
            known = {**_parts(part, kind), **known}
    for heading, meaning in list(known.items()):
        known.setdefault(heading.replace(" ", ""), meaning)
    return known


def _parts(part: Part, kind: RowKind) -> dict[str, Meaning]:
    """The headings of a column that holds several fields or a piece of one."""
    if not set(PART_FIELDS[part]) <= set(kind.by_name):
        return {}
    first = PART_FIELDS[part][0]
    return {
        fold(heading): Meaning(first, rank, part=part) for rank, heading in enumerate(PARTS[part])
    }


@cache
def _in_other_words(kind: RowKind) -> list[dict[str, Meaning]]:
    """The same headings in each of the shapes of `phrases`."""
    tables: list[dict[str, Meaning]] = []
    for shape in SHAPES:
        table: dict[str, Meaning] = {}
        for heading, meaning in known_headings(kind).items():
            table.setdefault(shape(heading), meaning)
        tables.append(table)
    return tables


def _known(candidate: str, kind: RowKind) -> Meaning | None:
    """What a folded heading means, as it stands or in other words."""
    known = known_headings(kind)
    found = known.get(candidate) or known.get(candidate.replace(" ", ""))
    for shape, table in zip(SHAPES, _in_other_words(kind), strict=True):
        found = found or table.get(shape(candidate))
    return found


def _names(text: str, kind: RowKind) -> Meaning | None:
    """Whether a heading asks for the owner, or for firm and owner in one cell."""
    if divides(text):
        for part in _OF_NAMES:
            if found := _parts(part, kind).get(fold(text)):
                return found
    if names_owner(text) and "owner_name" in kind.by_name:
        return known_headings(kind).get(fold(text)) or Meaning("owner_name", _LAST)
    return None


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
    _one_name(columns, ranks)
    _name_alone(columns, ranks)
    _men_and_women(columns, kind)
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


def _one_name(columns: Sequence[Column], ranks: dict[str, tuple[int, Column]]) -> None:
    """Where another column is the firm's name, one of firm and owner is the owner's, or none."""
    if "name" not in ranks:
        return
    for column in columns:
        if column.part in _OF_NAMES and column.sure is not Sureness.CHOSEN:
            free = column.part is Part.OWNER_NAME and "owner_name" not in ranks
            ranks.pop(column.part, None)
            column.part, column.field = None, "owner_name" if free else None
            column.sure = Sureness.GUESS if free else Sureness.NONE
            if free:
                ranks["owner_name"] = (0, column)


def _men_and_women(columns: Sequence[Column], kind: RowKind) -> None:
    """Columns headed "L" and "P" alone are guessed to count workers where nothing else does."""
    if "workers_male" not in kind.by_name or any(
        (column.field or "").startswith("workers_") for column in columns
    ):
        return
    free = [column for column in columns if column.field is None and not column.dropped]
    men = [column for column in free if is_men(column.heading)]
    women = [column for column in free if is_women(column.heading)]
    if len(men) == len(women) == 1:
        set_field(men[0], "workers_male", kind, Sureness.GUESS)
        set_field(women[0], "workers_female", kind, Sureness.GUESS)


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
    texts = (whole, low) if low and stands_alone(whole[: -len(low)], low) else (whole,)
    for text in texts:
        for candidate in candidates(text):
            if candidate in _IDENTITY or candidate.replace(" ", "") in _IDENTITY:
                return Meaning(identity=True)
            found = _names(text, kind) or _known(candidate, kind)
            if found is None or (low and is_year(low) and found.field not in _YEARS):
                continue
            plain = written_out(fold(text))
            by_year = plain.endswith(" tahun")
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
    shorter.append(re.sub(r" (?:tahun|rp|rp juta|rp 000)$", "", written_out(bare)))
    shorter.append(fold(_YEARLY_MARK.sub(" ", text)))
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
    """The unit that a heading declares for its money; None where it leaves that open.

    "(Rp M)" or "(Rp triliun)" is open: somebody is asked rather than a thousandth or a million
    times too much saved.
    """
    for unit, pattern in _UNITS:
        if pattern.search(heading):
            return unit
    if zeros := _ZEROS.search(heading):
        return _BY_ZEROS.get(len(re.sub(r"\D", "", zeros[1])))
    if not _RUPIAH.search(heading):
        return None
    brackets = [text for text in re.findall(r"\(([^)]*)", heading) if _RUPIAH.search(text)]
    return None if any(_BESIDE.sub("", text) for text in brackets) else "rupiah"
