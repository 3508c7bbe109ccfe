"""One step of whatever goes on with an intake in the background.

The rule: a step is one transaction that also notes how far the work is, and one worker at a time
takes steps of a batch. So whatever is killed, at whatever moment, at most one step is done anew,
and none twice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from registry.intake.planning import plan_batch
from registry.intake.saving import save_chunk
from registry.intake.undoing import undo_chunk
from registry.models import IntakeBatch
from registry.models.intake import BatchState
from registry.services.base import SYSTEM, writing

log = logging.getLogger(__name__)
_LOCK = 0x696E7461  # the advisory locks of intakes: this and the number of the batch
FAILED = _(
    "The work stopped because of a fault of this program: %(fault)s. Nothing of the rows is lost. "
    "Try again; if it stops again, tell whoever runs the program."
)
_BACK = {
    BatchState.PLANNING: BatchState.COLUMNS,
    BatchState.SAVING: BatchState.REVIEW,
    BatchState.UNDOING: BatchState.SAVED,
}


def step(pk: int) -> bool:
    """Take the next step of a batch; False when there is nothing more to do, or not here."""
    batch = IntakeBatch.objects.filter(pk=pk).first()
    if batch is None or not batch.at_work:
        return False
    steps = STEPS[BatchState(batch.state)]
    with _alone(pk) as alone:
        if not alone:
            return False
        try:
            return steps(batch)
        except OperationalError:
            raise  # the database went away: the next worker goes on
        except Exception as error:
            log.exception("intake %s stopped", pk)
            _fail(pk, error)
            return False


def _plan(batch: IntakeBatch) -> bool:
    by = actor(batch)
    with _writing(batch, by):
        now = IntakeBatch.objects.select_for_update().get(pk=batch.pk)
        if now.state != BatchState.PLANNING:
            return False
        plan_batch(now, by)
        now.state, now.done, now.beat = BatchState.REVIEW, now.total, timezone.now()
        now.save()
    return False


def _save(batch: IntakeBatch) -> bool:
    by = actor(batch)
    with _writing(batch, by):
        now = IntakeBatch.objects.select_for_update().get(pk=batch.pk)
        if now.state != BatchState.SAVING:
            return False
        goes_on = save_chunk(now, by, reason(now))
        now.beat = timezone.now()
        now.save()
    return goes_on


def _undo(batch: IntakeBatch) -> bool:
    by = actor(batch)
    with writing(by=by, reason=batch.options["undo"]["reason"], batch=batch.pk):
        now = IntakeBatch.objects.select_for_update().get(pk=batch.pk)
        if now.state != BatchState.UNDOING:
            return False
        goes_on = undo_chunk(now, by, confirmed=now.options["undo"]["confirmed"])
        now.beat = timezone.now()
        now.save()
    return goes_on


STEPS: dict[BatchState, Callable[[IntakeBatch], bool]] = {
    BatchState.PLANNING: _plan,
    BatchState.SAVING: _save,
    BatchState.UNDOING: _undo,
}


def actor(batch: IntakeBatch) -> Any:
    """Whoever the work is done for: their rights at this moment count."""
    pk = batch.options.get("saved_by") or batch.taken_by_id
    if batch.state == BatchState.UNDOING:
        pk = batch.options["undo"]["by"]
    return SYSTEM if pk is None else User.objects.get(pk=pk)


def reason(batch: IntakeBatch) -> str:
    """What the history says of every row that an intake writes."""
    return (str(_("Import %(file)s")) % {"file": batch.file_name})[:200]


def _writing(batch: IntakeBatch, by: Any) -> Any:
    return writing(by=by, reason=reason(batch), batch=batch.pk)


def _fail(pk: int, error: Exception) -> None:
    with transaction.atomic():
        now: IntakeBatch = IntakeBatch.objects.select_for_update().get(pk=pk)
        now.state = _BACK.get(BatchState(now.state), now.state)
        now.failure = str(FAILED) % {"fault": f"{type(error).__name__}: {error}"[:300]}
        now.save()


@contextmanager
def _alone(pk: int) -> Iterator[bool]:
    """Whether this connection may work on the batch now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCK, pk])
        (alone,) = cursor.fetchone()
    try:
        yield alone
    finally:
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCK, pk])
