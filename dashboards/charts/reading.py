"""What a page hands to a chart, read into the chart's own rows.

A page may hand over the rows themselves, tuples, mappings or objects with the same names; so an app
below this one draws a chart without importing it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, TypeVar

Row = TypeVar("Row")


def each(kind: type[Row], items: Iterable[Any] | None) -> list[Row]:
    """The items as rows of a kind."""
    return [_one(kind, item) for item in items or ()]


def _one(kind: type[Row], item: Any) -> Row:
    if isinstance(item, kind):
        return item
    if isinstance(item, Mapping):
        return kind(**item)
    if isinstance(item, tuple | list):
        return kind(*item)
    names = [f.name for f in fields(kind) if hasattr(item, f.name)]  # type: ignore[arg-type]
    return kind(**{name: getattr(item, name) for name in names})
