"""The rows of one step of saving: each finds its firm as the register stands now, or makes one.

The rule: a firm is written by one row of a step; a second row about it waits for the next step.
The number of queries does not grow with the rows.
"""

from __future__ import annotations

from typing import Any

from registry.identifiers import Problem
from registry.intake import drafts, lookups
from registry.intake.interpret import Draft
from registry.intake.keys import CODE
from registry.intake.kinds import KINDS
from registry.intake.plan import Status, firm_unknown
from registry.intake.staging import note_problem
from registry.intake.telling import changes_of, told
from registry.intake.updating import Update
from registry.models import Firm, IntakeBatch, IntakeRow
from registry.models.intake import Decision, Outcome
from registry.services.duplicates import pairs_dismiss
from registry.services.firms import firms_register
from registry.services.ledger import Ledger, added


class Chunk:
    """The rows of one step; `save` settles them, or leaves them open with a reason."""

    def __init__(self, batch: IntakeBatch, rows: list[IntakeRow], by: Any, reason: str) -> None:
        self.batch, self.rows, self.by, self.reason = batch, rows, by, reason
        self.kind = KINDS[batch.kind]
        self.ledger = Ledger(by)
        self.touched: set[int] = set()

    def save(self) -> None:
        """Settle every row that can be settled now."""
        found = self._firms_of_rows()
        held = self._load({pk for pk in found.values() if pk})
        fresh: list[IntakeRow] = []
        for row in self.rows:
            if row.decision == Decision.SKIP:
                row.outcome = Outcome.LEFT
            elif row.pk not in found:
                continue
            elif (pk := found[row.pk]) is None:
                self._without_firm(row, fresh)
            elif pk in held and pk not in self.touched:
                self._update(row, held[pk])
        self._add(fresh)
        self.ledger.write()
        for note, entries in self.ledger.entries().items():
            self._row(note).journal = entries

    def _without_firm(self, row: IntakeRow, fresh: list[IntakeRow]) -> None:
        """Only a row of firms makes one."""
        if self.kind.makes_firms:
            fresh.append(row)
            return
        row.status, row.decision = Status.ERROR.value, ""
        note_problem(row, firm_unknown(row.values))

    def _row(self, pk: Any) -> IntakeRow:
        return next(row for row in self.rows if row.pk == pk)

    def _firms_of_rows(self) -> dict[int, int | None]:
        """The firm of each row, None for a new one; rows that must wait are left out."""
        by_nib, by_key = lookups.matched([Draft(row.row, row.values) for row in self.rows])
        twins = self._twins()
        found: dict[int, int | None] = {}
        for row in self.rows:
            nib = row.values.get("nib")
            if row.decision == Decision.SAME and row.firm_id:
                found[row.pk] = row.firm_id
            elif row.decision == Decision.SAME:
                if (firm := self._twin_firm(row, twins)) is not None:
                    found[row.pk] = firm
            elif nib in by_nib and not (row.key.startswith(CODE) and row.key in by_key):
                found[row.pk] = by_nib[nib]
            else:
                found[row.pk] = None if row.decision == Decision.OTHER else by_key.get(row.key)
        return found

    def _twins(self) -> dict[int, IntakeRow]:
        """Earlier rows of the file that rows of this step are said to be the same as."""
        numbers = {
            match["row"]
            for row in self.rows
            if row.decision == Decision.SAME and not row.firm_id
            for match in row.matches
            if match["row"]
        }
        if not numbers:
            return {}
        return {row.row: row for row in self.batch.rows.filter(row__in=numbers)}

    def _twin_firm(self, row: IntakeRow, twins: dict[int, IntakeRow]) -> int | None:
        """The firm of the earlier row; None where the row waits, or is open again with a reason."""
        number = next((match["row"] for match in row.matches if match["row"]), 0)
        twin = twins.get(number)
        if twin is not None and twin.outcome and twin.firm_id:
            return int(twin.firm_id)
        if all(other.row != number for other in self.rows):
            row.decision = ""
            note_problem(row, Problem("earlier_row_open", {"row": str(number)}))
        return None

    def _load(self, pks: set[int]) -> dict[int, Firm]:
        """The firms with their parts, held until the step is done."""
        if not pks:
            return {}
        held = Firm.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk")
        return {firm.pk: firm for firm in lookups.with_parts(held)}

    def _update(self, row: IntakeRow, firm: Firm) -> None:
        standing = lookups.standing_of(firm, self.by)
        if not standing.label:
            row.status = Status.ERROR.value
            note_problem(row, lookups.scope(self.by).foreign(standing.regency))
            return
        self.touched.add(firm.pk)
        row.firm_id = firm.pk
        found = changes_of(row.values, standing, self.kind)
        if not found:
            row.outcome = Outcome.NOTHING
            return
        source = self.batch.file_name
        values = told(row.values, self.kind)
        update = Update(firm, standing, values, found, source, self.reason, row.pk)
        row.outcome = Outcome.CHANGED
        problem = update.run(self.ledger)
        if problem is not None:
            note_problem(row, problem)

    def _add(self, rows: list[IntakeRow]) -> None:
        if not rows:
            return
        made = [drafts.firm_draft(row.values, self.batch.file_name) for row in rows]
        firms_register(made, by=self.by, reason=self.reason, batch=self.batch.pk)
        for row, draft in zip(rows, made, strict=True):
            row.firm_id, row.outcome = draft.firm.pk, Outcome.ADDED
            row.journal = added(draft.written())
        pairs_dismiss(
            pairs=[
                (row.firm_id, match["firm"])
                for row in rows
                if row.decision == Decision.OTHER and row.firm_id
                for match in row.matches
                if match["firm"]
            ],
            by=self.by,
        )
