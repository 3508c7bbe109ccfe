"""One step of whatever goes on with an intake in the background.

The rule: a step is one transaction that also notes how far the work is, and one worker at a time
takes steps of a batch. So whatever is killed, at whatever moment, at most one step is done anew,
and none twice. Where there is a core for it, a helper saves a share of its own in each step.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

from django.db import OperationalError, connection, transaction
from django.db.models import F
from django.db.models.functions import Least
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from registry.intake import cores
from registry.intake.kinds import KINDS
from registry.intake.planning import plan_batch
from registry.intake.saving import save_chunk, save_share
from registry.intake.turns import holder, in_turn, may_share
from registry.intake.undoing import undo_chunk
from registry.models import IntakeBatch
from registry.models.intake import BatchState
from registry.services.base import SYSTEM, writing

log = logging.getLogger(__name__)
_LOCK = 0x696E7461  # the advisory locks of intakes: this and the number of the batch
LEAST_FOR_TWO = 2000  # with fewer rows to save a helper is not worth its start
FAILED = _(
    "The work stopped because of a fault of this program: %(fault)s. Nothing of the rows is lost. "
    "Try again; if it stops again, tell whoever runs the program."
)
_BACK = {
    BatchState.PLANNING: BatchState.COLUMNS,
    BatchState.SAVING: BatchState.REVIEW,
    BatchState.UNDOING: BatchState.SAVED,
}


def run(pk: int, seconds: float | None = None) -> bool:
    """Take steps of a batch until it is done or the time is over; whether more is to be done."""
    until = None if seconds is None else time.monotonic() + seconds
    with _helper(pk) as helper:
        while step(pk, helper):
            if until is not None and time.monotonic() > until:
                return True
    return False


def step(pk: int, helper: cores.Helper | None = None) -> bool:
    """Take the next step of a batch; False when there is nothing more to do, or not here."""
    batch = IntakeBatch.objects.filter(pk=pk).first()
    if batch is None or not batch.at_work:
        return False
    with _alone(pk) as alone:
        if not alone:
            return False
        try:
            if batch.state == BatchState.SAVING:
                return _save(batch, None if helper is None or helper.lost else helper)
            return STEPS[BatchState(batch.state)](batch)
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


def _save(batch: IntakeBatch, helper: cores.Helper | None) -> bool:
    by = actor(batch)
    with in_turn():
        with _writing(batch, by):
            now = IntakeBatch.objects.select_for_update().get(pk=batch.pk)
            if now.state != BatchState.SAVING:
                return False
            ask = partial(_ask, helper) if helper else None
            goes_on = save_chunk(now, by, reason(now), ask)
            now.beat = timezone.now()
            now.save()
        if helper and helper.asked:
            _count(batch.pk, helper)
    return goes_on


def _ask(helper: cores.Helper, first: int, last: int) -> None:
    """Hand a share over. Whoever is lost saves none: these rows are found again later."""
    with suppress(cores.Lost):
        helper.ask((first, last, holder()))


def _count(pk: int, helper: cores.Helper) -> None:
    """Wait for the helper, and note how far the work is now."""
    with suppress(cores.Lost):
        done = Least(F("done") + helper.answer(), F("total"))
        IntakeBatch.objects.filter(pk=pk).update(done=done)


def _share(pk: int, asked: tuple[int, int, int]) -> int:
    """As a helper, save the rows from one to another; how many."""
    first, last, asking = asked
    batch = IntakeBatch.objects.get(pk=pk)
    by = actor(batch)
    with _writing(batch, by):
        return save_share(batch, first, last, by, reason(batch)) if may_share(asking) else 0


@contextmanager
def _helper(pk: int) -> Iterator[cores.Helper | None]:
    """A helper for saving the batch, where it has many rows and each of them is a firm."""
    many = IntakeBatch.objects.filter(pk=pk, state=BatchState.SAVING, total__gte=LEAST_FOR_TWO)
    kind = many.values_list("kind", flat=True).first()
    alone = kind is None or not KINDS[kind].makes_firms or not cores.several()
    if alone or connection.in_atomic_block:
        yield None
        return
    with cores.Helper(partial(_share, pk)) as helper:
        yield helper


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
