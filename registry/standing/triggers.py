"""The triggers that tell which firms a write touched.

Rule: one statement, one call, however many rows it wrote; so a load of many rows stays cheap.
"""

from __future__ import annotations

import pgtrigger


def triggers_of(*columns: str) -> tuple[pgtrigger.Trigger, ...]:
    """The triggers of a table whose `columns` (or expressions) lead to firms."""
    return (
        _trigger("standing_insert", pgtrigger.Insert, columns, new="written"),
        _trigger("standing_update", pgtrigger.Update, columns, old="before", new="written"),
        _trigger("standing_delete", pgtrigger.Delete, columns, old="before"),
    )


def _trigger(
    name: str, operation: pgtrigger.Operation, columns: tuple[str, ...], **tables: str
) -> pgtrigger.Trigger:
    firms = " UNION ".join(
        f"SELECT {column} FROM {table}"  # noqa: S608 - names of our own columns
        for table in tables.values()
        for column in columns
    )
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**tables),
        func=f"PERFORM registry_standing_touch(ARRAY({firms})); RETURN NULL;",
    )
