"""The shapes of the districts, as much of them as a map of a given size can show.

The file holds each border once with a weight for every point (see `scripts/district_shapes.py`);
leaving out light points on the border leaves no gap between neighbours.
"""

from __future__ import annotations

import itertools
import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from dashboards.charts.words import Number

_FILE = Path(__file__).resolve().parent.parent / "data" / "district_shapes.json"
ISLET = 0.04  # a part of a district smaller than this does not widen a map
_METRES_PER_DEGREE = 111_320.0

Spot = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class District:
    """A district on the grid: its name, where the name fits, its borders."""

    code: str
    name: str
    label: Spot
    room: float  # from the label to the nearest border, in steps of the grid
    rings: tuple[tuple[int, ...], ...]
    box: Box

    @property
    def regency(self) -> str:
        """The code of the regency it belongs to."""
        return self.code[:5]


@dataclass(frozen=True)
class Atlas:
    """All districts; places on the grid count in steps to the east and to the south."""

    districts: dict[str, District]
    borders: tuple[tuple[tuple[int, int, int], ...], ...]
    step: float  # metres
    north: float
    west: float
    narrowing: float  # how much shorter a degree of longitude is

    def spot(self, latitude: Number, longitude: Number) -> Spot:
        """A place of the earth on the grid."""
        scale = _METRES_PER_DEGREE / self.step
        return (
            (float(longitude) - self.west) * scale * self.narrowing,
            (self.north - float(latitude)) * scale,
        )

    def ring(self, borders: Sequence[int], lightest: float) -> list[Spot]:
        """The points of a ring that weigh at least so much, without repetition."""
        points: list[Spot] = []
        for number in borders:
            border = self.borders[number if number >= 0 else ~number]
            kept = [(x, y) for x, y, weight in border if weight >= lightest]
            points += (kept if number >= 0 else kept[::-1])[:-1]
        return points

    def outline(self, districts: Iterable[District]) -> list[list[int]]:
        """The rings around the districts taken together: borders that only one of them has."""
        rings = [ring for district in districts for ring in district.rings]
        uses = Counter(n if n >= 0 else ~n for ring in rings for n in ring)
        outer = [n for ring in rings for n in ring if uses[n if n >= 0 else ~n] == 1]
        following: dict[Spot, list[int]] = {}
        for number in outer:
            following.setdefault(self._end(number, 0), []).append(number)
        found = []
        while following:
            start = next(iter(following))
            ring, here = [], start
            while here in following:
                number = following[here].pop()
                if not following[here]:
                    del following[here]
                ring.append(number)
                here = self._end(number, -1)
            found.append(ring)
        return found

    def _end(self, number: int, which: int) -> Spot:
        border = self.borders[number if number >= 0 else ~number]
        x, y, _weight = border[which if number >= 0 else -1 - which]
        return x, y


@lru_cache(maxsize=1)
def atlas() -> Atlas:
    """The atlas of the file, read once."""
    stored = json.loads(_FILE.read_text(encoding="utf-8"))
    grid = stored["grid"]
    borders = tuple(_unfolded(flat) for flat in stored["borders"])
    return Atlas(
        districts={
            code: _district(code, shape, borders) for code, shape in stored["districts"].items()
        },
        borders=borders,
        step=grid["step"],
        north=grid["north"],
        west=grid["west"],
        narrowing=math.cos(math.radians(grid["middle"])),
    )


def _unfolded(flat: Sequence[int]) -> tuple[tuple[int, int, int], ...]:
    points, x, y = [], 0, 0
    for i in range(0, len(flat), 3):
        x, y = x + flat[i], y + flat[i + 1]
        points.append((x, y, flat[i + 2]))
    return tuple(points)


def _district(code: str, shape: dict[str, Any], borders: Sequence[Any]) -> District:
    rings = tuple(tuple(ring) for ring in shape["rings"])
    boxes = [
        around((x, y) for n in ring for x, y, _weight in borders[n if n >= 0 else ~n])
        for ring in rings
    ]
    largest = max(_size(box) for box in boxes)
    x, y, room = shape["label"]
    main = joined(box for box in boxes if _size(box) > largest * ISLET)
    return District(code, shape["name"], (x, y), room, rings, main)


def _size(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def around(spots: Iterable[Spot]) -> Box:
    """The smallest box around the places."""
    xs, ys = zip(*spots, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def joined(boxes: Iterable[Box]) -> Box:
    """The smallest box around the boxes."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share a place."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def clipped(ring: list[Spot], box: Box) -> list[Spot]:
    """The part of a ring inside a box (Sutherland and Hodgman, 1974)."""
    for axis, limit, keep_above in ((0, box[0], 1), (0, box[2], 0), (1, box[1], 1), (1, box[3], 0)):
        kept: list[Spot] = []
        for i, here in enumerate(ring):
            before = ring[i - 1]
            inside = (here[axis] >= limit) == bool(keep_above)
            was_inside = (before[axis] >= limit) == bool(keep_above)
            if inside != was_inside:
                part = (limit - before[axis]) / (here[axis] - before[axis])
                kept.append(
                    (
                        before[0] + part * (here[0] - before[0]),
                        before[1] + part * (here[1] - before[1]),
                    )
                )
            if inside:
                kept.append(here)
        ring = kept
    return ring


def path(rings: Iterable[list[Spot]]) -> str:
    """The rings as the shortest path of whole steps: "M1 2l3-4 …z"; rings without area are left."""
    parts = []
    for ring in rings:
        whole = [(round(x), round(y)) for x, y in ring]
        points = [p for i, p in enumerate(whole) if p != whole[i - 1]]
        if len(points) < 3:
            continue
        steps = [
            f"{x - px}{'' if y - py < 0 else ' '}{y - py}"
            for (px, py), (x, y) in itertools.pairwise(points)
        ]
        line = "".join(s if i == 0 or s[0] == "-" else f" {s}" for i, s in enumerate(steps))
        parts.append(f"M{points[0][0]} {points[0][1]}l{line}z")
    return "".join(parts)
