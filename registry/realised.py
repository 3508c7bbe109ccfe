"""What the targets of a year are compared with, by region: each measure counts what its label says.

Rule: a decree asks for what is new in its year ("102 of 60 new accounts in 2023"), so that counts
by its own date: accounts and certificates by the day of issue, partnerships by their first day,
whatever became of them since. Measures of a state count what holds today. What should have a date
and has none is in neither number: it is counted beside it. All of it goes by the region of the
firm and over the firms that the person may see.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from registry import counts
from registry.models import Certificate, Firm, Partnership, SiinasAccount
from registry.models.certificates import CertificateKind, CertificateStatus
from registry.models.targets import Measure
from registry.querysets.parts import ACCOUNT_HELD

_TKDN = Q(kind=CertificateKind.TKDN_IK)


@dataclass(frozen=True)
class Number:
    """A count, and how many could not be counted because their date is not provided."""

    count: int = 0
    undated: int = 0


# By region.
Numbers = Mapping[str, Number]


def numbers_of(
    measure: str, user: Any, on: dt.date, counted: counts.Tally | None = None
) -> Numbers:
    """The number of a measure in every region, in one query or two; none where nothing counts.

    `counted` is the tally of all groups, where it is known already.
    """
    return _COUNTED[measure](user, on, counted) if measure in _COUNTED else {}


def _accounts(user: Any, on: dt.date, _counted: Any) -> Numbers:
    rows = SiinasAccount.objects.filter(site__firm__in=Firm.objects.visible_to(user))
    return _by_year(rows, "issued_on", on.year, "site__firm__regency", undated=ACCOUNT_HELD)


def _complete(user: Any, _on: dt.date, _counted: Any) -> Numbers:
    firms = counts.working_firms(user).with_nib()
    rows = SiinasAccount.objects.complete().filter(site__firm__in=firms)
    found: Any = rows.order_by().values_list("site__firm__regency").annotate(n=Count("pk"))
    return {regency: Number(n) for regency, n in found}


def _certified(user: Any, _on: dt.date, counted: counts.Tally | None) -> Numbers:
    """Working firms with a valid TKDN certificate, whether or not all is known of them."""
    tally = counted or counts.tally(user)
    endless = Certificate.objects.filter(
        _TKDN,
        status=CertificateStatus.ISSUED,
        valid_until__isnull=True,
        open_ended=False,
        firm__in=counts.working_firms(user),
    )
    found: Any = endless.order_by().values_list("firm__regency")
    undated = dict(found.annotate(n=Count("firm", distinct=True)))
    return {
        regency: Number(row["certified"], undated.get(regency, 0))
        for regency, row in tally.rows.items()
    }


def _certificates(user: Any, on: dt.date, _counted: Any) -> Numbers:
    return _issued(user, on, Q())


def _tkdn_certificates(user: Any, on: dt.date, _counted: Any) -> Numbers:
    return _issued(user, on, _TKDN)


def _issued(user: Any, on: dt.date, kind: Q) -> Numbers:
    rows = Certificate.objects.filter(
        kind, status=CertificateStatus.ISSUED, firm__in=Firm.objects.visible_to(user)
    )
    return _by_year(rows, "issued_on", on.year, "firm__regency", undated=Q())


def _partners(user: Any, on: dt.date, _counted: Any) -> Numbers:
    rows = Partnership.objects.filter(firm__in=Firm.objects.visible_to(user))
    return _by_year(rows, "started_on", on.year, "firm__regency", of="firm")


def _by_year(
    rows: Any, day: str, year: int, regency: str, *, of: str = "pk", undated: Q | None = None
) -> Numbers:
    """Rows whose day lies in a year, and those that have none; an index leads to both."""
    within = Q(**{f"{day}__range": (dt.date(year, 1, 1), dt.date(year, 12, 31))})
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    asked = [within] if undated is None else [within, Q(**{f"{day}__isnull": True}) & undated]
    for place, condition in enumerate(asked):
        grouped = rows.filter(condition).order_by().values_list(regency)
        for key, n in grouped.annotate(n=Count(of, distinct=True)):
            found[key][place] = n
    return {key: Number(*both) for key, both in found.items()}


_COUNTED: Mapping[str, Callable[[Any, dt.date, Any], Numbers]] = {
    Measure.ACCOUNTS: _accounts,
    Measure.COMPLETE: _complete,
    Measure.TKDN: _certified,
    Measure.TKDN_NEW: _tkdn_certificates,
    Measure.CERTIFICATES: _certificates,
    Measure.PARTNERS: _partners,
}
