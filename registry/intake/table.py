"""A table as it was found in a sheet: its columns, what they mean and how sure that is."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from dataclasses import field as made
from enum import StrEnum
from functools import lru_cache

from registry.intake.columns import column_letter
from registry.intake.kinds import FIRMS, RowKind
from registry.intake.reading import Row


@lru_cache(maxsize=8192, typed=True)
def fold(text: object) -> str:
    """A heading for comparing: lower case, letters, digits and %, single spaces."""
    plain = unicodedata.normalize("NFKD", str(text).casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^a-z0-9%]+", " ", plain).split())


class Sureness(StrEnum):
    """How sure the meaning of a column is."""

    MATCH = "match"
    GUESS = "guess"
    CHOSEN = "chosen"
    NONE = ""


class Part(StrEnum):
    """What a column holds that is not one field: several in a cell, or a piece of one."""

    WORKERS = "workers_split"
    POINT = "coordinates"
    NAME_OWNER = "name_owner"
    OWNER_NAME = "owner_firm"
    RT = "rt"
    RW = "rw"
    RT_RW = "rt_rw"
    BLOCK = "block"


# The fields that a column of each sort fills.
PART_FIELDS = {
    Part.WORKERS: ("workers_male", "workers_female"),
    Part.POINT: ("latitude", "longitude"),
    Part.NAME_OWNER: ("name", "owner_name"),
    Part.OWNER_NAME: ("name", "owner_name"),
    Part.RT: ("address",),
    Part.RW: ("address",),
    Part.RT_RW: ("address",),
    Part.BLOCK: ("address",),
}
ADDRESS_PARTS = (Part.BLOCK, Part.RT, Part.RW, Part.RT_RW)


@dataclass(slots=True)
class Column:
    """A column of the sheet: its heading as written, and what it means.

    `times` is what makes a year of its figures: 12 where they are of a month, nothing where they
    are of a day or a week, which no rule can make a year of. `samples` are a few of its values.
    """

    index: int
    heading: str
    field: str | None = None
    unit: str | None = None
    dropped: str | None = None
    numbered_by_year: bool = False
    part: Part | None = None
    times: int | None = 1
    sure: Sureness = Sureness.NONE
    samples: list[str] = made(default_factory=list)
    # What only the whole column tells; settled once, so that a row can be read again alone.
    commas: bool | None = None
    median: float | None = None

    @property
    def letter(self) -> str:
        """The letters that the spreadsheet program shows."""
        return column_letter(self.index)

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field that it fills."""
        if self.part is not None:
            return PART_FIELDS[self.part]
        return (self.field,) if self.field else ()


@dataclass(slots=True)
class Table:
    """The header and the rows below it, without any cell of a dropped column."""

    sheet: str | None
    header_row: int
    columns: list[Column]
    rows: list[Row]
    by_field: dict[str, Column] = made(default_factory=dict)
    kind: RowKind = FIRMS
    # What stands above the header, and the name of the sheet.
    titles: list[str] = made(default_factory=list)

    def index_fields(self) -> None:
        """Note which column has which field; pieces of an address are no column of their own."""
        self.by_field = {}
        for column in self.columns:
            if column.part not in ADDRESS_PARTS:
                for name in column.fields:
                    self.by_field.setdefault(name, column)
        for column in self.columns:
            if column.field and column.part is None:
                self.by_field[column.field] = column
