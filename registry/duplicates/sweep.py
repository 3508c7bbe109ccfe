"""Looking through the whole register for duplicates, every night, in short tasks.

Rule: a task takes one district and may run twice without harm.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django_q.tasks import async_task

from registry.models import District, Firm, Regency
from registry.schedules import enter_daily
from registry.services import pairs_refresh

NAME = "possible duplicates"
AT = dt.time(1, 30)  # when nobody works


def sweep() -> int:
    """One task a district, and one a regency for firms without a district."""
    codes = [*District.objects.values_list("pk", flat=True)]
    codes += Regency.objects.values_list("pk", flat=True)
    for code in codes:
        async_task("registry.duplicates.sweep.sweep_place", code, group="duplicates")
    return len(codes)


def sweep_place(code: str) -> int:
    """Look for duplicates of the firms of a district, or of a regency where none is known."""
    in_district = Firm.objects.filter(district=code)
    in_regency = Firm.objects.filter(regency=code, district__isnull=True)
    return pairs_refresh(in_district | in_regency)


def keep_schedule(**_signal: Any) -> None:
    """Enter the nightly run after each migration."""
    enter_daily(NAME, "registry.duplicates.sweep.sweep", AT)
