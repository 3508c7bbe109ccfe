"""Small multiples: one line for each region on the same axis, the reference dashed in each.

Rule: a year without a number is a gap with the weave, never bridged and never estimated.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from dashboards.charts.reading import each
from dashboards.charts.scale import Scale, runs, ticks
from dashboards.charts.words import Form, Number, Said, Table, known, present

WIDTH, HEIGHT = 256, 116
LEFT, TOP, BOTTOM = 14.0, 8.0, 86.0
LETTER = 8.9  # a letter on a phone


@dataclass(frozen=True)
class Panel:
    """What a page gives: a region and its value for each period; `mark` is its icon."""

    label: str
    values: Sequence[Number | None] = field(default=())
    mark: str = ""
    href: str = ""


@dataclass(frozen=True)
class DrawnPanel:
    """A region's lines; positions are those of the drawing."""

    panel: Panel
    lines: tuple[str, ...]
    dots: tuple[tuple[float, float], ...]  # values that stand alone between gaps
    gaps: tuple[tuple[float, float], ...]  # start and width of the weave
    end: tuple[float, float] | None
    last: str
    note: str
    said: str


@dataclass(frozen=True)
class Multiples:
    """The whole chart."""

    panels: tuple[DrawnPanel, ...]
    reference: tuple[str, ...]
    grid: tuple[float, ...]
    lowest: str  # the ends of the axis, in words
    highest: str
    axis: float
    right: float
    first: str  # the first and last period
    last: str
    missing: bool
    table: Table


def build(
    title: str,
    periods: Iterable[Any],
    items: Iterable[Any],
    form: Form,
    *,
    reference: Sequence[Number | None] = (),
    reference_label: str = "",
    from_zero: bool = False,
    heading: str = "",
) -> Multiples:
    """A panel for each item; all share the axis, which holds the reference too."""
    years, panels = [str(period) for period in periods], each(Panel, items)
    values = known([*(v for p in panels for v in p.values), *reference])
    marks = ticks(min(values, default=0.0), max(values, default=1.0))
    if from_zero:
        marks = ticks(min(0.0, marks[0]), max(0.0, marks[-1]))
    longest = max((len(form.say(v).text) for v in values), default=1)
    right = max(LEFT + 60, WIDTH - 16 - longest * LETTER)
    across = Scale(0, max(1, len(years) - 1), LEFT, right)
    up = Scale(marks[0], marks[-1], BOTTOM, TOP)
    return Multiples(
        panels=tuple(_drawn(panel, years, across, up, form) for panel in panels),
        reference=tuple(_lines(reference, across, up)),
        grid=tuple(up(mark) for mark in marks if mark != 0),
        lowest=form.say(marks[0]).text,
        highest=form.say(marks[-1]).text,
        axis=up(0) if marks[0] <= 0 <= marks[-1] else BOTTOM,
        right=round(right + 6, 1),
        first=years[0] if years else "",
        last=years[-1] if len(years) > 1 else "",
        missing=any(len(_missing(panel, years)) > 0 for panel in panels),
        table=Table(
            title,
            (heading or _("Region"), *years),
            tuple(_rows(panels, (reference_label, reference), len(years), form)),
        ),
    )


def _drawn(panel: Panel, years: list[str], across: Scale, up: Scale, form: Form) -> DrawnPanel:
    whole = [v if present(v) else None for v in panel.values]
    stretches = runs(whole)
    lone = [run[0] for run in stretches if len(run) == 1]
    end = stretches[-1][-1] if stretches else None
    missing = _missing(panel, years)
    return DrawnPanel(
        panel=panel,
        lines=tuple(_lines(whole, across, up)),
        dots=tuple((across(i), up(whole[i] or 0)) for i in lone if i != end),
        gaps=_gaps(whole, len(years), across),
        end=(across(end), up(whole[end] or 0)) if end is not None else None,
        last=form.say(whole[end]).text if end is not None else form.say(None).text,
        note=_note(missing, years),
        said=", ".join(
            f"{year} {form.say(value).text}" for year, value in zip(years, whole, strict=False)
        ),
    )


def _lines(values: Sequence[Number | None], across: Scale, up: Scale) -> Iterable[str]:
    for run in runs(values):
        if len(run) > 1:
            yield " ".join(f"{across(i)},{up(values[i] or 0)}" for i in run)


def _gaps(
    values: Sequence[Number | None], periods: int, across: Scale
) -> tuple[tuple[float, float], ...]:
    """The weave behind the periods without a value, half a period to each side."""
    empty = [None if i < len(values) and present(values[i]) else 1 for i in range(periods)]
    half = (across(1) - across(0)) / 2
    return tuple(
        (
            round(max(1.0, across(run[0]) - half), 1),
            round(across(run[-1]) + half - max(1.0, across(run[0]) - half), 1),
        )
        for run in runs(empty)
    )


def _missing(panel: Panel, years: list[str]) -> list[str]:
    values = [*panel.values, *[None] * len(years)]
    return [year for year, value in zip(years, values, strict=False) if not present(value)]


def _note(missing: list[str], years: list[str]) -> str:
    if len(missing) == len(years):
        return _("no data yet")
    if missing:
        return _("Missing: {periods}").format(periods=", ".join(missing))
    if len(years) < 2:
        return ""
    return _("Complete {first}–{last}").format(first=years[0], last=years[-1])


def _rows(
    panels: list[Panel],
    reference: tuple[str, Sequence[Number | None]],
    periods: int,
    form: Form,
) -> Iterable[tuple[Said, ...]]:
    lines = [(panel.label, panel.values) for panel in panels]
    if known(reference[1]):
        lines.append(reference)
    for label, values in lines:
        cells = [values[i] if i < len(values) else None for i in range(periods)]
        yield Said(label), *(form.say(value) for value in cells)
