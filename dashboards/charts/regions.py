"""The map of the five regions: simplified shapes, each a link, coloured by fixed breaks.

It is navigation, not evidence: the list or table beside it carries the same numbers. A region
without a shape is only missing here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from dashboards.charts import tints
from dashboards.charts.reading import each
from dashboards.charts.words import Form, Number, Said, Table, present

_FILE = Path(__file__).resolve().parent.parent / "data" / "region_shapes.json"


@dataclass(frozen=True)
class Region:
    """A region with its number and where it leads."""

    code: str
    name: str
    value: Number | None
    href: str = ""


@dataclass(frozen=True)
class Shape:
    """A region on the map."""

    region: Region
    said: Said
    tone: int  # 1 (few) to 5 (many); 0: no number
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

    @property
    def light(self) -> bool:
        """Whether the words lie on the darkest blue."""
        return self.tone == 5 and not self.leader


@dataclass(frozen=True)
class RegionMap:
    """The whole map."""

    shapes: tuple[Shape, ...]
    legend: tuple[tints.Step, ...]
    missing: bool
    table: Table


@lru_cache(maxsize=1)
def _shapes() -> dict[str, dict[str, Any]]:
    shapes: dict[str, dict[str, Any]] = json.loads(_FILE.read_text(encoding="utf-8"))
    return shapes


def build(
    title: str,
    items: Iterable[Any],
    form: Form,
    *,
    breaks: Sequence[Number] = tints.REGION_FIRMS,
) -> RegionMap:
    """The map of the regions that have a shape, in the order given."""
    regions, known = each(Region, items), _shapes()
    shapes = tuple(
        Shape(
            region=region,
            said=form.say(region.value),
            tone=_tone(region.value, breaks, form),
            **known[region.code],
        )
        for region in regions
        if region.code in known
    )
    return RegionMap(
        shapes=shapes,
        legend=tuple(tints.legend(breaks, form, least=None)),
        missing=any(shape.tone == 0 for shape in shapes),
        table=Table(
            title,
            (_("Region"), _("Value")),
            tuple((Said(region.name), form.say(region.value)) for region in regions),
        ),
    )


def _tone(value: Number | None, breaks: Sequence[Number], form: Form) -> int:
    if value is None or not present(value):
        return 0
    return 1 if form.hides(value) else 1 + tints.step(value, breaks)
