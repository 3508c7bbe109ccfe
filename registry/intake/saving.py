"""Saving the settled rows of a batch, some hundred at a time.

The rule: what is saved is worked out again from what the register holds at that moment, so an old
plan overwrites nothing, and a NIB that somebody else recorded meanwhile makes no second firm. Each
row of a step is either settled or open with its reason; none is lost.
"""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from registry.intake import drafts, lookups
from registry.intake.changes import Standing
from registry.intake.interpret import Draft
from registry.intake.plan import Judge, PlanRow, Status
from registry.intake.staging import counted
from registry.intake.updating import update_firm
from registry.models import IntakeBatch, IntakeFile, IntakeRow
from registry.models.intake import BatchState, Decision, Outcome
from registry.services.firms import firms_register

CHUNK = 500
# Intakes save one chunk after the other, so that two sheets can't add the same firm at once.
_LOCK = 0x73617665
_DECIDED = (Decision.SAME, Decision.OTHER)
_PLAIN = (Status.NEW.value, Status.UPDATE.value, Status.UNCHANGED.value)


def ready(batch: IntakeBatch) -> QuerySet[IntakeRow]:
    """The rows that can be saved: planned without errors, or decided by a person."""
    decided = Q(status=Status.REVIEW.value, decision__in=_DECIDED)
    skipped = Q(decision=Decision.SKIP)
    settled = Q(status__in=_PLAIN) | decided | skipped
    return batch.rows.filter(settled, outcome="")


def open_rows(batch: IntakeBatch) -> QuerySet[IntakeRow]:
    """The rows that wait for somebody: errors, and likenesses without a decision."""
    waiting = Q(status=Status.ERROR.value) | Q(status=Status.REVIEW.value, decision="")
    return batch.rows.filter(waiting, outcome="").exclude(decision=Decision.SKIP)


def save_chunk(batch: IntakeBatch, by: Any) -> bool:
    """Save the next rows; False when all that is settled is saved. Inside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    rows = list(ready(batch).order_by("row")[:CHUNK])
    if not rows:
        _finish(batch)
        return False
    for row in rows:
        row.batch = batch
    _Chunk(batch, rows, by).save()
    IntakeRow.objects.bulk_update(
        rows, ["status", "level", "problems", "changed", "outcome", "firm", "journal"]
    )
    batch.done = min(batch.total, batch.done + len(rows))
    return True


def _finish(batch: IntakeBatch) -> None:
    batch.state = BatchState.SAVED
    batch.saved_at = batch.saved_at or timezone.now()
    batch.done = batch.total
    batch.summary = {**counted(batch), **outcomes(batch)}
    if not open_rows(batch).exists():
        IntakeFile.objects.filter(batch=batch).delete()


def outcomes(batch: IntakeBatch) -> dict[str, int]:
    """How many rows came to what."""
    return {
        outcome: batch.rows.filter(outcome=outcome).count()
        for outcome in (Outcome.ADDED.value, Outcome.CHANGED.value)
    }


class _Chunk:
    """The rows of one step."""

    def __init__(self, batch: IntakeBatch, rows: list[IntakeRow], by: Any) -> None:
        self.batch, self.rows, self.by = batch, rows, by
        self.reason = str(batch.file_name)
        self.context = {"by": by, "reason": batch.file_name[:200], "batch": batch.pk}

    def save(self) -> None:
        """Settle every row."""
        fresh: list[IntakeRow] = []
        known = self._known()
        for row in self.rows:
            if row.decision == Decision.SKIP:
                row.outcome = Outcome.LEFT
                continue
            standing = self._standing(row, known)
            if standing is None:
                fresh.append(row)
            else:
                self._update(row, standing)
        made = firms_register(
            [drafts.firm_draft(row.values, self.batch.file_name) for row in fresh], **self.context
        )
        for row, firm in zip(fresh, made, strict=True):
            row.firm, row.outcome = firm, Outcome.ADDED

    def _known(self) -> Any:
        plain = [Draft(row.row, row.values) for row in self.rows]
        return lookups.known(plain, self.by)

    def _standing(self, row: IntakeRow, known: Any) -> Standing | None:
        if row.decision == Decision.SAME and row.firm_id:
            return lookups.standings([row.firm_id], self.by).get(row.firm_id)
        judge = Judge(known, lookups.scope(self.by))
        return judge.match(PlanRow(Draft(row.row, row.values), Status.NEW, row.key))

    def _update(self, row: IntakeRow, standing: Standing) -> None:
        from registry.intake.changes import changes

        row.firm_id = standing.pk
        if not changes(row.values, standing):
            row.outcome = Outcome.NOTHING
            return
        plan = PlanRow(Draft(row.row, row.values), Status.UPDATE, row.key, standing)
        update_firm(standing, plan, self.batch.file_name, self.context)
        row.outcome = Outcome.CHANGED
