"""What was measured, each figure beside its baseline and its goal, as a table and as JSON."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from scripts.ground.places import ROOT


@dataclass(frozen=True)
class Row:
    """One figure; `ratio` is the figure over its baseline where it has one."""

    name: str
    size: int
    value: float
    unit: str
    baseline: float | None = None
    ratio: float | None = None
    goal: str = ""
    reached: bool | None = None


def at_least(name: str, size: int, value: float, unit: str, goal: float) -> Row:
    """A figure that should not be smaller than its goal."""
    return Row(name, size, round(value, 2), unit, goal=f">= {goal:g}", reached=value >= goal)


def at_most(name: str, size: int, value: float, unit: str, goal: float | None) -> Row:
    """A figure that should not be larger than its goal; without one it is only told."""
    if goal is None:
        return Row(name, size, round(value, 2), unit)
    return Row(name, size, round(value, 2), unit, goal=f"<= {goal:g}", reached=value <= goal)


def against(
    name: str, size: int, value: float, unit: str, baseline: float, *, goal: float | None = None
) -> Row:
    """A figure beside that of another way; the goal is of the ratio."""
    ratio = value / baseline if baseline else None
    reached = None if goal is None or ratio is None else ratio >= goal
    return Row(
        name,
        size,
        round(value, 2),
        unit,
        round(baseline, 2),
        None if ratio is None else round(ratio, 2),
        "" if goal is None else f"ratio >= {goal:g}",
        reached,
    )


def within(
    name: str, size: int, value: float, unit: str, baseline: float, *, most: float | None = None
) -> Row:
    """A figure that should stay under so many times that of another way."""
    ratio = value / baseline
    return Row(
        name,
        size,
        round(value, 2),
        unit,
        round(baseline, 2),
        round(ratio, 2),
        "" if most is None else f"ratio <= {most:g}",
        None if most is None else ratio <= most,
    )


def table(rows: Sequence[Row]) -> str:
    """The figures for people."""
    head = ("name", "size", "value", "unit", "baseline", "ratio", "goal", "reached")
    lines = [head, *(tuple(_shown(value) for value in asdict(row).values()) for row in rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(head))]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else f"{value:,}" if isinstance(value, float | int) else str(value)


def write_json(path: Path, rows: Sequence[Row]) -> None:
    """The same for programs, with the commit and the machine."""
    commit = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.strip()
    machine = f"{platform.machine()}, {os.cpu_count()} CPU, Python {platform.python_version()}"
    told = {"commit": commit, "machine": machine, "rows": [asdict(row) for row in rows]}
    path.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
