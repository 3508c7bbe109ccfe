"""Has the database keep `Standing`: its functions, writes of many, and working all of it out anew.

Rule: whoever works rows out holds them first and looks at what they derive from afterwards, so
that of two writers the later one sees what the earlier one wrote.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

CHUNK = 5000
_LATER = "registry.standing_later"

# Planned once for a few firms, each found by its key: no load, however large, reads whole tables.
# Statements of their own: in READ COMMITTED each sees what was committed before it began.
_REFRESH = """
CREATE OR REPLACE FUNCTION registry_standing_refresh(keys bigint[]) RETURNS void
LANGUAGE plpgsql SET plan_cache_mode TO force_generic_plan SET enable_seqscan TO off AS $$
BEGIN
    PERFORM 1 FROM registry_standing WHERE firm_id = ANY (keys) ORDER BY firm_id
        FOR NO KEY UPDATE;
    WITH fresh (firm_id, {columns}) AS MATERIALIZED ({select} WHERE id = ANY (keys))
        UPDATE registry_standing AS kept SET ({columns}) = ROW ({fresh})
        FROM fresh WHERE kept.firm_id = fresh.firm_id AND kept.firm_id = ANY (keys)
        AND ({kept}) IS DISTINCT FROM ({fresh});
    INSERT INTO registry_standing (firm_id, {columns}) {select} WHERE id = ANY (keys)
        AND NOT EXISTS (SELECT FROM registry_standing WHERE firm_id = id);
    DELETE FROM registry_standing WHERE firm_id = ANY (keys)
        AND NOT EXISTS (SELECT FROM registry_firm WHERE id = firm_id);
END $$
"""


def select() -> str:
    """The statement that works out every firm, its key first and the facts in their order."""
    from registry.models import Firm
    from registry.standing.facts import facts

    firms = Firm._base_manager.annotate(**{f"is_{name}": fact for name, fact in facts().items()})
    query = firms.order_by().values_list("pk", *(f"is_{name}" for name in facts())).query
    sql, parameters = query.sql_with_params()
    with connection.cursor() as cursor:
        told: bytes | str = cursor.cursor.mogrify(sql, parameters)
    return told.decode() if isinstance(told, bytes) else told


def columns() -> list[str]:
    """The columns that hold the facts, in their order."""
    from registry.models import Standing
    from registry.standing.facts import facts

    return [str(Standing._meta.get_field(name).column) for name in facts()]  # type: ignore[union-attr]


def install(**_signal: Any) -> bool:
    """Bring the function of the database in step with the rules; True when they had changed.

    All rows are worked out anew then. Runs after each migration.
    """
    names = columns()
    function = _REFRESH.format(
        select=select(),
        columns=", ".join(names),
        kept=", ".join(f"kept.{name}" for name in names),
        fresh=", ".join(f"fresh.{name}" for name in names),
    )
    mark = hashlib.sha256(function.encode()).hexdigest()
    name = "registry_standing_refresh(bigint[])"
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(%s::regprocedure, 'pg_proc')", [name])
        if cursor.fetchone() == (mark,):
            return False
        cursor.execute(function)
        rebuild()
        cursor.execute(f"COMMENT ON FUNCTION {name} IS '{mark}'")
    return True


def rebuild() -> int:
    """Work out every row anew, some thousand firms a transaction; returns how many there are."""
    done, last = 0, 0
    with connection.cursor() as cursor:
        while True:
            # Rows of firms that are gone are taken up too, so that they go.
            cursor.execute(
                "SELECT array_agg(id) FROM (SELECT id FROM registry_firm WHERE id > %s"
                " UNION SELECT firm_id FROM registry_standing WHERE firm_id > %s"
                " ORDER BY 1 LIMIT %s) AS next",
                [last, last, CHUNK],
            )
            (keys,) = cursor.fetchone()
            if not keys:
                return done
            cursor.execute("SELECT registry_standing_refresh(%s)", [keys])
            done, last = done + len(keys), keys[-1]


@contextmanager
def worked_out_once() -> Iterator[None]:
    """A write of many rows of the same firms: each firm is worked out once, at the end.

    Until then queues and filters show the firms as they stood.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true)", [_LATER])
        outer = cursor.fetchone() == ("on",)
        if not outer:
            cursor.execute("SELECT set_config(%s, 'on', true)", [_LATER])
        yield
        if not outer:
            cursor.execute("SELECT set_config(%s, 'off', true)", [_LATER])
            cursor.execute(
                "WITH due AS (DELETE FROM registry_standingdue RETURNING firms)"
                " SELECT registry_standing_refresh(ARRAY("
                "SELECT DISTINCT firm FROM due, unnest(firms) AS firm ORDER BY 1))"
            )
