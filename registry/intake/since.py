"""What has happened to an intake's firms since it was saved.

The rule: history tells who changed a row and in which intake; whatever this intake did not do
itself, somebody did since.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet

from registry.hanging import hanging
from registry.models import Firm, IntakeBatch, IntakeRow
from registry.models.intake import Outcome

# What a row belongs to: asked for when the policy is.
_WHOLE = {"firm": "firm", "site": "site", "account": "account__site"}
Key = tuple[str, int]


def by_others(events: QuerySet[Any], batch: IntakeBatch) -> QuerySet[Any]:
    """The events that this intake did not cause."""
    own = "pgh_context__metadata__batch"
    return events.filter(
        Q(pgh_context__isnull=True) | Q(**{f"{own}__isnull": True}) | ~Q(**{own: batch.pk})
    )


class Since:
    """What stands in the register now of the rows that some rows of a sheet wrote."""

    def __init__(self, batch: IntakeBatch, rows: Iterable[IntakeRow]) -> None:
        self.batch = batch
        keys: dict[str, set[int]] = defaultdict(set)
        firms = set()
        for row in rows:
            for label, pk, _before, _after in row.journal:
                keys[label].add(pk)
            if row.outcome == Outcome.ADDED and row.firm_id:
                firms.add(row.firm_id)
        self.now: dict[Key, models.Model] = {}
        self.touched: set[Key] = set()
        for label, pks in keys.items():
            self._load(label, pks)
        self.attached = _attached(firms, set(self.now)) if firms else {}
        kept = batch.rows.filter(firm_id__in=firms, outcome=Outcome.KEPT)
        self.kept = set(kept.values_list("firm_id", flat=True)) if firms else set()

    def _load(self, label: str, pks: set[int]) -> None:
        model = apps.get_model(label)
        whole = [_WHOLE[f.name] for f in model._meta.fields if f.name in _WHOLE]
        rows = model._default_manager.select_related(*whole).in_bulk(pks)
        self.now |= {(label, pk): row for pk, row in rows.items()}
        events = model.pgh_event_model.objects.filter(pgh_obj_id__in=pks)
        others = by_others(events, self.batch)
        self.touched |= {(label, pk) for pk in others.values_list("pgh_obj_id", flat=True)}

    def changed(self, row: IntakeRow) -> list[str]:
        """What of a row's work was changed since, in the words of the register."""
        found: list[str] = []
        for label, pk, before, after in row.journal:
            now = self.now.get((label, pk))
            if now is None:
                found.append(str(apps.get_model(label)._meta.verbose_name))
            elif before is None:
                if (label, pk) in self.touched:
                    found.append(str(now._meta.verbose_name))
            else:
                found += [_label(now, name) for name in after if not stands(now, name, after)]
        if row.outcome == Outcome.ADDED and row.firm_id:
            found += [str(each._meta.verbose_name) for each in self.attached.get(row.firm_id, [])]
            if row.firm_id in self.kept:
                found.append(str(Firm._meta.verbose_name))
        return list(dict.fromkeys(found))


def stands(now: models.Model, name: str, after: dict[str, Any]) -> bool:
    """Whether a field still has the value that saving gave it."""
    return bool(value_of(now, name, after) == getattr(now, name))


def value_of(row: models.Model, name: str, kept: dict[str, Any]) -> Any:
    """A field's value out of a journal."""
    field = row._meta.get_field(name)
    return None if kept[name] is None else field.to_python(kept[name])  # type: ignore[union-attr]


def _label(row: models.Model, name: str) -> str:
    return str(row._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _attached(firms: set[int], own: set[Key]) -> dict[int, list[models.Model]]:
    """Rows that hang on the firms, beside their own."""
    found: dict[int, list[models.Model]] = defaultdict(list)
    for table in hanging(Firm):
        if table.stays:
            continue
        rows = table.model._base_manager.filter(**{f"{table.path}__in": firms})
        for pk, firm in rows.values_list("pk", table.path):
            if (table.model._meta.label_lower, pk) not in own:
                found[firm].append(table.model(pk=pk))
    return found
