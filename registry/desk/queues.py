"""The queues of the desk: what each is called there, and in which order its firms are worked.

Rule: who waits in a queue is told by `registry.worklist` alone. Within a queue the nearest day
comes first, where it has days, and then the largest firm.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import DateField, F, OuterRef, Q, Subquery, Value
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.models import Certificate, Contact
from registry.querysets import FirmQuerySet
from registry.worklist import QUEUES, Waiting, queue_counts


@dataclass(frozen=True)
class DeskQueue:
    """A queue as a tab; `key` is that of `registry.worklist`."""

    key: str
    label: Promise
    lacks: Promise | str = ""  # what a firm in it lacks, in a word or two; "" for no gap
    deadline: Callable[[], Any] | None = None  # the day by which, where there is one


def _next_contact() -> Subquery:
    return Subquery(Contact.objects.filter(firm=OuterRef("pk")).values("next_on")[:1])


def _next_end() -> Subquery:
    ahead = Certificate.objects.filter(firm=OuterRef("pk")).ending(timezone.localdate())
    return Subquery(ahead.order_by("valid_until").values("valid_until")[:1])


def _first_end() -> F:
    return F("standing__first_end")


# A further queue is one line here, beside its condition in `registry.worklist`.
DESK = (
    DeskQueue("hubungi", _("To be contacted today"), deadline=_next_contact),
    DeskQueue("nib", _("No NIB yet"), _("NIB")),
    DeskQueue("akun", _("NIB, no SIINas account"), _("SIINas account")),
    DeskQueue("profil", _("Account not complete"), _("complete profile")),
    DeskQueue("terkendala", _("SIINas account blocked"), _("way to SIINas")),
    DeskQueue("lapor", _("SIINas report due"), _("report")),
    DeskQueue("layak-tkdn", _("Eligible, no TKDN certificate"), _("TKDN certificate")),
    DeskQueue("segera", _("Certificates ending"), _("renewal"), _next_end),
    DeskQueue("berakhir", _("Certificates ended"), _("valid certificate"), _first_end),
    DeskQueue("izin", _("No consent yet"), _("consent")),
    DeskQueue("konfirmasi", _("Not confirmed for a year"), _("confirmation")),
    DeskQueue("kurang", _("Incomplete data")),
)
BY_KEY = {queue.key: queue for queue in DESK}


def in_order(firms: FirmQuerySet, queue: DeskQueue) -> FirmQuerySet:
    """The firms by their deadline, then by size, the largest first.

    Each comes with `deadline` (None where the queue has none) and `workers` (None: not known).
    """
    deadline, none = queue.deadline, Value(None, output_field=DateField())
    ordered = firms.annotate(
        deadline=deadline() if deadline else none, workers=F("standing__workers")
    )
    first = [F("deadline").asc(nulls_last=True)] if deadline else []
    return ordered.order_by(*first, F("workers").desc(nulls_last=True), "pk")


def behind(firm: Any, queue: DeskQueue) -> Q:
    """What stands behind a firm in the order of a queue; the firm comes with `in_order`."""
    further = Q(pk__gt=firm.pk)
    if firm.workers is None:
        further = Q(workers__isnull=True) & further
    else:
        smaller = Q(workers__lt=firm.workers) | Q(workers__isnull=True)
        further = smaller | (Q(workers=firm.workers) & further)
    if queue.deadline is None:
        return further
    if firm.deadline is None:
        return Q(deadline__isnull=True) & further
    later = Q(deadline__gt=firm.deadline) | Q(deadline__isnull=True)
    return later | (Q(deadline=firm.deadline) & further)


def due_today(user: Any) -> Waiting:
    """The firms of the person's regions whose day to be contacted again has come."""
    key = "hubungi"
    return Waiting(QUEUES[key], queue_counts(user, [key])[key])
