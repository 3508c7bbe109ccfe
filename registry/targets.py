"""Targets beside what is reached: new in the year, or as it stands today, as the measure says.

The rule: a target of several regions is the sum of theirs (of shares, weighed by the accounts that
must report), and is compared with those regions alone. What counts for which measure stands in
`registry.realised`. A target is about all industry groups together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from registry import counts
from registry.jobs import jobs_added
from registry.models import Regency, Target
from registry.models.targets import NEW_IN_YEAR, PERCENT, Measure
from registry.realised import Number
from registry.realised import numbers_of as realised_of
from registry.reporting import Numbers, current_period, numbers_of


@dataclass(frozen=True)
class Goal:
    """A target with what is reached of it; `regions` of `of` regions have one."""

    measure: str
    year: int
    target: float
    reached: float | None
    regions: int = 1
    of: int = 1
    decree: str = ""  # where it is one region's
    undated: int = 0  # left out of what is reached, for their date is not provided

    @property
    def percent(self) -> bool:
        """Whether it is a share."""
        return self.measure in PERCENT

    @property
    def is_new(self) -> bool:
        """Whether only what is new in the year counts."""
        return self.measure in NEW_IN_YEAR

    @property
    def share(self) -> float | None:
        """How much of the target is reached, in percent."""
        return None if self.reached is None else 100 * self.reached / self.target

    @property
    def distance(self) -> float:
        """What is still to go, from 1 (all of it) to 0 (reached)."""
        if self.reached is None:
            return 1.0
        return min(1.0, max(0.0, 1 - self.reached / self.target))


@dataclass(frozen=True)
class Reached:
    """The numbers of one region, by measure; of reports, what was made of what was due."""

    numbers: Mapping[str, Number]
    reports: Numbers | None

    def of(self, measure: str) -> float | None:
        """The number of a measure; None where it is not known."""
        if measure == Measure.REPORTS:
            return self.reports.share if self.reports else None
        return self.numbers[measure].count if measure in self.numbers else None

    def undated(self, measure: str) -> int:
        """How many have no date to count by."""
        return self.numbers[measure].undated if measure in self.numbers else 0


def targets_of(regencies: Sequence[Regency], year: int) -> dict[tuple[str, str], Target]:
    """The targets of some regions for a year, by region and measure."""
    rows = Target.objects.filter(regency__in=regencies, year=year)
    return {(target.regency_id, target.measure): target for target in rows}


def reached_of(
    user: Any,
    regencies: Sequence[Regency],
    wanted: Sequence[Target],
    on: dt.date,
    counted: counts.Tally | None = None,
) -> dict[str, Reached]:
    """The numbers of the regions, as far as the targets ask for them."""
    asked = {target.measure for target in wanted}
    period = current_period(on) if Measure.REPORTS in asked else None
    reports = numbers_of(user, period, on) if period else {}
    by_measure = {
        measure: realised_of(measure, user, on, counted)
        for measure in sorted(asked - {Measure.REPORTS.value, Measure.JOBS.value})
    }
    found = {}
    for regency in regencies:
        numbers = {m: each.get(regency.pk, Number()) for m, each in by_measure.items()}
        if any((t.regency_id, t.measure) == (regency.pk, Measure.JOBS) for t in wanted):
            numbers[Measure.JOBS] = Number(jobs_added(user, regency).added)
        found[regency.pk] = Reached(numbers, reports.get(regency.pk))
    return found


def goals_of(
    user: Any, regencies: Sequence[Regency], on: dt.date, counted: counts.Tally | None = None
) -> dict[str, Goal]:
    """The targets of this year over some regions, by measure; none where no region has one.

    `counted` is the tally of all groups, where the page has it already.
    """
    targets = targets_of(regencies, on.year)
    reached = reached_of(user, regencies, list(targets.values()), on, counted) if targets else {}
    found: dict[str, Goal] = {}
    for measure in Measure.values:
        those = [target for (_regency, each), target in targets.items() if each == measure]
        if those:
            found[measure] = _together(measure, those, reached, len(regencies))
    return found


def goal_of(target: Target, reached: Reached) -> Goal:
    """The target of one region."""
    done = reached.of(target.measure)
    return Goal(
        target.measure,
        target.year,
        target.value,
        done,
        decree=target.decree,
        undated=reached.undated(target.measure),
    )


def _together(
    measure: str, targets: Sequence[Target], reached: Mapping[str, Reached], of: int
) -> Goal:
    if len(targets) == 1 and of == 1:
        return goal_of(targets[0], reached[targets[0].regency_id])
    year, regions = targets[0].year, len(targets)
    if measure in PERCENT:
        target, done = _shares(targets, reached)
        return Goal(measure, year, target, done, regions, of)
    values = [reached[target.regency_id].of(measure) for target in targets]
    done = None if None in values else sum(value for value in values if value is not None)
    undated = sum(reached[target.regency_id].undated(measure) for target in targets)
    return Goal(measure, year, sum(t.value for t in targets), done, regions, of, undated=undated)


def _shares(
    targets: Sequence[Target], reached: Mapping[str, Reached]
) -> tuple[float, float | None]:
    """Shares of several regions, weighed by the accounts due in each."""
    numbers = {t.regency_id: reached[t.regency_id].reports or Numbers() for t in targets}
    total = Numbers.total(numbers.values(), late=False)
    if not total.due:
        return sum(t.value for t in targets) / len(targets), None
    return sum(t.value * numbers[t.regency_id].due for t in targets) / total.due, total.share
