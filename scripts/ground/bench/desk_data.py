"""A register of any length for `scripts/bench desk`: the invented firms of the product, many times.

Rule: the parts of each firm come along, names and numbers differ, history is off, and the data are
kept until the schema or this file changes.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from scripts.ground.places import ROOT

BASE = 2500
APART = 1_000_000  # between the keys of a firm and those of its next copy
PARTS = {
    "productionsite": "firm_id",
    "owner": "firm_id",
    "firmactivity": "firm_id",
    "annualprofile": "firm_id",
    "certificate": "firm_id",
    "consent": "firm_id",
    "partnership": "firm_id",
    "facilitation": "firm_id",
    "siinasaccount": "site_id",
    "siinasstep": "account_id",
}
# A word for each copy, out of some thousand; a NIB and a phone that nobody else has.
_WORD = """(SELECT string_agg((ARRAY['ba','ra','su','mi','ka','lo','ti','we','ja','ngu','pe','do',
    'ya','ci','man','gar','ti'])[1 + get_byte(decode(md5(f.id || '-' || g), 'hex'), at) % 17], '')
    FROM generate_series(0, 2) AS at)"""
_CHANGED = {
    "name": f"left(f.name, 140) || ' ' || initcap({_WORD})",
    "nib": f"CASE WHEN f.nib IS NOT NULL THEN lpad((f.id + g * {APART})::text, 13, '0') END",
    "phone": f"CASE WHEN f.phone <> '' THEN '+628' || lpad((f.id + g * {APART})::text, 10, '0')"
    " ELSE '' END",
}


def schema() -> str:
    """What the data depend on, as one word."""
    files = [*sorted(ROOT.glob("registry/migrations/*.py")), Path(__file__)]
    told = hashlib.sha256(b"".join(file.read_bytes() for file in files))
    return told.hexdigest()[:16]


def fill(size: int) -> bool:
    """Have `size` firms in the database; False when they are there already."""
    from django.core.management import call_command
    from django.db import connection

    mark = f"{size} {schema()}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description('registry_firm'::regclass)")
        if cursor.fetchone() == (mark,):
            return False
        cursor.execute("TRUNCATE registry_firm CASCADE")
    call_command("load_sample", firms=min(BASE, size), seed=1, verbosity=0)
    with connection.cursor() as cursor:
        _multiply(cursor, size // min(BASE, size) - 1)
        cursor.execute(f"COMMENT ON TABLE registry_firm IS '{mark}'")
        cursor.execute("VACUUM ANALYZE")
    return True


def _multiply(cursor: Any, copies: int) -> None:
    from registry.standing.keeping import rebuild

    tables = ["registry_firm", *(f"registry_{part}" for part in PARTS)]
    quiet = _noisy_triggers(cursor, tables)
    for table, trigger in quiet:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
    kept = _indexes(cursor, tables)
    for name, _definition in kept:
        cursor.execute(f"DROP INDEX {name}")
    _copy(cursor, "registry_firm", _CHANGED, copies)
    for part, link in PARTS.items():
        _copy(cursor, f"registry_{part}", {link: f"f.{link} + g * {APART}"}, copies)
    for table, trigger in quiet:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {trigger}")
    for _name, definition in kept:
        cursor.execute(definition)
    cursor.execute("ANALYZE")
    rebuild()


def _noisy_triggers(cursor: Any, tables: list[str]) -> list[tuple[str, str]]:
    """History, and what follows by itself at the end; the folded texts are wanted."""
    cursor.execute(
        "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal "
        "AND tgrelid::regclass::text = ANY (%s) AND tgname NOT LIKE 'pgtrigger_%%_search_%%'",
        [tables],
    )
    rows: list[tuple[str, str]] = cursor.fetchall()
    return rows


def _indexes(cursor: Any, tables: list[str]) -> list[tuple[str, str]]:
    """Indexes that no constraint needs: they are built faster afterwards."""
    cursor.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
        "WHERE indrelid::regclass::text = ANY (%s) AND NOT indisunique",
        [tables],
    )
    rows: list[tuple[str, str]] = cursor.fetchall()
    return rows


def _copy(cursor: Any, table: str, changed: dict[str, str], copies: int) -> None:
    cursor.execute(
        "SELECT column_name FROM information_schema.columns "
        "WHERE table_name = %s AND is_generated = 'NEVER'",
        [table],
    )
    names = [name for (name,) in cursor.fetchall()]
    values = {"id": f"f.id + g * {APART}", **changed}
    told = ", ".join(values.get(name, f'f."{name}"') for name in names)
    quoted = ", ".join(f'"{name}"' for name in names)
    cursor.execute(
        f"INSERT INTO {table} ({quoted}) SELECT {told} "
        f"FROM {table} AS f, generate_series(1, {copies}) AS g"
    )
