"""Pairs of dots: how a number moved between two years.

The axis need not begin at 0, since dots show a place and not a length; its ends are written.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from dashboards.charts.reading import each
from dashboards.charts.scale import Scale, decimals_of, ticks
from dashboards.charts.words import Form, Number, Said, Table, known, present

WIDE = 6  # letters of a number that need the wider column


@dataclass(frozen=True)
class Pair:
    """What a page gives: a name and its two values; `mark` is an icon."""

    label: str
    before: Number | None
    after: Number | None
    mark: str = ""
    href: str = ""


@dataclass(frozen=True)
class DrawnPair:
    """Two dots, in percent of the width; None: not drawn."""

    pair: Pair
    before: float | None
    after: float | None
    said_before: Said
    said_after: Said


@dataclass(frozen=True)
class Pairs:
    """The whole chart."""

    pairs: tuple[DrawnPair, ...]
    grid: tuple[tuple[float, str], ...]
    wide: bool
    table: Table

    @property
    def crowded(self) -> bool:
        """Whether a phone has no room for the words of every mark."""
        return len(self.grid) > 3


def build(
    title: str,
    items: Iterable[Any],
    form: Form,
    *,
    before: str,
    after: str,
    heading: str = "",
) -> Pairs:
    """A pair for each item; `before` and `after` name the two years."""
    rows = each(Pair, items)
    values = known([v for row in rows for v in (row.before, row.after)])
    marks = ticks(min(values, default=0.0), max(values, default=1.0))
    place = Scale(marks[0], marks[-1], 4, 96)
    words = Form(max(decimals_of(marks), min(form.decimals, 2)), form.unit)
    pairs = tuple(_drawn(row, place, form) for row in rows)
    return Pairs(
        pairs=pairs,
        grid=tuple((place(mark), words.say(mark).text) for mark in marks),
        wide=any(len(pair.said_after.text) > WIDE for pair in pairs),
        table=Table(
            title,
            (heading or _("Region"), before, after, _("Change in between")),
            tuple(
                (Said(r.label), form.say(r.before), form.say(r.after), _change(r, form))
                for r in rows
            ),
        ),
    )


def _drawn(row: Pair, place: Scale, form: Form) -> DrawnPair:
    return DrawnPair(
        pair=row,
        before=place(row.before) if row.before is not None and present(row.before) else None,
        after=place(row.after) if row.after is not None and present(row.after) else None,
        said_before=form.say(row.before),
        said_after=form.say(row.after),
    )


def _change(row: Pair, form: Form) -> Said:
    if row.before is None or row.after is None or len(known([row.before, row.after])) < 2:
        return form.say(None)
    change = float(row.after) - float(row.before)
    said = form.say(change)
    return Said(f"+{said.text}") if change > 0 and said != form.say(0) else said
