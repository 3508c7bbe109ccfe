"""Which row is the header, and what each column means.

The rule: a heading means a field only when the table of headings says so; what is not in the
table stays unread unless a person maps it. A column of identity numbers is dropped at once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from registry.intake.fields import BY_NAME, Kind
from registry.intake.reading import Cell, Refused, Row, Sheet, column_letter
from registry.intake.synonyms import (
    COUNTING,
    IDENTITY,
    IDENTITY_WORDS,
    NOT_IDENTITY_WORDS,
)

# The header is looked for among the first rows of a sheet.
_SEARCHED = 40
_LEAST_FIELDS = 2
_UNITS = (
    ("billion", re.compile(r"mil(?:i|y)ar|\bmlyr\b|\bbillion\b", re.IGNORECASE)),
    ("million", re.compile(r"\bjuta(?:an)?\b|\bjt\b|\bmillion\b", re.IGNORECASE)),
    ("thousand", re.compile(r"\bribu(?:an)?\b|\brb\b|[.,\s(x]0{3}\b", re.IGNORECASE)),
    ("rupiah", re.compile(r"\brp\b|\brupiah\b|\bidr\b", re.IGNORECASE)),
)
UNITS = {"rupiah": 1, "thousand": 10**3, "million": 10**6, "billion": 10**9}


@lru_cache(maxsize=8192, typed=True)
def fold(text: object) -> str:
    """A heading for comparing: lower case, letters, digits and %, single spaces."""
    plain = unicodedata.normalize("NFKD", str(text).casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^a-z0-9%]+", " ", plain).split())


@dataclass(slots=True)
class Column:
    """A column of the sheet: its heading as written, and what it means."""

    index: int
    heading: str
    field: str | None = None
    unit: str | None = None
    dropped: str | None = None
    numbered_by_year: bool = False
    # How sure the meaning is: "match", "guess", "chosen" by a person, or nothing.
    sure: str = ""
    # What only the whole column tells; settled once, so that a row can be read again alone.
    commas: bool | None = None
    median: float | None = None

    @property
    def letter(self) -> str:
        """The letters that the spreadsheet program shows."""
        return column_letter(self.index)


@dataclass(slots=True)
class Table:
    """The header and the rows below it, without any cell of a dropped column."""

    sheet: str | None
    header_row: int
    columns: list[Column]
    rows: list[Row]
    by_field: dict[str, Column] = field(default_factory=dict)


def _known() -> dict[str, tuple[str, int]]:
    known: dict[str, tuple[str, int]] = {}
    for entry in BY_NAME.values():
        for rank, heading in enumerate(entry.headings):
            known.setdefault(fold(heading), (entry.name, rank))
    return known


_KNOWN = _known()
_IDENTITY = frozenset(map(fold, IDENTITY))
_COUNTING = frozenset(map(fold, COUNTING))


def find_table(
    sheets: Sequence[Sheet], *, sheet: str | None = None, mapping: Mapping[str, str] | None = None
) -> Table:
    """The table of firms in the file, or `Refused`: no header, or no list of firms.

    `mapping` gives headings a field, or nothing to leave a column unread.
    """
    given = {fold(heading): target for heading, target in (mapping or {}).items()}
    chosen = [s for s in sheets if s.name == sheet] if sheet else _in_order(sheets)
    found = [table for s in chosen if (table := _table(s, given)) is not None]
    firms = [table for table in found if "name" in table.by_field]
    if firms:
        best = max(firms, key=lambda table: len(table.by_field))
        if not best.rows:
            raise Refused("empty")
        return best
    if any(_counts_firms(s) for s in chosen) or any(_is_numeric(table) for table in found):
        raise Refused("not_firm_rows")
    raise Refused("no_header" if any(s.rows for s in chosen) else "empty")


def table_in(sheet: Sheet) -> Table | None:
    """The table of one sheet, whatever it lists; None where no row looks like headings."""
    return _table(sheet, {})


def is_recapitulation(sheet: Sheet, table: Table | None) -> bool:
    """Whether the sheet counts firms instead of listing them."""
    if table is not None and "name" in table.by_field:
        return False
    return _counts_firms(sheet) or (table is not None and _is_numeric(table))


def _in_order(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Visible sheets with rows; hidden ones only where no other has any."""
    filled = [sheet for sheet in sheets if sheet.rows]
    return [sheet for sheet in filled if sheet.visible] or filled


def _table(sheet: Sheet, given: Mapping[str, str]) -> Table | None:
    best: tuple[tuple[int, int], int, list[Column]] | None = None
    rows = sheet.rows[:_SEARCHED]
    for at, row in enumerate(rows):
        one = _columns([(str(_text(cell)), "") for cell in row.cells], given)
        options = [(one, 1)]
        if _may_have_parts(rows, at):
            options.append((_columns(_two_levels(row.cells, rows[at + 1].cells), given), 2))
        for columns, levels in options:
            score = len({column.field for column in columns if column.field})
            if score >= _LEAST_FIELDS and (best is None or (score, -levels) > best[0]):
                best = ((score, -levels), at, columns)
    if best is None:
        return None
    (_, levels), at, columns = best
    below = sheet.rows[at - levels :]
    _drop(columns, below)
    table = Table(sheet.name, sheet.rows[at].number, columns, below)
    table.by_field = {column.field: column for column in columns if column.field}
    return table


def _may_have_parts(rows: Sequence[Row], at: int) -> bool:
    """Whether the row can be the upper of two rows of headings."""
    filled = sum(cell is not None for cell in rows[at].cells)
    return (
        filled >= _LEAST_FIELDS
        and at + 1 < len(rows)
        and (rows[at + 1].number == rows[at].number + 1)
    )


def _text(cell: Cell) -> str:
    return " ".join(cell.split()) if isinstance(cell, str) else ""


def _two_levels(upper: Sequence[Cell], lower: Sequence[Cell]) -> list[tuple[str, str]]:
    """Pairs of an upper heading, carried to the right over its parts, and a lower one."""
    width = max(len(upper), len(lower))
    tops = [_text(cell) for cell in upper] + [""] * (width - len(upper))
    lows = [_text(cell) for cell in lower] + [""] * (width - len(lower))
    pairs, current = [], ""
    for top, low in zip(tops, lows, strict=True):
        current = top or (current if low else "")
        pairs.append((current, low))
    return pairs


def _columns(headings: Sequence[tuple[str, str]], given: Mapping[str, str]) -> list[Column]:
    columns: list[Column] = []
    ranks: dict[str, tuple[int, Column]] = {}
    for index, (top, low) in enumerate(headings):
        whole = " ".join(part for part in (top, low) if part)
        if not whole:
            continue
        column = Column(index, whole)
        columns.append(column)
        name, rank, by_year = _meaning(whole, low, given)
        if name == "identity_number":
            column.dropped = name
            continue
        if name is None:
            continue
        taken = ranks.get(name)
        if taken is not None and taken[0] <= rank:
            continue
        if taken is not None:
            taken[1].field = None
        ranks[name] = (rank, column)
        column.field, column.numbered_by_year = name, by_year
        column.unit = money_unit(whole) if BY_NAME[name].kind is Kind.MONEY else None
    _name_alone(columns, ranks)
    return columns


def _name_alone(columns: Sequence[Column], ranks: Mapping[str, tuple[int, Column]]) -> None:
    """A column headed only "Nama" is the firm's where no other is, else the owner's."""
    for column in columns:
        if fold(column.heading) == "nama" and column.field is None:
            name = "name" if "name" not in ranks else "owner_name"
            if name not in ranks:
                column.field = name


def _meaning(whole: str, low: str, given: Mapping[str, str]) -> tuple[str | None, int, bool]:
    """The field of a heading, its rank among the headings of the field, and "number/year"."""
    if fold(whole) in given:
        return given[fold(whole)] or None, -1, False
    for text in (whole, low) if low else (whole,):
        for candidate in _candidates(text):
            if candidate in _IDENTITY:
                return "identity_number", 0, False
            if candidate in _KNOWN:
                name, rank = _KNOWN[candidate]
                return name, rank, fold(text).endswith(" tahun") and " " in fold(text)
    words = set(fold(whole).split())
    if words & IDENTITY_WORDS and not words & NOT_IDENTITY_WORDS:
        return "identity_number", 0, False
    return None, 0, False


def _candidates(text: str) -> list[str]:
    """A heading as it is, without what stands in brackets, without a unit, without "/tahun"."""
    full = fold(text)
    bare = fold(re.sub(r"\([^)]*\)?", " ", text))
    shorter = [fold(re.sub(r"\brp\b\.?[\s.,]*(?:0{3}|juta|ribu|miliar)?", " ", text.casefold()))]
    shorter.append(re.sub(r" (?:tahun|rp|rp juta|rp 000)$", "", bare))
    return list(dict.fromkeys([full, bare, *shorter]))


def money_unit(heading: str) -> str | None:
    """The unit that a heading declares for its money, or None."""
    for unit, pattern in _UNITS:
        if pattern.search(heading):
            return unit
    return None


def _drop(columns: Sequence[Column], rows: Sequence[Row]) -> None:
    """Forget the cells of dropped columns, before anything looks at them."""
    dropped = [column.index for column in columns if column.dropped]
    for row in rows:
        for index in dropped:
            if index < len(row.cells):
                row.cells[index] = None


def _counts_firms(sheet: Sheet) -> bool:
    """True for a recapitulation or a pivot: its headings count firms."""
    texts = [fold(cell) for row in sheet.rows[:_SEARCHED] for cell in row.cells if _text_cell(cell)]
    return any(text in _COUNTING or text.startswith("rekap") for text in texts)


def _is_numeric(table: Table) -> bool:
    """True if the rows are figures by region: mostly numbers in columns that mean no field."""
    rest = [column.index for column in table.columns if column.field is None]
    cells = [row.cells[index] for row in table.rows for index in rest if index < len(row.cells)]
    filled = [cell for cell in cells if cell is not None]
    numbers = [cell for cell in filled if isinstance(cell, int | float)]
    return len(filled) > 5 and len(numbers) > len(filled) * 0.7


def _text_cell(cell: Cell) -> bool:
    return isinstance(cell, str)
