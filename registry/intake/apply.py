"""Carrying a plan out: the whole file in one transaction, through the services.

The rule: what is saved is worked out again from what the register holds at that moment, so an old
plan overwrites nothing; rows with errors or in review are kept beside the batch and touch no firm;
and a file that changes nothing writes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import policy
from registry.intake import drafts, lookups
from registry.intake.interpret import Options
from registry.intake.plan import Plan, Status
from registry.intake.report import problem_reports
from registry.intake.session import Upload
from registry.intake.updating import update_firm
from registry.models import (
    IntakeBatch,
    IntakeRow,
)
from registry.services import firms_register, save_row
from registry.services.base import writing

_CHUNK = 1000
_REASON_LENGTH = 200


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


def apply(plan: Plan, upload: Upload, options: Options, *, by: Any) -> Applied:
    """Write the new and changed firms of a plan and remember every row, or nothing at all."""
    applied = Applied()
    if not _has_news(plan, upload):
        return applied
    reason = (_("Import %(file)s") % {"file": upload.name})[:_REASON_LENGTH]
    with writing(by=by, reason=reason):
        batch = save_row(_batch(plan, upload, options, by), by=by, reason=reason)
        context = {"by": by, "reason": reason, "batch": batch.pk}
        fresh = plan.of(Status.NEW)
        firms = firms_register(
            [drafts.firm_draft(row.draft.values, upload.name) for row in fresh], **context
        )
        became = {row.draft.number: firm.pk for row, firm in zip(fresh, firms, strict=True)}
        old = plan.of(Status.UPDATE)
        now = lookups.standings([row.firm.pk for row in old if row.firm], by)
        for row in old:
            if row.firm is not None:
                standing = now[row.firm.pk]
                applied.notes += update_firm(standing, row, upload.name, context)
        applied.batch, applied.added, applied.changed = batch, len(firms), len(old)
        _remember(plan, batch, became)
    return applied


def _has_news(plan: Plan, upload: Upload) -> bool:
    """Whether there is anything to write: firms, or rows to review that are not kept yet."""
    if plan.of(Status.NEW, Status.UPDATE):
        return True
    waiting = plan.of(Status.REVIEW, Status.ERROR)
    taken = IntakeBatch.objects.filter(sha256=upload.sha256, sheet=plan.table.sheet or "")
    return bool(waiting) and not taken.exists()


def _batch(plan: Plan, upload: Upload, options: Options, by: Any) -> IntakeBatch:
    return IntakeBatch(
        file_name=upload.name[:_REASON_LENGTH],
        sha256=upload.sha256,
        sheet=(plan.table.sheet or "")[:100],
        options={
            "regency": options.regency,
            "year": options.year,
            "kbli_edition": options.kbli_edition,
            "money_units": dict(options.money_units),
            "mapping": dict(options.mapping),
        },
        summary=plan.summary,
        table={"sheets": []},
        regency_id=_regency_of(plan, options, by),
        taken_by_id=by.pk,
    )


def _regency_of(plan: Plan, options: Options, by: Any) -> str | None:
    """The regency of a batch: the person's only one, else the only one of the rows."""
    scope = policy.scope_of(by, policy.Action.ADD, "registry.intakebatch")
    if not scope.everywhere and len(scope.regencies) == 1:
        return next(iter(scope.regencies))
    named = {row.draft.values.get("regency_code") for row in plan.rows} - {None}
    return named.pop() if len(named) == 1 else options.regency or None


def _remember(plan: Plan, batch: IntakeBatch, became: dict[int, int]) -> None:
    """Keep each row with the firm it became, so that the same row finds it again."""
    settled = (Status.UPDATE, Status.UNCHANGED)
    IntakeRow.objects.bulk_create(
        [
            IntakeRow(
                batch=batch,
                row=row.draft.number,
                status=row.status.value,
                values=row.draft.values,
                problems=problem_reports(row.draft.found),
                key=row.key,
                firm_id=became.get(
                    row.draft.number, row.firm.pk if row.firm and row.status in settled else None
                ),
            )
            for row in plan.rows
        ],
        batch_size=_CHUNK,
    )
