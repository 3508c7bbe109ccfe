"""What every step of an intake does: ask the policy, hold the batch, refuse what does not fit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import policy
from registry.models import IntakeBatch
from registry.models.intake import BatchState
from registry.services.base import require, writing

S = BatchState


@contextmanager
def held(
    batch: IntakeBatch, *states: BatchState, by: Any, reason: str = ""
) -> Iterator[IntakeBatch]:
    """The batch as it stands now, for this step alone; saved when the step is done."""
    why = reason or _("Intake of %(file)s") % {"file": batch.file_name}
    with writing(by=by, reason=why[:200], batch=batch.pk):
        now = IntakeBatch.objects.select_for_update().get(pk=batch.pk)
        require(by, policy.Action.ADD, now)
        if now.state not in states:
            raise ValidationError(_refusal(now))
        yield now
        now.save()


def begin(batch: IntakeBatch, state: BatchState, total: int) -> None:
    """Set the batch to work; the task itself is started once the step is written."""
    batch.state, batch.done, batch.total = state, 0, total
    batch.beat, batch.failure = timezone.now(), ""


def _refusal(batch: IntakeBatch) -> str:
    told = {
        S.COLUMNS: _("This import still waits for its columns. Match the columns first."),
        S.PLANNING: _("The rows of this import are being read. Wait until that is done."),
        S.REVIEW: _("The rows of this import have not been saved yet. Check and save them first."),
        S.SAVING: _("This import is being saved. Wait until that is done."),
        S.SAVED: _("This import has been saved. Upload the sheet again to take it in anew."),
        S.UNDOING: _("This import is being undone. Wait until that is done."),
        S.UNDONE: _("This import has been undone. Upload the sheet again to take it in anew."),
        S.DISCARDED: _("This import has been discarded. Upload the sheet again."),
    }
    return told[BatchState(batch.state)]
