"""A pair or a merge as a person may be told of it.

Rule: of a firm outside the person's regions only its regency is told, and no reason: a reason says
something of both firms.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts import policy
from accounts.policy import Action
from registry.duplicates.scoring import Reason
from registry.duplicates.sentences import is_for, read, sentence_of
from registry.models import DuplicatePair, Firm, FirmMerge
from registry.models.duplicates import UNDO_DAYS


@dataclass(frozen=True)
class Told:
    """One firm of a pair: itself, or only the regency that holds it."""

    firm: Firm | None
    regency: Any


@dataclass(frozen=True)
class Pair:
    """A pair with what the person may know of it."""

    row: DuplicatePair
    first: Told
    second: Told
    decidable: bool

    @property
    def reasons(self) -> list[tuple[bool, str]]:
        """Each reason in words, and whether it speaks for one firm; none unless both are seen."""
        if not self.decidable:
            return []
        kept: tuple[Reason, ...] = read(self.row.reasons)
        return [(is_for(reason), sentence_of(reason)) for reason in kept]


def told_pair(pair: DuplicatePair, user: Any) -> Pair:
    """A pair of `DuplicatePair.visible_to`, with both firms and their places fetched."""
    first, second = _told(pair.first, user), _told(pair.second, user)
    return Pair(pair, first, second, first.firm is not None and second.firm is not None)


def told_merges(user: Any) -> QuerySet[FirmMerge]:
    """The merges of the last 30 days in the person's regions, the latest first."""
    since = timezone.now() - dt.timedelta(days=UNDO_DAYS + 1)
    merges: QuerySet[FirmMerge] = FirmMerge.objects.visible_to(user)
    return merges.filter(Q(merged_at__gte=since) | Q(undone_at__gte=since)).select_related(
        "kept__regency", "gone__regency", "merged_by", "undone_by"
    )


def _told(firm: Firm, user: Any) -> Told:
    seen = policy.may(user, Action.CHANGE, firm)
    return Told(firm if seen else None, firm.regency)
