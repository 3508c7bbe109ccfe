"""A table of numbers tinted by fixed breaks: where two divisions of the firms meet.

Rule: a number too small for the public is hidden, and then no total is told from which it could be
worked out; a missing number is a word and belongs to no total.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from dashboards.charts import tints
from dashboards.charts.reading import each
from dashboards.charts.words import Form, Number, Said, known, present


@dataclass(frozen=True)
class Cell:
    """A number and where it leads."""

    value: Number | None
    href: str = ""


@dataclass(frozen=True)
class Column:
    """The name of a column, and where its total leads."""

    label: str
    href: str = ""


@dataclass(frozen=True)
class Row:
    """What a page gives: a name, its cells in the order of the columns, where it leads."""

    label: str
    cells: Sequence[Any] = field(default=())  # cells, or plain numbers
    note: str = ""  # small words under the name: "KBLI 10–12"
    href: str = ""


@dataclass(frozen=True)
class DrawnCell:
    """A cell with its tint, `h0` to `h5`; none where there is no number to tint."""

    said: Said
    tint: str
    href: str


@dataclass(frozen=True)
class DrawnRow:
    """A row with its total, where totals are told."""

    label: str
    note: str
    href: str
    cells: tuple[DrawnCell, ...]
    total: Said | None


@dataclass(frozen=True)
class Matrix:
    """The whole table."""

    columns: tuple[str, ...]
    rows: tuple[DrawnRow, ...]
    totals: tuple[tuple[Said, str], ...]  # with where each leads
    total: Said | None
    legend: tuple[tints.Step, ...]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show."""
        return not any(cell.said.known for row in self.rows for cell in row.cells)


def build(
    columns: Iterable[Any],
    items: Iterable[Any],
    form: Form,
    *,
    breaks: Sequence[Number] = tints.CELL_FIRMS,
    totals: bool = True,
) -> Matrix:
    """The table; `totals` False where the numbers can't be added (shares, medians)."""
    heads = [c if isinstance(c, Column) else Column(str(c)) for c in columns]
    names = tuple(head.label for head in heads)
    rows = each(Row, items)
    cells = [[_cell(cell) for cell in row.cells] for row in rows]
    values = [[cell.value for cell in line] for line in cells]
    told = totals and not any(form.hides(value) for line in values for value in line)
    across = told and len(names) > 1
    return Matrix(
        columns=names,
        rows=tuple(
            DrawnRow(
                label=row.label,
                note=row.note,
                href=row.href,
                cells=tuple(_drawn(cell, form, breaks) for cell in line),
                total=_sum([cell.value for cell in line], form) if across else None,
            )
            for row, line in zip(rows, cells, strict=True)
        ),
        totals=tuple(
            (_sum(column, form), head.href)
            for column, head in zip(zip(*values, strict=True), heads, strict=False)
        )
        if told
        else (),
        total=_sum([value for line in values for value in line], form) if across else None,
        legend=tuple(tints.legend(breaks, form)),
    )


def _cell(given: Any) -> Cell:
    if given is None or isinstance(given, Number):
        return Cell(given)
    return each(Cell, [given])[0]


def _drawn(cell: Cell, form: Form, breaks: Sequence[Number]) -> DrawnCell:
    tint = ""
    if cell.value is not None and present(cell.value):
        tint = "h0" if form.hides(cell.value) else f"h{tints.step(cell.value, breaks)}"
    return DrawnCell(form.say(cell.value), tint, cell.href)


def _sum(values: Iterable[Number | None], form: Form) -> Said:
    there = known(values)
    return form.say(sum(there) if there else None)
