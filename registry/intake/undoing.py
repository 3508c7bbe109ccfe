"""Taking back what an intake wrote, some hundred rows at a time, the last row first.

The rule: a field gets its former value only where it still has the one that the intake gave it. A
firm that the intake added goes, with its parts, unless somebody has changed it or attached
something since: then it stays, and is named. With a person's confirmation such firms go too, and
such rows get back what still stands as saved; but a firm on which other work hangs (consents,
products, inquiries) always stays.
"""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Min
from django.utils import timezone

from registry.identifiers import Problem
from registry.intake.since import Since, by_others, stands, value_of
from registry.intake.staging import note_problem
from registry.models import (
    AnnualProfile,
    Certificate,
    Firm,
    FirmActivity,
    IntakeBatch,
    IntakeRow,
    Owner,
    ProductionSite,
    SiinasAccount,
    SiinasStep,
)
from registry.models.intake import BatchState, Outcome
from registry.models.siinas import STEPS_GO
from registry.services.base import NotAllowed
from registry.services.bulk import update_rows
from registry.services.ledger import Ledger

CHUNK = 200
DAYS = 7
SHOWN = 100
_WRITTEN = (Outcome.ADDED, Outcome.CHANGED)
_KEPT = ("outcome", "firm_id", "problems", "level")
_REFUSED = (IntegrityError, ValidationError, NotAllowed)
# What describes a firm and goes with it.
_FAMILY = (
    Firm, ProductionSite, Owner, FirmActivity, AnnualProfile, Certificate, SiinasAccount,
    SiinasStep,
)  # fmt: skip
_CHANGEABLE = _FAMILY[:-1]  # a step is never changed


def written_rows(batch: IntakeBatch) -> Any:
    """The rows that changed the register and are not taken back yet."""
    return batch.rows.filter(outcome__in=_WRITTEN)


def undo_chunk(batch: IntakeBatch, by: Any, *, confirmed: bool) -> bool:
    """Take back the next rows; False when all are done. Inside a transaction."""
    rows = list(written_rows(batch).order_by("-row")[:CHUNK])
    if not rows:
        _finish(batch, by)
        return False
    # A firm is written once a step; an earlier row about it waits for the next one.
    rows = list({row.firm_id or -row.pk: row for row in reversed(rows)}.values())[::-1]
    try:
        with transaction.atomic():
            _undo(batch, rows, by, confirmed)
    except _REFUSED:
        rows = [_alone(batch, row.pk, by, confirmed) for row in rows]
    update_rows(IntakeRow, rows, _KEPT)
    batch.done = min(batch.total, batch.done + len(rows))
    return True


def _alone(batch: IntakeBatch, pk: int, by: Any, confirmed: bool) -> IntakeRow:
    row: IntakeRow = batch.rows.get(pk=pk)
    try:
        with transaction.atomic():
            _undo(batch, [row], by, confirmed)
    except _REFUSED as error:
        row = batch.rows.get(pk=pk)
        _keep(row, str(error))
    return row


def _undo(batch: IntakeBatch, rows: list[IntakeRow], by: Any, confirmed: bool) -> None:
    since, ledger = Since(batch, rows), Ledger(by)
    for row in rows:
        what = since.changed(row)
        if what and (not confirmed or _holds_more(row, since)):
            _keep(row, ", ".join(what))
            continue
        _take_back(row, since, ledger)
        row.outcome, row.firm_id = Outcome.UNDONE, None
    with pgtrigger.ignore(STEPS_GO):  # a step that the intake took goes with it
        ledger.write()


def _take_back(row: IntakeRow, since: Since, ledger: Ledger) -> None:
    for label, pk, before, after in row.journal:
        now = since.now.get((label, pk))
        if now is None:
            continue
        if before is None:
            ledger.remove(now)
            continue
        values = {name: value_of(now, name, before) for name in before if stands(now, name, after)}
        if values:
            late = values.get("is_primary") is True
            ledger.set(now, row.pk, late=late, **values)
    if row.outcome == Outcome.ADDED:
        for attached in since.attached.get(row.firm_id or 0, []):
            ledger.remove(type(attached)._default_manager.get(pk=attached.pk))


def _holds_more(row: IntakeRow, since: Since) -> bool:
    """Whether other work than a description hangs on an added firm."""
    attached = since.attached.get(row.firm_id or 0, [])
    return row.outcome == Outcome.ADDED and any(type(each) not in _FAMILY for each in attached)


def _keep(row: IntakeRow, what: str) -> None:
    row.outcome = Outcome.KEPT
    note_problem(row, Problem("changed_since", {"firm": str(row.firm or "–"), "what": what}))


def _finish(batch: IntakeBatch, by: Any) -> None:
    batch.state, batch.undone_at, batch.undone_by_id = BatchState.UNDONE, timezone.now(), by.pk
    batch.done = batch.total
    for outcome in (Outcome.UNDONE.value, Outcome.KEPT.value):
        batch.summary[outcome] = batch.rows.filter(outcome=outcome).count()


def conflicts(batch: IntakeBatch, limit: int = SHOWN) -> list[tuple[IntakeRow, Firm, str]]:
    """Rows whose work was changed since, their firms, and what was changed; the first ones only."""
    firms = _firms_touched(batch, limit)
    rows = list(
        written_rows(batch).filter(firm_id__in=firms).select_related("firm").order_by("row")[:limit]
    )
    since = Since(batch, rows)
    told = [(row, row.firm, ", ".join(since.changed(row))) for row in rows]
    return [(row, firm, what) for row, firm, what in told if firm is not None and what]


def _firms_touched(batch: IntakeBatch, limit: int) -> set[int]:
    """Firms of the batch of which history tells something that the batch did not do."""
    own = written_rows(batch).order_by().values("firm_id")
    told = IntakeBatch.pgh_event_model.objects.filter(pgh_obj_id=batch.pk)  # type: ignore[attr-defined]
    began = told.aggregate(began=Min("pgh_created_at"))["began"]
    found: set[int] = set()
    for model in _CHANGEABLE:
        events = by_others(getattr(model, "pgh_event_model").objects.all(), batch)  # noqa: B009
        path = {Firm: "pgh_obj_id", SiinasAccount: "site__firm_id"}.get(model, "firm_id")
        later = events.filter(**{f"{path}__in": own, "pgh_created_at__gte": began})
        found |= set(later.values_list(path, flat=True).distinct()[:limit])
    return found
