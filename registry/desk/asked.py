"""What the address of the desk asks for: one queue, narrowed by filters.

Rule: queue and filters stand in the address and go along to the pages of a firm, to forms and to
what is printed, so that everybody comes back to the same list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from registry.desk.queues import BY_KEY, DESK, DeskQueue, behind, in_order
from registry.filters import DeskFilter, narrowed, standing_of
from registry.listing import Chip
from registry.models import Firm
from registry.paging import Page, page_of
from registry.querysets import FirmQuerySet
from registry.queue_pages import queue_page
from registry.worklist import QUEUES, Waiting, in_queue, queue_counts

QUEUE = "antrean"
FROM = "_tugas"  # of a form: the queue that it was opened from, as it stands in the address


@dataclass(frozen=True)
class Asked:
    """A queue with filters, in the reach of a person."""

    user: Any
    queue: DeskQueue
    filters: DeskFilter
    counted: Mapping[str, int] = field(default_factory=dict)  # where it had to be counted already

    @property
    def firms(self) -> FirmQuerySet:
        """The firms of the queue that meet the filters, in no order."""
        return in_queue(self.filters.qs, self.queue.key)

    @property
    def ordered(self) -> FirmQuerySet:
        """The same by deadline, then by size."""
        return in_order(self.firms, self.queue)

    @property
    def parts(self) -> dict[str, str]:
        """What stands in the address, by name."""
        return {QUEUE: self.queue.key, **self.filters.asked}

    @property
    def query(self) -> str:
        """The address of this list, without the page, after the question mark."""
        return urlencode(self.parts)

    @property
    def chips(self) -> list[Chip]:
        """The filters in force, each with the address without it."""
        return list(self._chips())

    @property
    def cleared(self) -> str:
        """The queue without filters."""
        return urlencode({QUEUE: self.queue.key})

    @property
    def narrow(self) -> Q:
        """The filters as a condition on derived rows."""
        return standing_of(self.filters.asked)

    def page(self, number: str | None, size: int, firms: FirmQuerySet) -> Page:
        """A page of the queue in its order; `firms` carry what the rows show."""
        if self.queue.deadline and not QUEUES[self.queue.key].by_certificate:
            waiting = in_queue(narrowed(firms, self.filters.asked), self.queue.key)
            return page_of(in_order(waiting, self.queue), number, size)
        key = self.queue.key
        return queue_page(self.user, key, number, size=size, firms=firms, narrow=self.narrow)

    def tabs(self) -> list[tuple[DeskQueue, Waiting, str]]:
        """Every queue with its number under the same filters, and its address; one query."""
        counts = self.counted or queue_counts(self.user, BY_KEY, self.narrow)
        return [
            (
                queue,
                Waiting(QUEUES[queue.key], counts[queue.key]),
                urlencode({**self.parts, QUEUE: queue.key}),
            )
            for queue in DESK
        ]

    def after(self, firm: Firm) -> Firm | None:
        """The firm to go on with after this one; behind the last it is the first again.

        The firm itself may have left the queue since.
        """
        others = self.ordered.exclude(pk=firm.pk)
        placed = in_order(Firm.objects.filter(pk=firm.pk), self.queue).first()
        following = others.filter(behind(placed, self.queue)).first() if placed else None
        found: Firm | None = following or others.first()
        return found

    def _chips(self) -> Iterator[Chip]:
        for name, value in self.filters.asked.items():
            choice: Any = self.filters.form.fields[name]
            rest = {key: kept for key, kept in self.parts.items() if key != name}
            label = dict(choice.choices).get(value, value)
            yield Chip(self.filters.filters[name].label, label, f"?{urlencode(rest)}")


def asked_of(request: HttpRequest, data: QueryDict | None = None) -> Asked:
    """What the address asks for; without a queue it is the first one in which somebody waits."""
    data = request.GET if data is None else data
    filters = DeskFilter(data, Firm.objects.visible_to(request.user), request=request)
    queue = BY_KEY.get(data.get(QUEUE, ""))
    if queue is not None:
        return Asked(request.user, queue, filters)
    counts = queue_counts(request.user, BY_KEY, standing_of(filters.asked))
    queue = next((q for q in DESK if counts[q.key]), DESK[0])
    return Asked(request.user, queue, filters, counts)


def came_from(request: HttpRequest, text: str | None) -> Asked | None:
    """The queue that a page was opened from, as the text of its address; None: from none."""
    data = QueryDict(text or "")
    return asked_of(request, data) if data.get(QUEUE) in BY_KEY else None


def desk_address(asked: Asked) -> str:
    """The address of the list on this site."""
    return f"{reverse('registry:desk')}?{asked.query}"
