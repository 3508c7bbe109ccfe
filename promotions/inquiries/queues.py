"""The queues of inquiries at the desk: what an officer has to do next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from promotions.models import Inquiry, InquiryFirm
from promotions.querysets import InquiryQuerySet
from registry.desk.tabs import Listed
from registry.paging import capped_counts


@dataclass(frozen=True)
class InquiryQueue:
    """A queue: what it is called, and its inquiries among those that a person sees."""

    key: str
    label: Promise
    told: Promise  # what there is to do
    having: Callable[[Any], Q]


def _of_firms(condition: Q) -> Callable[[Any], Q]:
    def having(user: Any) -> Q:
        rows = InquiryFirm.objects.visible_to(user).filter(inquiry=OuterRef("pk"))
        return Q(state="sent") & Q(Exists(rows.filter(condition)))

    return having


def _in_state(state: str) -> Callable[[Any], Q]:
    return lambda _user: Q(state=state)


def _overdue(user: Any) -> Q:
    rows = InquiryFirm.objects.visible_to(user).overdue().filter(inquiry=OuterRef("pk"))
    return Q(state="sent") & Q(Exists(rows))


def _with_firm(user: Any) -> Q:
    return _of_firms(Q(state="sent"))(user) & ~_overdue(user)


def _done(user: Any) -> Q:
    rows = InquiryFirm.objects.visible_to(user).open().filter(inquiry=OuterRef("pk"))
    return Q(state="closed") | Q(state="sent") & ~Q(Exists(rows))


QUEUES = {
    queue.key: queue
    for queue in (
        InquiryQueue(
            "hubungi",
            _("Tell the firm"),
            _("No letter reaches the firm: call it or write by WhatsApp, then note that it knows."),
            _of_firms(Q(state="desk")),
        ),
        InquiryQueue(
            "terlambat",
            _("Overdue"),
            _("Three working days have passed without an answer: ask the firm."),
            _overdue,
        ),
        InquiryQueue(
            "arahkan",
            _("Choose firms"),
            _("The buyer named no firm: choose who gets it."),
            _in_state("routing"),
        ),
        InquiryQueue(
            "periksa",
            _("Held"),
            _("Looks like advertising. Read it, then send it on or close it."),
            _in_state("held"),
        ),
        InquiryQueue(
            "berjalan",
            _("With the firm"),
            _("The firm knows and still has time to answer."),
            _with_firm,
        ),
        InquiryQueue("selesai", _("Done"), _("Answered or closed."), _done),
    )
}


def waiting(user: Any) -> InquiryQuerySet:
    """The inquiries that the desk has to do something about, for the tab of the desk."""
    return Inquiry.objects.waiting_for_desk(user)


def desk_tab() -> Listed:
    """The tab of the desk that leads to the queues."""
    return Listed("promotions-desk:inquiries", _("Inquiries"), waiting)


def rows_of(queue: InquiryQueue, user: Any) -> InquiryQuerySet:
    """The inquiries of a queue that the person sees, the oldest first; what is done, last first."""
    rows = Inquiry.objects.visible_to(user).filter(queue.having(user))
    return rows.order_by("-sent_at", "-pk") if queue.key == "selesai" else rows


def counts_of(user: Any) -> dict[str, int]:
    """How many inquiries each queue has, in one query."""
    return capped_counts({key: rows_of(queue, user) for key, queue in QUEUES.items()})
