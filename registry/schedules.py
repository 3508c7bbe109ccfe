"""What the workers run again and again, entered after each migration.

Rule: what is there already stays as it is. Where only some apps are migrated and the table of
schedules does not stand yet, the migration that brings it enters them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import connection
from django.utils import timezone
from django_q.models import Schedule

# Name, task, minutes between two runs.
Every = tuple[str, str, int]


def enter(rows: Iterable[Every]) -> None:
    """Tasks that run every so many minutes."""
    for name, task, minutes in rows:
        _enter(name, func=task, schedule_type=Schedule.MINUTES, minutes=minutes)


def enter_daily(name: str, task: str, at: dt.time) -> None:
    """A task that runs once a day at this hour, from tomorrow on."""
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    first = timezone.make_aware(dt.datetime.combine(tomorrow, at))
    _enter(name, func=task, schedule_type=Schedule.DAILY, next_run=first)


def _enter(name: str, **how: object) -> None:
    if Schedule._meta.db_table in connection.introspection.table_names():
        Schedule.objects.get_or_create(name=name, defaults=how)
