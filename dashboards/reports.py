"""The reports of the period that ended last, as the dashboard shows them beside the chain."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from registry.models import Regency, ReportingPeriod
from registry.reporting import Numbers, current_period, numbers_of


@dataclass(frozen=True)
class ShownReports:
    """The numbers of a period under the filters of the dashboard, and where they lead."""

    period: ReportingPeriod
    numbers: Numbers
    href: str

    @property
    def owing_href(self) -> str:
        """The list of those that have not reported."""
        return f"{self.href}&lapor=belum"

    @property
    def returned_href(self) -> str:
        """The list of those returned."""
        return f"{self.href}&lapor=kembali"


def reports_shown(
    user: Any, regency: Regency | None, group: str, on: dt.date
) -> ShownReports | None:
    """The period that ended last; None while none is on record."""
    period = current_period(on)
    if period is None:
        return None
    by_region = numbers_of(user, period, on, group)
    parts = [by_region.get(regency.pk, Numbers())] if regency else by_region.values()
    asked = {
        "periode": period.slug,
        "wilayah": regency.slug if regency else "",
        "kelompok": group,
    }
    query = urlencode({name: value for name, value in asked.items() if value})
    return ShownReports(
        period,
        Numbers.total(parts, late=period.late(on)),
        f"{reverse('registry:reports')}?{query}",
    )
