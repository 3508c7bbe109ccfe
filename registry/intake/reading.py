"""From the bytes of a file to sheets of rows of raw cells.

The rule: a file is judged by what it holds, not by its name; a row keeps the number that the
spreadsheet program shows; and what cannot be read is refused with one of the contract's codes
before anything of it is interpreted.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from registry.intake.delimited import Unreadable, read_delimited

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 100_000
# Titles and headings stand above the rows of data.
_ABOVE = 50
# A sheet with one stray cell at its far end would otherwise fill the memory.
MAX_CELLS = 20_000_000
MAX_UNPACKED = 600 * 1024 * 1024

Cell = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ERRORS = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)")
_CELL_REF = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3})(\d{1,7})"[^>]*[^/]>')


class Refused(Exception):
    """The file cannot be taken in; `code` is the contract's."""

    def __init__(self, code: str, *, variant: str | None = None, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
        self.variant = variant

    @property
    def message_code(self) -> str:
        """The key of the sentence for people."""
        return self.variant or self.code


@dataclass(slots=True)
class Row:
    """A row: the number that the spreadsheet program shows, and its raw cells."""

    number: int
    cells: list[Cell]


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
        _check_zip(content)
        return _workbook(content)
    if content.startswith(_COMPOUND):
        _check_compound(content)
        return _workbook(content)
    try:
        sheets = [Sheet(None, list(_filled(read_delimited(content))))]
    except Unreadable as error:
        raise Refused(error.code) from error
    return _checked(sheets)


def _check_zip(content: bytes) -> None:
    """Refuse archives that are no workbook, are locked, or would unpack without end."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
            names = {info.filename for info in infos}
            if any(info.flag_bits & 1 for info in infos):
                raise Refused("encrypted")
            if sum(info.file_size for info in infos) > MAX_UNPACKED:
                raise Refused("too_large", limit="600 MB")
            if not _is_workbook(archive, names):
                raise Refused("not_a_spreadsheet")
            for name in names:
                if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
                    _check_area(archive.read(name))
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError) as error:
        raise Refused("unreadable") from error


def _is_workbook(archive: zipfile.ZipFile, names: set[str]) -> bool:
    if "mimetype" in names and b"opendocument.spreadsheet" in archive.read("mimetype"):
        locked = "META-INF/manifest.xml" in names and (
            b"encryption-data" in archive.read("META-INF/manifest.xml")
        )
        if locked:
            raise Refused("encrypted")
        return True
    return any(name.startswith("xl/workbook") for name in names)


def _check_area(xml: bytes) -> None:
    width = height = 0
    for letters, number in _CELL_REF.findall(xml):
        width, height = max(width, column_index(letters.decode())), max(height, int(number))
    if (width + 1) * height > MAX_CELLS:
        raise Refused("too_large", variant="too_many_rows", limit="100.000")


def _check_compound(content: bytes) -> None:
    """An old binary workbook; a locked new one and old text documents look alike outside."""

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if has("EncryptedPackage"):
        raise Refused("encrypted")
    if not (has("Workbook") or has("Book")):
        raise Refused("not_a_spreadsheet")


def _workbook(content: bytes) -> list[Sheet]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [
            Sheet(
                meta.name,
                list(_filled(enumerate(book.get_sheet_by_name(meta.name).to_python(False), 1))),
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


def _checked(sheets: list[Sheet]) -> list[Sheet]:
    if not any(sheet.rows for sheet in sheets):
        raise Refused("empty")
    return sheets


def _filled(rows: Iterator[tuple[int, Sequence[Cell]]] | enumerate[list[Cell]]) -> Iterator[Row]:
    """The rows that hold anything, cleaned, with their numbers; at most the limit."""
    count = 0
    for number, raw in rows:
        cells = [clean(cell) for cell in raw]
        if any(cell is not None for cell in cells):
            count += 1
            if count > MAX_ROWS + _ABOVE:
                raise Refused("too_large", variant="too_many_rows", limit="100.000")
            yield Row(number, cells)


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
    return None if not text or _ERRORS.fullmatch(text) else cell


@lru_cache(maxsize=1024)
def column_letter(index: int) -> str:
    """The letters of a column, from 0: A, B … Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """The index of a column, from 0, by its letters."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
