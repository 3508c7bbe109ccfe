"""Many rows in one statement: added, changed, taken away.

The rule: rows that are added go in by COPY and changes as one document of JSON, which costs a
fraction of a parameter for each cell. History learns who and why from a statement by
`cursor.execute` in the same transaction, right before. Nobody is asked here and nothing is checked
but by the database: callers do, in their transaction.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models.base import ModelState
from django.utils import timezone

_CHUNK = 1000
_JSON = DjangoJSONEncoder(ensure_ascii=False, separators=(",", ":"))
# Stands for NULL: a control character, which no text of a sheet or a form may hold.
_NULL = "\x01"
# The next keys of a table. It begins with WITH, for before a plain SELECT history is told nothing.
_KEYS = """
WITH keys AS (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS of)
SELECT nextval(keys.of) FROM keys, generate_series(1, %s)
"""


Row = TypeVar("Row", bound=models.Model)


def blank(model: type[Row], **values: Any) -> Row:
    """A new row with its defaults and these values, by the names of columns.

    The same as calling the model, in a tenth of the time; for many rows.
    """
    row = model.__new__(model)
    held = row.__dict__
    held.update(_defaults(model))
    for name in _own_objects(model):
        held[name] = held[name].copy()
    held.update(values)
    held["_state"] = ModelState()
    return row


@lru_cache(maxsize=64)
def _defaults(model: type[models.Model]) -> dict[str, Any]:
    return {name: value for name, value in model().__dict__.items() if name != "_state"}


@lru_cache(maxsize=64)
def _own_objects(model: type[models.Model]) -> tuple[str, ...]:
    """The fields whose default is an object that no two rows may share."""
    return tuple(name for name, value in _defaults(model).items() if isinstance(value, dict | list))


def insert_rows(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """Add the rows; each knows its key afterwards."""
    for start in range(0, len(rows), _CHUNK):
        chunk = rows[start : start + _CHUNK]
        copy_in(model, as_text(model, chunk, new_keys(model, len(chunk))))
        for row in chunk:
            row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def new_keys(model: type[models.Model], count: int) -> list[int]:
    """Keys for so many rows; history is told who and why with it."""
    with connection.cursor() as cursor:
        cursor.execute(_KEYS, [model._meta.db_table, count])
        return [pk for (pk,) in cursor.fetchall()]


def as_text(model: type[models.Model], rows: Sequence[models.Model], keys: Sequence[int]) -> str:
    """Rows, which get these keys, as `copy_in` takes them. It asks no database."""
    for row, pk in zip(rows, keys, strict=True):
        row.pk = pk
    columns = [keys, *(_column(field, rows) for field in _filled(model))]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(zip(*columns, strict=True))
    return text.getvalue()


def copy_in(model: type[models.Model], text: str) -> None:
    """Add the rows of `as_text`."""
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in _filled(model))
    # The names of tables and columns come from the models, never from a person.
    question = f"COPY {quote(model._meta.db_table)} (id, {names})"
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.cursor.copy_expert(
            f"{question} FROM STDIN WITH (FORMAT csv, NULL '{_NULL}')", io.StringIO(text)
        )


def _filled(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    return [f for f in model._meta.concrete_fields if not f.generated and not f.primary_key]


def _column(field: models.Field[Any, Any], rows: Sequence[models.Model]) -> list[Any]:
    """What the rows hold in one column, as COPY reads it."""
    name = field.attname
    if _is_dated(field):
        now = field.pre_save(rows[0], True)
        for row in rows:
            row.__dict__[name] = now
        return [now] * len(rows)
    if _is_own(field):
        held = [_own(field, row) for row in rows]
    else:
        held = [row.__dict__[name] for row in rows]
    if isinstance(field, models.JSONField):
        return [as_json(value) for value in held]
    if isinstance(field, ArrayField):
        held = [value if value is None else _array(value) for value in held]
    return [_NULL if value is None else value for value in held]


def _array(values: Iterable[Any]) -> str:
    escaped = (str(value).replace("\\", "\\\\").replace('"', '\\"') for value in values)
    return "{" + ",".join(f'"{value}"' for value in escaped) + "}"


def _is_own(field: models.Field[Any, Any]) -> bool:
    """Whether the value of a field is more than what stands in the row."""
    return field.is_relation or isinstance(field, models.FileField)


def _is_dated(field: models.Field[Any, Any]) -> bool:
    return getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)


def _own(field: models.Field[Any, Any], row: models.Model) -> Any:
    if field.is_relation:
        key = row.__dict__[field.attname]
        if key is None and field.is_cached(row):  # type: ignore[attr-defined]
            whole = field.get_cached_value(row)  # type: ignore[attr-defined]
            key = whole.pk if whole is not None else None
            setattr(row, field.attname, key)
        return key
    value = field.pre_save(row, True)
    return str(value or "") if isinstance(field, models.FileField) else value


def as_json(data: Any) -> str:
    """Rows as the database reads them."""
    if not data and isinstance(data, dict | list):
        return "{}" if isinstance(data, dict) else "[]"
    return _JSON.encode(data)


def update_rows(
    model: type[models.Model], rows: Sequence[models.Model], columns: Iterable[str]
) -> None:
    """Write these columns of the rows in one statement; the day of change follows by itself."""
    if not rows:
        return
    names = set(columns)
    for field in model._meta.concrete_fields:
        if getattr(field, "auto_now", False):
            names.add(field.attname)
            for row in rows:
                setattr(row, field.attname, timezone.now())
    data = [{"id": row.pk, **{name: getattr(row, name) for name in names}} for row in rows]
    # The names of tables and columns come from the models, never from a person.
    table = connection.ops.quote_name(model._meta.db_table)
    sets = ", ".join(f"{name} = v.{name}" for name in map(connection.ops.quote_name, sorted(names)))
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} AS t SET {sets} "  # noqa: S608
            f"FROM jsonb_populate_recordset(NULL::{table}, %s::jsonb) AS v WHERE t.id = v.id",
            [as_json(data)],
        )


def remove_rows(keys: Mapping[type[models.Model], set[int]]) -> None:
    """Take rows away, those first that refer to others; what only mentions them forgets them."""
    waiting = {model: pks for model, pks in keys.items() if pks}
    while waiting:
        model = next(m for m in waiting if not any(_refers(other, m) for other in waiting))
        for relation in model._meta.related_objects:
            if relation.on_delete is models.SET_NULL:
                rows = relation.related_model._base_manager
                name = relation.field.name
                rows.filter(**{f"{name}__in": waiting[model]}).update(**{name: None})
        model._base_manager.filter(pk__in=waiting.pop(model))._raw_delete(DEFAULT_DB_ALIAS)


def _refers(model: type[models.Model], to: type[models.Model]) -> bool:
    return model is not to and any(field.related_model is to for field in model._meta.fields)
