"""The work list: queues of firms that lack something, each with one condition.

Rule: a queue is a condition on working firms, used for its count and for its list alike, so that
the two can't differ. The first ten queues are the facts of `registry.completeness`. Like a list,
a count stops at 10,000: what is longer is "more than" that.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import policy
from registry import conditions
from registry.completeness import FACTS
from registry.conditions import (
    asked_for_catalogue,
    to_contact,
    with_account,
    with_blocked_account,
    with_complete_account,
    with_nib,
)
from registry.models import (
    Certificate,
    DuplicatePair,
    Firm,
    IntakeBatch,
    IntakeRow,
)
from registry.models.certificates import EXPIRING_DAYS
from registry.models.firms import DataState
from registry.models.intake import BatchState
from registry.pending import requests_waiting
from registry.querysets import FirmQuerySet

# After so many days the data of a firm want to be confirmed again.
CONFIRMED_FOR = 365
COUNT_LIMIT = 10_000


@dataclass(frozen=True)
class Queue:
    """Firms that want the same step; `own` says that the firm's own row tells it."""

    key: str
    label: Promise | str
    condition: Callable[[], Any]
    own: bool = False


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


def _dated() -> Any:
    return Certificate.objects.filter(firm=OuterRef("pk"), status="issued", open_ended=False)


def _ending() -> Exists:
    today = timezone.localdate()
    end = today + dt.timedelta(days=EXPIRING_DAYS)
    return Exists(_dated().filter(valid_until__range=(today, end)))


def _ended() -> Exists:
    return Exists(_dated().filter(valid_until__lt=timezone.localdate()))


def _eligible() -> Any:
    return conditions.eligible_for_tkdn() & ~Q(conditions.with_tkdn())


def _unconfirmed() -> Q:
    day = timezone.localdate() - dt.timedelta(days=CONFIRMED_FOR)
    return Q(confirmed_on__isnull=True) | Q(confirmed_on__lt=day)


def _without_account() -> Q:
    return Q(with_nib()) & ~Q(with_account())


def _incomplete_account() -> Q:
    return Q(with_account()) & ~Q(with_complete_account())


def _never_asked() -> Q:
    return ~Q(asked_for_catalogue())


def _incomplete_data() -> Q:
    own = Q(own_facts__lt=sum(fact.own for fact in FACTS))
    return own | ~Q(*(Q(fact.filled()) for fact in FACTS if not fact.own))


def _public_unreviewed() -> Any:
    listed = Firm.objects.in_state(DataState.LISTED).filter(pk=OuterRef("pk"))
    return Exists(listed) & Exists(Firm.objects.public().filter(pk=OuterRef("pk")))


URGENT = (
    Queue("usulan", _("Correction proposed by the firm"), conditions.with_open_proposal),
    Queue("segera", _("Certificate ending within 90 days"), _ending),
    Queue("berakhir", _("Certificate ended"), _ended),
    Queue("terkendala", _("SIINas account blocked"), with_blocked_account),
    Queue("lapor", _("SIINas report due"), conditions.with_report_due),
    Queue("layak-tkdn", _("Eligible for TKDN-IK, no certificate yet"), _eligible),
    Queue("periksa", _("Shown in public, data not reviewed"), _public_unreviewed),
)
MISSING = (
    *(Queue(fact.key, fact.label, fact.missing, fact.own) for fact in FACTS),
    Queue("konfirmasi", _("Not confirmed for a year"), _unconfirmed, own=True),
)
# The next step of the chain, and what stands beside it.
STEPS = (
    Queue("hubungi", _("To be contacted today"), to_contact),
    Queue("akun", _("NIB without SIINas account"), _without_account),
    Queue("profil", _("SIINas profile not complete"), _incomplete_account),
    Queue("izin", _("No consent yet"), _never_asked),
    Queue("kurang", _("Incomplete data"), _incomplete_data),
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
    """Every queue with its count in the person's scope.

    One pass counts what firms' own rows tell; each queue that other tables tell is a join of its
    own, which a long register bears far better than all of them in one pass.
    """
    firms = Firm.objects.visible_to(user)
    every = {queue.key: queue for queue in (*URGENT, *MISSING)}
    own = {key: queue for key, queue in every.items() if queue.own}
    counts = firms.working().aggregate(
        **{key: Count("pk", filter=queue.condition()) for key, queue in own.items()}
    )
    for key in every.keys() - own.keys():
        counts[key] = in_queue(firms, key).order_by().values("pk")[: COUNT_LIMIT + 1].count()
    sees_sheets = policy.may_kind(user, policy.Action.VIEW, "registry.intakebatch")
    sees_pairs = policy.may_kind(user, policy.Action.CHANGE, "registry.duplicatepair")
    return WorkList(
        urgent=tuple(Waiting(queue, counts[queue.key]) for queue in URGENT),
        missing=tuple(Waiting(queue, counts[queue.key]) for queue in MISSING),
        sheets=waiting_sheets(user)[: COUNT_LIMIT + 1].count() if sees_sheets else 0,
        pairs=waiting_pairs(user)[: COUNT_LIMIT + 1].count() if sees_pairs else 0,
        cards=requests_waiting(user)[: COUNT_LIMIT + 1].count(),
    )
