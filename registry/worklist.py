"""The work list: queues of firms that wait for the same step, each with one condition.

Rule: a queue is a condition on the derived rows of working firms (`Standing`), used for its count
and for its list alike, so that the two can't differ; each reads an index of its own. What a day
changes is a date there, compared with today. Order: deadline, then size. Like a list, a count
stops at 10,000: what is longer is "more than" that.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import policy
from registry import conditions
from registry.completeness import FACTS
from registry.models import (
    DuplicatePair,
    IntakeBatch,
    IntakeRow,
    PublicationDecision,
    Standing,
)
from registry.models.intake import BatchState
from registry.models.standing import GAPS, LARGEST_FIRST
from registry.paging import COUNT_LIMIT, capped_counts
from registry.pending import requests_waiting
from registry.querysets import FirmQuerySet
from registry.standing.querysets import StandingQuerySet

# After so many days the data of a firm want to be confirmed again.
CONFIRMED_FOR = 365


@dataclass(frozen=True)
class Queue:
    """Firms that want the same step; `gap` tells on their derived rows who waits on a day."""

    key: str
    label: Promise | str
    gap: Callable[[dt.date], Q]
    order: tuple[Any, ...] = LARGEST_FIRST
    by_certificate: bool = False  # in the order of the days on which certificates end

    def condition(self) -> Exists:
        """The same as a condition on firms."""
        return conditions.stands(Q(working=True) & self.gap(timezone.localdate()))

    def waiting(self, rows: StandingQuerySet) -> StandingQuerySet:
        """Of these derived rows, those of working firms that wait today."""
        return rows.working().filter(self.gap(timezone.localdate()))


@dataclass(frozen=True)
class Waiting:
    """A queue with the number of firms in it, as far as it is counted."""

    queue: Queue
    count: int

    @property
    def more(self) -> bool:
        """Whether there are more than were counted."""
        return self.count > COUNT_LIMIT

    @property
    def shown(self) -> int:
        """The number to show, after "more than" where there are more."""
        return min(self.count, COUNT_LIMIT)


@dataclass(frozen=True)
class WorkList:
    """What waits in a person's scope: by urgency, by missing fact, sheets, duplicates, cards."""

    urgent: tuple[Waiting, ...]
    missing: tuple[Waiting, ...]
    sheets: int
    pairs: int
    cards: int = 0

    @property
    def all_done(self) -> bool:
        """Whether nothing waits at all."""
        return not (
            self.sheets
            or self.pairs
            or self.cards
            or any(each.count for each in (*self.urgent, *self.missing))
        )


def _kept(key: str, label: Promise | str) -> Queue:
    return Queue(key, label, lambda _day: GAPS[key])


def _ending(day: dt.date) -> Q:
    first, last = conditions.soon(day)
    # Whose first certificate ends later has none that ends sooner: most firms are passed over.
    return Q(first_end__lte=last) & Q(conditions.with_ending(first, last))


def _ended(day: dt.date) -> Q:
    return Q(first_end__lt=day)


def _eligible(day: dt.date) -> Q:
    return conditions.is_eligible(day) & Q(tkdn_until__lt=day)


def _owing(day: dt.date) -> Q:
    # Only a complete account owes one: most firms are passed over.
    return Q(account="complete") & conditions.with_report_due(day)


def _unconfirmed(day: dt.date) -> Q:
    return Q(confirmed_on__lt=day - dt.timedelta(days=CONFIRMED_FOR))


def _public_unreviewed(_day: dt.date) -> Q:
    """The rule of `FirmQuerySet.public`, on the derived row."""
    shown = Q(consented=True)
    decided = list(PublicationDecision.objects.in_force().values_list("regency", flat=True))
    if decided:
        shown |= Q(body=True, refused=False, regency__in=decided)
    return Q(reviewed=False) & shown


URGENT = (
    Queue(
        "usulan",
        _("Correction proposed by the firm"),
        lambda _day: Q(conditions.with_open_proposal()),
    ),
    Queue("segera", _("Certificate ending within 90 days"), _ending, by_certificate=True),
    Queue("berakhir", _("Certificate ended"), _ended, ("first_end", *LARGEST_FIRST)),
    _kept("terkendala", _("SIINas account blocked")),
    Queue("lapor", _("SIINas report due"), _owing),
    Queue("layak-tkdn", _("Eligible for TKDN-IK, no certificate yet"), _eligible),
    Queue("periksa", _("Shown in public, data not reviewed"), _public_unreviewed),
)
MISSING = (
    *(_kept(fact.key, fact.label) for fact in FACTS),
    Queue(
        "konfirmasi",
        _("Not confirmed for a year"),
        _unconfirmed,
        ("confirmed_on", *LARGEST_FIRST),
    ),
)
# The next step of the chain, and what stands beside it.
STEPS = (
    Queue("hubungi", _("To be contacted today"), lambda day: Q(conditions.to_contact(day))),
    _kept("akun", _("NIB without SIINas account")),
    _kept("profil", _("SIINas profile not complete")),
    _kept("izin", _("No consent yet")),
    _kept("kurang", _("Incomplete data")),
)
QUEUES = {queue.key: queue for queue in (*URGENT, *MISSING, *STEPS)}


def in_queue(firms: FirmQuerySet, key: str) -> FirmQuerySet:
    """The working firms that wait in a queue; an unknown key is an empty queue."""
    queue = QUEUES.get(key)
    return firms.working().filter(queue.condition()) if queue else firms.none()


def waiting_sheets(user: Any) -> QuerySet[IntakeBatch]:
    """Sheets of the person's regions that wait to be saved, or with rows that still want a look."""
    batches = IntakeBatch.objects.visible_to(user)
    open_rows = IntakeRow.objects.filter(
        batch=OuterRef("pk"), status__in=["review", "error"], outcome="", decision="", firm=None
    )
    planned = Q(state=BatchState.REVIEW)
    return batches.filter(planned | (Q(state=BatchState.SAVED) & Exists(open_rows)))


def unfinished_intakes(user: Any) -> QuerySet[IntakeBatch]:
    """Intakes that wait for a person: those above, and sheets whose columns are not matched."""
    matching = Q(state=BatchState.COLUMNS) | Q(pk__in=waiting_sheets(user).values("pk"))
    return IntakeBatch.objects.visible_to(user).filter(matching)


def waiting_pairs(user: Any) -> QuerySet[DuplicatePair]:
    """Pairs of firms that may be one and that the person can decide about."""
    pairs: QuerySet[DuplicatePair] = DuplicatePair.objects.decidable_by(user).open()
    return pairs


def work_list(user: Any) -> WorkList:
    """Every queue with its count in the person's scope, in one query."""
    counts = queue_counts(user, [queue.key for queue in (*URGENT, *MISSING)])
    sees_sheets = policy.may_kind(user, policy.Action.VIEW, "registry.intakebatch")
    sees_pairs = policy.may_kind(user, policy.Action.CHANGE, "registry.duplicatepair")
    return WorkList(
        urgent=tuple(Waiting(queue, counts[queue.key]) for queue in URGENT),
        missing=tuple(Waiting(queue, counts[queue.key]) for queue in MISSING),
        sheets=waiting_sheets(user)[: COUNT_LIMIT + 1].count() if sees_sheets else 0,
        pairs=waiting_pairs(user)[: COUNT_LIMIT + 1].count() if sees_pairs else 0,
        cards=requests_waiting(user)[: COUNT_LIMIT + 1].count(),
    )


def queue_counts(
    user: Any, keys: Iterable[str] = tuple(QUEUES), narrow: Q | None = None
) -> dict[str, int]:
    """How many wait in each queue, each at most one more than 10,000."""
    rows = Standing.objects.visible_to(user).filter(narrow or Q())
    return capped_counts({key: QUEUES[key].waiting(rows) for key in keys})
