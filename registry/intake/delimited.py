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
_SAMPLE_BYTES = 4000
_TALLEST_CELL = 20
_MARKUP = re.compile(r"<|mime-version:|x-document-type:", re.IGNORECASE)
_OTHERS = {
    b"%PDF": "is_pdf",
    b"{\\rtf": "is_document",
    b"\x89PNG": "is_picture",
    b"\xff\xd8\xff": "is_picture",
    b"GIF8": "is_picture",
    b"Rar!": "is_archive",
    b"7z\xbc\xaf": "is_archive",
    b"\x1f\x8b": "is_archive",
}


class Unreadable(Exception):
    """The text is no table; `code` is the contract's, `variant` a more exact sentence."""

    def __init__(self, code: str, variant: str | None = None) -> None:
        super().__init__(code)
        self.code, self.variant = code, variant


def read_delimited(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The records of a text file with the line on which each starts."""
    for start, variant in _OTHERS.items():
        if content.startswith(start):
            raise Unreadable("not_a_spreadsheet", variant)
    text = decode(content)
    if _BINARY.search(text):
        raise Unreadable("not_a_spreadsheet")
    head = text.lstrip()[:200]
    if _MARKUP.match(head):
        raise Unreadable("not_a_spreadsheet", "is_web_page")
    if head.startswith(("%!PS", "{", "[{")):
        raise Unreadable("not_a_spreadsheet")
    if not head:
        raise Unreadable("empty")
    skipped = 0
    stated = re.match(r'"?sep=(.)"?\r?\n', text, re.IGNORECASE)
    if stated:
        text, skipped = text[stated.end() :], 1
    delimiter = stated.group(1) if stated else _delimiter(text)
    if delimiter is None:
        # A program that quoted whole lines: "nama,kecamatan".
        text = _unquoted_lines(text)
        delimiter = _delimiter(text)
    if delimiter is None:
        raise Unreadable("not_a_spreadsheet")
    return _records(text, delimiter, skipped)


def decode(content: bytes) -> str:
    """Text in UTF-8 or UTF-16, with their marks or without, or else in Windows-1252."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    sample = content[:_SAMPLE_BYTES]
    # Every other byte of plain text in UTF-16 is nothing.
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros, others = sample[first::2], sample[1 - first :: 2]
        if zeros and zeros.count(0) > len(zeros) * 0.8 and others.count(0) < len(others) * 0.1:
            return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _unquoted_lines(text: str) -> str:
    lines = text.splitlines()
    if not all(not line or (line[0] == line[-1] == '"' and len(line) > 1) for line in lines):
        return text
    return "\n".join(line[1:-1].replace('""', '"') for line in lines)


def _records(text: str, delimiter: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(_LONGEST_CELL)
    lines = io.StringIO(text, newline="")
    if _has_open_quote(text, delimiter):
        reader = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    else:
        reader = csv.reader(lines, delimiter=delimiter)
    line = 1 + skipped
    try:
        for record in reader:
            yield line, record
            line = reader.line_num + 1 + skipped
    except csv.Error as error:
        raise Unreadable("unreadable") from error


def _has_open_quote(text: str, delimiter: str) -> bool:
    """Whether a quote that nobody closed would make one cell of many records."""
    if text.count('"') % 2 == 0:
        return False
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    before = 0
    try:
        for _record in reader:
            if reader.line_num - before > _TALLEST_CELL:
                return True
            before = reader.line_num
    except csv.Error:
        return True
    return False


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
