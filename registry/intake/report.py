"""The plan as the JSON of the contract: for files, for pages, and for comparing with a truth file.

The rule: a report holds canonical values and sentences for people, and never a raw cell.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from registry.intake.interpret import Found
from registry.intake.plan import Plan, PlanRow
from registry.intake.reading import Refused
from registry.intake.table import Column
from registry.messages import level_of, message_for

Json = dict[str, Any]


def report(file: str, plan: Plan) -> Json:
    """What the plan says."""
    skipped = [{"row": number, "status": "skipped"} for number in plan.interpretation.skipped]
    rows = [row_report(row) for row in plan.rows]
    return {
        "file": file,
        "sheet": plan.table.sheet,
        "header_row": plan.table.header_row,
        "columns": [column_report(column) for column in plan.table.columns],
        "questions": questions(plan),
        "refused": None,
        "rows": sorted([*rows, *skipped], key=lambda row: int(row["row"])),
        "summary": plan.summary,
    }


def refusal(file: str, refused: Refused) -> Json:
    """Why the file was not taken."""
    return {
        "file": file,
        "sheet": None,
        "header_row": None,
        "columns": [],
        "questions": [],
        "refused": {"code": refused.code, "message": message_for(refused)},
        "rows": [],
        "summary": {},
    }


def questions(plan: Plan) -> list[Json]:
    """What a person must say before anything can be saved."""
    return [
        {
            "code": "money_unit_undeclared",
            "column": column.letter,
            "field": column.field,
            "heading": column.heading,
        }
        for column in plan.interpretation.undeclared
    ]


def column_report(column: Column) -> Json:
    """A column: what it means, its unit, whether it was dropped."""
    told: Json = {
        "column": column.letter,
        "heading": column.heading,
        "field": column.field,
    }
    if column.unit:
        told["unit"] = column.unit
    if column.dropped:
        told["dropped"] = column.dropped
    return told


def row_report(row: PlanRow) -> Json:
    """A row: its status, values and problems; of an update also what changes."""
    told: Json = {
        "row": row.draft.number,
        "status": row.status.value,
        "values": row.draft.values,
        "problems": problem_reports(row.draft.found),
    }
    if row.firm is not None and row.firm.label:
        told["firm"] = row.firm.pk
    if row.changed:
        told["changes"] = sorted(row.changed)
    return told


def problem_reports(found: Iterable[Found]) -> list[Json]:
    """The problems of a row, with their sentences in the active language."""
    return [
        {
            "level": level_of(each.problem.code),
            "code": each.problem.code,
            "column": each.column,
            "message": message_for(each.problem),
        }
        for each in found
    ]
