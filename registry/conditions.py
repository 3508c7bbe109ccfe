"""What can be said of a firm, each as one condition on its row.

Rule: the staff's list of firms filters by these and the numbers count by these, so a number and
the list behind it are always about the same firms.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone


def with_nib() -> Q:
    """The NIB is on record."""
    return Q(nib__isnull=False)


def stands(where: Q) -> Exists:
    """The firm's derived row says so: one look at one row, whatever it was derived from."""
    from registry.models.standing import Standing

    return Exists(Standing.objects.filter(where, firm=OuterRef("pk")))


def of_firm(where: Q) -> Q:
    """The firm's own row says so, asked of its derived row."""
    from registry.models.firms import Firm

    return Q(Exists(Firm._base_manager.filter(where, pk=OuterRef("pk"))))


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


def blocked_by(blocker: str) -> Exists:
    """The way to the account of one of the sites is blocked by this."""
    from registry.models.siinas import SiinasAccount
    from registry.siinas import State

    accounts = SiinasAccount.objects.filter(site__firm=OuterRef("pk"))
    return Exists(accounts.filter(state=State.BLOCKED.value, blocker=blocker))


def with_tkdn(on: dt.date | None = None) -> Exists:
    """A TKDN-IK certificate is valid on the day."""
    return stands(Q(tkdn_until__gte=on or timezone.localdate()))


def is_eligible(on: dt.date | None = None) -> Q:
    """Nothing stands in the way of a TKDN-IK certificate on the day, asked of the derived row.

    The same as `registry.tkdn.eligibility` over what `registry.eligibility` reads of the firm.
    """
    from registry.models.tkdn import TkdnRule

    ceiling = Subquery(TkdnRule.objects.in_force(on).values("ceiling")[:1])
    return Q(may_tkdn=True, capital__lte=Coalesce(ceiling, Value(-1)))


def eligible_for_tkdn(on: dt.date | None = None) -> Q:
    """The same as a condition on firms."""
    return Q(stands(is_eligible(on)))


def with_partner(on: dt.date | None = None) -> Exists:
    """A partnership with local government is in force on the day."""
    from registry.models.partnerships import Partnership

    return Exists(Partnership.objects.filter(firm=OuterRef("pk")).in_force(on))


def helped(year: int | None = None) -> Exists:
    """A facilitation of the firm is on record, of the year or of any."""
    from registry.models.partnerships import Facilitation

    given = Facilitation.objects.filter(firm=OuterRef("pk"))
    return Exists(given.filter(given_on__year=year) if year else given)


def with_report_due(on: dt.date | None = None) -> Q:
    """A complete account of the firm owes the report of a period that is over, late or not."""
    return _owes(on or timezone.localdate(), late=False)


def with_report_overdue(on: dt.date | None = None) -> Q:
    """The same, and the date of that report is past."""
    return _owes(on or timezone.localdate(), late=True)


def _owes(on: dt.date, *, late: bool) -> Q:
    """Asked as a set, once for all firms: much quicker among counts than firm by firm."""
    from registry.reporting import accounts_owing

    return Q(pk__in=accounts_owing(on, late=late).values("site__firm"))


def with_ending(first: dt.date, last: dt.date, **of: Any) -> Exists:
    """An issued certificate ends on one of the days; `of` narrows which certificate."""
    return Exists(_certificates().ending(first, last).filter(**of))


def with_open_proposal() -> Exists:
    """A correction that the firm proposed by its card waits for an officer."""
    from registry.models.cards import ChangeProposal

    return Exists(ChangeProposal.objects.waiting().filter(firm=OuterRef("pk")))


def at_centre(*slugs: str) -> Exists:
    """One of the production sites lies in one of the industry centres."""
    from registry.models.parts import ProductionSite

    sites = ProductionSite.objects.filter(firm=OuterRef("pk"))
    return Exists(sites.filter(centre__slug__in=slugs))


def to_contact(on: dt.date | None = None) -> Exists:
    """The latest contact left a day for the next one, and that day has come."""
    from registry.models.contacts import Contact

    return Exists(Contact.objects.filter(firm=OuterRef("pk")).due(on))


def in_group(*slugs: str) -> Exists:
    """The primary activity lies in one of the industry groups."""
    return stands(group_is(*slugs))


def in_any_group() -> Exists:
    """The primary activity lies in an industry group at all."""
    return stands(Q(kbli__group__isnull=False))


def soon(on: dt.date | None = None, days: int | None = None) -> tuple[dt.date, dt.date]:
    """The first and last day of so many; without a number, of what "ends soon" means."""
    from registry.models.certificates import EXPIRING_DAYS

    day = on or timezone.localdate()
    return day, day + dt.timedelta(days=EXPIRING_DAYS if days is None else days)


def _certificates() -> Any:
    from registry.models.certificates import Certificate

    return Certificate.objects.filter(firm=OuterRef("pk"))


def taken_in_by(batch: int) -> Any:
    """The keys of the firms that an intake added or changed."""
    from registry.models.intake import IntakeRow, Outcome

    written = [Outcome.ADDED.value, Outcome.CHANGED.value]
    rows = IntakeRow.objects.filter(batch=batch, outcome__in=written)
    return rows.filter(firm__isnull=False).values("firm")
