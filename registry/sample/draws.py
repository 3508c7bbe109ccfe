"""Random draws in the words of the sample: chances, picks, days. The same seed, the same draws."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any, TypeVar

T = TypeVar("T")


class Draws:
    """One stream of random numbers and the day that all dates are counted from."""

    def __init__(self, seed: int, today: dt.date) -> None:
        self.random = Random(seed)  # noqa: S311 - invented data, no secret
        self.today = today

    def chance(self, share: float) -> bool:
        """True in `share` of the cases."""
        return self.random.random() < share

    def pick(self, things: Sequence[T]) -> T:
        """Any of them, all alike."""
        return things[int(self.random.random() * len(things))]

    def weighted(self, weights: Mapping[T, float]) -> T:
        """One of the keys, by its weight."""
        return self.random.choices(list(weights), list(weights.values()))[0]

    def number(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return self.random.randint(low, high)

    def about(self, middle: float, spread: float) -> float:
        """A log-normal number around its median."""
        return middle * self.random.lognormvariate(0, spread)

    def known(self, value: Any, share: float = 0.7) -> Any:
        """The value, or None: offices never know everything."""
        return value if self.chance(share) else None

    def days_ago(self, low: int, high: int) -> dt.date:
        """A day in the past."""
        return self.today - dt.timedelta(days=self.number(low, high))

    def days_on(self, low: int, high: int) -> dt.date:
        """A day to come."""
        return self.today + dt.timedelta(days=self.number(low, high))
