"""From the rows of a table to canonical values, row by row.

The rule: every error of a row is listed, not the first only; what concerns the column as a whole
(its unit, its marks, its median) is settled from the whole column.
"""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from registry import identifiers
from registry.identifiers import Problem
from registry.intake.cells import Context, Read, is_blank, read_cell, text_of
from registry.intake.fields import BY_NAME, MONEY, Field, Kind
from registry.intake.headings import UNITS, Column, Table
from registry.intake.numbers import commas_group_thousands
from registry.intake.places import Place, PlaceIndex
from registry.intake.reading import Cell, Row
from registry.intake.rows import no_firm_check
from registry.messages import level_of
from registry.names import is_generic

_COUNTED = (Kind.WHOLE, Kind.QUANTITY, Kind.MONEY)
_WITH_NEIGHBOURS = (Kind.PLACE, Kind.COORDINATE)
_IMPLAUSIBLE = 1000
_LEAST_FOR_MEDIAN = 5
# How many different cells of a column are kept with what they mean.
_REMEMBERED = 5000


@dataclass(frozen=True, slots=True)
class Options:
    """What the person says about the file."""

    sheet: str | None = None
    regency: str = ""
    year: int | None = None
    kbli_edition: str = "2020"
    money_units: Mapping[str, str] = field(default_factory=dict)
    mapping: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reference:
    """The official lists: places, codes of KBLI by edition, spellings of units."""

    places: PlaceIndex
    kbli: Mapping[str, frozenset[str]]
    units: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """A problem and the column in which it stands, where it stands in one."""

    problem: Problem
    column: str | None = None

    @property
    def is_error(self) -> bool:
        """Whether it keeps the row from being saved."""
        return level_of(self.problem.code) == "error"


@dataclass(slots=True)
class Draft:
    """A row as it was read."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    found: list[Found] = field(default_factory=list)

    @property
    def has_errors(self) -> bool:
        """Whether anything keeps the row from being saved."""
        return any(found.is_error for found in self.found)


@dataclass(slots=True)
class Interpretation:
    """All rows of a table, the rows that are no firms, and the columns with an open question."""

    drafts: list[Draft] = field(default_factory=list)
    skipped: list[int] = field(default_factory=list)
    undeclared: list[Column] = field(default_factory=list)


class _Reader:
    """The reader of one column; a cell that was read before is not read again."""

    __slots__ = ("_context", "_entry", "_read", "column", "index", "name")

    def __init__(self, column: Column, entry: Field, context: Context) -> None:
        self.column, self.index, self.name = column, column.index, entry.name
        self._entry, self._context = entry, context
        self._read: dict[object, Read] = {}

    def __call__(self, cell: Cell) -> Read:
        """What the cell says. The answer is shared: change nothing in it."""
        key = cell if type(cell) is str else (type(cell), cell)
        read = self._read.get(key)
        if read is None:
            if len(self._read) >= _REMEMBERED:
                self._read.clear()
            read = self._read[key] = read_cell(self._entry, cell, self._context)
        return read


class Interpreter:
    """Reads the rows of one table."""

    def __init__(
        self, table: Table, options: Options, reference: Reference, today: dt.date
    ) -> None:
        self.table, self.options, self.reference, self.today = table, options, reference, today
        self.result = Interpretation()

    def run(self) -> Interpretation:
        """Read every row."""
        is_no_firm = no_firm_check(self.table)
        rows = []
        for row in self.table.rows:
            if is_no_firm(row):
                self.result.skipped.append(row.number)
            else:
                rows.append(row)
        readers = [
            _Reader(column, BY_NAME[column.field], self._context(column, rows))
            for column in self.table.columns
            if column.field and BY_NAME[column.field].kind not in _WITH_NEIGHBOURS
        ]
        names = dict.fromkeys(reader.name for reader in readers)
        self.result.drafts = [self._draft(row, readers, dict(names)) for row in rows]
        for column in self.table.columns:
            if column.field in MONEY:
                _mark_implausible(self.result.drafts, column)
        return self.result

    def _context(self, column: Column, rows: Sequence[Row]) -> Context:
        entry = BY_NAME[column.field or ""]
        if entry.kind is Kind.MONEY and entry.name in self.options.money_units:
            column.unit = self.options.money_units[entry.name]
        if column.commas is None and entry.kind in _COUNTED:
            column.commas = commas_group_thousands(_cell(row, column) for row in rows)
        return Context(
            today=self.today,
            units=self.reference.units,
            factor=UNITS.get(column.unit or "") if entry.kind is Kind.MONEY else 1,
            commas=bool(column.commas),
            number_year=column.numbered_by_year,
            heading=column.heading,
        )

    def _draft(self, row: Row, readers: Sequence[_Reader], values: dict[str, Any]) -> Draft:
        draft = Draft(row.number, values)
        notes: list[str] = []
        hints: dict[str, Any] = {}
        cells, width = row.cells, len(row.cells)
        for reader in readers:
            cell = cells[reader.index] if reader.index < width else None
            if cell is None:
                continue
            read = reader(cell)
            values[reader.name] = read.values[reader.name]
            if len(read.values) > 1:
                hints |= read.values
            if read.problems:
                letter = reader.column.letter
                draft.found += [Found(problem, letter) for problem in read.problems]
            notes += read.notes
            if read.undeclared and reader.column not in self.result.undeclared:
                self.result.undeclared.append(reader.column)
        # "PT" in the name, "kg" behind the quantity: said by the way, where no column says it.
        for name, value in hints.items():
            values[name] = values.get(name) or value
        self._finish(draft, row, notes)
        return draft

    def _finish(self, draft: Draft, row: Row, notes: list[str]) -> None:
        values = draft.values
        if not values.get("name"):
            draft.found.append(Found(Problem("name_missing"), self._letter("name")))
        elif is_generic(values["name"], values.get("product")):
            problem = Problem("name_generic", {"value": values["name"]})
            draft.found.append(Found(problem, self._letter("name")))
        if values.get("workers_male") is not None or values.get("workers_female") is not None:
            values.pop("workers_total", None)
        values["data_year"] = values.get("data_year") or self.options.year or self.today.year
        self._kbli(draft)
        self._place(draft, row)
        self._point(draft, row)
        if values.get("notes"):
            notes.insert(0, values["notes"])
        values["notes"] = "; ".join(notes) or None

    def _kbli(self, draft: Draft) -> None:
        code, edition = draft.values.get("kbli"), self.options.kbli_edition
        if code is None:
            return
        if code not in self.reference.kbli.get(edition, frozenset()):
            others = [e for e, codes in self.reference.kbli.items() if code in codes]
            problem = Problem("kbli_unknown", {"value": code})
            if others:
                params = {"value": code, "edition": others[0]}
                problem = Problem("kbli_unknown", params, "kbli_other_edition")
            draft.found.append(Found(problem, self._letter("kbli")))
            draft.values["kbli"] = None
            return
        draft.values["kbli_edition"] = edition
        if not identifiers.is_industry(code):
            problem = Problem("kbli_not_industry", {"value": code})
            draft.found.append(Found(problem, self._letter("kbli")))

    def _place(self, draft: Draft, row: Row) -> None:
        texts = [self._text(row, f"{level}_code") for level in ("regency", "district", "village")]
        address = draft.values.get("address") or ""
        place: Place = self.reference.places.resolve(
            *texts, address=address, default=self.options.regency
        )
        draft.values.update(
            regency_code=place.regency, district_code=place.district, village_code=place.village
        )
        if address:
            draft.values["address"] = self.reference.places.address_rest(address, place) or None
        draft.found += [Found(problem, self._letter(name)) for name, problem in place.problems]

    def _point(self, draft: Draft, row: Row) -> None:
        if not {"latitude", "longitude"} & set(self.table.by_field):
            return
        latitude, longitude = self._raw(row, "latitude"), self._raw(row, "longitude")
        parsed = identifiers.parse_coordinates(latitude, longitude)
        point = parsed.value
        draft.values["latitude"] = str(point.latitude) if point else None
        draft.values["longitude"] = str(point.longitude) if point else None
        if parsed.problem:
            letter = self._letter("latitude") or self._letter("longitude")
            draft.found.append(Found(parsed.problem, letter))

    def _raw(self, row: Row, name: str) -> Cell:
        column = self.table.by_field.get(name)
        return _cell(row, column) if column else None

    def _text(self, row: Row, name: str) -> str:
        cell = self._raw(row, name)
        return "" if is_blank(cell) else text_of(cell)

    def _letter(self, name: str) -> str | None:
        column = self.table.by_field.get(name)
        return column.letter if column else None


def interpret(
    table: Table, options: Options, reference: Reference, *, today: dt.date
) -> Interpretation:
    """Read every row of a table."""
    return Interpreter(table, options, reference, today).run()


def _cell(row: Row, column: Column) -> Cell:
    return row.cells[column.index] if column.index < len(row.cells) else None


def _mark_implausible(drafts: Sequence[Draft], column: Column) -> None:
    """Amounts more than 1,000 times the median of the column, or less than a thousandth of it."""
    if column.median is None:
        amounts = [amount for draft in drafts if (amount := draft.values.get(column.field or ""))]
        if len(amounts) < _LEAST_FOR_MEDIAN:
            return
        column.median = float(statistics.median(amounts))
    median = column.median
    for draft in drafts:
        amount = draft.values.get(column.field or "")
        if amount and not median / _IMPLAUSIBLE <= amount <= median * _IMPLAUSIBLE:
            shown = f"Rp {amount:,}".replace(",", ".")
            problem = Problem("money_implausible", {"value": shown})
            draft.found.append(Found(problem, column.letter))
