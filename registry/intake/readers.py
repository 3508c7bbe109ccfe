"""The reader of one column: each cell to what it says.

The rule: a cell that was read before means what it meant then, and is not read again.
"""

from __future__ import annotations

from registry.intake.cells import Context, Read, read_cell
from registry.intake.combined import READERS
from registry.intake.fields import Field
from registry.intake.reading import Cell
from registry.intake.table import Column
from registry.intake.texts import is_blank

# How many different cells of a column are kept with what they mean.
_REMEMBERED = 1000


class Reader:
    """The reader of one column; a cell that was read before is not read again."""

    __slots__ = ("_context", "_entry", "_part", "column", "index", "name", "read_before")

    def __init__(self, column: Column, entry: Field, context: Context) -> None:
        self.column, self.index, self.name = column, column.index, entry.name
        self._entry, self._context = entry, context
        self._part = READERS[column.part] if column.part else None
        # A text for itself, anything else with its type: 1 is not True.
        self.read_before: dict[object, Read] = {}

    def __call__(self, cell: Cell) -> Read:
        """What the cell says. The answer is shared: change nothing in it."""
        key = cell if type(cell) is str else (type(cell), cell)
        read = self.read_before.get(key)
        if read is None:
            if len(self.read_before) >= _REMEMBERED:
                self.read_before.clear()
            read = self.read_before[key] = self._fresh(cell)
        return read

    def _fresh(self, cell: Cell) -> Read:
        if self._part is None:
            return read_cell(self._entry, cell, self._context)
        return Read({self.name: None}) if is_blank(cell) else self._part(cell, self._context)
