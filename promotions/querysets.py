"""Which inquiries a person of the office may see, and what of them waits for whom."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts import policy
from registry.querysets import ScopedQuerySet

_OPEN = ("sent", "desk")


class InquiryQuerySet(ScopedQuerySet):
    """Inquiries: of the regions of the firms written to, or the one that the buyer named."""

    def in_scope(self, user: Any, action: str) -> Self:
        """The inquiries with which the person may do `action`.

        One that names neither firm nor region belongs to whoever reaches every region.
        """
        from promotions.models import InquiryFirm

        scope = policy.scope_of(user, action, self.model._meta.label_lower)
        if scope.everywhere:
            return self.all()
        own = InquiryFirm.objects.filter(inquiry=OuterRef("pk"), firm__regency__in=scope.regencies)
        return self.filter(Q(regency__in=scope.regencies) | Q(Exists(own)))

    def waiting_for_desk(self, user: Any, on: dt.date | None = None) -> Self:
        """Those of the person's regions that the desk has to do something about."""
        from promotions.models import InquiryFirm

        rows = InquiryFirm.objects.visible_to(user).filter(inquiry=OuterRef("pk"))
        at_desk = rows.filter(Q(state="desk") | Q(state="sent", due_on__lt=_day(on)))
        return self.visible_to(user).filter(
            Q(state__in=["held", "routing"]) | Q(state="sent") & Q(Exists(at_desk))
        )

    def to_erase(self, on: dt.date | None = None) -> Self:
        """Those whose time is over and whose buyer still stands in them."""
        return self.filter(erased_at__isnull=True, erase_on__lte=_day(on))


class InquiryFirmQuerySet(ScopedQuerySet):
    """Firms written to."""

    regency_path = "firm__regency"

    def open(self) -> Self:
        """Neither answered nor closed, and past the check."""
        return self.filter(state__in=_OPEN)

    def told(self) -> Self:
        """What the firm itself may read: past the check, its buyer not erased."""
        return self.exclude(state="held").filter(inquiry__erased_at__isnull=True)

    def overdue(self, on: dt.date | None = None) -> Self:
        """The firm has not answered in time."""
        return self.filter(state="sent", due_on__lt=_day(on))

    def to_mail(self, at: dt.datetime | None = None) -> Self:
        """Letters that have not left, whose next try has come."""
        return self.filter(
            state="sent",
            way="mail",
            mailed_at__isnull=True,
            next_try_at__lte=at or timezone.now(),
        )


def _day(on: dt.date | None) -> dt.date:
    return on or timezone.localdate()
