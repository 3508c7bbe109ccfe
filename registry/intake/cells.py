"""One raw cell to the canonical value of its field, with what is wrong with it.

The rule: any cell gives an answer and never an exception; nothing is guessed; a text that the
register has no place for goes to the notes of the row instead of being lost; and no text keeps a
person's identity number.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from registry import identifiers
from registry.identifiers import Parsed, Problem, holds_identity
from registry.identifiers.cells import read, shown
from registry.intake import words
from registry.intake.dates import read_date
from registry.intake.fields import Field, Kind
from registry.intake.meanings import YEARLY, period
from registry.intake.numbers import (
    MAX_QUANTITY,
    plain,
    read_amount,
    read_money,
    read_people,
    read_split,
    read_year,
)
from registry.intake.texts import is_blank, text_of
from registry.names import clean_firm_name

_NUMBER_YEAR = re.compile(r"^(.*\S)\s*[/(]\s*((?:19|20)\d\d)\s*\)?$", re.DOTALL)
_PER_YEAR = re.compile(
    r"\.?\s*(?:(?:/|\bper)\s*(?:tahun|thn|th)|\b(?:setahun|tahunan))\.?$", re.IGNORECASE
)
# "Rp -", "Rp", "- orang": how the number format of a spreadsheet writes nothing.
_EMPTY_FIGURE = re.compile(
    r"(?:rp|idr)?[\s.:]*[-\u2010-\u2015\u2212]*[.,\s]*-?|[-\u2010-\u2015\u2212]+\s*[a-z]{1,10}\.?",
    re.IGNORECASE,
)

# The register keeps yearly figures from this year on.
_FIRST_DATA_YEAR = 1990


@dataclass(slots=True)
class Context:
    """What a cell alone does not say: facts of its column and of the day."""

    today: dt.date
    units: Mapping[str, str] = field(default_factory=dict)
    # The factor of a money column to rupiah; None while nobody has declared it.
    factor: int | None = 1
    commas: bool = False
    number_year: bool = False
    heading: str = ""
    # What makes a year of the figures of the column; None where nothing can.
    times: int | None = 1


@dataclass(slots=True)
class Read:
    """The answer: values by field, what is wrong, and texts for the notes."""

    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    # A money cell that only the unit of its column can make an amount of.
    undeclared: bool = False


def read_cell(entry: Field, cell: object, context: Context) -> Read:
    """Read one cell of a field (coordinates and places need their neighbours: not here)."""
    if is_blank(cell) and not (entry.kind is Kind.NIB and cell is not None):
        return Read({entry.name: None})
    return _READERS[entry.kind](entry, cell, context)


def _text(entry: Field, cell: object, context: Context) -> Read:
    text = text_of(cell)
    if not text:
        return Read({entry.name: None})
    if entry.longest and len(text) > entry.longest:
        short = text[: entry.longest].rstrip()
        return Read({entry.name: short}, notes=[f"{context.heading or entry.heading}: {text}"])
    return Read({entry.name: text})


def _name(entry: Field, cell: object, context: Context) -> Read:
    # Two spaces part words of a letter-spaced name, so the spaces stay until they are read.
    raw = cell if isinstance(cell, str) and not holds_identity(cell) else text_of(cell)
    name, form = clean_firm_name(raw)
    if not any(char.isalnum() for char in name):
        return Read({entry.name: None})
    result = _text(entry, name, context)
    if form is not None:
        result.values["legal_form"] = form
    return result


def _whole(entry: Field, cell: object, context: Context) -> Read:
    number = read_people(cell, commas=context.commas)
    if number is not None or _is_empty(cell):
        return Read({entry.name: number})
    split = read_split(cell)
    if split is None:
        return Read({entry.name: None}, [Problem("number_unparseable", shown(read(cell)))])
    return _of_split(entry, *split, cell)


def _of_split(entry: Field, men: int | None, women: int | None, cell: object) -> Read:
    """What "3 L / 2 P" says in a column of the total, or "3 L" in the one of the men."""
    if entry.name == "workers_total":
        # The total is said by its parts.
        return Read({"workers_total": None, "workers_male": men, "workers_female": women})
    own, other = (men, women) if entry.name == "workers_male" else (women, men)
    if other is not None:
        return Read({entry.name: None}, [Problem("number_unparseable", shown(read(cell)))])
    return Read({entry.name: own}, _unless(own, "number_unparseable", cell))


def _is_empty(cell: object) -> bool:
    return isinstance(cell, str) and _EMPTY_FIGURE.fullmatch(cell.strip()) is not None


def _year(entry: Field, cell: object, context: Context) -> Read:
    year = read_year(cell)
    first = _FIRST_DATA_YEAR if entry.name == "data_year" else 0
    if year is not None and not first <= year <= context.today.year + 1:
        year = None
    return Read({entry.name: year}, _unless(year, "number_unparseable", cell))


def _quantity(entry: Field, cell: object, context: Context) -> Read:
    plain_cell, times = _by_year(entry, cell, context)
    amount = read_amount(plain_cell, commas=context.commas)
    if amount is None and _is_empty(cell):
        return Read({entry.name: None})
    if amount is None or amount.value >= MAX_QUANTITY or "/" in amount.unit:
        return Read({entry.name: None}, [Problem("number_unparseable", shown(read(cell)))])
    result = Read({entry.name: None})
    if times is not None:
        result.values[entry.name] = plain(round(amount.value * times, 3))
    result.notes = _noted(entry, cell, context, times)
    if amount.unit:
        unit = context.units.get(words.key(amount.unit))
        result.values["capacity_unit"] = unit
        if unit is None:
            result.problems.append(Problem("unit_unknown", {"value": text_of(amount.unit)}))
    return result


def _by_year(entry: Field, cell: object, context: Context) -> tuple[object, int | None]:
    """The cell without its period, and what makes a year of it: its own period before the column's.

    Only figures that are kept by the year have one.
    """
    if not isinstance(cell, str):
        return cell, context.times
    yearly = _PER_YEAR.sub("", cell)
    if yearly != cell:
        return yearly, 1
    rest, times = period(cell) if entry.name in YEARLY else (cell, 1)
    return (cell, context.times) if rest == cell else (rest.strip(" ."), times)


def _noted(entry: Field, cell: object, context: Context, times: int | None) -> list[str]:
    """A figure that is kept otherwise than it was written is noted as it was."""
    label = context.heading or entry.heading
    return [] if times == 1 else [f"{label}: {text_of(cell)}"]


def _unit(entry: Field, cell: object, context: Context) -> Read:
    unit = context.units.get(words.key(text_of(cell)))
    return Read({entry.name: unit}, _unless(unit, "unit_unknown", cell))


def _money(entry: Field, cell: object, context: Context) -> Read:
    plain_cell, times = _by_year(entry, cell, context)
    amount = read_money(plain_cell, factor=context.factor or 1, commas=context.commas)
    if amount is None and _is_empty(cell):
        return Read({entry.name: None})
    if amount is None:
        return Read({entry.name: None}, [Problem("money_unparseable", shown(read(cell)))])
    if context.factor is None and not amount.declared:
        return Read({entry.name: None}, undeclared=bool(amount.value))
    value = None if times is None else int(amount.value * times)
    notes = _noted(entry, cell, context, times) if amount.value else []
    return Read({entry.name: value}, notes=notes)


def _percent(entry: Field, cell: object, context: Context) -> Read:
    parsed = identifiers.parse_tkdn_percent(cell)
    value = None if parsed.value is None else plain(round(Decimal(parsed.value), 2))
    return Read({entry.name: value}, [parsed.problem] if parsed.problem else [])


def _date(entry: Field, cell: object, context: Context) -> Read:
    day = read_date(cell, today=context.today)
    if day is None:
        return Read({entry.name: None}, [Problem("date_unparseable", shown(read(cell)))])
    if day > context.today and not entry.future:
        return Read({entry.name: None}, [Problem("date_future", {"value": f"{day:%d/%m/%Y}"})])
    return Read({entry.name: day.isoformat()})


def _word(read_word: Callable[[str], Any]) -> Callable[[Field, object, Context], Read]:
    """A reader of one of few words; another text is no value, and stays in the notes."""

    def reader(entry: Field, cell: object, context: Context) -> Read:
        text = text_of(cell)
        value = read_word(text)
        if value is not None:
            return Read({entry.name: value})
        notes = [f"{context.heading or entry.heading}: {text}"] if text else []
        return Read({entry.name: None}, notes=notes)

    return reader


def _parsed(
    parse: Callable[[object], Parsed[str]], codes: frozenset[str]
) -> Callable[[Field, object, Context], Read]:
    """A reader on top of one of the parsers of `registry.identifiers`.

    Only the codes named here are told: the others belong to forms. What a parser can't use but
    may keep stays in the notes.
    """

    def reader(entry: Field, cell: object, context: Context) -> Read:
        cell, year = _split_year(cell) if context.number_year else (cell, None)
        parsed = parse(cell)
        if parsed.problem and year is None:
            # A year behind the number, though no heading says so, counts if the rest is whole.
            number, behind = _split_year(cell)
            if behind and (again := parse(number)).problem is None:
                parsed, year = again, behind
        problem = parsed.problem
        known = problem is None or problem.code in codes
        result = Read({entry.name: parsed.value}, [problem] if problem and known else [])
        label = context.heading or entry.heading
        result.notes += [f"{label}: {rest}" for rest in parsed.rest]
        if year:
            result.notes.append(f"{label}: {year}")
        if parsed.value is None and not known and (text := text_of(cell)):
            result.notes.append(f"{label}: {text}")
        if entry.longest and parsed.value and len(parsed.value) > entry.longest:
            # Half an address leads nowhere; half a number is still a trace.
            address = entry.kind in (Kind.EMAIL, Kind.WEBSITE)
            result.values[entry.name] = None if address else parsed.value[: entry.longest]
            result.notes.append(f"{label}: {parsed.value}")
        return result

    return reader


def _split_year(cell: object) -> tuple[object, str | None]:
    """The number and the year of a cell such as "2103000779772 / 2024"."""
    found = _NUMBER_YEAR.match(cell.strip()) if isinstance(cell, str) else None
    return (found.group(1).rstrip(" /("), found.group(2)) if found else (cell, None)


def _unless(value: object, code: str, cell: object) -> list[Problem]:
    return [] if value is not None else [Problem(code, shown(read(cell)))]


def _nib(cell: object) -> Parsed[str]:
    return identifiers.parse_nib(cell, dash_is_placeholder=True)


def _as_written(cell: object) -> Parsed[str]:
    return Parsed(text_of(cell) or None)


_C = frozenset
_READERS: dict[Kind, Callable[[Field, object, Context], Read]] = {
    Kind.TEXT: _text,
    Kind.NAME: _name,
    Kind.PLACE: _text,
    Kind.COORDINATE: _text,
    Kind.WHOLE: _whole,
    Kind.YEAR: _year,
    Kind.QUANTITY: _quantity,
    Kind.UNIT: _unit,
    Kind.MONEY: _money,
    Kind.PERCENT: _percent,
    Kind.DATE: _date,
    Kind.LEGAL_FORM: _word(words.legal_form),
    Kind.GENDER: _word(words.gender),
    Kind.SIINAS: _word(words.siinas),
    Kind.YES_NO: _word(words.active),
    Kind.CERTIFICATE: _word(words.certificate_kind),
    Kind.CERTIFICATE_STATUS: _word(words.certificate_status),
    Kind.NIB: _parsed(
        _nib, _C({"nib_length", "nib_placeholder", "number_precision_lost",
                  "nib_leading_zero_lost"})
    ),
    Kind.NPWP: _parsed(identifiers.parse_npwp, _C({"npwp_damaged", "npwp_is_identity"})),
    Kind.KBLI: _parsed(identifiers.parse_kbli, _C({"kbli_unknown"})),
    Kind.PHONE: _parsed(
        identifiers.parse_phone, _C({"phone_invalid", "phone_damaged", "phone_multiple"})
    ),
    Kind.EMAIL: _parsed(identifiers.parse_email, _C({"email_invalid"})),
    Kind.WEBSITE: _parsed(identifiers.parse_website, _C()),
    Kind.HALAL: _parsed(identifiers.parse_halal, _C({"halal_invalid"})),
    Kind.PIRT: _parsed(identifiers.parse_pirt, _C({"pirt_invalid"})),
    Kind.NUMBER: _parsed(_as_written, _C()),
}  # fmt: skip
