"""The tabs of the desk: every queue, and the pages that keep a list of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.desk.asked import Asked
from registry.pending import firms_waiting
from registry.worklist import COUNT_LIMIT, waiting_pairs


@dataclass(frozen=True)
class Tab:
    """One tab with its number; `more`: there are more than the number says."""

    label: Any
    href: str
    count: int
    more: bool
    current: bool


@dataclass(frozen=True)
class Listed:
    """A page of the desk that lists other things than firms."""

    name: str  # of its address
    label: Promise
    rows: Callable[[Any], QuerySet[Any]]


# Further lists are one line here; an app above the register adds its own when it starts.
LISTS = [
    Listed("registry:pairs", _("Duplicates"), waiting_pairs),
    Listed("registry:proposals", _("Corrections by firms"), firms_waiting),
]


def tabs_of(asked: Asked, current: str = "") -> list[Tab]:
    """The tabs as the person sees them; `current` names the list shown, "" is the queue asked."""
    desk = reverse("registry:desk")
    queues = [
        Tab(
            queue.label,
            f"{desk}?{query}",
            each.shown,
            each.more,
            not current and queue == asked.queue,
        )
        for queue, each, query in asked.tabs()
    ]
    return [*queues, *(_list_tab(each, asked, current) for each in LISTS)]


def _list_tab(listed: Listed, asked: Asked, current: str) -> Tab:
    count = listed.rows(asked.user)[: COUNT_LIMIT + 1].count()
    return Tab(
        listed.label,
        reverse(listed.name),
        min(count, COUNT_LIMIT),
        count > COUNT_LIMIT,
        listed.name == current,
    )
