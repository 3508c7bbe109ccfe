"""Rows that describe firms, accounts and centres, and sheets: what of them counts when."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from registry.querysets.base import ReferenceQuerySet, ScopedQuerySet
from registry.siinas import HAS_ACCOUNT, IS_COMPLETE, State


class FirmPartQuerySet(ScopedQuerySet):
    """Rows that describe a firm."""

    regency_path = "firm__regency"


class SiteQuerySet(ScopedQuerySet):
    """Production sites: a person's own regions, by where the site lies."""

    def in_scope(self, user: Any, action: str) -> Self:
        """As for every row, without what a merge left at the firm that is gone."""
        return super().in_scope(user, action).filter(firm__merged_into__isnull=True)


class CertificateQuerySet(FirmPartQuerySet):
    """Certificates."""

    def valid_on(self, on: dt.date | None = None) -> Self:
        """Issued, and not past their end on the day; an unknown end date is not "valid"."""
        day = on or timezone.localdate()
        begun = Q(issued_on__isnull=True) | Q(issued_on__lte=day)
        return self.filter(begun, status="issued").filter(
            Q(open_ended=True) | Q(valid_until__gte=day)
        )

    def replaced(self) -> Exists:
        """The condition that a renewal is on record: its end is nobody's task any more.

        A renewal is an issued certificate of the same firm, kind and product (as written; none
        named is the same as none named) that ends later, or never.
        """
        same = self.model._base_manager.filter(
            firm=OuterRef("firm"),
            kind=OuterRef("kind"),
            product__iexact=OuterRef("product"),
            status="issued",
        )
        later = Q(open_ended=True) | Q(valid_until__gt=OuterRef("valid_until"))
        return Exists(same.filter(later))

    def to_renew(self) -> Self:
        """Issued, with an end date, and no renewal on record."""
        return self.filter(~self.replaced(), status="issued", valid_until__isnull=False)

    def ending(self, first: dt.date, last: dt.date | None = None) -> Self:
        """Wanting renewal on one of the days; without `last`, at any time from the first on."""
        ahead = self.to_renew().filter(valid_until__gte=first)
        return ahead.filter(valid_until__lte=last) if last else ahead


class TkdnRuleQuerySet(ReferenceQuerySet):
    """Regulations on TKDN for small industry."""

    def in_force(self, on: dt.date | None = None) -> Self:
        """The regulation of the day, the latest first; `registry.tkdn.in_force` is the rule."""
        day = on or timezone.localdate()
        begun = self.filter(since__lte=day).filter(Q(until__isnull=True) | Q(until__gte=day))
        return begun.order_by("-since")


class PartnershipQuerySet(FirmPartQuerySet):
    """Partnerships with local government."""

    def in_force(self, on: dt.date | None = None) -> Self:
        """Begun, and not ended before the day."""
        day = on or timezone.localdate()
        begun = self.filter(started_on__lte=day)
        return begun.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=day))


class ConsentQuerySet(FirmPartQuerySet):
    """Consents."""

    def in_force(self) -> Self:
        """Given and not withdrawn."""
        return self.filter(withdrawn_on__isnull=True)


class ObjectionQuerySet(FirmPartQuerySet):
    """Wishes not to be shown."""

    def in_force(self) -> Self:
        """Said and not taken back."""
        return self.filter(lifted_on__isnull=True)


class _OfStandingFirm(FirmPartQuerySet):
    """Rows that mean something only while their firm stands by itself."""

    def in_scope(self, user: Any, action: str) -> Self:
        """As for every row, without those of firms that were merged into another."""
        return super().in_scope(user, action).filter(firm__merged_into__isnull=True)


class CardQuerySet(_OfStandingFirm):
    """Cards of firms."""

    def usable(self, on: dt.date | None = None) -> Self:
        """Cards that open their firm on the day: not revoked, not expired, the firm not merged."""
        day = on or timezone.localdate()
        return self.filter(
            revoked_at__isnull=True, expires_on__gte=day, firm__merged_into__isnull=True
        )


class ProposalQuerySet(_OfStandingFirm):
    """Corrections that firms propose."""

    def waiting(self) -> Self:
        """Nobody decided yet."""
        return self.filter(state="waiting")


class CardRequestQuerySet(_OfStandingFirm):
    """Wishes for a card."""

    def waiting(self) -> Self:
        """The office has to bring the card."""
        return self.filter(state="waiting")


class ContactQuerySet(FirmPartQuerySet):
    """The contact log."""

    def last_of_each(self) -> Self:
        """Of each firm its latest entry."""
        same = self.model._default_manager.filter(firm=OuterRef("firm"))
        later = Q(on__gt=OuterRef("on")) | Q(on=OuterRef("on"), pk__gt=OuterRef("pk"))
        return self.filter(~Exists(same.filter(later)))

    def due(self, on: dt.date | None = None) -> Self:
        """Latest entries whose next day has come."""
        return self.filter(next_on__lte=on or timezone.localdate()).last_of_each()


class PublicationQuerySet(ScopedQuerySet):
    """Offices' decisions to publish bodies."""

    def in_force(self) -> Self:
        """Decided and not revoked."""
        return self.filter(revoked_on__isnull=True)


# The rule of `registry.siinas.stands_at`: a block takes away nothing that an account had reached.
_BLOCKED = Q(state=State.BLOCKED.value)
ACCOUNT_COMPLETE = Q(state__in=sorted(state.value for state in IS_COMPLETE)) | (
    _BLOCKED & ~Q(evidence_number="")
)
ACCOUNT_HELD = (
    Q(state__in=sorted(state.value for state in HAS_ACCOUNT))
    | (_BLOCKED & Q(issued_on__isnull=False))
    | ACCOUNT_COMPLETE
)


class SiinasQuerySet(ScopedQuerySet):
    """SIINas accounts, by where their site lies."""

    regency_path = "site__regency"

    def with_account(self) -> Self:
        """Sites that hold an account, complete or not, blocked or not."""
        return self.filter(ACCOUNT_HELD)

    def complete(self) -> Self:
        """Accounts whose proof of ownership is issued."""
        return self.filter(ACCOUNT_COMPLETE)


class SiinasStepQuerySet(ScopedQuerySet):
    """Steps of accounts."""

    regency_path = "account__site__regency"


class PeriodQuerySet(ReferenceQuerySet):
    """Reporting periods."""

    def over(self, on: dt.date | None = None) -> Self:
        """Those that have ended before the day: their reports can be made."""
        return self.filter(last_day__lt=on or timezone.localdate())


class ReportQuerySet(ScopedQuerySet):
    """Reports of accounts."""

    regency_path = "account__site__regency"


class CentreQuerySet(ScopedQuerySet):
    """Industry centres; their names and places are public facts."""

    def public(self) -> Self:
        """Centres that are recorded or more, and still active."""
        return self.exclude(status__in=["potential", "inactive"])


class CentrePartQuerySet(ScopedQuerySet):
    """Rows that describe a centre."""

    regency_path = "centre__regency"


class IntakeBatchQuerySet(ScopedQuerySet):
    """Sheets taken in."""
