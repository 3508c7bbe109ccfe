"""Recording what became of reports in SIINas: the only way a report is written.

The rule: SIINas decides how a report goes on, so any state may follow any; each is dated, a return
says why, and history keeps them all. Only an account that the period asks has a report.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from registry.models import ReportingPeriod, SiinasAccount, SiinasReport
from registry.models.reporting import REPORTED, ReportState
from registry.reporting import accounts_due
from registry.services.base import save_row, writing
from registry.validators import no_password

# So many reports are recorded at once; more are a matter of narrowing the list.
MOST_AT_ONCE = 500


def report_record(
    *,
    account: SiinasAccount,
    period: ReportingPeriod,
    state: str,
    by: Any,
    on: dt.date | None = None,
    note: str = "",
) -> SiinasReport:
    """Record the state of an account's report; the same said twice changes nothing.

    Raises `ValidationError` with a sentence for a day outside the period's time, a return without
    its reason, or an account that the period does not ask.
    """
    day = on or timezone.localdate()
    _check(period, state, day, note)
    with writing(by=by, reason=note or _reason(state)):
        SiinasAccount.objects.select_for_update(of=("self",)).get(pk=account.pk)
        if not accounts_due(period).filter(pk=account.pk).exists():
            raise ValidationError(
                _("%(firm)s does not have to report for %(period)s.")
                % {"firm": account.site.firm.full_name, "period": period}
            )
        report = SiinasReport.objects.filter(account=account, period=period).first()
        report = report or SiinasReport(account=account, period=period)
        if (report.state, report.on, report.note) == (state, day, note):
            return report
        report.state, report.on, report.note, report.recorded_by_id = state, day, note, by.pk
        return save_row(report, by=by, reason=note or _reason(state))


def reports_record(
    *,
    accounts: Sequence[SiinasAccount],
    period: ReportingPeriod,
    state: str,
    by: Any,
    on: dt.date | None = None,
    note: str = "",
) -> int:
    """Record one state for many accounts, all or none; how many were recorded.

    What is accepted stays accepted when the others are recorded as submitted.
    """
    if len(accounts) > MOST_AT_ONCE:
        raise ValidationError(
            _("%(n)s reports are too many at once; at most %(most)s are recorded together.")
            % {"n": len(accounts), "most": MOST_AT_ONCE}
        )
    todo = to_record(accounts, period, state)
    with writing(by=by, reason=note or _reason(state)):
        for account in todo:
            report_record(account=account, period=period, state=state, by=by, on=on, note=note)
    return len(todo)


def to_record(
    accounts: Sequence[SiinasAccount], period: ReportingPeriod, state: str
) -> list[SiinasAccount]:
    """Those of the accounts for which recording the state would say something new."""
    held = REPORTED if state == ReportState.SUBMITTED else (state,)
    done = set(
        SiinasReport.objects.filter(
            account__in=accounts, period=period, state__in=held
        ).values_list("account", flat=True)
    )
    return [account for account in accounts if account.pk not in done]


def _check(period: ReportingPeriod, state: str, day: dt.date, note: str) -> None:
    if state == ReportState.RETURNED and not note:
        raise ValidationError({"note": _("Say why the report was returned.")})
    no_password(note)
    if day > timezone.localdate():
        raise ValidationError(
            {"on": _("%(day)s is still to come. Give the day it happened.") % {"day": _said(day)}}
        )
    if day < period.first_day:
        raise ValidationError(
            {
                "on": _("%(day)s lies before %(period)s begins (%(first)s). Check the year.")
                % {"day": _said(day), "period": period, "first": _said(period.first_day)}
            }
        )


def _said(day: dt.date) -> str:
    return date_format(day, "j M Y")


def _reason(state: str) -> str:
    return _("SIINas report: %(state)s") % {"state": ReportState(state).label}
