"""Who must report for a period, who has, who is late. Reads only; a measure beside the chain.

The rule: a period asks every account that is complete now, blocked or not, of a working firm of the
asked scale, unless the account is known to have become complete after the period's last day: by its
first step to "complete", or, for one that came complete with a sheet, by its day of issue and year
of proof. A report is made once it is submitted or accepted; what is not made is late after the
period's date, and never late while nobody knows the date. A plant counts in the region where it
lies.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    ExpressionWrapper,
    FilteredRelation,
    Func,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest

from registry.conditions import in_any_group, in_group
from registry.filters import UNMAPPED
from registry.models import Firm, ReportingPeriod, SiinasAccount, SiinasReport, SiinasStep
from registry.models.reporting import REPORTED, SCALES, Obliged, ReportState
from registry.querysets import SiinasQuerySet
from registry.siinas import State

LONG_AGO = dt.date(1, 1, 1)
PERIODS_SHOWN = 4


def with_complete_since(accounts: SiinasQuerySet) -> SiinasQuerySet:
    """Adds `complete_since`: the earliest day on which the account may have been complete."""
    to_complete = SiinasStep.objects.filter(account=OuterRef("pk"), target=State.COMPLETE.value)
    # The first step of an account that came complete with a sheet is dated by the sheet.
    day = Case(When(source="", then=None), default="on", output_field=DateField())
    first = Subquery(to_complete.order_by("pk").annotate(day=day).values("day")[:1])
    year = Func("evidence_year", 1, 1, function="make_date", output_field=DateField())
    known = Greatest("issued_on", "registered_on", year)
    return accounts.annotate(
        complete_since=Coalesce(first, known, Value(LONG_AGO), output_field=DateField())
    )


def accounts_due(period: ReportingPeriod) -> SiinasQuerySet:
    """The accounts that the period asks for a report."""
    firms = Firm.objects.working().filter(scale_on_nib__in=period.scales)
    accounts = with_complete_since(SiinasAccount.objects.complete())
    return accounts.filter(site__firm__in=firms, complete_since__lte=period.last_day)


def is_due(account: Any, period: ReportingPeriod) -> bool:
    """The same rule for an account of `with_complete_since` of a working firm."""
    return bool(
        account.stands_at == State.COMPLETE.value
        and account.complete_since <= period.last_day
        and account.site.firm.scale_on_nib in period.scales
    )


def accounts_owing(on: dt.date, *, late: bool = False) -> SiinasQuerySet:
    """The complete accounts without a report of some period that is over; `late`: past its date."""
    made = SiinasReport.objects.filter(
        account=OuterRef(OuterRef("pk")), period=OuterRef("pk"), state__in=REPORTED
    )
    asks = Q(obliged=Obliged.ALL)
    for who in (Obliged.SMALL, Obliged.LARGER):
        asks |= Q(obliged=who, scale__in=SCALES[who.value])
    periods = (
        ReportingPeriod.objects.over(on)
        .annotate(scale=ExpressionWrapper(OuterRef("site__firm__scale_on_nib"), CharField()))
        .filter(asks, ~Exists(made), last_day__gte=OuterRef("complete_since"))
    )
    if late:
        periods = periods.filter(due_on__lt=on)
    return with_complete_since(SiinasAccount.objects.complete()).filter(Exists(periods))


def current_period(on: dt.date) -> ReportingPeriod | None:
    """The period that ended last: its reports are what is asked for today."""
    period: ReportingPeriod | None = ReportingPeriod.objects.over(on).first()
    return period


@dataclass(frozen=True)
class Numbers:
    """Accounts of a period: `due` are those reported, those overdue and those still waiting.

    `returned` says how many of those not reported came back to be mended.
    """

    due: int = 0
    reported: int = 0
    returned: int = 0
    late: bool = False

    @property
    def owing(self) -> int:
        """Not reported, late or not."""
        return self.due - self.reported

    @property
    def overdue(self) -> int:
        """Not reported, and the date is past."""
        return self.owing if self.late else 0

    @property
    def waiting(self) -> int:
        """Not reported, and not late: the date is ahead or not known."""
        return 0 if self.late else self.owing

    @property
    def share(self) -> float | None:
        """Reported, in percent of those due; None where none is due."""
        return 100 * self.reported / self.due if self.due else None

    @classmethod
    def total(cls, parts: Iterable[Numbers], *, late: bool) -> Numbers:
        """The sum of parts of one period."""
        found = list(parts)
        return cls(
            sum(part.due for part in found),
            sum(part.reported for part in found),
            sum(part.returned for part in found),
            late,
        )


def numbers_of(
    user: Any, period: ReportingPeriod, on: dt.date, group: str = ""
) -> dict[str, Numbers]:
    """The numbers of a period by regency of the site, in one query."""
    accounts = in_industry(accounts_due(period).visible_to(user), group)
    counted = (
        accounts.alias(report=FilteredRelation("reports", condition=Q(reports__period=period)))
        .order_by()
        .values("site__regency")
        .annotate(
            due=Count("pk"),
            reported=Count("pk", filter=Q(report__state__in=REPORTED)),
            returned=Count("pk", filter=Q(report__state=ReportState.RETURNED)),
        )
    )
    late = period.late(on)
    return {
        row["site__regency"]: Numbers(row["due"], row["reported"], row["returned"], late)
        for row in counted
    }


def in_industry(accounts: SiinasQuerySet, group: str) -> SiinasQuerySet:
    """The accounts whose firm lies in the industry group; "tanpa" stands for none."""
    if not group:
        return accounts
    condition: Any = ~in_any_group() if group == UNMAPPED else in_group(group)
    return accounts.filter(site__firm__in=Firm.objects.filter(condition))


@dataclass(frozen=True)
class ReportLine:
    """The report of an account for a period as it stands on a day; None: nothing on record."""

    account: SiinasAccount
    period: ReportingPeriod
    report: SiinasReport | None
    late: bool

    @property
    def made(self) -> bool:
        """Whether it is submitted or accepted."""
        return self.report is not None and self.report.state in REPORTED

    @property
    def overdue(self) -> bool:
        """Whether it is not made and the date is past."""
        return self.late and not self.made

    @property
    def returned(self) -> bool:
        """Whether it came back to be mended."""
        return self.report is not None and self.report.state == ReportState.RETURNED


def lines_of(
    accounts: Sequence[SiinasAccount], period: ReportingPeriod, on: dt.date
) -> list[ReportLine]:
    """The lines of some accounts for one period, in their order; one query."""
    reports = {
        report.account_id: report
        for report in SiinasReport.objects.filter(period=period, account__in=accounts)
    }
    late = period.late(on)
    return [ReportLine(each, period, reports.get(each.pk), late) for each in accounts]


def lines_of_firm(firm: Firm, user: Any, on: dt.date) -> list[ReportLine]:
    """The latest periods that ask the accounts of a working firm, newest first; three queries."""
    if not Firm.objects.working().contains(firm):
        return []
    accounts: Any = SiinasAccount.objects.visible_to(user).complete().filter(site__firm=firm)
    found = list(with_complete_since(accounts).select_related("site__firm", "site__village"))
    periods = list(ReportingPeriod.objects.over(on)[:PERIODS_SHOWN]) if found else []
    reports = {
        (report.account_id, report.period_id): report
        for report in SiinasReport.objects.filter(period__in=periods, account__in=found)
    }
    return [
        ReportLine(account, period, reports.get((account.pk, period.pk)), period.late(on))
        for period in periods
        for account in found
        if is_due(account, period)
    ]
