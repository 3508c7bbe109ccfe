"""What the address of the desk asks for: one queue, narrowed by filters.

Rule: queue and filters stand in the address and go along to the pages of a firm, to forms and to
what is printed, so that everybody comes back to the same list.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from registry.desk.queues import BY_KEY, DESK, DeskQueue, behind, in_order, waiting
from registry.filters import DeskFilter
from registry.listing import Chip
from registry.models import Firm
from registry.querysets import FirmQuerySet
from registry.worklist import Waiting, in_queue

QUEUE = "antrean"
FROM = "_tugas"  # of a form: the queue that it was opened from, as it stands in the address


@dataclass(frozen=True)
class Asked:
    """A queue with filters, in the reach of a person."""

    user: Any
    queue: DeskQueue
    filters: DeskFilter

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

    def tabs(self) -> list[tuple[DeskQueue, Waiting, str]]:
        """Every queue with its number under the same filters, and its address."""
        firms = self.filters.qs
        return [
            (queue, waiting(firms, queue), urlencode({**self.parts, QUEUE: queue.key}))
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
            field: Any = self.filters.form.fields[name]
            rest = {key: kept for key, kept in self.parts.items() if key != name}
            label = dict(field.choices).get(value, value)
            yield Chip(self.filters.filters[name].label, label, f"?{urlencode(rest)}")


def asked_of(request: HttpRequest, data: QueryDict | None = None) -> Asked:
    """What the address asks for; without a queue it is the first one in which somebody waits."""
    data = request.GET if data is None else data
    filters = DeskFilter(data, Firm.objects.visible_to(request.user), request=request)
    queue = BY_KEY.get(data.get(QUEUE, ""))
    if queue is None:
        firms = filters.qs
        queue = next((q for q in DESK if in_queue(firms, q.key).exists()), DESK[0])
    return Asked(request.user, queue, filters)


def came_from(request: HttpRequest, text: str | None) -> Asked | None:
    """The queue that a page was opened from, as the text of its address; None: from none."""
    data = QueryDict(text or "")
    return asked_of(request, data) if data.get(QUEUE) in BY_KEY else None


def desk_address(asked: Asked) -> str:
    """The address of the list on this site."""
    return f"{reverse('registry:desk')}?{asked.query}"
