"""Taking a spreadsheet in, step by step: each function is one thing a person does in the wizard.

States: columns → planning → review → saving → saved → undoing → undone; or discarded before saving.
Work of `planning`, `saving` and `undoing` goes on in the background (`registry.tasks`), in short
steps that are safe to repeat.
"""

from __future__ import annotations

from registry.services.intake.columns import intake_choose_sheet, intake_match_columns
from registry.services.intake.committing import Applied, intake_commit
from registry.services.intake.ending import (
    intake_discard,
    intake_save,
    intake_undo,
    may_be_undone,
    undo_conflicts,
)
from registry.services.intake.mending import intake_decide, intake_map_value, intake_mend_cell
from registry.services.intake.returning import Mended, intake_mended_upload
from registry.services.intake.upload import earlier_intakes, intake_upload

__all__ = [
    "Applied",
    "Mended",
    "earlier_intakes",
    "intake_choose_sheet",
    "intake_commit",
    "intake_decide",
    "intake_discard",
    "intake_map_value",
    "intake_match_columns",
    "intake_mend_cell",
    "intake_mended_upload",
    "intake_save",
    "intake_undo",
    "intake_upload",
    "may_be_undone",
    "undo_conflicts",
]
