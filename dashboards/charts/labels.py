"""Where names stand on a map, so that none covers another, a circle or the edge.

Widths are those of a phone, where the text is largest for the size of the map.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dashboards.charts.shapes import Box, Spot, overlap

LETTER = 8.4
LINE = 17.0


@dataclass(frozen=True)
class Label:
    """A name at its place; `kind` is its class, `anchor` where its text begins."""

    text: str
    x: int
    y: int
    anchor: str
    kind: str


class Labels:
    """The names of a map, put one after the other where there is still room."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.taken: list[Box] = []
        self.placed: list[Label] = []

    def take(self, x: float, y: float, radius: float) -> None:
        """Keeps a round place free of names."""
        self.taken.append((x - radius, y - radius, x + radius, y + radius))

    def beside(self, circles: Iterable[Any]) -> None:
        """The name of each circle to its right, left, below or above; else nowhere."""
        for circle in circles:
            gap, middle = circle.radius + 6, circle.y + 5
            for x, y, anchor in (
                (circle.x + gap, middle, "start"),
                (circle.x - gap, middle, "end"),
                (circle.x, circle.y + gap + 11, "middle"),
                (circle.x, circle.y - gap, "middle"),
            ):
                if self._put(Label(circle.name, x, y, anchor, "desa")):
                    break

    def inside(self, rooms: Iterable[tuple[str, Spot, float, bool]]) -> None:
        """The name of each district at its roomiest place, where it is not wider than the room."""
        for text, (x, y), room, raised in rooms:
            if raised or len(text) * LETTER / 2 <= room * 1.5:
                kind = "kec-nama" if raised else ""
                for down in (0.0, room / 2, -room / 2):
                    if self._put(Label(text, round(x), round(y + 5 + down), "middle", kind)):
                        break

    def _put(self, label: Label) -> bool:
        wide = len(label.text) * LETTER
        left = label.x - {"start": 0.0, "end": wide, "middle": wide / 2}[label.anchor]
        box = (left, label.y - LINE * 0.8, left + wide, label.y + LINE * 0.2)
        inside = box[0] > 2 and box[1] > 2 and box[2] < self.width - 2 and box[3] < self.height - 2
        if not inside or any(overlap(box, other) for other in self.taken):
            return False
        self.taken.append(box)
        self.placed.append(label)
        return True
