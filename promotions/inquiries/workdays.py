"""Working days of an office: Monday to Friday, without holidays. Pure, no database.

Source of the holidays: the joint decree of three ministers (SKB Menteri Agama, Ketenagakerjaan,
PANRB) for each year, kept as `promotions/data/holidays.csv`; a day that no decree has fixed yet is
marked there. Leave that everybody takes ("cuti bersama") counts as a holiday: offices are shut.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Set as AbstractSet
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).resolve().parent.parent / "data" / "holidays.csv"
_SATURDAY = 5
# A firm has so many working days to answer; then its office looks after it.
DAYS_TO_ANSWER = 3


@lru_cache(maxsize=1)
def holidays() -> frozenset[dt.date]:
    """The days of the file."""
    with _FILE.open(encoding="utf-8", newline="") as lines:
        return frozenset(dt.date.fromisoformat(row["day"]) for row in csv.DictReader(lines))


def is_working(day: dt.date, shut: AbstractSet[dt.date]) -> bool:
    """Whether offices are open on the day."""
    return day.weekday() < _SATURDAY and day not in shut


def after(day: dt.date, count: int, shut: AbstractSet[dt.date]) -> dt.date:
    """The `count`-th working day after the day, which itself does not count."""
    while count > 0:
        day += dt.timedelta(days=1)
        count -= is_working(day, shut)
    return day


def answer_due(sent_on: dt.date) -> dt.date:
    """The last day on which an answer is in time."""
    return after(sent_on, DAYS_TO_ANSWER, holidays())
