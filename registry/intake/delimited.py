"""Text files with delimiters: which encoding, which delimiter, and on which line a record starts.

The rule: a record has the number of the physical line on which it starts, as a text editor and
the spreadsheet program show it; a cell may hold line breaks.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

DELIMITERS = ";,\t|"
_SAMPLE = 60
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_LONGEST_CELL = 1_000_000


class Unreadable(Exception):
    """The text is no table; `code` is the contract's."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_delimited(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The records of a text file with the line on which each starts."""
    text = decode(content)
    if _BINARY.search(text) or text.lstrip()[:1] == "<" or text.startswith(("%PDF", "{\\rtf")):
        raise Unreadable("not_a_spreadsheet")
    if not text.strip():
        raise Unreadable("empty")
    skipped = 0
    stated = re.match(r"sep=(.)\r?\n", text, re.IGNORECASE)
    if stated:
        text, skipped = text[stated.end() :], 1
    delimiter = stated.group(1) if stated else _delimiter(text)
    if delimiter is None:
        raise Unreadable("not_a_spreadsheet")
    return _records(text, delimiter, skipped)


def decode(content: bytes) -> str:
    """Text in UTF-8, UTF-16 with its mark, or else Windows-1252."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _records(text: str, delimiter: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1 + skipped
    try:
        for record in reader:
            yield line, record
            line = reader.line_num + 1 + skipped
    except csv.Error as error:
        raise Unreadable("unreadable") from error


def _delimiter(text: str) -> str | None:
    """The delimiter that parts most records into the same number of cells, two or more."""
    best: tuple[float, int, str] | None = None
    for delimiter in DELIMITERS:
        widths = _widths(text, delimiter)
        if not widths:
            continue
        width, count = widths.most_common(1)[0]
        share = count / widths.total()
        if width > 1 and share >= 0.5 and (best is None or (share, width) > best[:2]):
            best = (share, width, delimiter)
    return best[2] if best else None


def _widths(text: str, delimiter: str) -> Counter[int]:
    widths: Counter[int] = Counter()
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if any(cell.strip() for cell in record):
                widths[len(record)] += 1
            if widths.total() >= _SAMPLE:
                break
    except csv.Error:
        return Counter()
    return widths
