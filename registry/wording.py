"""A stored value in people's words: labels of choices, names of places, dates, "not provided"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

_RELATED = {
    "village": ("district__regency",),
    "productionsite": ("firm", "village__district__regency", "district", "regency"),
}
# Numbers that are names: years are written without a mark for thousands.
_YEARS = frozenset({"year", "start_year", "data_year", "evidence_year", "facilitation_year"})


@dataclass
class Names:
    """The names of all rows that some states point to, fetched a table at a time."""

    known: dict[type[models.Model], dict[Any, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, states: Iterable[models.Model]) -> Names:
        """Names for every foreign key of the states."""
        wanted: dict[type[models.Model], set[Any]] = {}
        for state in states:
            for each in state._meta.concrete_fields:
                value = getattr(state, each.attname)
                if each.is_relation and value is not None and not each.name.startswith("pgh_"):
                    wanted.setdefault(each.related_model, set()).add(value)  # type: ignore[arg-type]
        return cls({model: _names(model, keys) for model, keys in wanted.items()})

    def name(self, model: Any, key: Any) -> str:
        """The name of a row, or its key where the row is gone."""
        return self.known.get(model, {}).get(key, str(key))


def _names(model: type[models.Model], keys: set[Any]) -> dict[Any, str]:
    rows = model._base_manager.filter(pk__in=keys)
    if related := _RELATED.get(str(model._meta.model_name)):
        rows = rows.select_related(*related)
    return {row.pk: str(row) for row in rows}


def in_words(field: Any, value: Any, names: Names) -> str:
    """A value of a model's field as people write it."""
    if value is None or value in ("", []):
        return _("not provided")
    if field.is_relation:
        return names.name(field.related_model, value)
    if isinstance(field, models.FileField):
        return _("a file")
    if isinstance(value, list):
        labels = dict(field.base_field.flatchoices)
        return ", ".join(str(labels.get(each, each)) for each in value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return _plain(field, value)


def _plain(field: Any, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime):
        return date_format(timezone.localtime(value), "j M Y, H.i")
    if isinstance(value, dt.date):
        return date_format(value, "j M Y")
    if isinstance(value, Decimal | int) and field.name not in _YEARS:
        return in_figures(value)
    return str(value)


def in_figures(value: int | Decimal | None) -> str:
    """A quantity as people write it; nothing where it is not known."""
    if value is None:
        return ""
    plain = value.normalize() if isinstance(value, Decimal) and value else value
    return str(number_format(plain, force_grouping=True))


def measured(value: int | Decimal | None, unit: object) -> str:
    """A quantity with its unit; nothing where the quantity is not known."""
    return f"{in_figures(value)} {unit or ''}".strip() if value is not None else ""
