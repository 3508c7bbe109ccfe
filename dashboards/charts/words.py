"""Values as people read them, in the language of the reader.

Rule: a missing value is said in words, never as 0; in public a count of one or two is "< 3".
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext as _

Number = int | float | Decimal
_ROUNDING = Context(prec=350, rounding=ROUND_HALF_UP)  # room for every float
SMALL = 3  # in public, counts below this are not told


class Said(NamedTuple):
    """A value as text; `known` is False where there is none to tell."""

    text: str
    known: bool = True


@dataclass(frozen=True)
class Form:
    """How the values of a chart are written."""

    decimals: int = 0
    unit: str = ""  # follows the number as it is: "%", " km"
    public: bool = False

    def say(self, value: Number | None) -> Said:
        """The value with its unit."""
        if not present(value):
            return Said(_("no data yet"), known=False)
        if self.hides(value):
            return Said(f"< {SMALL}")
        return Said(number(value, self.decimals) + self.unit)

    def hides(self, value: Number | None) -> bool:
        """Whether the value is too small to be told in public."""
        return self.public and value is not None and 0 < value < SMALL


@dataclass(frozen=True)
class Table:
    """The numbers of a chart as a table; the first cell of a row names it."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Said, ...], ...] = field(default=())


def present(value: Number | None) -> bool:
    """Whether there is a value at all; endless and undefined numbers are none."""
    return value is not None and math.isfinite(value)


def known(values: Iterable[Number | None]) -> list[float]:
    """The values that there are, as numbers to draw with."""
    return [float(value) for value in values if value is not None and math.isfinite(value)]


def number(value: Number | None, decimals: int = 0) -> str:
    """A number with the separators of the language, rounded half up, with a true minus sign."""
    if value is None:
        return ""
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), context=_ROUNDING)
    text = str(number_format(abs(rounded), decimals, use_l10n=True, force_grouping=True))
    return f"\N{MINUS SIGN}{text}" if rounded < 0 else text
