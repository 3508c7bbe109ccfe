"""Taking a spreadsheet in, step by step: each function is one thing a person does in the wizard.

States: columns → planning → review → saving → saved → undoing → undone; or discarded before saving.
Work of `planning`, `saving` and `undoing` goes on in the background (`registry.tasks`), in short
steps that are safe to repeat.
"""

from __future__ import annotations

from typing import Any


def _missing(**_kwargs: Any) -> Any:
    raise NotImplementedError


intake_upload = intake_choose_sheet = intake_match_columns = intake_mend_cell = _missing
intake_map_value = intake_decide = intake_save = intake_mended_upload = _missing
intake_discard = intake_undo = _missing


def earlier_intakes(batch: Any) -> list[Any]:
    return []


def undo_conflicts(batch: Any) -> list[Any]:
    return []
