"""Invented reporting periods, and what became of the reports of sample firms.

Rule: only where no period is on record. The older of the two has an invented date, so that some are
late; the newer has none, as in life until a circular names it.
"""

from __future__ import annotations

import datetime as dt

from registry.models import ReportingPeriod, SiinasReport
from registry.models.reporting import PeriodKind, ReportState
from registry.reporting import accounts_due
from registry.sample.build import SOURCE
from registry.sample.draws import Draws
from registry.services import SYSTEM, save_row
from registry.services.base import writing
from registry.services.bulk import insert_rows

CHUNK = 5000
# Of the accounts that must report, so many have; the rest is not on record.
_SHARES = {
    ReportState.SUBMITTED: 0.2,
    ReportState.ACCEPTED: 0.25,
    ReportState.RETURNED: 0.07,
    ReportState.DRAFT: 0.03,
    None: 0.45,
}
_DAYS_TO_REPORT = 15
_WHY = ("kapasitas terpasang masih kosong", "satuan produksi tidak cocok", "bahan baku belum rinci")


def load_reports(seed: int, today: dt.date) -> None:
    """The last two quarters that are over, with their reports."""
    if ReportingPeriod.objects.exists():
        return
    draws = Draws(seed, today)
    newest, older = _quarters_before(today)
    for (year, number), dated in ((older, True), (newest, False)):
        period = ReportingPeriod(kind=PeriodKind.QUARTER, year=year, number=number, note=SOURCE)
        period.clean()
        if dated:
            period.due_on = period.last_day + dt.timedelta(days=_DAYS_TO_REPORT)
        save_row(period, by=SYSTEM, reason=SOURCE)
        _report(period, draws)


def _report(period: ReportingPeriod, draws: Draws) -> None:
    due = accounts_due(period).filter(site__firm__is_sample=True).order_by("pk")
    rows: list[SiinasReport] = []
    with writing(by=SYSTEM, reason=SOURCE):
        for account in due.values_list("pk", flat=True).iterator(CHUNK):
            if state := draws.weighted(_SHARES):
                rows.append(_drawn(account, period, state, draws))
            if len(rows) == CHUNK:
                insert_rows(SiinasReport, rows)
                rows = []
        insert_rows(SiinasReport, rows)


def _drawn(account: int, period: ReportingPeriod, state: ReportState, draws: Draws) -> SiinasReport:
    days = draws.number(1, min(_DAYS_TO_REPORT, (draws.today - period.last_day).days))
    return SiinasReport(
        account_id=account,
        period=period,
        state=state.value,
        on=period.last_day + dt.timedelta(days=days),
        note=draws.pick(_WHY) if state is ReportState.RETURNED else "",
    )


def _quarters_before(today: dt.date) -> list[tuple[int, int]]:
    """Year and number of the two quarters that ended last, the newest first."""
    running = today.year * 4 + (today.month - 1) // 3
    return [(quarter // 4, quarter % 4 + 1) for quarter in (running - 1, running - 2)]
