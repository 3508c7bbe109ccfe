"""What a write of many rows changed, row by row, so that it can be taken back.

Rule: a value that somebody changed since is a conflict; it is left as it is unless a person says
that it goes back too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone

from registry.services.base import integrity_as_sentences
from registry.wording import Names, in_words

# What the machine stamps by itself.
_STAMPED = frozenset({"updated_at", "own_facts", "search", "search_staff", "name_key", "blocks"})
Values = dict[str, Any]
# Columns that only make sense together go back together, or not at all.
_TOGETHER = (
    {"village_id", "district_id", "regency_id"},
    {"latitude", "longitude"},
    {"nib", "scale_on_nib"},
    {"status", "closed_on", "closed_reason"},
    {"confirmed_on", "confirmed_how"},
    {"verified_on", "verified_document", "verified_by_id"},
    {"workers_male", "workers_female", "workers_total"},
    {"capacity_quantity", "installed_capacity", "capacity_unit_id"},
    {"production_quantity", "production_unit_id"},
    {"issued_on", "valid_until", "open_ended"},
)


class Journal:
    """Changes rows and writes down each with its values before and after."""

    def __init__(self) -> None:
        self.entries: list[dict[str, Any]] = []

    def change(self, row: models.Model, **values: Any) -> None:
        """Give a row new values, where they differ from what it has."""
        before = {name: getattr(row, name) for name in values}
        if before == values:
            return
        _update(type(row), row.pk, values)
        for name, value in values.items():
            setattr(row, name, value)
        self._note(row, before, values)

    def note(self, row: models.Model, before: Values) -> None:
        """Write down what another function changed in a row that looked like `before`."""
        now = state_of(row)
        changed = [name for name, value in now.items() if value != before[name]]
        if changed:
            self._note(row, {n: before[n] for n in changed}, {n: now[n] for n in changed})

    def _note(self, row: models.Model, before: Values, after: Values) -> None:
        self.entries.append(
            {
                "model": row._meta.label_lower,
                "pk": row.pk,
                "before": _stored(type(row), before),
                "after": _stored(type(row), after),
            }
        )


@dataclass(frozen=True)
class Conflict:
    """A value that was changed since: what it would go back to, and what it is now."""

    model: type[models.Model]
    pk: Any
    column: str
    before: Any
    now: Any
    gone: bool = False  # the row itself was taken away

    @property
    def label(self) -> str:
        """What people call the field."""
        return str(_field(self.model, self.column).verbose_name)

    @property
    def thing(self) -> str:
        """What kind of row it is."""
        return str(self.model._meta.verbose_name)

    @property
    def before_in_words(self) -> str:
        """The value that it would go back to."""
        return self._in_words(self.before)

    @property
    def now_in_words(self) -> str:
        """The value of today."""
        return self._in_words(self.now)

    def _in_words(self, value: Any) -> str:
        field, names = _field(self.model, self.column), Names()
        if field.is_relation and value is not None:
            row = field.related_model._base_manager.filter(pk=value).first()
            names = Names({field.related_model: {value: str(row or value)}})
        return in_words(field, value, names)


def state_of(row: models.Model) -> Values:
    """The columns of a row, without what the machine stamps."""
    fields = row._meta.concrete_fields
    return {f.attname: getattr(row, f.attname) for f in fields if f.name not in _STAMPED}


def conflicts_in(entries: Iterable[Mapping[str, Any]]) -> list[Conflict]:
    """What can't simply go back, in the order of the changes."""
    found = []
    for model, pk, row, before, after in _read(entries):
        if row is None:
            found.append(Conflict(model, pk, next(iter(before)), None, None, gone=True))
            continue
        for column, then in after.items():
            now = getattr(row, column)
            if now not in (then, before[column]):
                found.append(Conflict(model, pk, column, before[column], now))
    return found


def take_back(entries: Iterable[Mapping[str, Any]], *, confirm: bool = False) -> None:
    """Undo the changes, the last first; conflicts only when confirmed."""
    for model, pk, row, before, after in _read(reversed(list(entries))):
        if row is None:
            continue
        kept = set() if confirm else _changed_since(row, after)
        back = {column: value for column, value in before.items() if column not in kept}
        if back:
            _update(model, pk, back)


def _changed_since(row: models.Model, after: Values) -> set[str]:
    changed = {column for column, then in after.items() if getattr(row, column) != then}
    return changed.union(*(group for group in _TOGETHER if group & changed))


def _update(model: type[models.Model], pk: Any, values: Values) -> None:
    if any(field.name == "updated_at" for field in model._meta.concrete_fields):
        values = {**values, "updated_at": timezone.now()}
    with integrity_as_sentences(model):
        model._base_manager.filter(pk=pk).update(**values)


def _read(
    entries: Iterable[Mapping[str, Any]],
) -> Iterator[tuple[type[models.Model], Any, models.Model | None, Values, Values]]:
    """Each change with its row as it stands now."""
    for entry in entries:
        model = apps.get_model(entry["model"])
        before, after = (
            {name: _python(model, name, value) for name, value in entry[side].items()}
            for side in ("before", "after")
        )
        row = model._base_manager.filter(pk=entry["pk"]).first()
        yield model, entry["pk"], row, before, after


def _field(model: type[models.Model], column: str) -> Any:
    return next(field for field in model._meta.concrete_fields if field.attname == column)


def _stored(model: type[models.Model], values: Values) -> Values:
    """Values as JSON keeps them: text, or nothing."""
    return {name: None if value is None else str(value) for name, value in values.items()}


def _python(model: type[models.Model], column: str, value: Any) -> Any:
    return None if value is None else _field(model, column).to_python(value)
