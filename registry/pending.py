"""What firms propose and an officer has to decide, as a page shows it: old, new, and now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from registry.corrections import now_of, said, stamp_of, villages_of
from registry.models import CardRequest, ChangeProposal, Firm


@dataclass(frozen=True)
class PendingLine:
    """One proposal in words; `changed` when the record is not what it was when it was made."""

    row: ChangeProposal
    old: str
    new: str
    now: str
    changed: bool
    stamp: str


@dataclass(frozen=True)
class PendingFirm:
    """A firm with all that waits of it."""

    firm: Firm
    lines: tuple[PendingLine, ...]


def firms_waiting(user: Any) -> QuerySet[Firm]:
    """The firms of the person's regions with an open proposal, with what `pending_of` needs."""
    waiting = ChangeProposal.objects.visible_to(user).waiting()
    rows: QuerySet[Firm] = (
        Firm.objects.visible_to(user)
        .filter(pk__in=waiting.values("firm"))
        .select_related("regency", "district", "village")
        .prefetch_related("profiles", Prefetch("proposals", waiting, to_attr="waiting_proposals"))
    )
    return rows


def pending_of(firms: Sequence[Any]) -> list[PendingFirm]:
    """What waits of each of the firms; the names of villages are fetched once for all."""
    values = [
        [(row, now_of(firm, row.what, row.new)) for row in firm.waiting_proposals] for firm in firms
    ]
    every = [v for rows in values for row, now in rows for v in (row.old, row.new, now)]
    villages = villages_of(every)
    return [
        PendingFirm(firm, tuple(_line(row, now, villages) for row, now in rows))
        for firm, rows in zip(firms, values, strict=True)
    ]


def requests_waiting(user: Any) -> QuerySet[CardRequest]:
    """Wishes for a card that the office has to see to, the oldest first."""
    rows: QuerySet[CardRequest] = CardRequest.objects.visible_to(user).waiting()
    return rows.select_related("firm__regency", "firm__district", "firm__village")


def _line(row: ChangeProposal, now: dict[str, Any], villages: Any) -> PendingLine:
    return PendingLine(
        row=row,
        old=said(row.what, row.old, villages),
        new=said(row.what, row.new, villages),
        now=said(row.what, now, villages),
        changed=now != row.old,
        stamp=stamp_of(now),
    )
