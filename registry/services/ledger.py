"""Many rows added and changed at once, and a record of exactly what was written.

The rule: a bulk write asks the policy for every row, as it was and as it will be, runs in the
transaction of its caller, and can tell row by row what stood before. History has every change,
for triggers write it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from typing import Any

from django.db import models

from accounts.policy import Action
from registry.services.base import require
from registry.services.bulk import insert_rows, remove_rows, update_rows

# [model, key, fields before (None where the row was added), fields after]
Entry = tuple[str, int, dict[str, Any] | None, dict[str, Any]]


class Ledger:
    """What is to be written, and for whom. `note` groups the entries, one group a sheet's row."""

    def __init__(self, by: Any) -> None:
        self.by = by
        self._added: dict[type[models.Model], list[tuple[models.Model, Hashable]]] = {}
        self._rounds: list[dict[models.Model, dict[str, tuple[Any, Any]]]] = [{}, {}]
        self._notes: dict[models.Model, Hashable] = {}
        self._removed: dict[type[models.Model], set[int]] = defaultdict(set)

    def add(self, row: models.Model, note: Hashable) -> None:
        """Add a row; models are added in the order in which they were first named."""
        self._added.setdefault(type(row), []).append((row, note))

    def set(self, row: models.Model, note: Hashable, *, late: bool = False, **values: Any) -> None:
        """Change fields (by column name) of a row on record; late ones after all others."""
        require(self.by, Action.CHANGE, row)
        changes = self._rounds[late].setdefault(row, {})
        for name, value in values.items():
            before = changes[name][0] if name in changes else getattr(row, name)
            changes[name] = (before, value)
            setattr(row, name, value)
        self._notes[row] = note

    def remove(self, row: models.Model) -> None:
        """Take a row away that the very same intake has added; its history stays.

        Nobody else deletes a firm: so the right to add it is asked for, not the one to delete.
        """
        require(self.by, Action.ADD, row)
        self._removed[type(row)].add(row.pk)

    def write(self) -> None:
        """Write all of it."""
        remove_rows(self._removed)
        self._update(self._rounds[0])
        for model, rows in self._added.items():
            for row, _note in rows:
                require(self.by, Action.ADD, row)
            insert_rows(model, [row for row, _note in rows])
        self._update(self._rounds[1])

    def _update(self, changes: dict[models.Model, dict[str, tuple[Any, Any]]]) -> None:
        by_model: dict[type[models.Model], list[models.Model]] = defaultdict(list)
        columns: dict[type[models.Model], set[str]] = defaultdict(set)
        for row, changed in changes.items():
            require(self.by, Action.CHANGE, row)
            by_model[type(row)].append(row)
            columns[type(row)] |= changed.keys()
        for model, rows in by_model.items():
            update_rows(model, rows, columns[model])

    def entries(self) -> dict[Hashable, list[Entry]]:
        """What was written, by note; call it after `write`."""
        told: dict[Hashable, list[Entry]] = defaultdict(list)
        for changes in self._rounds:
            for row, changed in changes.items():
                before = {name: old for name, (old, _new) in changed.items()}
                after = {name: new for name, (_old, new) in changed.items()}
                told[self._notes[row]].append((row._meta.label_lower, row.pk, before, after))
        for rows in self._added.values():
            for row, note in rows:
                told[note].append((row._meta.label_lower, row.pk, None, {}))
        return told


def added(rows: list[models.Model]) -> list[Entry]:
    """The entries of rows that were added."""
    return [(row._meta.label_lower, row.pk, None, {}) for row in rows]
