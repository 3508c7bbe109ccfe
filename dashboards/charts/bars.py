"""Horizontal bars for a ranking: each starts at 0 and is as long as its value.

Lengths are parts of a plot 1,000 wide; with negative values 0 stands inside the plot.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from dashboards.charts.reading import each
from dashboards.charts.words import Form, Number, Said, Table, known, present

WIDTH = 1000
THINNEST = 2  # a value that is not 0 can be seen


@dataclass(frozen=True)
class Bar:
    """What a page gives: a name, its value, and what may stand beside it."""

    label: str
    value: Number | None
    href: str = ""
    note: str = ""  # a second number in words: "524 of 901"
    reference: Number | None = None  # a mark of its own, such as a target
    mark: str = ""  # the name of a drawing, such as a region's


@dataclass(frozen=True)
class DrawnBar:
    """A bar in the plot; no width: nothing is drawn."""

    bar: Bar
    said: Said
    x: int
    width: int
    reference: int | None

    @property
    def missing(self) -> bool:
        """Whether the weave stands in place of a bar."""
        return not self.said.known


@dataclass(frozen=True)
class Bars:
    """The whole chart."""

    bars: tuple[DrawnBar, ...]
    zero: int
    reference: Said | None
    table: Table


def build(
    title: str,
    items: Iterable[Any],
    form: Form,
    *,
    reference: Number | None = None,
    maximum: Number | None = None,
    heading: str = "",
) -> Bars:
    """Bars of the items; `maximum` is where the plot ends unless a value goes further."""
    rows = each(Bar, items)
    shown = [None if form.hides(row.value) else row.value for row in rows]
    low, high = _ends([*shown, *(row.reference for row in rows), reference, maximum])

    def place(value: Number) -> int:
        return round(WIDTH * (float(value) - low) / (high - low))

    return Bars(
        bars=tuple(_drawn(row, form, place, reference) for row in rows),
        zero=place(0),
        reference=form.say(reference) if present(reference) else None,
        table=_table(title, rows, form, heading),
    )


def _ends(given: Iterable[Number | None]) -> tuple[float, float]:
    values = known(given)
    low, high = min([0.0, *values]), max([0.0, *values])
    return (low, high) if high > low else (low, low + 1)


def _drawn(row: Bar, form: Form, place: Any, reference: Number | None) -> DrawnBar:
    said, x, width = form.say(row.value), place(0), 0
    if row.value is not None and said.known and not form.hides(row.value) and row.value != 0:
        near, far = sorted((place(0), place(row.value)))
        if far - near < THINNEST:
            near, far = (
                (near, min(WIDTH, near + THINNEST))
                if row.value > 0
                else (
                    max(0, far - THINNEST),
                    far,
                )
            )
        x, width = near, far - near
    mark = row.reference if present(row.reference) else reference
    return DrawnBar(
        row, said, x, width, place(mark) if mark is not None and present(mark) else None
    )


def _table(title: str, rows: Sequence[Bar], form: Form, heading: str) -> Table:
    noted = any(row.note for row in rows)
    return Table(
        caption=title,
        head=(heading or _("Name"), _("Value"), *([_("Note")] if noted else [])),
        rows=tuple(
            (Said(row.label), form.say(row.value), *([Said(row.note)] if noted else []))
            for row in rows
        ),
    )
