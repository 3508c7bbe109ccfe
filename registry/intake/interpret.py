"""From the rows of a table to canonical values, row by row.

The rule: every error of a row is listed, not the first only; what concerns the column as a whole
(its unit, its marks, its median) is settled from the whole column.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from registry import identifiers
from registry.identifiers import Problem
from registry.intake.amounts import mark_implausible
from registry.intake.cells import Context
from registry.intake.combined import joined_address
from registry.intake.cores import spread
from registry.intake.fields import MONEY, Kind
from registry.intake.meanings import UNITS
from registry.intake.numbers import commas_group_thousands
from registry.intake.official import Reference
from registry.intake.papers import check_number, name_kind
from registry.intake.places import Place
from registry.intake.readers import Reader
from registry.intake.reading import Cell, Row
from registry.intake.rows import LEVELS, filled_cells, group_of, no_firm_check, under
from registry.intake.table import ADDRESS_PARTS, Column, Table
from registry.intake.texts import is_blank, text_of, without_identities
from registry.intake.understood import Draft, Found, Interpretation, Options
from registry.messages import level_of
from registry.names import is_generic

__all__ = [
    "Draft", "Found", "Interpretation", "Interpreter", "Options", "Reference", "interpret",
]  # fmt: skip

Also = Callable[[list[Draft]], Any]
_COUNTED = (Kind.WHOLE, Kind.QUANTITY, Kind.MONEY)
_WITH_NEIGHBOURS = (Kind.PLACE, Kind.COORDINATE)
# So many rows are read at a time.
_PART = 1000


class Interpreter:
    """Reads the rows of one table."""

    def __init__(
        self, table: Table, options: Options, reference: Reference, today: dt.date
    ) -> None:
        self.table, self.options, self.reference, self.today = table, options, reference, today
        self.fields = table.kind.by_name
        self.result = Interpretation()
        # The places under whose headings a row stands, by level.
        self._groups: dict[int, dict[str, str]] = {}
        # The names of places as read: they come again and again.
        self._texts: dict[str, str] = {}
        self._pieces = [column for column in table.columns if column.part in ADDRESS_PARTS]
        self._certificates = {
            column.index
            for column in table.columns
            if column.field and self.fields[column.field].kind in (Kind.HALAL, Kind.NUMBER)
        }

    def run(self, also: Also) -> Interpretation:
        """Read every row."""
        places = self.reference.places
        is_no_firm = no_firm_check(self.table, places)
        rows = []
        groups: dict[str, str] = {}
        for row in self.table.rows:
            if is_no_firm(row):
                self.result.skipped.append(row.number)
                without_identities(row.cells)
                if group := group_of(filled_cells(row), places, {}):
                    groups = under(groups, group)
            else:
                rows.append(row)
                if groups:
                    self._groups[row.number] = groups
        columns = [
            column
            for column in self.table.columns
            if column.field and self.fields[column.field].kind not in _WITH_NEIGHBOURS
        ]
        readers = [
            Reader(column, self.fields[column.field or ""], self._context(column, rows))
            for column in columns
            if column.part not in ADDRESS_PARTS
        ]
        starts = range(0, len(rows), _PART)
        parts = spread(partial(self._part, rows, readers, also), starts)
        for start, (drafts, undeclared, more) in zip(starts, parts, strict=True):
            self._take(rows[start : start + _PART], drafts, undeclared)
            self.result.also.append(more)
        for column in self.table.columns:
            if column.field in MONEY:
                mark_implausible(self.result.drafts, column)
        return self.result

    def _context(self, column: Column, rows: Sequence[Row]) -> Context:
        entry = self.fields[column.field or ""]
        if entry.kind is Kind.MONEY and entry.name in self.options.money_units:
            column.unit = self.options.money_units[entry.name]
        if column.commas is None and entry.kind in _COUNTED:
            column.commas = commas_group_thousands(row.cell(column.index) for row in rows)
        return Context(
            today=self.today,
            units=self.reference.units,
            factor=UNITS.get(column.unit or "") if entry.kind is Kind.MONEY else 1,
            commas=bool(column.commas),
            number_year=column.numbered_by_year,
            heading=column.heading,
            times=column.times,
        )

    def _part(
        self, rows: Sequence[Row], readers: Sequence[Reader], also: Also, start: int
    ) -> tuple[list[Draft], list[int], Any]:
        """Some rows as drafts, with their cells where they lost some; the open columns; and more.

        It may run in another process: nothing that it sets is seen but what it returns.
        """
        names = dict.fromkeys(reader.name for reader in readers)
        undeclared: dict[int, None] = {}
        drafts = []
        for row in rows[start : start + _PART]:
            draft = self._draft(row, readers, dict(names), undeclared)
            draft.cells = row.cells if without_identities(row.cells, self._certificates) else ()
            draft.work_out()
            drafts.append(draft)
        return drafts, list(undeclared), also(drafts)

    def _take(self, rows: Sequence[Row], drafts: list[Draft], undeclared: list[int]) -> None:
        """Add a part that was read to the answer."""
        for row, draft in zip(rows, drafts, strict=True):
            if draft.cells:
                row.cells = list(draft.cells)
            draft.cells = row.cells
        self.result.drafts += drafts
        for index in undeclared:
            column = next(each for each in self.table.columns if each.index == index)
            if column not in self.result.undeclared:
                self.result.undeclared.append(column)

    def _draft(
        self,
        row: Row,
        readers: Sequence[Reader],
        values: dict[str, Any],
        undeclared: dict[int, None],
    ) -> Draft:
        draft = Draft(row.number, values)
        notes: list[str] = []
        hints: dict[str, Any] = {}
        cells, width = row.cells, len(row.cells)
        for reader in readers:
            cell = cells[reader.index] if reader.index < width else None
            if cell is None:
                continue
            read = reader.read_before.get(cell) if type(cell) is str else None
            read = read or reader(cell)
            values[reader.name] = read.values[reader.name]
            if len(read.values) > 1:
                hints |= read.values
            if read.problems:
                letter = reader.column.letter
                draft.found += [Found(problem, letter) for problem in read.problems]
            notes += read.notes
            if read.undeclared:
                undeclared[reader.index] = None
        # "PT" in the name, "kg" behind the quantity: said by the way, where no column says it.
        for name, value in hints.items():
            values[name] = value if values.get(name) is None else values[name]
        self._finish(draft, row, notes)
        return draft

    def _finish(self, draft: Draft, row: Row, notes: list[str]) -> None:
        values, fields = draft.values, self.fields
        self._check_name(draft)
        if values.get("workers_male") is not None or values.get("workers_female") is not None:
            values.pop("workers_total", None)
        if "data_year" in fields:
            values["data_year"] = values.get("data_year") or self.options.year or self.today.year
        if self._pieces:
            pieces = [
                (column.part, row.cell(column.index)) for column in self._pieces if column.part
            ]
            values["address"] = joined_address(values.get("address") or "", pieces) or None
        if "kbli" in fields:
            self._kbli(draft)
        self._place(draft, row)
        self._point(draft, row)
        if "certificate_kind" in fields:
            name_kind(draft, self.table, self._letter)
        notes += check_number(draft, self._letter, self.reference.places, self.today)
        if values.get("notes"):
            notes.insert(0, values["notes"])
        values["notes"] = "; ".join(notes) or None

    def _check_name(self, draft: Draft) -> None:
        """A firm has a name of its own; another row needs at least something to find its firm."""
        values = draft.values
        if not self.table.kind.makes_firms:
            if not values.get("nib") and not values.get("name"):
                draft.found.append(Found(Problem("firm_unknown", variant="firm_unnamed")))
        elif not values.get("name"):
            draft.found.append(Found(Problem("name_missing"), self._letter("name")))
        elif is_generic(values["name"], values.get("product")):
            problem = Problem("name_generic", {"value": values["name"]})
            draft.found.append(Found(problem, self._letter("name")))

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
        groups = self._groups.get(row.number, {})
        texts = [
            self._text(row, name) if name in self.table.by_field else groups.get(level, "")
            for level, name in ((level, f"{level}_code") for level in LEVELS)
        ]
        address = draft.values.get("address") or ""
        place: Place = self.reference.places.resolve(
            *texts, address=address, default=self.options.regency
        )
        draft.values.update(
            regency_code=place.regency, district_code=place.district, village_code=place.village
        )
        if address:
            draft.values["address"] = self.reference.places.address_rest(address, place) or None
        for name, problem in place.problems:
            # Where a firm is, its own row says: another kind of rows may leave it out.
            if self.table.kind.makes_firms or level_of(problem.code) != "error":
                draft.found.append(Found(problem, self._letter(name)))

    def _point(self, draft: Draft, row: Row) -> None:
        if not {"latitude", "longitude"} & set(self.table.by_field):
            return
        latitude, longitude = self._raw(row, "latitude"), self._raw(row, "longitude")
        if self.table.by_field.get("latitude") is self.table.by_field.get("longitude"):
            longitude = None
        parsed = identifiers.parse_coordinates(latitude, longitude)
        point = parsed.value
        draft.values["latitude"] = str(point.latitude) if point else None
        draft.values["longitude"] = str(point.longitude) if point else None
        if parsed.problem:
            letter = self._letter("latitude") or self._letter("longitude")
            draft.found.append(Found(parsed.problem, letter))

    def _raw(self, row: Row, name: str) -> Cell:
        column = self.table.by_field.get(name)
        return row.cell(column.index) if column else None

    def _text(self, row: Row, name: str) -> str:
        cell = self._raw(row, name)
        if not isinstance(cell, str):
            return "" if is_blank(cell) else text_of(cell)
        text = self._texts.get(cell)
        if text is None:
            text = self._texts[cell] = "" if is_blank(cell) else text_of(cell)
        return text

    def _letter(self, name: str) -> str | None:
        column = self.table.by_field.get(name)
        return column.letter if column else None


def interpret(
    table: Table,
    options: Options,
    reference: Reference,
    *,
    today: dt.date,
    also: Also = lambda _drafts: None,
) -> Interpretation:
    """Read every row of a table. `also` is asked about some hundred rows at a time, on any core."""
    return Interpreter(table, options, reference, today).run(also)
