"""From values to positions: a straight scale, round ticks, runs without gaps, room for words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboards.charts.words import Number, present

NEARLY = 1e-6  # values that differ by less than this part of them are drawn as one


@dataclass(frozen=True)
class Scale:
    """A straight scale from values `low` to `high` to positions `start` to `end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: Number) -> float:
        """The position of a value, to a tenth."""
        part = (float(value) - self.low) / (self.high - self.low)
        return round(self.start + part * (self.end - self.start), 1)


def ticks(low: float, high: float, about: int = 3) -> list[float]:
    """Round numbers, evenly apart, the first not above `low` and the last not below `high`."""
    largest = max(abs(low), abs(high))
    if high - low <= NEARLY * largest or largest < NEARLY:  # one value, or only zeros
        low, high = (low - largest / 2, high + largest / 2) if largest >= NEARLY else (0, 1)
    rough = (high - low) / about
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * n for n in (1, 2, 4, 5, 10) if size * n >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(n * step, 12) for n in range(first, last + 1)]


def decimals_of(values: Iterable[float], most: int = 6) -> int:
    """How many digits after the comma tell the values apart."""
    return next((d for d in range(most) if all(abs(v - round(v, d)) < 1e-9 for v in values)), most)


def runs(values: Sequence[Number | None]) -> list[list[int]]:
    """The positions of the values in stretches without a gap."""
    found: list[list[int]] = [[]]
    for i, value in enumerate(values):
        if present(value):
            found[-1].append(i)
        elif found[-1]:
            found.append([])
    return [run for run in found if run]


def shortened(text: str, room: float, letter: float) -> str:
    """The text, cut with an ellipsis where it is wider than the room."""
    fits = max(1, int(room / letter))
    return text if len(text) <= fits else text[: max(1, fits - 1)].rstrip() + "…"
