"""Saving the settled rows of a batch, some hundred at a time.

The rule: what is saved is worked out again from what the register holds at that moment, so an old
plan overwrites nothing, and a NIB that somebody else recorded meanwhile makes no second firm. Each
row of a step is either settled or open with its reason; none is lost.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from registry.identifiers import Problem
from registry.intake.chunk import Chunk
from registry.intake.plan import Status
from registry.intake.staging import counted, note_problem
from registry.models import IntakeBatch, IntakeFile, IntakeRow
from registry.models.intake import BatchState, Decision, Outcome
from registry.services.base import NotAllowed
from registry.services.bulk import update_rows
from registry.standing.keeping import worked_out_once

CHUNK = 500
_DECIDED = (Decision.SAME, Decision.OTHER)
_PLAIN = (Status.NEW.value, Status.UPDATE.value, Status.UNCHANGED.value)
_KEPT = ("status", "level", "problems", "decision", "outcome", "firm_id", "journal")
# What stood in the sheet is not asked for again.
_UNREAD = ("raw", "edits", "changed", "journal")
_REFUSED = (IntegrityError, ValidationError, NotAllowed)

# Has a helper save the rows from one to another.
Ask = Callable[[int, int], None]


def ready(batch: IntakeBatch) -> QuerySet[IntakeRow]:
    """The rows that can be saved: planned without errors, or decided by a person."""
    decided = Q(status=Status.REVIEW.value, decision__in=_DECIDED)
    skipped = Q(decision=Decision.SKIP)
    return batch.rows.filter(Q(status__in=_PLAIN) | decided | skipped, outcome="")


def open_rows(batch: IntakeBatch) -> QuerySet[IntakeRow]:
    """The rows that wait for somebody: errors, and likenesses without a decision."""
    waiting = Q(status=Status.ERROR.value) | Q(status=Status.REVIEW.value, decision="")
    return batch.rows.filter(waiting, outcome="").exclude(decision=Decision.SKIP)


def save_chunk(batch: IntakeBatch, by: Any, reason: str, ask: Ask | None = None) -> bool:
    """Save the next rows; False when all that is settled is saved. Inside a transaction.

    `ask` has a helper save the rows after them, from one to another. Where a person has decided
    about one of them it is not asked: such a row may wait for another.
    """
    found = _next(batch, 2 * CHUNK if ask else CHUNK)
    if not found:
        _finish(batch)
        return False
    mine = found[:CHUNK]
    if ask and len(found) > CHUNK:
        if any(row.decision for row in found):
            mine = found
        else:
            ask(found[CHUNK].row, found[-1].row)
    batch.done = min(
        batch.total, batch.done + save_share(batch, mine[0].row, mine[-1].row, by, reason)
    )
    return True


def save_share(batch: IntakeBatch, first: int, last: int, by: Any, reason: str) -> int:
    """Save the ready rows from one to another; returns how many. Inside a transaction.

    They are held until it ends, so nobody else saves them as well.
    """
    held = ready(batch).filter(row__range=(first, last)).defer(*_UNREAD).order_by("row")
    rows = list(held.select_for_update(of=("self",)))
    try:
        with worked_out_once():
            Chunk(batch, rows, by, reason).save()
    except _REFUSED:
        rows = [_alone(batch, row.pk, by, reason) for row in rows]
    update_rows(IntakeRow, rows, _KEPT)
    return sum(bool(row.outcome) for row in rows)


def _next(batch: IntakeBatch, count: int) -> list[Any]:
    """The next rows from where the last step ended; then once more those that had to wait.

    So no step looks again at all that is saved already.
    """
    rows = ready(batch).values_list("row", "decision", named=True).order_by("row")
    after = batch.options.get("after", 0)
    found = list(rows.filter(row__gt=after)[:count])
    if not found and after:
        found = list(rows[:count])
    batch.options["after"] = found[-1].row if found else 0
    return found


def _alone(batch: IntakeBatch, pk: int, by: Any, reason: str) -> IntakeRow:
    """One row for itself. What another writer did a moment ago is seen the second time."""
    for last in (False, True):
        row: IntakeRow = batch.rows.get(pk=pk)
        try:
            with transaction.atomic():
                Chunk(batch, [row], by, reason).save()
                return row
        except _REFUSED as error:
            if last:
                row = batch.rows.get(pk=pk)
                row.status = Status.ERROR.value
                note_problem(row, Problem("not_saved", {"why": _why(error)}))
    return row


def _why(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    diagnosis = getattr(getattr(error, "__cause__", None), "diag", None)
    return getattr(diagnosis, "message_primary", None) or str(error)


def _finish(batch: IntakeBatch) -> None:
    batch.state = BatchState.SAVED
    batch.saved_at = batch.saved_at or timezone.now()
    batch.done = batch.total
    batch.summary = {**counted(batch), **outcomes(batch)}
    IntakeFile.objects.filter(batch=batch).delete()


def outcomes(batch: IntakeBatch) -> dict[str, int]:
    """How many rows came to what."""
    return {
        outcome: batch.rows.filter(outcome=outcome).count()
        for outcome in (Outcome.ADDED.value, Outcome.CHANGED.value)
    }
