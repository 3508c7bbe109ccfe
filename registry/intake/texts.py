"""The text of a cell, and what must never stay in one.

The rule: a lone dash is nothing, and no text keeps the identity number of a person.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Container
from typing import Any

from registry.identifiers.cells import clean_text, read
from registry.identifiers.identity import DIGITS, cut_identity, holds_identity

# White space, invisible characters, and dashes of any width.
_BLANK = re.compile(
    r"[\s\u200b-\u200f\u2060\ufeff\u00ad]*[-\u2010-\u2015\u2212\ufe58\ufe63\uff0d]*"
    r"[\s\u200b-\u200f\u2060\ufeff\u00ad]*"
)
_NUMBERS = (int, float)
_LEAST_IDENTITY = 10 ** (DIGITS - 1)
_EMPTY_BRACKETS = re.compile(r"\s*(?:\(\s*\)|\[\s*\])")


def is_blank(cell: object) -> bool:
    """Nothing, blank text, or a lone dash: offices write it for "nothing"."""
    if cell is None:
        return True
    if not isinstance(cell, str) or cell[:1].isalnum():
        return False
    return _BLANK.fullmatch(cell) is not None


def text_of(cell: object) -> str:
    """The cell as text with single spaces, without any identity number of a person."""
    if isinstance(cell, str):
        return without_identity(clean_text(cell))
    if isinstance(cell, dt.datetime | dt.date | dt.time):
        return cell.isoformat()
    return without_identity(read(cell).text)


def without_identity(text: str) -> str:
    """The text less every run of 16 digits that may be a NIK."""
    if not holds_identity(text):
        return text
    rest = _EMPTY_BRACKETS.sub("", cut_identity(text))
    # One that only a program's way of writing hides leaves nothing of its text.
    return "" if holds_identity(rest) else " ".join(rest.split()).strip(" ,;:/")


def without_identities(cells: list[Any], certificates: Container[int] = ()) -> bool:
    """Take every identity number of a person out of the cells of a row; whether there was one.

    `certificates` are the columns in which a halal number may have lost a digit.
    """
    found = False
    for at, cell in enumerate(cells):
        if cell is None:
            continue
        if isinstance(cell, str):
            if (len(cell) >= DIGITS or not cell.isascii()) and holds_identity(
                cell, certificate=at in certificates
            ):
                cells[at] = without_identity(clean_text(cell)) or None
                found = True
        elif isinstance(cell, _NUMBERS) and abs(cell) >= _LEAST_IDENTITY and holds_identity(cell):
            cells[at] = None
            found = True
    return found
