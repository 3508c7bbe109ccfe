"""Saving the rows of an intake, throwing it away before, and taking it back afterwards."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry import tasks
from registry.intake import saving, undoing
from registry.models import Firm, IntakeBatch, IntakeFile, IntakeRow
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


def intake_undo(
    *, batch: IntakeBatch, reason: str, confirmed: bool = False, by: Any
) -> IntakeBatch:
    """Take back all that an intake wrote, in the background; possible for seven days.

    What was changed since stays as it is; with `confirmed`, see `registry.intake.undoing`.
    """
    if not reason.strip():
        raise ValidationError({"reason": [_("Say why the import is undone.")]})
    with held(batch, BatchState.SAVED, by=by, reason=reason) as now:
        if not may_be_undone(now):
            raise ValidationError(
                _("An import can be undone for %(days)d days; this one is older. Change the firms.")
                % {"days": undoing.DAYS}
            )
        now.options["undo"] = {"by": by.pk, "reason": reason[:200], "confirmed": confirmed}
        begin(now, BatchState.UNDOING, undoing.written_rows(now).count())
    tasks.start(now)
    now.refresh_from_db()
    return now


def may_be_undone(batch: IntakeBatch) -> bool:
    """Whether the days for undoing are not over yet."""
    last = timezone.now() - dt.timedelta(days=undoing.DAYS)
    return batch.state == BatchState.SAVED and batch.saved_at is not None and batch.saved_at > last


def undo_conflicts(batch: IntakeBatch) -> list[tuple[IntakeRow, Firm, str]]:
    """Rows whose firms were changed since, and what was changed: the first hundred."""
    return undoing.conflicts(batch)
