"""A row of a sheet as the wizard shows it: its cells, what is wrong with each, what would change.

Rule: a sentence stands at the cell it speaks of; what speaks of the whole row stands beside its
status. A page of rows shows the columns that tell firms apart; what needs a look in other columns
is listed beside them, so that a sheet of forty columns still fits the screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from registry.intake import staging
from registry.intake.labels import PlaceNames, label_of, worded
from registry.intake.plan import Status
from registry.intake.remedies import COMPARED
from registry.intake.review import columns_of
from registry.intake.store import shown as as_text
from registry.models import IntakeBatch, IntakeRow
from registry.models.intake import Decision

# Columns that tell one firm from another.
_TELLING = ("name", "nib", "district_code", "village_code")
_BADGES: dict[str, tuple[str, Any]] = {
    Status.ERROR.value: ("lewat", _("Error")),
    Status.REVIEW.value: ("segera", _("Possible duplicate")),
    Status.NEW.value: ("sah", _("New")),
    Status.UPDATE.value: ("info", _("Updated")),
    Status.UNCHANGED.value: ("biasa", _("Unchanged")),
    Status.SKIPPED.value: ("biasa", _("No firm")),
}
_WARNED = ("segera", _("Warning"))
_DECIDED: dict[str, tuple[str, Any]] = {
    Decision.SAME.value: ("info", _("The same firm")),
    Decision.OTHER.value: ("sah", _("Another firm")),
    Decision.SKIP.value: ("biasa", _("Left out")),
}


@dataclass(frozen=True)
class Change:
    """A field that an update sets."""

    label: str
    old: str
    new: str


@dataclass
class ShownCell:
    """A cell: what it reads now, what is wrong with it, the value it would replace."""

    letter: str
    heading: str
    means: str | None  # the field of the register
    text: str
    typed: bool = False  # whether a person typed it over what the sheet said
    level: str = ""
    sentences: list[str] = field(default_factory=list)
    change: Change | None = None

    @property
    def css(self) -> str:
        """The class of the cell."""
        return {"error": "sel-galat", "warning": "sel-awas"}.get(self.level, "")

    def accuse(self, problem: Mapping[str, Any]) -> None:
        """Say what is wrong; the worst level wins."""
        self.sentences.append(staging.sentence(problem))
        if self.level != "error":
            self.level = str(problem["level"])


@dataclass
class ShownRow:
    """A row with its cells by column, in the order of the sheet."""

    row: IntakeRow
    cells: list[ShownCell]
    sentences: list[str] = field(default_factory=list)
    others: list[Change] = field(default_factory=list)
    beside: list[ShownCell] = field(default_factory=list)

    @property
    def badge(self) -> tuple[str, Any]:
        """Colour and word of its status."""
        if self.row.decision:
            return _DECIDED[self.row.decision]
        saved = self.row.status in (Status.NEW, Status.UPDATE)
        return _WARNED if saved and self.row.level == "warning" else _BADGES[self.row.status]

    @property
    def css(self) -> str:
        """The class of the row."""
        if self.row.status == Status.ERROR and not self.row.decision:
            return "baris-galat"
        return "baris-awas" if self.row.level == "warning" and not self.row.decision else ""

    @property
    def compares(self) -> bool:
        """Whether it is settled by comparing with another firm."""
        return any(problem["code"] in COMPARED for problem in self.row.problems)

    @property
    def name(self) -> str:
        """What to call it."""
        read = self.row.values.get("name")
        named = [cell.text for cell in self.cells if cell.means == "name"]
        return str(read or (named[0] if named else ""))

    @property
    def offending(self) -> list[ShownCell]:
        """The cells with something wrong."""
        return [cell for cell in self.cells if cell.level]


def shown_row(row: IntakeRow, columns: Sequence[Mapping[str, Any]], places: PlaceNames) -> ShownRow:
    """A row with the given columns."""
    cells = [_cell(row, column) for column in columns]
    by_letter = {cell.letter: cell for cell in cells}
    by_field = {cell.means: cell for cell in cells if cell.means}
    shown = ShownRow(row, cells)
    for problem in row.problems:
        cell = by_letter.get(problem.get("column") or "")
        if cell is not None:
            cell.accuse(problem)
        else:
            shown.sentences.append(staging.sentence(problem))
    for name, (old, new) in row.changed.items():
        change = Change(label_of(name), worded(name, old, places), worded(name, new, places))
        if name in by_field:
            by_field[name].change = change
        else:
            shown.others.append(change)
    return shown


def shown_page(
    batch: IntakeBatch, rows: Iterable[IntakeRow]
) -> tuple[list[Mapping[str, Any]], list[ShownRow]]:
    """The columns that tell the firms apart, and the rows with whatever else needs a look."""
    page = list(rows)
    every: list[Mapping[str, Any]] = [*columns_of(batch)]
    telling = [column for column in every if column.get("field") in _TELLING]
    letters = {column["letter"] for column in telling}
    places = place_names(page)
    shown = [shown_row(row, every, places) for row in page]
    for row in shown:
        row.beside = [c for c in row.cells if c.letter not in letters and (c.level or c.change)]
        row.cells = [cell for cell in row.cells if cell.letter in letters]
    return telling, shown


def place_names(rows: Iterable[IntakeRow]) -> PlaceNames:
    """The names of the places that the rows' changes speak of."""
    changed = [row.changed for row in rows]
    old = [{name: pair[0] for name, pair in each.items()} for each in changed]
    new = [{name: pair[1] for name, pair in each.items()} for each in changed]
    return PlaceNames.of([*old, *new])


def _cell(row: IntakeRow, column: Mapping[str, Any]) -> ShownCell:
    letter = column["letter"]
    typed = letter in row.edits
    return ShownCell(
        letter=letter,
        heading=column["heading"],
        means=column.get("field") or None,
        text=as_text(row.edits[letter] if typed else row.raw.get(letter)),
        typed=typed,
    )
