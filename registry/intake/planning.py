"""Making the plan of a batch, and making it anew for single rows after somebody mended them.

The rule: one row read again means what it would have meant with the whole sheet: its columns are
settled, and what earlier rows of the file say is asked of the rows that are kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db.models import Q
from django.utils import timezone, translation

from registry.intake import lookups
from registry.intake.cells import text_of
from registry.intake.crowd import likeness
from registry.intake.fields import BY_NAME
from registry.intake.interpret import Draft, Options, interpret
from registry.intake.keys import row_key
from registry.intake.pace import without_collecting
from registry.intake.plan import Judge, PlanRow, Status, decide
from registry.intake.reading import Cell, Row, column_index
from registry.intake.sheets import rows_below, table_from
from registry.intake.staging import FILLED, counted, fill, settled_columns, stage
from registry.intake.store import from_json, unpack
from registry.intake.table import Column, Table
from registry.models import IntakeBatch, IntakeRow
from registry.models.intake import Decision

_PLACES = ("regency_code", "district_code", "village_code")
_LANGUAGE = "id"
_MOST_DEPENDING = 50


def options_of(batch: IntakeBatch) -> Options:
    """What the person said about the file."""
    said = batch.options
    return Options(
        sheet=batch.sheet or None,
        regency=said.get("regency") or "",
        year=said.get("year"),
        kbli_edition=said.get("kbli_edition") or "2020",
        money_units=said.get("money_units") or {},
    )


@without_collecting()
def plan_batch(batch: IntakeBatch, by: Any) -> None:
    """Read all rows of the chosen sheet and keep them with what would become of each."""
    (sheet,) = unpack(bytes(batch.stored.content), only=batch.sheet)
    rows = rows_below(batch.table, sheet)
    table = table_from(batch.table, batch.sheet or None, rows)
    reference = lookups.reference()
    read = _remedied(table, rows, batch)
    known = partial(lookups.known, by=by)
    today = timezone.localdate()
    result = interpret(read, options_of(batch), reference, today=today, also=known)
    plan = decide(result, table, lookups.together(result.also), lookups.scope(by))
    batch.rows.all()._raw_delete(batch.rows.db)
    stage(batch, plan)
    settled_columns(read, batch.table)
    batch.table["skipped"] = len(result.skipped)
    batch.table["skipped_rows"] = result.skipped
    batch.summary = counted(batch)


def replan(batch: IntakeBatch, rows: Sequence[IntakeRow], by: Any) -> None:
    """Read kept rows again, with their mended cells; the rows are changed, not yet saved."""
    if not rows:
        return
    cells = [_row(row) for row in rows]
    table = table_from(batch.table, batch.sheet or None, cells)
    read = _remedied(table, cells, batch)
    reference = lookups.reference()
    drafts = interpret(read, options_of(batch), reference, today=timezone.localdate()).drafts
    judge = Judge(lookups.known(drafts, by), lookups.scope(by), table.kind)
    found = {draft.number: draft for draft in drafts}
    with translation.override(_LANGUAGE):
        for row in rows:
            draft = found.get(row.row)
            if draft is None:
                fill(row, PlanRow(Draft(row.row), Status.SKIPPED))
                continue
            _recall(judge, row, draft.values)
            _refill(row, judge.judge(draft))


def _refill(row: IntakeRow, plan: PlanRow) -> None:
    """A decision stands while the question does; leaving a row out stands in any case."""
    firm = row.firm_id
    fill(row, plan)
    if row.status == Status.REVIEW.value and row.decision == Decision.SAME:
        row.firm_id = firm
    elif row.status != Status.REVIEW.value and row.decision != Decision.SKIP:
        row.decision = ""


def save_replanned(rows: Sequence[IntakeRow]) -> None:
    """Keep what `replan` found."""
    IntakeRow.objects.bulk_update(rows, [*FILLED, "edits", "decision"], batch_size=200)


def depending(rows: Sequence[IntakeRow]) -> list[IntakeRow]:
    """The later rows of the file whose problems speak of one of these."""
    if not rows:
        return []
    told = Q(pk__in=[])
    for row in rows[:_MOST_DEPENDING]:
        told |= Q(problems__contains=[{"params": {"row": str(row.row)}}])
    found = rows[0].batch.rows.filter(told, outcome="").exclude(pk__in=[row.pk for row in rows])
    return list(found.order_by("row"))


def folded(text: str) -> str:
    """A cell for comparing with another: lower case, single spaces."""
    return " ".join(text.split()).casefold()


def remedy_cells(field: str, code: str) -> dict[str, str]:
    """What a remedy writes into a row: a place also says in which places it lies."""
    if field not in _PLACES:
        return {field: code}
    parts = code.split(".")
    depths = zip(_PLACES, (2, 3, 4), strict=True)
    return {name: ".".join(parts[:depth]) for name, depth in depths if len(parts) >= depth}


def _remedied(table: Table, rows: list[Row], batch: IntakeBatch) -> Table:
    """The table with each remedy that a person gave for all cells of one text.

    Rows are copied where a remedy holds; a place that has no column gets one beyond the sheet's.
    """
    remedies = batch.options.get("maps") or []
    if not remedies:
        return table
    width = max((len(row.cells) for row in rows), default=0)
    width = max([width, *(column.index + 1 for column in table.columns)])
    columns = list(table.columns)
    by_field = dict(table.by_field)
    for name in {name for remedy in remedies for name in remedy["cells"]} - by_field.keys():
        by_field[name] = Column(width, BY_NAME[name].heading, name)
        columns.append(by_field[name])
        width += 1
    changed = [_remedied_row(row, remedies, by_field, width) for row in rows]
    return Table(
        table.sheet, table.header_row, columns, changed, by_field, table.kind, table.titles
    )


def _remedied_row(
    row: Row, remedies: list[dict[str, Any]], by_field: dict[str, Column], width: int
) -> Row:
    written: dict[str, Cell] = {}
    for remedy in remedies:
        index = by_field[remedy["field"]].index
        cell = row.cells[index] if index < len(row.cells) else None
        if cell is not None and folded(text_of(cell)) == folded(remedy["text"]):
            written |= remedy["cells"]
    if not written:
        return row
    cells = [*row.cells, *[None] * (width - len(row.cells))]
    for name, cell in written.items():
        cells[by_field[name].index] = cell
    return Row(row.number, cells)


def _recall(judge: Judge, row: IntakeRow, values: dict[str, Any]) -> None:
    """Tell the judge what the earlier rows of the file say, as far as it may concern this row."""
    judge.forget()
    earlier = row.batch.rows.filter(row__lt=row.row).order_by("row")
    alike = Q(pk__in=[])
    for name in ("firm_code", "nib", "phone", *_PLACES):
        if values.get(name) and (name not in _PLACES or name == _deepest(values)):
            alike |= Q(**{f"values__{name}": values[name]})
    for number, held in earlier.filter(alike).values_list("row", "values"):
        if held.get("nib"):
            judge.nibs.setdefault(held["nib"], number)
        if held.get("name"):
            judge.remember(held, row_key(held), likeness(held, held["name"], number))


def _deepest(values: dict[str, Any]) -> str:
    return next((name for name in reversed(_PLACES) if values.get(name)), "")


def _row(row: IntakeRow) -> Row:
    cells = {column_index(letter): cell for letter, cell in {**row.raw, **row.edits}.items()}
    width = max(cells, default=-1) + 1
    return Row(row.row, [from_json(cells.get(at)) for at in range(width)])
