"""The work list: queues of firms that lack something, each with one condition.

Rule: a queue is a condition on working firms, used for its count and for its list alike, so that
the two can't differ. The first ten queues are the facts of `registry.completeness`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.completeness import FACTS
from registry.models import Certificate, Firm, SiinasAccount
from registry.models.certificates import EXPIRING_DAYS
from registry.models.firms import DataState
from registry.querysets import FirmQuerySet

# After so many days the data of a firm want to be confirmed again.
CONFIRMED_FOR = 730


@dataclass(frozen=True)
class Queue:
    """Firms that want the same step."""

    key: str
    label: Promise | str
    condition: Callable[[], Any]


@dataclass(frozen=True)
class Waiting:
    """A queue with the number of firms in it."""

    queue: Queue
    count: int


def _dated() -> Any:
    return Certificate.objects.filter(firm=OuterRef("pk"), status="issued", open_ended=False)


def _ending() -> Exists:
    today = timezone.localdate()
    end = today + dt.timedelta(days=EXPIRING_DAYS)
    return Exists(_dated().filter(valid_until__range=(today, end)))


def _ended() -> Exists:
    return Exists(_dated().filter(valid_until__lt=timezone.localdate()))


def _blocked() -> Exists:
    return Exists(SiinasAccount.objects.filter(site__firm=OuterRef("pk"), state="blocked"))


def _unconfirmed() -> Q:
    day = timezone.localdate() - dt.timedelta(days=CONFIRMED_FOR)
    return Q(confirmed_on__isnull=True) | Q(confirmed_on__lt=day)


def _public_unreviewed() -> Any:
    listed = Firm.objects.in_state(DataState.LISTED).filter(pk=OuterRef("pk"))
    return Exists(listed) & Exists(Firm.objects.public().filter(pk=OuterRef("pk")))


URGENT = (
    Queue("segera", _("Certificate ending within 90 days"), _ending),
    Queue("berakhir", _("Certificate ended"), _ended),
    Queue("terkendala", _("SIINas account blocked"), _blocked),
    Queue("periksa", _("Shown in public, data not reviewed"), _public_unreviewed),
)
MISSING = tuple(Queue(fact.key, fact.label, fact.missing) for fact in FACTS)
OLD = (Queue("konfirmasi", _("Not confirmed for two years"), _unconfirmed),)
QUEUES = {queue.key: queue for queue in (*URGENT, *MISSING, *OLD)}


def in_queue(firms: FirmQuerySet, key: str) -> FirmQuerySet:
    """The working firms that wait in a queue; an unknown key is an empty queue."""
    queue = QUEUES.get(key)
    return firms.working().filter(queue.condition()) if queue else firms.none()


def waiting(user: Any) -> dict[str, Waiting]:
    """Every queue with its count in the person's scope, from one query."""
    firms = Firm.objects.visible_to(user).working()
    counts = firms.aggregate(
        **{key: Count("pk", filter=queue.condition()) for key, queue in QUEUES.items()}
    )
    return {key: Waiting(queue, counts[key]) for key, queue in QUEUES.items()}
