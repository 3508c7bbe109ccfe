"""From the bytes of a file to sheets of rows of raw cells.

The rule: a file is judged by what it holds, not by its name; a row keeps the number that the
spreadsheet program shows; and what cannot be read is refused with one of the contract's codes
before anything of it is interpreted. A number that may be a person's identity number is masked
here, digit by digit, before anything else sees it.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from registry.identifiers.cells import MASK
from registry.identifiers.identity import DIGITS, holds_identity, mask_identity
from registry.intake.columns import column_index, column_letter
from registry.intake.delimited import Unreadable, read_delimited
from registry.intake.guards import Refused, check_archive, check_compound

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 100_000
# Titles and headings stand above the rows of data.
_ABOVE = 50
_REMEMBERED = 50_000
_TALLEST_MERGE = 1000
_IDENTITY = 10 ** (DIGITS - 1)
_MASKED = MASK * DIGITS
_NUMBERS = (int, float)

_Corner = tuple[int, int]
Cell = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None

__all__ = [
    "Cell", "Refused", "Row", "Sheet", "clean", "column_index", "column_letter", "read_sheets",
]  # fmt: skip

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ERRORS = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)")
_TYPED_AS_TEXT = re.compile(r"'[\d+(][^']*")


@dataclass(slots=True)
class Row:
    """A row: the number that the spreadsheet program shows, and its raw cells."""

    number: int
    cells: list[Cell]

    def cell(self, index: int) -> Cell:
        """The cell of a column; rows may be shorter than the sheet is wide."""
        return self.cells[index] if index < len(self.cells) else None


@dataclass(slots=True)
class Sheet:
    """A sheet with its rows, blank ones left out."""

    name: str | None
    rows: list[Row]
    visible: bool = True


def read_sheets(content: bytes) -> list[Sheet]:
    """All sheets of a file, or `Refused`."""
    if not content:
        raise Refused("empty")
    if len(content) > MAX_BYTES:
        raise Refused("too_large", limit="20 MB")
    if content.startswith(b"PK"):
        check_archive(content)
        return _workbook(content)
    if content.startswith(_COMPOUND):
        check_compound(content)
        return _workbook(content)
    try:
        sheets = [Sheet(None, list(_filled(read_delimited(content), 0)))]
    except Unreadable as error:
        raise Refused(error.code, variant=error.variant) from error
    return _checked(sheets)


def _workbook(content: bytes) -> list[Sheet]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [
            Sheet(
                mask_identity(meta.name),
                _rows_of(book, meta.name),
                meta.visible == SheetVisibleEnum.Visible,
            )
            for meta in book.sheets_metadata
            if meta.typ == SheetTypeEnum.WorkSheet
        ]
    except PasswordError as error:
        raise Refused("encrypted") from error
    except (CalamineError, OSError, ValueError) as error:
        raise Refused("unreadable") from error
    return _checked(sheets)


def _rows_of(book: CalamineWorkbook, name: str) -> list[Row]:
    sheet = book.get_sheet_by_name(name)
    if sheet.start is None:
        return []
    rows = list(_filled(enumerate(sheet.iter_rows(), 1), sheet.start[1]))
    _fill_merged(rows, sheet.merged_cell_ranges or [])
    return rows


def _fill_merged(rows: Sequence[Row], ranges: Iterable[tuple[_Corner, _Corner]]) -> None:
    """Text that was merged over several rows (a kecamatan over its firms) stands in each of them.

    Numbers do not: a sum over several firms is not the figure of each.
    """
    by_number = {row.number - 1: row for row in rows}
    for (top, left), (bottom, _right) in ranges:
        first = by_number.get(top)
        text = first.cells[left] if first and left < len(first.cells) else None
        if bottom == top or not isinstance(text, str):
            continue
        for at in range(top + 1, min(bottom, top + _TALLEST_MERGE) + 1):
            row = by_number.get(at)
            if row and left < len(row.cells) and row.cells[left] is None:
                row.cells[left] = text


def _checked(sheets: list[Sheet]) -> list[Sheet]:
    if not any(sheet.rows for sheet in sheets):
        raise Refused("empty")
    return sheets


def _filled(rows: Iterable[tuple[int, Sequence[Cell]]], indent: int) -> Iterator[Row]:
    """The rows that hold anything, cleaned, with their numbers; at most the limit.

    `indent` is the number of empty columns on the left that the rows leave out.
    """
    count = 0
    cleaned = _Cleaned()
    for number, raw in rows:
        cells = [
            cleaned[cell]
            if isinstance(cell, str)
            else _MASKED
            if isinstance(cell, _NUMBERS) and _IDENTITY <= abs(cell) < _IDENTITY * 10
            else cell
            for cell in raw
        ]
        if cells.count(None) < len(cells):
            count += 1
            if count > MAX_ROWS + _ABOVE:
                raise Refused("too_large", variant="too_many_rows", limit="100.000")
            yield Row(number, [None] * indent + cells)


class _Cleaned(dict[str, Cell]):
    """Texts cleaned and masked. Most come again: they are cleaned once and are one object."""

    def __missing__(self, text: str) -> Cell:
        cell = clean(text)
        # Which column has halal numbers isn't known yet.
        if isinstance(cell, str) and holds_identity(cell, certificate=True):
            cell = mask_identity(cell, certificate=True)
        if len(self) < _REMEMBERED:
            self[text] = cell
        return cell


def clean(cell: Cell) -> Cell:
    """A cell without control characters; blank text and the errors of formulas are nothing."""
    if not isinstance(cell, str):
        return cell
    if not cell.isprintable():
        cell = "".join(
            char if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs", "Co") else " "
            for char in cell
        )
    text = cell.strip()
    if not text or (text[0] == "#" and _ERRORS.fullmatch(text)):
        return None
    # Typed before a number to keep it text: the mark is no part of the number.
    return text[1:] if text[0] == "'" and _TYPED_AS_TEXT.fullmatch(text) else cell
