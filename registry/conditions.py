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


def with_account() -> Exists:
    """One of the sites holds a SIINas account, complete or not."""
    return Exists(_accounts().with_account())


def with_complete_account() -> Exists:
    """The account of one of the sites is complete."""
    return Exists(_accounts().complete())


def with_blocked_account() -> Exists:
    """The way to the account of one of the sites is blocked."""
    from registry.siinas import State

    return Exists(_accounts().filter(state=State.BLOCKED.value))


def blocked_by(blocker: str) -> Exists:
    """The way to the account of one of the sites is blocked by this."""
    from registry.models.siinas import SiinasAccount
    from registry.siinas import State

    accounts = SiinasAccount.objects.filter(site__firm=OuterRef("pk"))
    return Exists(accounts.filter(state=State.BLOCKED.value, blocker=blocker))


def with_tkdn(on: dt.date | None = None) -> Exists:
    """A TKDN-IK certificate is valid on the day."""
    from registry.models.certificates import CertificateKind

    return Exists(_certificates().filter(kind=CertificateKind.TKDN_IK).valid_on(on))


def with_partner(on: dt.date | None = None) -> Exists:
    """A partnership with local government is in force on the day."""
    from registry.models.partnerships import Partnership

    return Exists(Partnership.objects.filter(firm=OuterRef("pk")).in_force(on))


def with_ending(first: dt.date, last: dt.date, **of: Any) -> Exists:
    """An issued certificate ends on one of the days; `of` narrows which certificate."""
    return Exists(_certificates().ending(first, last).filter(**of))


def at_centre(*slugs: str) -> Exists:
    """One of the production sites lies in one of the industry centres."""
    from registry.models.parts import ProductionSite

    sites = ProductionSite.objects.filter(firm=OuterRef("pk"))
    return Exists(sites.filter(centre__slug__in=slugs))


def asked_for_catalogue() -> Exists:
    """The firm was asked for the catalogue, and its answer is on record, even if withdrawn."""
    from registry.models.consents import Consent, Purpose

    return Exists(Consent.objects.filter(firm=OuterRef("pk"), purpose=Purpose.CATALOGUE))


def to_contact(on: dt.date | None = None) -> Exists:
    """The latest contact left a day for the next one, and that day has come."""
    from registry.models.contacts import Contact

    return Exists(Contact.objects.filter(firm=OuterRef("pk")).due(on))


def in_group(*slugs: str) -> Exists:
    """The primary activity lies in one of the industry groups."""
    return Exists(_primary_activity().filter(kbli__group__in=slugs))


def in_any_group() -> Exists:
    """The primary activity lies in an industry group at all."""
    return Exists(_primary_activity().filter(kbli__group__isnull=False))


def soon(on: dt.date | None = None) -> tuple[dt.date, dt.date]:
    """The first and last day of what "ends soon" means."""
    from registry.models.certificates import EXPIRING_DAYS

    day = on or timezone.localdate()
    return day, day + dt.timedelta(days=EXPIRING_DAYS)


def _accounts() -> Any:
    from registry.models.siinas import SiinasAccount

    return SiinasAccount.objects.filter(site__firm=OuterRef("pk"))


def _certificates() -> Any:
    from registry.models.certificates import Certificate

    return Certificate.objects.filter(firm=OuterRef("pk"))


def _primary_activity() -> Any:
    from registry.models.parts import FirmActivity

    return FirmActivity.objects.filter(firm=OuterRef("pk"), is_primary=True)


def taken_in_by(batch: int) -> Any:
    """The keys of the firms that an intake added or changed."""
    from registry.models.intake import IntakeRow, Outcome

    written = [Outcome.ADDED.value, Outcome.CHANGED.value]
    rows = IntakeRow.objects.filter(batch=batch, outcome__in=written)
    return rows.filter(firm__isnull=False).values("firm")
