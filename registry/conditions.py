"""What can be said of a firm, each as one condition on its row.

Rule: the staff's list of firms filters by these and the numbers count by these, so a number and
the list behind it are always about the same firms.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone


def with_nib() -> Q:
    """The NIB is on record."""
    return Q(nib__isnull=False)


def stands(where: Q) -> Exists:
    """The firm's derived row says so: one look at one row, whatever it was derived from."""
    from registry.models.standing import Standing

    return Exists(Standing.objects.filter(where, firm=OuterRef("pk")))


# What the derived row says of the SIINas accounts of a firm's sites.
HAS_ACCOUNT = Q(account__in=["held", "complete"])
LACKS_ACCOUNT = Q(account__in=["none", "known"])
IS_COMPLETE = Q(account="complete")
IS_INCOMPLETE = Q(account="held")
IS_BLOCKED = Q(blocked=True)
IN_NO_GROUP = Q(kbli__isnull=True) | Q(kbli__group__isnull=True)


def group_is(*slugs: str) -> Q:
    """The primary activity lies in one of the industry groups, asked of the derived row."""
    return Q(kbli__group__in=slugs)


def with_account() -> Exists:
    """One of the sites holds a SIINas account, complete or not."""
    return stands(HAS_ACCOUNT)


def with_complete_account() -> Exists:
    """The account of one of the sites is complete."""
    return stands(IS_COMPLETE)


def with_blocked_account() -> Exists:
    """The way to the account of one of the sites is blocked."""
    return stands(IS_BLOCKED)


def with_tkdn(on: dt.date | None = None) -> Exists:
    """A TKDN-IK certificate is valid on the day."""
    return stands(Q(tkdn_until__gte=on or timezone.localdate()))


def with_partner(on: dt.date | None = None) -> Exists:
    """A partnership with local government is in force on the day."""
    from registry.models.partnerships import Partnership

    return Exists(Partnership.objects.filter(firm=OuterRef("pk")).in_force(on))


def with_ending(first: dt.date, last: dt.date, **of: Any) -> Exists:
    """An issued certificate ends on one of the days; `of` narrows which certificate."""
    return Exists(_certificates().ending(first, last).filter(**of))


def in_group(*slugs: str) -> Exists:
    """The primary activity lies in one of the industry groups."""
    return stands(group_is(*slugs))


def in_any_group() -> Exists:
    """The primary activity lies in an industry group at all."""
    return stands(Q(kbli__group__isnull=False))


def soon(on: dt.date | None = None) -> tuple[dt.date, dt.date]:
    """The first and last day of what "ends soon" means."""
    from registry.models.certificates import EXPIRING_DAYS

    day = on or timezone.localdate()
    return day, day + dt.timedelta(days=EXPIRING_DAYS)


def _certificates() -> Any:
    from registry.models.certificates import Certificate

    return Certificate.objects.filter(firm=OuterRef("pk"))


def taken_in_by(batch: int) -> Any:
    """The keys of the firms that an intake added or changed."""
    from registry.models.intake import IntakeRow, Outcome

    written = [Outcome.ADDED.value, Outcome.CHANGED.value]
    rows = IntakeRow.objects.filter(batch=batch, outcome__in=written)
    return rows.filter(firm__isnull=False).values("firm")
