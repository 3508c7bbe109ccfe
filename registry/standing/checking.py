"""Compares what the database kept with a full recount."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from registry.standing.keeping import columns, select

TOLD = 20


@dataclass(frozen=True)
class Difference:
    """A firm whose row differs, and the columns in which it does, each "kept ≠ recounted"."""

    firm: int
    what: str


def differences(limit: int = TOLD) -> list[Difference]:
    """The first firms whose row differs from a recount, is missing, or has no firm any more."""
    names = columns()
    with connection.cursor() as cursor:
        cursor.execute(
            # Names and expressions come from the models, never from a person.
            f"SELECT coalesce(kept.firm_id, fresh.firm_id), {_row('kept', names)}, "  # noqa: S608
            f"{_row('fresh', names)} FROM registry_standing AS kept FULL JOIN "
            f"({select()}) AS fresh (firm_id, {', '.join(names)}) ON kept.firm_id = fresh.firm_id "
            f"WHERE kept.firm_id IS NULL OR fresh.firm_id IS NULL "
            f"OR {_row('kept', names)} IS DISTINCT FROM {_row('fresh', names)} ORDER BY 1 LIMIT %s",
            [limit],
        )
        return [
            Difference(firm, _told(names, kept, recounted))
            for firm, kept, recounted in cursor.fetchall()
        ]


def _row(table: str, names: list[str]) -> str:
    return f"ARRAY[{', '.join(f'{table}.{name}::text' for name in names)}]"


def _told(names: list[str], kept: list[str], recounted: list[str]) -> str:
    pairs = zip(names, kept, recounted, strict=True)
    return ", ".join(f"{name} {a} ≠ {b}" for name, a, b in pairs if a != b)
