"""Pages of the queues in their order, read off the indexes.

Rule: a page costs what stands on it, not what waits. One regency's part of a queue is one stretch
of its index; of several regencies the first of each are compared.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from registry.conditions import soon
from registry.models import Certificate, Standing
from registry.paging import Page, by_key, page_of
from registry.querysets import FirmQuerySet
from registry.standing.querysets import StandingQuerySet
from registry.worklist import QUEUES, Queue


def queue_page(
    user: Any,
    key: str,
    number: str | None,
    *,
    size: int,
    firms: FirmQuerySet,
    narrow: Q | None = None,
) -> Page:
    """A page of a queue, within the person's regions.

    `firms` are those the person may see, with what the rows shall carry; `narrow` is a further
    condition on `Standing`. Raises KeyError where there is no such queue.
    """
    queue, rows = QUEUES[key], Standing.objects.filter(narrow or Q())
    regencies = rows.regencies_of(user)

    def between(start: int, stop: int) -> list[Any]:
        return by_key(_in_order(queue, rows, regencies, stop), firms)(start, stop)

    return page_of(queue.waiting(rows.filter(regency__in=regencies)), number, size, between)


def _in_order(
    queue: Queue, rows: StandingQuerySet, regencies: list[str], stop: int
) -> QuerySet[Any]:
    """The keys of the first `stop` firms of a queue."""
    if queue.by_certificate:
        return _by_end(rows.working().filter(regency__in=regencies))
    waiting = queue.waiting(rows).order_by(*queue.order)
    parts = [waiting.filter(regency=each) for each in regencies]
    if len(parts) == 1:
        return parts[0].values_list("pk", flat=True)
    first = [part.values("pk")[:stop] for part in parts]
    heads = Q(pk__in=first[0].union(*first[1:], all=True)) if first else Q(pk__in=[])
    return Standing.objects.filter(heads).order_by(*queue.order).values_list("pk", flat=True)


def _by_end(rows: StandingQuerySet) -> QuerySet[Any]:
    """The firms whose certificates end next; each stands where its first one does."""
    ending = Certificate.objects.ending(*soon())
    same_day = Q(valid_until=OuterRef("valid_until"), pk__lt=OuterRef("pk"))
    earlier = ending.filter(
        Q(valid_until__lt=OuterRef("valid_until")) | same_day, firm=OuterRef("firm")
    )
    of_these = Exists(rows.filter(firm=OuterRef("firm")))
    largest = F("firm__standing__workers").desc(nulls_last=True)
    first = ending.filter(of_these, ~Exists(earlier)).order_by("valid_until", largest, "firm")
    return first.values_list("firm", flat=True)
