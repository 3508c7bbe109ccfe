"""The page of targets: each measure by region, what the decree asks and what is reached."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from registry.models import Regency
from registry.models.targets import Measure
from registry.targets import Goal, goal_of, reached_of, targets_of


@dataclass(frozen=True)
class GoalRow:
    """A measure with the target of each region, in the order of the regions; None: not set."""

    label: str
    cells: tuple[Goal | None, ...]


def goal_rows(user: Any, regencies: Sequence[Regency], on: dt.date) -> list[GoalRow]:
    """All measures; the number of queries does not grow with the register."""
    targets = targets_of(regencies, on.year)
    reached = reached_of(user, regencies, list(targets.values()), on)

    def cell(regency: Regency, measure: str) -> Goal | None:
        target = targets.get((regency.pk, measure))
        return goal_of(target, reached[regency.pk]) if target else None

    return [
        GoalRow(str(label), tuple(cell(regency, measure) for regency in regencies))
        for measure, label in Measure.choices
    ]
