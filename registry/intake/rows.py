"""Which rows of a table are no firms: headings, totals, groups, signatures.

The rule: a row is left out only when it cannot be a firm; what is left out is counted and its
number shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from registry.intake.reading import Cell, Row
from registry.intake.table import Table, fold
from registry.intake.texts import is_blank

_TOTAL = re.compile(r"^(?:sub ?)?(?:grand ?)?(?:total|jumlah|jml)\b")
_SIGNATURE = re.compile(
    r"\bmengetahui\b|^kepala (?:dinas|bidang|seksi|uptd)|^nip\b|^a n |^pembina\b|^penata\b|"
    r"\b\d{1,2} (?:januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|"
    r"desember) \d{4}$"
)
_GROUP = re.compile(r"(?:kec|kecamatan)\b[\s.:]*\S", re.IGNORECASE)
_LABEL = re.compile(r"(?:[A-Za-z]|[IVX]+|\d+(?:\.0)?)[.)]?")
_NUMBERS = (int, float)
# A firm of which a sheet says no more than this is no row of data.
_LEAST_CELLS = 3
_LONGEST_COLUMN_NUMBER = 6
# The heading of a group is a place, with a letter or a number before it.
_MOST_OF_GROUP = 2
# A heading may be a year; a row with more numbers is no row of headings.
_MOST_NUMBERS = 2
# Brackets and points that a heading has and its folded form has not.
_MARKS = 20


def no_firm_check(table: Table) -> Callable[[Row], bool]:
    """A check of the rows of a table: True if a row is anything but a firm."""
    headings = {column.index: fold(column.heading) for column in table.columns if column.field}
    names = {table.by_field[name].index for name in ("name", "nib") if name in table.by_field}
    if table.kind.makes_firms:
        names = {table.by_field["name"].index}

    def is_no_firm(row: Row) -> bool:
        filled = {
            index: cell
            for index, cell in enumerate(row.cells)
            if cell is not None and not is_blank(cell)
        }
        if len(filled) <= 1:
            return True
        values = {index: cell for index, cell in filled.items() if index in headings}
        if not values or (not names & values.keys() and len(values) < _LEAST_CELLS):
            return True
        return (
            (len(filled) <= _MOST_OF_GROUP and group_of(row) is not None)
            or _numbers_columns(filled)
            or _repeats_heading(values, headings)
            or _is_total(list(filled.values()))
            or _is_signature(list(filled.values()))
        )

    return is_no_firm


def group_of(row: Row) -> str | None:
    """The place that a row names as the heading of a group: "A | KECAMATAN KROYA"."""
    filled = [cell for cell in row.cells if not is_blank(cell)]
    if not filled or len(filled) > _MOST_OF_GROUP or not isinstance(filled[-1], str):
        return None
    if len(filled) == _MOST_OF_GROUP and not _LABEL.fullmatch(str(filled[0]).strip()):
        return None
    found = _GROUP.match(filled[-1].strip())
    return filled[-1].strip() if found else None


def _numbers_columns(filled: Mapping[int, Cell]) -> bool:
    """1 2 3 … under the headings: each number says in which column it stands."""
    if any(isinstance(c, str) and len(c) > _LONGEST_COLUMN_NUMBER for c in filled.values()):
        return False
    shifts = set()
    for index, cell in filled.items():
        text = fold(int(cell) if isinstance(cell, float) and cell.is_integer() else cell)
        if not re.fullmatch(r"[0-9]{1,3}", text):
            return False
        shifts.add(int(text) - index)
    return len(filled) >= _LEAST_CELLS and len(shifts) == 1


def _repeats_heading(values: Mapping[int, Cell], headings: Mapping[int, str]) -> bool:
    if sum(isinstance(cell, _NUMBERS) for cell in values.values()) > _MOST_NUMBERS:
        return False
    same = 0
    for index, cell in values.items():
        heading = headings[index]
        if isinstance(cell, str) and len(cell) <= len(heading) + _MARKS:
            last = cell[-1].lower()
            # Most cells end otherwise than their heading: no need to fold them.
            if last.isascii() and last.isalnum() and last != heading[-1:]:
                continue
            text = fold(cell)
            same += bool(text) and heading.endswith(text)
    return same >= 2 and same * 2 > len(values)


def _is_total(filled: Sequence[Cell]) -> bool:
    """ "Jumlah" or "Total" with figures, and no other text beside it."""
    first = filled[0]
    return (
        isinstance(first, str)
        and _TOTAL.match(fold(first)) is not None
        and all(not isinstance(cell, str) or not re.search("[A-Za-z]", cell) for cell in filled[1:])
    )


def _is_signature(filled: Sequence[Cell]) -> bool:
    return len(filled) <= _LEAST_CELLS and any(
        isinstance(cell, str) and _SIGNATURE.search(fold(cell)) for cell in filled
    )
