"""What was measured, each figure beside its goal, as a table and as JSON.

Rule: a figure is judged by the goal in `GOALS` and nowhere else; a row that could not be measured
although its tool ran counts as missed.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path

KB = 1024
Key = tuple[str, str]  # page and language


@dataclass(frozen=True)
class Goal:
    """How far a figure may go; `least` turns it round. Without a limit the figure is only told."""

    unit: str
    limit: float | None
    least: bool = False

    @property
    def text(self) -> str:
        """The goal as the table shows it."""
        if self.limit is None:
            return ""
        return f"{'>=' if self.least else '<='} {number(self.limit)}"

    def reached(self, value: float | None) -> bool | None:
        """Whether the figure is good; None where there is nothing to reach."""
        if self.limit is None:
            return None
        if value is None:
            return False
        return value >= self.limit if self.least else value <= self.limit


FULL = Goal("points", 100, least=True)
NONE = Goal("", 0)
GOALS = {
    "Lighthouse accessibility": FULL,
    "Lighthouse best practices": FULL,
    "Lighthouse SEO": FULL,
    "Lighthouse performance": Goal("points", 95, least=True),
    "largest paint": Goal("s", 2.0),
    "layout shift": Goal("", 0.02),
    # Told only: pages work without script, and what is left is the layout of a slowed processor.
    "blocking time": Goal("ms", None),
    "first view without photos": Goal("KB", 80),
    "requests before first paint": Goal("", 4),
    "axe violations": NONE,
    "sideways scroll": Goal("px", 0),
    "words that need script": NONE,
    "requests to other hosts": NONE,
    "HTML errors": NONE,
    "HTML warnings": Goal("", None),
    "HTML": Goal("KB", 25),
    "CSS": Goal("KB", 12),
    "CSS with staff's": Goal("KB", None),
    "font": Goal("KB", 16),
    "script": Goal("KB", 4),
    "script of staff": Goal("KB", 20),
    # Told only: Django's admin works without its script, which adds calendars and search in lists.
    "script of the admin": Goal("KB", None),
    "words that the admin's script adds": Goal("", None),
}


@dataclass(frozen=True)
class Row:
    """One figure; `why` says what lies behind a bad one."""

    page: str
    language: str
    width: int | None
    measure: str
    value: float | None
    unit: str
    goal: str
    reached: bool | None
    why: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class NotRun:
    """A part that could not be measured here, and the reason as a sentence."""

    measure: str
    reason: str


def number(value: float | None) -> str:
    """A figure for the table: no digit more than it needs."""
    return "failed" if value is None else f"{value:.3f}".rstrip("0").rstrip(".")


def judged(
    key: Key, width: int | None, measure: str, value: float | None, why: tuple[str, ...] = ()
) -> Row:
    """The row of a figure, judged by the goal of its measure."""
    goal = GOALS[measure]
    shown = None if value is None else round(value, 3)
    return Row(*key, width, measure, shown, goal.unit, goal.text, goal.reached(shown), why)


def answered(key: Key, status: int, wanted: int) -> Row:
    """The row for the status a page answers with."""
    why = ("the page is not there",) if status == 404 != wanted else ()
    return Row(*key, None, "answer", status, "", f"= {wanted}", status == wanted, why)


def missed(rows: list[Row]) -> list[Row]:
    """The rows whose goal was not reached."""
    return [row for row in rows if row.reached is False]


def table(rows: list[Row]) -> str:
    """All rows as text, one line each, with what lies behind the bad ones."""
    head = ("page", "lang", "width", "measure", "value", "goal", "reached")
    lines = [
        (
            row.page,
            row.language,
            str(row.width or ""),
            row.measure,
            f"{number(row.value)} {row.unit}".strip(),
            row.goal,
            {True: "yes", False: "NO", None: "-"}[row.reached],
        )
        for row in rows
    ]
    wide = [max(map(len, column)) for column in zip(head, *lines, strict=True)]

    def line(cells: tuple[str, ...]) -> str:
        return "  ".join(c.ljust(w) for c, w in zip(cells, wide, strict=True)).rstrip()

    told = [line(head), line(tuple("-" * w for w in wide))]
    for row, cells in zip(rows, lines, strict=True):
        told.append(line(cells))
        told.extend(f"    {each}" for each in row.why)
    return "\n".join(told)


def summary(rows: list[Row], not_run: list[NotRun]) -> str:
    """The last lines: how much was reached, what was missed, what was not run."""
    bad = missed(rows)
    good = sum(row.reached is True for row in rows)
    lines = [f"Not run: {each.measure}: {each.reason}" for each in not_run]
    if bad:
        counted = Counter(row.measure for row in bad)
        lines.append("Missed: " + ", ".join(f"{name} ({n})" for name, n in counted.items()))
    lines.append(f"{good} reached, {len(bad)} missed, {len(not_run)} not run")
    return "\n".join(lines)


def write(path: Path, rows: list[Row], not_run: list[NotRun], *, commit: str, machine: str) -> None:
    """Leave the figures as JSON."""
    document = {
        "commit": commit,
        "machine": machine,
        "rows": [{k: v for k, v in asdict(row).items() if k != "why"} for row in rows],
        "not_run": [asdict(each) for each in not_run],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
