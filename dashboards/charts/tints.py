"""Steps of colour for numbers, with fixed breaks: a colour means the same in every quarter.

The only place where breaks stand. Step 0 is the palest; a number belongs to the last step whose
break it reaches.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dashboards.charts.words import Form, Number, number

# Firms in a cell of a table of group by region; step 0 is "none".
CELL_FIRMS = (1, 50, 150, 400, 1000)
# Firms of a whole region, and of a district or village.
REGION_FIRMS = (100, 500, 1000, 2000)
DISTRICT_FIRMS = (5, 20, 50, 150)
# Shares in percent.
SHARES = (20, 40, 60, 80)


@dataclass(frozen=True)
class Step:
    """A step of colour and the numbers it stands for; `end` None: and more."""

    step: int
    start: Number | None
    end: Number | None
    text: str


def step(value: Number, breaks: Sequence[Number]) -> int:
    """The step of a value: how many breaks it reaches."""
    return sum(value >= limit for limit in breaks)


def legend(
    breaks: Sequence[Number], form: Form | None = None, least: Number | None = 0
) -> list[Step]:
    """What the steps mean, in numbers; `least` None: the first step has no lower end."""
    form = form or Form()
    smallest = 10**-form.decimals
    starts = [least, *breaks]
    ends = [*(round(limit - smallest, form.decimals) for limit in breaks), None]
    return [
        Step(position, start, end, _range(start, end, form))
        for position, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]


def _range(start: Number | None, end: Number | None, form: Form) -> str:
    first, last = number(start, form.decimals), number(end, form.decimals)
    if start is None:
        return _("up to {number}").format(number=last + form.unit)
    if end is None:
        return _("{number} and more").format(number=first + form.unit)
    return (first if first == last else f"{first}–{last}") + form.unit
