"""Saving the rows of an intake, or throwing it away before."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry import tasks
from registry.intake import saving
from registry.models import IntakeBatch, IntakeFile
from registry.models.intake import BatchState
from registry.services.intake.base import begin, held


def intake_save(*, batch: IntakeBatch, all_or_nothing: bool = False, by: Any) -> IntakeBatch:
    """Save every row that is settled, in the background; what is not settled stays open.

    With `all_or_nothing` nothing starts while a row has errors or waits for a decision. Rows that
    were mended after a first saving are saved by saving again.
    """
    with held(batch, BatchState.REVIEW, BatchState.SAVED, by=by) as now:
        if all_or_nothing and (open_rows := saving.open_rows(now).count()):
            raise ValidationError(
                ngettext(
                    "%(n)d row has errors or waits for a decision. Settle it, or save the others.",
                    "%(n)d rows have errors or wait for a decision. "
                    "Settle them, or save the others.",
                    open_rows,
                )
                % {"n": open_rows}
            )
        total = saving.ready(now).count()
        if not total:
            raise ValidationError(_("There is no row to save."))
        now.options["saved_by"] = by.pk
        begin(now, BatchState.SAVING, total)
    tasks.start(now)
    now.refresh_from_db()
    return now


def intake_discard(*, batch: IntakeBatch, by: Any) -> IntakeBatch:
    """Throw an intake away before anything of it is saved; who did so stays on record."""
    with held(batch, BatchState.COLUMNS, BatchState.REVIEW, by=by) as now:
        now.rows.all()._raw_delete(now.rows.db)
        IntakeFile.objects.filter(batch=now).delete()
        now.table = {"sheets": now.table.get("sheets", [])}
        now.state = BatchState.DISCARDED
    return now
