"""The size class of a firm under each definition in use, computed and never stored.

The rule: several definitions of "small" are in force side by side and none is the true one. A
label is given only if it holds whatever the unknown inputs are; otherwise the answer names what
is missing. Every threshold is a row of the tables below, beside the regulation that sets it.

Money is in whole rupiah. A value of None is unknown, which is not 0.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum

BILLION = 1_000_000_000


class SizeClass(StrEnum):
    """The labels of all definitions. ``not_small`` is all that TKDN-IK says of larger firms."""

    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"
    NOT_SMALL = "not_small"


class Scheme(StrEnum):
    """The definitions by which a firm is classed."""

    MOI_64_2016 = "moi_64_2016"
    PP7_2021 = "pp7_2021"
    PP7_2021_SALES = "pp7_2021_sales"
    TKDN_IK = "tkdn_ik"
    BPS = "bps"


@dataclass(frozen=True, slots=True)
class SizeInputs:
    """What is known of a firm; None is unknown. A negative number raises ValueError.

    ``workers`` counts persons, the owner and unpaid family included. ``investment`` and
    ``business_capital`` (modal usaha) are rupiah without land and building, ``annual_sales`` is
    rupiah a year. ``founded_before_pp7``: the firm existed when PP 7/2021 came into force.
    """

    workers: int | None = None
    investment: int | Decimal | None = None
    business_capital: int | Decimal | None = None
    annual_sales: int | Decimal | None = None
    founded_before_pp7: bool | None = None

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if value is not None and value < 0:
                raise ValueError(f"{field.name} is below zero")


@dataclass(frozen=True, slots=True)
class Bound:
    """An interval of one input; an end of None is open to all values on that side."""

    field: str
    low: int | None = None
    high: int | None = None
    low_inclusive: bool = True
    high_inclusive: bool = True

    def holds(self, inputs: SizeInputs) -> bool | None:
        """Whether the input lies within, or None while it is unknown."""
        value = getattr(inputs, self.field)
        if value is None:
            return None
        above = self.low is None or value > self.low or (self.low_inclusive and value == self.low)
        below = (
            self.high is None or value < self.high or (self.high_inclusive and value == self.high)
        )
        return above and below


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a definition: a label and the bounds that must all hold."""

    label: SizeClass
    bounds: tuple[Bound, ...]

    def holds(self, inputs: SizeInputs) -> bool | None:
        """False if one bound fails, True if all hold, None while that depends on unknowns."""
        states = [bound.holds(inputs) for bound in self.bounds]
        if False in states:
            return False
        return None if None in states else True


@dataclass(frozen=True, slots=True)
class Definition:
    """The rows of a scheme under one regulation, in force from and until a day (both included).

    ``only_if`` names an input that must be true for the definition to speak of the firm at all.
    """

    regulation: str
    rows: tuple[Row, ...]
    since: dt.date | None = None
    until: dt.date | None = None
    only_if: str | None = None

    def in_force(self, on: dt.date) -> bool:
        """True if the definition holds on this day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)

    @property
    def inputs(self) -> tuple[str, ...]:
        """The inputs that decide, in the order of the table."""
        names = [bound.field for row in self.rows for bound in row.bounds]
        return tuple(dict.fromkeys([*([self.only_if] if self.only_if else []), *names]))


@dataclass(frozen=True, slots=True)
class SizeAnswer:
    """The label, or why there is none.

    ``missing`` are the inputs without which the label is uncertain; empty beside a label.
    ``regulation`` names the source. ``applies`` is False where the scheme does not speak of this
    firm or of this day: no input can then give a label.
    """

    label: SizeClass | None
    missing: tuple[str, ...]
    scheme: Scheme
    regulation: str
    applies: bool = True


def _steps(field: str, *steps: tuple[SizeClass, int | None]) -> tuple[Row, ...]:
    """Rows over one input: each label up to its limit inclusive, the next above it."""
    rows: list[Row] = []
    low: int | None = None
    for label, high in steps:
        rows.append(Row(label, (Bound(field, low, high, low_inclusive=False),)))
        low = high
    return tuple(rows)


_FEW = Bound("workers", high=19)
_MANY = Bound("workers", low=20)
_MOI_ROWS = (
    Row(SizeClass.SMALL, (_FEW, Bound("investment", high=1 * BILLION, high_inclusive=False))),
    Row(SizeClass.MEDIUM, (_FEW, Bound("investment", low=1 * BILLION))),
    Row(SizeClass.MEDIUM, (_MANY, Bound("investment", high=15 * BILLION))),
    Row(SizeClass.LARGE, (_MANY, Bound("investment", low=15 * BILLION, low_inclusive=False))),
)
_CAPITAL_ROWS = _steps(
    "business_capital",
    (SizeClass.MICRO, 1 * BILLION),
    (SizeClass.SMALL, 5 * BILLION),
    (SizeClass.MEDIUM, 10 * BILLION),
    (SizeClass.LARGE, None),
)
_SALES_ROWS = _steps(
    "annual_sales",
    (SizeClass.MICRO, 2 * BILLION),
    (SizeClass.SMALL, 15 * BILLION),
    (SizeClass.MEDIUM, 50 * BILLION),
    (SizeClass.LARGE, None),
)
_TKDN_ROWS = _steps("business_capital", (SizeClass.SMALL, 5 * BILLION), (SizeClass.NOT_SMALL, None))
_BPS_ROWS = (
    Row(SizeClass.MICRO, (Bound("workers", 1, 4),)),
    Row(SizeClass.SMALL, (Bound("workers", 5, 19),)),
    Row(SizeClass.MEDIUM, (Bound("workers", 20, 99),)),
    Row(SizeClass.LARGE, (Bound("workers", 100),)),
)

_PP7_SINCE = dt.date(2021, 2, 2)
_TKDN_CHANGE = dt.date(2025, 12, 11)

# Oldest first. Where we know the month or the year only, the definition starts with its first day.
DEFINITIONS: dict[Scheme, tuple[Definition, ...]] = {
    Scheme.MOI_64_2016: (
        Definition("Permenperin 64/M-IND/PER/7/2016", _MOI_ROWS, since=dt.date(2016, 7, 1)),
    ),
    Scheme.PP7_2021: (Definition("PP 7/2021 Pasal 35 ayat (3)", _CAPITAL_ROWS, since=_PP7_SINCE),),
    Scheme.PP7_2021_SALES: (
        Definition(
            "PP 7/2021 Pasal 35 ayat (5)",
            _SALES_ROWS,
            since=_PP7_SINCE,
            only_if="founded_before_pp7",
        ),
    ),
    Scheme.TKDN_IK: (
        Definition(
            "Permenperin 46/2022",
            _TKDN_ROWS,
            since=dt.date(2022, 1, 1),
            until=_TKDN_CHANGE - dt.timedelta(days=1),
        ),
        Definition("Permenperin 35/2025", _TKDN_ROWS, since=_TKDN_CHANGE),
    ),
    Scheme.BPS: (Definition("BPS: jumlah tenaga kerja", _BPS_ROWS),),
}


def classify(inputs: SizeInputs, scheme: Scheme, on: dt.date | None = None) -> SizeAnswer:
    """The size class of a firm under a scheme, as the definition of that day has it.

    ``on`` is the day to judge by, today's newest definition if None. Sources of the thresholds:
    Permenperin 64/M-IND/PER/7/2016; PP 7/2021 Pasal 35; Permenperin 46/2022 and 35/2025 (TKDN);
    the worker classes of BPS. A value that no row can hold (0 workers at BPS, where the owner
    counts) is answered like a missing one.
    """
    definition = _definition(scheme, on)
    excluded = definition.only_if is not None and getattr(inputs, definition.only_if) is False
    if excluded or (on is not None and not definition.in_force(on)):
        return SizeAnswer(None, (), scheme, definition.regulation, applies=False)
    open_rows = [row for row in definition.rows if row.holds(inputs) is not False]
    labels = {row.label for row in open_rows}
    unsure = definition.only_if is not None and getattr(inputs, definition.only_if) is None
    if len(labels) == 1 and not unsure:
        return SizeAnswer(labels.pop(), (), scheme, definition.regulation)
    return SizeAnswer(None, _missing(definition, inputs, labels), scheme, definition.regulation)


def classify_all(inputs: SizeInputs, on: dt.date | None = None) -> tuple[SizeAnswer, ...]:
    """The answers of all schemes, in their order, to be shown beside each other."""
    return tuple(classify(inputs, scheme, on) for scheme in Scheme)


def _definition(scheme: Scheme, on: dt.date | None) -> Definition:
    """The definition in force on that day; outside all of them the newest, or the oldest."""
    definitions = DEFINITIONS[scheme]
    if on is None:
        return definitions[-1]
    for definition in definitions:
        if definition.in_force(on) or (definition.since and on < definition.since):
            return definition
    return definitions[-1]


def _missing(definition: Definition, inputs: SizeInputs, labels: set[SizeClass]) -> tuple[str, ...]:
    """What must become known. Where only one label is left, only whether the scheme applies."""
    if not labels:
        return tuple(name for name in definition.inputs if name != definition.only_if)
    unknown = tuple(name for name in definition.inputs if getattr(inputs, name) is None)
    return tuple(name for name in unknown if len(labels) > 1 or name == definition.only_if)
