"""The rows of a plan as the batch keeps them: cells, values, problems, what would change.

The rule: every row of the sheet that is no heading or total is kept, with what stood in it, what
it was taken to mean and everything that is wrong with it. Identity numbers are masked before.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils import translation

from registry.identifiers import Problem
from registry.intake.changes import before
from registry.intake.cores import spread
from registry.intake.crowd import Likeness
from registry.intake.interpret import Found
from registry.intake.plan import Plan, PlanRow, Status
from registry.intake.reading import Row, column_letter
from registry.intake.store import to_json
from registry.intake.table import Table
from registry.messages import level_of, message_for
from registry.models import IntakeBatch, IntakeRow
from registry.services.bulk import as_text, blank, copy_in, new_keys

CHUNK = 1000
# Sentences are kept in the language of the offices; `sentence` gives them in the reader's.
_LANGUAGE = "id"
SETTLED = (Status.UPDATE.value, Status.UNCHANGED.value)


def stage(batch: IntakeBatch, plan: Plan) -> int:
    """Keep every row of the plan; returns how many."""
    cells = {row.number: row for row in plan.table.rows}
    count = len(plan.rows)
    keys = new_keys(IntakeRow, count)

    def text(start: int) -> str:
        rows = [
            fill(blank(IntakeRow, batch_id=batch.pk, raw=raw_cells(cells[row.draft.number])), row)
            for row in plan.rows[start : start + CHUNK]
        ]
        return as_text(IntakeRow, rows, keys[start : start + CHUNK])

    with translation.override(_LANGUAGE):
        for rows in spread(text, range(0, count, CHUNK)):
            copy_in(IntakeRow, rows)
    if count > CHUNK:
        # The planner of the database would else judge the new rows by what it knew before.
        with connection.cursor() as cursor:
            cursor.execute(
                "ANALYZE registry_intakerow (batch_id, row, status, level, outcome, key)"
            )
    return count


def raw_cells(row: Row) -> dict[str, Any]:
    """The cells of a row by column letter; empty ones are left out."""
    return {
        column_letter(at): cell if type(cell) is str else to_json(cell)
        for at, cell in enumerate(row.cells)
        if cell is not None
    }


def fill(kept: IntakeRow, row: PlanRow) -> IntakeRow:
    """Set in a kept row what the plan says of it now."""
    kept.row = row.draft.number
    kept.status = row.status.value
    kept.values = row.draft.values
    kept.problems = [problem_json(found) for found in row.draft.found]
    kept.level = worst(kept.problems)
    kept.changed = changed_json(row)
    kept.matches = [match_json(match) for match in row.matches]
    kept.key = row.key
    kept.firm_id = row.firm.pk if row.firm and row.status.value in SETTLED else None
    return kept


FILLED = ("status", "values", "problems", "level", "changed", "matches", "key", "firm")


def problem_json(found: Found) -> dict[str, Any]:
    """A problem with its sentence and all that is needed to say it in another language."""
    problem = found.problem
    return {
        "level": level_of(problem.code),
        "code": problem.code,
        "column": found.column,
        "message": message_for(problem),
        "value": problem.params.get("value", ""),
        "params": dict(problem.params),
        "message_code": problem.message_code,
    }


def note_problem(kept: IntakeRow, problem: Problem) -> None:
    """Add a problem to a kept row, once."""
    with translation.override(_LANGUAGE):
        told = problem_json(Found(problem))
    kept.problems = [each for each in kept.problems if each["code"] != told["code"]] + [told]
    kept.level = worst(kept.problems)


def sentence(problem: Mapping[str, Any]) -> str:
    """The sentence of a kept problem in the reader's language."""
    code, variant = problem["code"], problem.get("message_code")
    params = problem.get("params", {})
    return message_for(Problem(code, params, variant if variant != code else None))


def worst(problems: Iterable[Mapping[str, Any]]) -> str:
    """The worst level among the problems; nothing where there is none."""
    levels = {problem["level"] for problem in problems}
    return next((level for level in ("error", "warning") if level in levels), "")


def changed_json(row: PlanRow) -> dict[str, list[Any]]:
    """Old and new value of each field that an update sets."""
    if row.firm is None or not row.changed:
        return {}
    old = before(row.changed, row.draft.values, row.firm)
    return {name: [plain(old.get(name)), plain(new)] for name, new in row.changed.items()}


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value.isoformat() if isinstance(value, dt.date) else value


def match_json(match: Likeness) -> dict[str, Any]:
    """A firm, or an earlier row, that the row may mean."""
    return {
        "firm": match.pk,
        "row": match.row,
        "label": match.label,
        "score": match.score,
        "reasons": list(match.reasons),
    }


def counted(batch: IntakeBatch) -> dict[str, int]:
    """How many kept rows have each status, and how many carry only warnings."""
    from django.db.models import Count, Q

    counts = {status.value: 0 for status in Status}
    rows = batch.rows.order_by().values_list("status").annotate(Count("pk"))
    counts |= dict(rows)
    warned = batch.rows.aggregate(n=Count("pk", filter=Q(level="warning")))["n"]
    skipped = batch.table.get("skipped", 0)
    return {**counts, "skipped": skipped, "warnings": warned}


def settled_columns(table: Table, kept: dict[str, Any]) -> None:
    """Keep what reading the whole of each column has shown."""
    by_index: dict[int, Any] = {column.index: column for column in table.columns}
    for column in kept["columns"]:
        read = by_index[column["index"]]
        column.update(commas=read.commas, median=read.median, unit=read.unit or "")
