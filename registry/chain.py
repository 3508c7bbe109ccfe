"""How far a firm has come on the way NIB → SIINas account → complete profile → TKDN → partner.

Rule: a rung counts as reached when it is on record, whatever stands before it; the first rung not
reached is the one to work on.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry import conditions
from registry.querysets import FirmQuerySet


class Mark(StrEnum):
    """Where a rung stands; the values are classes of the style sheet."""

    REACHED = "sudah"
    CURRENT = "kini"
    BLOCKED = "kendala"
    LATER = "nanti"


# Rungs in their order: key, short name.
RUNGS: tuple[tuple[str, Promise], ...] = (
    ("nib", _("NIB")),
    ("account", _("Account")),
    ("profile", _("Profile")),
    ("tkdn", _("TKDN")),
    ("partner", _("Partner")),
)
DONE = "selesai"
# Where a firm stands: the rung that it wants next, or past them all.
STANDINGS: list[tuple[str, Promise]] = [*RUNGS, (DONE, _("Every step reached"))]
SAID = {
    Mark.REACHED: _("reached"),
    Mark.CURRENT: _("next"),
    Mark.BLOCKED: _("blocked"),
    Mark.LATER: _("not yet"),
}


@dataclass(frozen=True)
class Rung:
    """A rung as it stands for one firm."""

    key: str
    name: Promise
    mark: Mark

    @property
    def said(self) -> Promise:
        """The mark in words, for those who do not see its colour."""
        return SAID[self.mark]


def _reached(on: dt.date | None = None) -> dict[str, Any]:
    """Of each rung the condition that it is reached."""
    return {
        "nib": conditions.with_nib(),
        "account": conditions.with_account(),
        "profile": conditions.with_complete_account(),
        "tkdn": conditions.with_tkdn(on),
        "partner": conditions.with_partner(on),
    }


def next_is(key: str, on: dt.date | None = None) -> Q:
    """The rung is the first that a firm has not reached; every firm stands at exactly one."""
    met = Q()
    for rung, reached in _reached(on).items():
        if rung == key:
            return met & ~Q(reached)
        met &= Q(reached)
    return met


def with_chain(firms: FirmQuerySet, on: dt.date | None = None) -> FirmQuerySet:
    """Adds what `chain_of` needs to each firm."""
    return firms.annotate(
        has_account=conditions.with_account(),
        has_complete_account=conditions.with_complete_account(),
        has_blocked_account=conditions.with_blocked_account(),
        has_tkdn=conditions.with_tkdn(on),
        has_partner=conditions.with_partner(on),
    )


def with_next_end(firms: FirmQuerySet, on: dt.date | None = None) -> FirmQuerySet:
    """Adds `next_end`: the day on which the next certificate of the firm ends, today included."""
    from registry.models import Certificate

    ahead = Certificate.objects.filter(firm=OuterRef("pk")).ending(on or timezone.localdate())
    ends = ahead.order_by("valid_until").values("valid_until")[:1]
    return firms.annotate(next_end=Subquery(ends))


def chain_of(firm: Any) -> tuple[Rung, ...]:
    """The rungs of a firm that comes with `with_chain`."""
    reached = {
        "nib": firm.nib is not None,
        "account": firm.has_account,
        "profile": firm.has_complete_account,
        "tkdn": firm.has_tkdn,
        "partner": firm.has_partner,
    }
    current = next((key for key, _name in RUNGS if not reached[key]), None)
    stuck = next((key for key in ("account", "profile") if not reached[key]), None)

    def mark(key: str) -> Mark:
        if reached[key]:
            return Mark.REACHED
        if key == stuck and firm.has_blocked_account:
            return Mark.BLOCKED
        return Mark.CURRENT if key == current else Mark.LATER

    return tuple(Rung(key, name, mark(key)) for key, name in RUNGS)
