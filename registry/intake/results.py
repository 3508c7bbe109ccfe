"""What became of an intake, and what comes next: counts for its result page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from registry import conditions
from registry.intake.plan import Status
from registry.models import Firm, IntakeBatch, IntakeRow
from registry.models.intake import Decision, Outcome


@dataclass(frozen=True)
class Result:
    """Rows by what became of them, and what the added and changed firms still lack."""

    added: int
    changed: int
    nothing: int
    left: int
    undone: int
    kept: int
    waiting: int
    ready: int
    tasks: list[tuple[str, int]]

    @property
    def written(self) -> int:
        """The firms that were added or changed."""
        return self.added + self.changed


def result_of(batch: IntakeBatch, user: Any) -> Result:
    """The counts, in one pass over the rows and one over the firms."""
    rows = IntakeRow.objects.filter(batch=batch).exclude(status=Status.SKIPPED.value)
    groups = rows.order_by().values_list("outcome", "status", "decision").annotate(n=Count("pk"))
    counts: dict[str, int] = {}
    for outcome, status, decision, n in groups:
        key = outcome or _open(status, decision)
        counts[key] = counts.get(key, 0) + n
    return Result(
        added=counts.get(Outcome.ADDED.value, 0),
        changed=counts.get(Outcome.CHANGED.value, 0),
        nothing=counts.get(Outcome.NOTHING.value, 0),
        left=counts.get(Outcome.LEFT.value, 0),
        undone=counts.get(Outcome.UNDONE.value, 0),
        kept=counts.get(Outcome.KEPT.value, 0),
        waiting=counts.get("waiting", 0),
        ready=counts.get("ready", 0),
        tasks=_tasks(batch, user),
    )


def _open(status: str, decision: str) -> str:
    """Of a row that nothing became of yet: whether it waits for a person or could be saved."""
    if decision == Decision.SKIP:
        return Outcome.LEFT.value
    if status in (Status.NEW, Status.UPDATE) or decision:
        return "ready"
    return "waiting" if status in (Status.ERROR, Status.REVIEW) else Outcome.NOTHING.value


def _tasks(batch: IntakeBatch, user: Any) -> list[tuple[str, int]]:
    """What the list of firms can be filtered by next: the filter, and how many lack the thing."""
    firms = Firm.objects.visible_to(user).working().filter(pk__in=conditions.taken_in_by(batch.pk))
    counts = firms.aggregate(
        nib=Count("pk", filter=~conditions.with_nib()),
        siinas=Count("pk", filter=~conditions.with_account()),
    )
    return [(f"{name}=tidak", counts[name]) for name in ("nib", "siinas") if counts[name]]
