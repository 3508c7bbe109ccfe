"""Operations of a migration that are carried out together, so that a new database stands sooner.

Django draws the models anew after every operation, with all that refer to them; with history, every
table is two models and three triggers, and a new database took a minute of that. The rule here:
operations of one sort that follow each other change the state first, all of them, and then the
database, so the models are drawn once. What each does is Django's own.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from pgtrigger.migrations import AddTrigger, RemoveTrigger

_SORTS = (AddConstraint, AddField, AddIndex, AddTrigger, CreateModel, RemoveTrigger)
# With fewer it is quicker to draw again the models that refer to each.
_LEAST = 3


class Together(Operation):
    """Several operations of one sort; none may need what another of them makes of the state."""

    def __init__(self, operations: list[Operation]) -> None:
        self.operations = operations
        self.reversible = all(each.reversible for each in operations)  # type: ignore[misc]

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The state after all of them; the models are drawn when they are next asked for."""
        state.__dict__.pop("apps", None)
        for each in self.operations:
            each.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Carry out each, in order."""
        for each in self.operations:
            each.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Take back each, the last one first."""
        for each in reversed(self.operations):
            each.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """What the commands say of it."""
        return f"{self.operations[0].describe()} and {len(self.operations) - 1} more"


def together(operations: Iterable[Operation]) -> list[Operation]:
    """The same operations, with long runs of one sort in one."""
    found: list[Operation] = []
    for sort, run in groupby(operations, key=type):
        several = list(run)
        if sort in _SORTS and len(several) >= _LEAST:
            found.append(Together(several))
        else:
            found += several
    return found
