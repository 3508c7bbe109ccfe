"""Whose turn it is to save: intakes save one step after the other.

The rule: so two sheets can't add the same firm at once. A helper saves its share only while the one
who asked it has the turn, and nobody gets the turn before every share is written or given up;
even if whoever asked was killed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_TURN = 0x73617665
_SHARE = _TURN + 1
# `_TURN` as the list of locks shows it.
_HELD = """
SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1 AND granted
    AND classid = 0 AND objid = %s AND pid = %s
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
"""


@contextmanager
def in_turn() -> Iterator[None]:
    """Wait for the turn, and for the last share of whoever had it before; then have it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_TURN])
        try:
            cursor.execute("SELECT pg_advisory_lock(%s), pg_advisory_unlock(%s)", [_SHARE, _SHARE])
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_TURN])


def holder() -> int:
    """The process of the database that works for this one: it has the turn."""
    pid: int = connection.connection.info.backend_pid
    return pid


def may_share(holder: int) -> bool:
    """Whether a share may be written in this transaction: the one who asked has the turn still."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_SHARE])
        cursor.execute(_HELD, [_TURN, holder])
        return bool(cursor.fetchone()[0])
