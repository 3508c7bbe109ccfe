"""Stacked columns: up to three parts over months or years; parts stand on each other from 0.

Rule: a column that lacks a part has no total and carries the weave, so that no sum looks whole
that is not.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from dashboards.charts.reading import each
from dashboards.charts.scale import Scale, decimals_of, shortened, ticks
from dashboards.charts.words import Form, Number, Said, Table, known, present

WIDTH, HEIGHT = 520, 268
TOP, BOTTOM, RIGHT = 30.0, 220.0, 516.0
LETTER = 10.5  # a letter on a phone, where the text is largest
MOST_SERIES = 3
TONES = ("b-isi", "b-rotan", "b-tipis")
WEAVE = 14.0  # the height of the weave on top of a column that lacks a part


@dataclass(frozen=True)
class Column:
    """What a page gives: the name of the month or year, a value for each part."""

    label: str
    values: Sequence[Number | None] = field(default=())


@dataclass(frozen=True)
class Part:
    """A drawn part of a column; a `tone` of "celah" is the weave."""

    tone: str
    y: float
    height: float


@dataclass(frozen=True)
class DrawnColumn:
    """A column; an empty label or total is not written."""

    x: float
    width: float
    middle: float
    parts: tuple[Part, ...]
    label: str
    total: str
    total_y: float


@dataclass(frozen=True)
class Stacks:
    """The whole chart."""

    columns: tuple[DrawnColumn, ...]
    series: tuple[tuple[str, str], ...]  # class and name
    grid: tuple[tuple[float, str], ...]  # position and words
    left: float
    zero: float
    missing: bool
    table: Table


def build(
    title: str, series: Iterable[Any], items: Iterable[Any], form: Form, *, heading: str = ""
) -> Stacks:
    """Columns of the items, in their order; `series` names the parts from below."""
    names = [str(name) for name in series]
    if len(names) > MOST_SERIES:
        raise ValueError(f"A column has at most {MOST_SERIES} parts.")
    rows = each(Column, items)
    marks = ticks(*_ends(rows))
    form_of_marks = Form(decimals_of(marks), form.unit)
    words = [form_of_marks.say(mark).text for mark in marks]
    left = min(170.0, 14 + max(len(word) for word in words) * LETTER)
    scale = Scale(marks[0], marks[-1], BOTTOM, TOP)
    slot = (RIGHT - left) / max(1, len(rows))
    columns = [
        _drawn(row, round(left + slot * (i + 0.5), 1), slot, scale, form)
        for i, row in enumerate(rows)
    ]
    return Stacks(
        columns=tuple(_labelled(columns, slot)),
        series=tuple(zip(TONES, names, strict=False)),
        grid=tuple((scale(mark), word) for mark, word in zip(marks, words, strict=True)),
        left=left,
        zero=scale(0),
        missing=any(not present(value) for row in rows for value in row.values),
        table=_table(title, names, rows, form, heading),
    )


def _ends(rows: Sequence[Column]) -> tuple[float, float]:
    ups = [sum(v for v in known(row.values) if v > 0) for row in rows]
    downs = [sum(v for v in known(row.values) if v < 0) for row in rows]
    return min([0.0, *downs]), max([0.0, *ups])


def _drawn(row: Column, middle: float, slot: float, scale: Scale, form: Form) -> DrawnColumn:
    up = down = 0.0
    parts = []
    for tone, value in zip(TONES, row.values, strict=False):
        if value is None or not present(value) or value == 0:
            continue
        start = up if value > 0 else down
        end = start + float(value)
        up, down = (end, down) if value > 0 else (up, end)
        top, foot = sorted((scale(start), scale(end)))
        parts.append(Part(tone, top, round(foot - top, 1)))
    whole = all(present(value) for value in row.values)
    top = scale(up)
    if not whole:
        parts.append(Part("celah", round(top - WEAVE, 1), WEAVE))
    width = round(min(slot * 0.64, 90), 1)
    return DrawnColumn(
        x=round(middle - width / 2, 1),
        width=width,
        middle=middle,
        parts=tuple(parts),
        label=str(row.label),
        total=form.say(up + down).text if whole and row.values else "",
        total_y=round(top - 8, 1),
    )


def _labelled(columns: list[DrawnColumn], slot: float) -> Iterable[DrawnColumn]:
    """Names and totals, only as many as there is room for; the last name and highest total stay."""
    longest = max((len(c.label) for c in columns), default=0)
    every = min(max(1, math.ceil(longest * LETTER / slot)), 3)
    wide = max((len(c.total) for c in columns), default=0) * LETTER > slot
    highest = min(range(len(columns)), key=lambda i: columns[i].total_y, default=0)
    for i, c in enumerate(columns):
        named = (len(columns) - 1 - i) % every == 0
        told = not wide or i == highest
        yield DrawnColumn(
            c.x,
            c.width,
            c.middle,
            c.parts,
            shortened(c.label, slot * every, LETTER) if named else "",
            c.total if told else "",
            c.total_y,
        )


def _table(title: str, names: list[str], rows: Sequence[Column], form: Form, heading: str) -> Table:
    added = [_("Total")] if len(names) > 1 else []
    return Table(
        title,
        (heading or _("Period"), *names, *added),
        tuple(
            (
                Said(str(row.label)),
                *(form.say(value) for value in row.values),
                *([_sum(row, form)] if added else []),
            )
            for row in rows
        ),
    )


def _sum(row: Column, form: Form) -> Said:
    whole = all(present(value) for value in row.values)
    return form.say(sum(known(row.values)) if whole else None)
