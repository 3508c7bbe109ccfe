"""Every table that refers to another one, directly or over others: also tables of later apps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models


@dataclass(frozen=True)
class Hanging:
    """A table that refers to firms, over which fields, and whether its rows stay without one."""

    model: type[models.Model]
    path: str
    stays: bool = False


def hanging(model: type[models.Model], path: str = "") -> Iterator[Hanging]:
    """What refers to the table, from the leaves to the root. Event tables are no reference."""
    for relation in model._meta.get_fields(include_hidden=True):
        if not (relation.one_to_many or relation.one_to_one) or relation.concrete:
            continue
        rule = relation.on_delete  # type: ignore[union-attr]
        if rule is models.DO_NOTHING or relation.related_model is model:
            continue
        child, name = relation.related_model, relation.field.name  # type: ignore[union-attr]
        way = f"{name}__{path}" if path else name
        if rule is models.SET_NULL:
            yield Hanging(child, way, stays=True)  # type: ignore[arg-type]
            continue
        yield from hanging(child, way)  # type: ignore[arg-type]
        yield Hanging(child, way)  # type: ignore[arg-type]
