"""The workbook of wrong rows comes back: each row finds its own, and is read again.

The rule: only cells that differ are taken, and only for rows that are not saved yet; the workbook
never adds a row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from registry.identifiers.cells import MASK
from registry.intake.reading import Cell, Row, Sheet, read_sheets
from registry.intake.store import shown, to_json
from registry.intake.table import fold
from registry.models import IntakeBatch, IntakeRow
from registry.models.intake import BatchState
from registry.services.intake.base import held
from registry.services.intake.mending import reread

# The heading of the column that says which row of the first sheet is meant: a file format.
ORIGIN = "Baris asal"
_SEARCHED = 40


@dataclass(frozen=True, slots=True)
class Mended:
    """How many rows were changed, and how many of the workbook are no open row of the import."""

    rows: int
    unknown: int


def intake_mended_upload(*, batch: IntakeBatch, content: bytes, by: Any) -> Mended:
    """Take the cells of the returned workbook over. Raises `reading.Refused`."""
    sheets = read_sheets(content)
    with held(batch, BatchState.REVIEW, BatchState.SAVED, by=by) as now:
        given, unknown = _given(now, sheets)
        rows = list(now.rows.filter(row__in=given, outcome="").order_by("row"))
        changed = [row for row in rows if _take(row, given[row.row])]
        reread(now, changed, by)
    return Mended(len(changed), unknown + len(given) - len(rows))


def _given(batch: IntakeBatch, sheets: list[Sheet]) -> tuple[dict[int, dict[str, Any]], int]:
    """The cells by row of the import and column letter; and how many rows name no row."""
    for sheet in sheets:
        for at, head in enumerate(sheet.rows[:_SEARCHED]):
            folded = [fold(cell) if isinstance(cell, str) else "" for cell in head.cells]
            if fold(ORIGIN) in folded:
                return _cells(batch, folded, sheet.rows[at + 1 :])
    raise ValidationError(
        _("The file has no column “%(heading)s”. Upload the file with the wrong rows, mended.")
        % {"heading": ORIGIN}
    )


def _cells(
    batch: IntakeBatch, headings: list[str], rows: list[Row]
) -> tuple[dict[int, dict[str, Any]], int]:
    origin = headings.index(fold(ORIGIN))
    letters = _letters(batch, headings)
    given, unknown = {}, 0
    for row in rows:
        number = _number(row.cells[origin] if origin < len(row.cells) else None)
        if number is None:
            unknown += 1
            continue
        given[number] = {
            letter: to_json(row.cells[at]) if at < len(row.cells) else None
            for at, letter in letters.items()
        }
    return given, unknown


def _letters(batch: IntakeBatch, headings: list[str]) -> dict[int, str]:
    """The column of the import for each column of the workbook; equal headings in their order."""
    waiting = [
        (fold(column["heading"]), column["letter"])
        for column in batch.table["columns"]
        if not column["dropped"]
    ]
    found = {}
    for at, heading in enumerate(headings):
        for pair in waiting:
            if pair[0] == heading:
                found[at] = pair[1]
                waiting.remove(pair)
                break
    return found


def _number(cell: Cell) -> int | None:
    try:
        return int(float(str(cell)))
    except (ValueError, OverflowError):
        return None


def _take(row: IntakeRow, given: dict[str, Any]) -> bool:
    """Enter the cells that read otherwise than before; whether there are any."""
    before = {**row.raw, **row.edits}
    changed = {
        letter: cell
        for letter, cell in given.items()
        if shown(cell).strip() != shown(before.get(letter)).strip() and MASK not in shown(cell)
    }
    row.edits = {**row.edits, **changed}
    return bool(changed)
