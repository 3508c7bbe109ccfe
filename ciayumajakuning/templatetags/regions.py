"""The map of the regions: simplified shapes, each a link, coloured by a number with fixed breaks.

It is navigation, not evidence: the list beside it carries the same numbers. A region without a
shape is only missing here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from django import template

from registry.models import Regency

register = template.Library()

# From how many firms on a darker blue begins; fixed, so that a colour means the same every month.
BREAKS = (100, 500, 1000, 2000)
_FILE = Path(__file__).resolve().parent.parent / "data" / "region_shapes.json"


@dataclass(frozen=True)
class Shape:
    """A region on the map."""

    regency: Regency
    count: int
    tone: int  # 1 (few) to 5 (many)
    label: str
    path: str
    x: int
    y: int
    anchor: str
    leader: str

    @property
    def below(self) -> int:
        """Where the number stands: under the name."""
        return self.y + 20


@lru_cache(maxsize=1)
def _shapes() -> dict[str, dict[str, Any]]:
    shapes: dict[str, dict[str, Any]] = json.loads(_FILE.read_text(encoding="utf-8"))
    return shapes


def tone(count: int) -> int:
    """The step of blue for a number of firms."""
    return 1 + sum(count >= limit for limit in BREAKS)


@register.inclusion_tag("partials/region_map.html")
def region_map(counts: Mapping[Regency, int]) -> dict[str, Any]:
    """The map with a number for each region."""
    known = _shapes()
    limits = [None, *BREAKS, None]
    return {
        "shapes": [
            Shape(regency=regency, count=count, tone=tone(count), **known[regency.pk])
            for regency, count in counts.items()
            if regency.pk in known
        ],
        "steps": [
            {"tone": step, "start": start, "end": end and end - 1}
            for step, (start, end) in enumerate(pairwise(limits), start=1)
        ],
    }
