"""Which firms something is done with: those that were ticked, or all that match.

Rule: "all" is the whole list behind the filters and not only the page; its number is said before
anything is done, and nothing is silently cut: beyond the maximum nothing is done at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest, QueryDict

from accounts.policy import Action
from registry.desk.asked import Asked, asked_of
from registry.desk.queues import in_order
from registry.models import Firm
from registry.querysets import FirmQuerySet
from registry.services.many import MOST

WHO, ALL, TICKED, FIRM = "siapa", "semua", "tanda", "usaha"
SHOWN_NAMES = 10
MOST_DIGITS = 19


@dataclass(frozen=True)
class Chosen:
    """Firms in the reach of a person; `ticked` is None for all that match."""

    asked: Asked
    ticked: tuple[int, ...] | None

    @property
    def everybody(self) -> bool:
        """Whether all that match are meant."""
        return self.ticked is None

    @property
    def firms(self) -> FirmQuerySet:
        """The firms, in the order of the queue."""
        if self.ticked is None:
            return self.asked.ordered
        rows = Firm.objects.in_scope(self.asked.user, Action.CHANGE).filter(pk__in=self.ticked)
        return in_order(rows, self.asked.queue)

    @cached_property
    def keys(self) -> list[int]:
        """The firms by number; one more than the maximum says that there are too many."""
        return list(self.firms.values_list("pk", flat=True)[: MOST + 1])

    @property
    def count(self) -> int:
        """How many they are, as far as `keys` goes."""
        return len(self.keys)

    @property
    def too_many(self) -> bool:
        """Whether they are more than can be done at once."""
        return self.count > MOST

    @cached_property
    def names(self) -> list[str]:
        """The first of them by name."""
        return [str(firm) for firm in self.firms[:SHOWN_NAMES]]

    @property
    def others(self) -> int:
        """How many more there are than are named."""
        return self.count - len(self.names)

    @property
    def parts(self) -> list[tuple[str, str]]:
        """What an address or a form says to mean the same firms again."""
        return [
            *self.asked.parts.items(),
            (WHO, ALL if self.ticked is None else TICKED),
            *((FIRM, str(key)) for key in self.ticked or ()),
        ]


def chosen_of(request: HttpRequest, data: QueryDict) -> Chosen:
    """The firms that a form or an address means."""
    asked = asked_of(request, data)
    if data.get(WHO) == ALL:
        return Chosen(asked, None)
    return Chosen(asked, tuple(_numbers(data.getlist(FIRM))))


def _numbers(texts: Iterable[str]) -> list[int]:
    """Numbers that the database can hold; anything else names no firm."""
    good = (text for text in texts if text.isascii() and text.isdigit() and len(text) < MOST_DIGITS)
    return sorted({int(text) for text in good})[: MOST + 1]
