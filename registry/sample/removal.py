"""Takes invented firms out again, with all that hangs on them and their history.

Rule: whatever refers to a sample firm goes with it, also in tables of other apps that come later;
what only mentions one (SET_NULL, a row of a sheet) stays and forgets it. Real firms stay.
"""

from __future__ import annotations

from functools import partial

import pgtrigger
from django.db import models, transaction

from registry.hanging import Hanging, hanging
from registry.models import Firm, ReportingPeriod
from registry.models.siinas import STEPS_GO
from registry.sample.build import SOURCE
from registry.standing.keeping import worked_out_once


def _rows(table: Hanging) -> models.QuerySet[models.Model]:
    """The rows that hang on sample firms."""
    return table.model._base_manager.filter(**{f"{table.path}__is_sample": True})


def remove_sample() -> dict[type[models.Model], int]:
    """Remove all sample firms in one transaction; returns how many rows of which table."""
    tables = list(hanging(Firm))
    removed: dict[type[models.Model], int] = {}
    with (
        worked_out_once(),
        pgtrigger.ignore(STEPS_GO, *_guards([Firm, ReportingPeriod, *(t.model for t in tables)])),
    ):
        for table in tables:
            if table.stays:
                _rows(table).update(**{table.path.partition("__")[0]: None})
                continue
            _forget(table.model, table.path)
            count = _delete(_rows(table))
            removed[table.model] = removed.get(table.model, 0) + count
        _forget(Firm, "pgh_obj")
        removed[Firm] = _delete(Firm._base_manager.filter(is_sample=True))
        removed[ReportingPeriod] = _delete_periods()
    return removed


def _delete_periods() -> int:
    """Invented periods go unless a real report refers to them."""
    periods = ReportingPeriod.objects.filter(note=SOURCE, reports=None)
    keys = list(periods.values_list("pk", flat=True))
    if not keys:
        return 0
    if events := _events(ReportingPeriod):
        _delete(events._base_manager.filter(pgh_obj__in=keys))
    return _delete(ReportingPeriod.objects.filter(pk__in=keys))


def _events(model: type[models.Model]) -> type[models.Model] | None:
    """The table that keeps the history of a tracked one."""
    return getattr(model, "pgh_event_model", None)


def _guards(tables: list[type[models.Model]]) -> list[str]:
    """The triggers that keep history from shrinking, and from noting this removal."""
    guards = []
    for model in dict.fromkeys(tables):
        if events := _events(model):
            guards += [f"{model._meta.label}:delete_delete", f"{events._meta.label}:append_only"]
    return guards


def _forget(model: type[models.Model], path: str) -> None:
    """History goes by the firm that its rows name: also that of parts taken away earlier."""
    if events := _events(model):
        _delete(events._base_manager.filter(**{f"{path}__is_sample": True}))


def _delete(rows: models.QuerySet[models.Model]) -> int:
    """Delete in one statement; files of the rows follow once that is certain."""
    for field in rows.model._meta.fields:
        if isinstance(field, models.FileField):
            for name in rows.exclude(**{field.name: ""}).values_list(field.name, flat=True):
                transaction.on_commit(partial(field.storage.delete, name))
    return int(rows._raw_delete(rows.db))
