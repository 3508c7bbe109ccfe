"""Carrying out the plan of a command: the same road as the wizard, walked at once.

The rule: a file that changes nothing writes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import policy
from registry.identifiers.identity import mask_identity
from registry.intake import saving, work
from registry.intake.interpret import Options
from registry.intake.plan import Plan, Status
from registry.intake.session import Upload
from registry.intake.sheets import kept_table
from registry.intake.staging import counted, stage
from registry.models import IntakeBatch
from registry.models.intake import BatchState, Outcome
from registry.services.base import require, writing
from registry.services.intake.base import begin
from registry.services.intake.upload import KIND

_NOTED = ("siinas_stays", "not_saved")


@dataclass
class Applied:
    """What was written."""

    batch: IntakeBatch | None = None
    added: int = 0
    changed: int = 0
    notes: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The same for people."""
        if self.batch is None:
            return [_("Nothing changed: the register holds all of this already.")]
        added = ngettext("%(n)s firm added", "%(n)s firms added", self.added) % {"n": self.added}
        changed = ngettext("%(n)s changed", "%(n)s changed", self.changed) % {"n": self.changed}
        return [
            _("Saved as intake %(batch)s: %(added)s, %(changed)s.")
            % {"batch": self.batch.pk, "added": added, "changed": changed},
            *self.notes,
        ]


def intake_commit(*, plan: Plan, upload: Upload, options: Options, by: Any) -> Applied:
    """Keep every row of a plan and save those that are settled, now and not in the background."""
    if not _has_news(plan, upload):
        return Applied()
    batch = _batch(plan, upload, options, by)
    require(by, policy.Action.ADD, batch)
    with writing(by=by, reason=work.reason(batch)):
        begin(batch, BatchState.SAVING, 0)
        batch.save()
        stage(batch, plan)
        batch.total = saving.ready(batch).count()
        batch.summary = counted(batch)
        batch.save()
    work.run(batch.pk)
    batch.refresh_from_db()
    if batch.failure:
        raise ValidationError(batch.failure)
    return _applied(batch)


def _applied(batch: IntakeBatch) -> Applied:
    rows = batch.rows.filter(problems__contains=[{"level": "warning"}]) | batch.rows.filter(
        status=Status.ERROR.value
    )
    notes = [
        _("Row %(row)s: %(message)s") % {"row": row.row, "message": problem["message"]}
        for row in rows.order_by("row")
        for problem in row.problems
        if problem["code"] in _NOTED
    ]
    counts = saving.outcomes(batch)
    return Applied(batch, counts[Outcome.ADDED.value], counts[Outcome.CHANGED.value], notes)


def _has_news(plan: Plan, upload: Upload) -> bool:
    """Whether there is anything to write: firms, or rows to review that are not kept yet."""
    if plan.of(Status.NEW, Status.UPDATE):
        return True
    waiting = plan.of(Status.REVIEW, Status.ERROR)
    taken = IntakeBatch.objects.filter(sha256=upload.sha256, sheet=plan.table.sheet or "")
    return bool(waiting) and not taken.exclude(state=BatchState.DISCARDED).exists()


def _batch(plan: Plan, upload: Upload, options: Options, by: Any) -> IntakeBatch:
    return IntakeBatch(
        file_name=mask_identity(upload.name)[-200:],
        sha256=upload.sha256,
        kind=options.kind,
        sheet=(plan.table.sheet or "")[:100],
        options={
            "regency": options.regency,
            "year": options.year,
            "kbli_edition": options.kbli_edition,
            "money_units": dict(options.money_units),
        },
        table=kept_table(plan.table) | {"skipped": len(plan.interpretation.skipped)},
        regency_id=_regency_of(plan, options, by),
        taken_by_id=by.pk,
    )


def _regency_of(plan: Plan, options: Options, by: Any) -> str | None:
    """The regency of a batch: the person's only one, else the only one of the rows."""
    scope = policy.scope_of(by, policy.Action.ADD, KIND)
    if not scope.everywhere and len(scope.regencies) == 1:
        return next(iter(scope.regencies))
    named = {row.draft.values.get("regency_code") for row in plan.rows} - {None}
    return named.pop() if len(named) == 1 else options.regency or None
