"""What a person says about a file, and what was understood of its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from registry.identifiers import Problem
from registry.intake.keys import row_key
from registry.intake.reading import Cell
from registry.intake.table import Column
from registry.messages import level_of
from registry.names import name_key


@dataclass(frozen=True, slots=True)
class Options:
    """What the person says about the file."""

    kind: str = "firms"
    sheet: str | None = None
    regency: str = ""
    year: int | None = None
    kbli_edition: str = "2020"
    money_units: Mapping[str, str] = field(default_factory=dict)
    mapping: Mapping[str, str] = field(default_factory=dict)


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
    # The cells as they stood in the row, less every identity number of a person.
    cells: Sequence[Cell] = ()

    _key: str | None = field(default=None, init=False, repr=False, compare=False)
    _names: tuple[str, str] | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def key(self) -> str:
        """What identifies the row beside its NIB (`keys.row_key`); the values stay as they are."""
        if self._key is None:
            self._key = row_key(self.values)
        return self._key

    @property
    def names(self) -> tuple[str, str]:
        """The names of firm and owner for comparing."""
        if self._names is None:
            values = self.values
            self._names = (
                name_key(values.get("name") or ""),
                name_key(values.get("owner_name") or ""),
            )
        return self._names

    def work_out(self) -> None:
        """Settle now what the values tell, so that it is kept with the row."""
        self.key, self.names  # noqa: B018

    @property
    def has_errors(self) -> bool:
        """Whether anything keeps the row from being saved."""
        return any(found.is_error for found in self.found)


@dataclass(slots=True)
class Interpretation:
    """All rows of a table, the rows that are no firms, and the columns with an open question.

    `also` is what was asked about the rows while they were read, part by part.
    """

    drafts: list[Draft] = field(default_factory=list)
    skipped: list[int] = field(default_factory=list)
    undeclared: list[Column] = field(default_factory=list)
    also: list[Any] = field(default_factory=list)
