"""What would become of each row: the plan that a person sees before anything is written.

The rule: a firm is recognised by its NIB or by an earlier confirmed match of the very same row,
never by likeness; likeness only asks a person. All that the decision needs is passed in as data.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from registry.identifiers import Problem
from registry.intake.changes import Standing, is_older, total_stays
from registry.intake.crowd import Crowd, Likeness, likeness
from registry.intake.interpret import Draft, Found, Interpretation
from registry.intake.keys import CODE, all_said
from registry.intake.kinds import FIRMS, RowKind
from registry.intake.table import Table
from registry.intake.telling import changes_of


class Status(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    REVIEW = "review"
    ERROR = "error"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Scope:
    """The regencies in which the person may write, and the names to speak of the others."""

    everywhere: bool = False
    regencies: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)

    def __contains__(self, code: object) -> bool:
        return self.everywhere or code in self.regencies

    def foreign(self, code: str) -> Problem:
        """The problem of a regency outside the scope: it names the regency and nothing else."""
        return Problem("out_of_scope", {"regency": self.names.get(code, code)})


@dataclass(slots=True)
class Known:
    """What the register holds that may have to do with the rows."""

    by_nib: dict[str, Standing] = field(default_factory=dict)
    by_key: dict[str, Standing] = field(default_factory=dict)
    # By the number of the row: the firms it may be, the likeliest first.
    likely: dict[int, Sequence[Likeness]] = field(default_factory=dict)


@dataclass(slots=True)
class PlanRow:
    """A row with its status. `changed` are the fields that an update would set."""

    draft: Draft
    status: Status
    key: str = ""
    firm: Standing | None = None
    changed: dict[str, Any] = field(default_factory=dict)
    # What it may be the same as: firms on record, or earlier rows of the file.
    matches: list[Likeness] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    """The whole plan of a file."""

    table: Table
    interpretation: Interpretation
    rows: list[PlanRow]

    @property
    def summary(self) -> dict[str, int]:
        """How many rows have each status."""
        counts = {status.value: 0 for status in Status}
        for row in self.rows:
            counts[row.status.value] += 1
        counts[Status.SKIPPED.value] = len(self.interpretation.skipped)
        return counts

    def of(self, *statuses: Status) -> list[PlanRow]:
        """The rows with one of the statuses."""
        return [row for row in self.rows if row.status in statuses]


def decide(interpretation: Interpretation, table: Table, known: Known, scope: Scope) -> Plan:
    """Give each row its status."""
    judge = Judge(known, scope, table.kind)
    return Plan(table, interpretation, list(judge.rows(interpretation.drafts)))


class Judge:
    """Gives the rows of one file their status, one after the other.

    `nibs` and `earlier` are what earlier rows of the file said; `remember` adds to it.
    """

    def __init__(self, known: Known, scope: Scope, kind: RowKind = FIRMS) -> None:
        self.known, self.scope, self.kind = known, scope, kind
        self.forget()

    def forget(self) -> None:
        """Start as with the first row of the file."""
        self.earlier = Crowd()
        self.nibs: dict[str, int] = {}
        self._seen: dict[str, list[tuple[Mapping[str, Any], int]]] = {}

    def rows(self, drafts: Iterable[Draft]) -> Iterable[PlanRow]:
        for draft in drafts:
            yield self.judge(draft)

    def judge(self, draft: Draft) -> PlanRow:
        """The next row with its status."""
        row = PlanRow(draft, Status.ERROR, draft.key)
        self._judge(row)
        return row

    def _judge(self, row: PlanRow) -> None:
        draft = row.draft
        self._check_scope(draft)
        firm = self.match(row)
        self._check_nib(draft, firm)
        # Rows of other kinds speak of one firm as often as they like.
        duplicate = self._in_file(row, firm) if self.kind.makes_firms else None
        if draft.has_errors:
            return
        if firm is not None:
            row.firm = firm
        if duplicate is not None:
            problem, twin = duplicate
            draft.found.append(Found(problem))
            row.matches.append(twin)
            row.status = Status.REVIEW
        elif firm is not None:
            self._compare(row, firm)
        elif likely := self.known.likely.get(draft.number):
            problem = Problem("possible_duplicate", {"firm": likely[0].label})
            draft.found.append(Found(problem))
            row.matches.extend(likely)
            row.status = Status.REVIEW
        elif self.kind.makes_firms:
            row.status = Status.NEW
        else:
            draft.found.append(Found(firm_unknown(draft.values)))

    def _check_scope(self, draft: Draft) -> None:
        regency = draft.values.get("regency_code")
        if regency and regency not in self.scope:
            draft.found.append(Found(self.scope.foreign(regency)))

    def match(self, row: PlanRow) -> Standing | None:
        """The firm that the row is about for certain."""
        nib = row.draft.values.get("nib")
        coded = row.key.startswith(CODE) and row.key in self.known.by_key
        if nib and nib in self.known.by_nib and not coded:
            return self.known.by_nib[nib]
        firm = self.known.by_key.get(row.key) if row.key else None
        other = firm is not None and not coded and nib and firm.values.get("nib")
        return None if other else firm

    def _check_nib(self, draft: Draft, firm: Standing | None) -> None:
        if firm is not None and firm.regency not in self.scope:
            problem = self.scope.foreign(firm.regency)
            if problem.params not in [found.problem.params for found in draft.found]:
                draft.found.append(Found(problem))
        nib = draft.values.get("nib")
        if not nib or not self.kind.makes_firms:
            return
        if nib in self.nibs:
            params = {"value": nib, "row": str(self.nibs[nib])}
            draft.found.append(Found(Problem("duplicate_nib_in_file", params)))
        else:
            self.nibs[nib] = draft.number

    def _in_file(self, row: PlanRow, firm: Standing | None) -> tuple[Problem, Likeness] | None:
        """Whether an earlier row says the same, or nearly.

        Rows that carry the register's codes are as many firms as there are codes.
        """
        values = row.draft.values
        if not values.get("name"):
            return None
        coded = firm is not None and row.key.startswith(CODE)
        me = likeness(values, values["name"], row.draft.number, row.draft.names)
        alike = self._seen.get(_bucket(row.key, values), ())
        said = next((number for held, number in alike if coded or held == values), None)
        other = None if coded or said else self.earlier.like(me)
        self.remember(values, row.key, me)
        if said:
            return Problem("duplicate_in_file", {"row": str(said)}), replace(me, row=said)
        if other:
            params = {"firm": other.label, "row": str(other.row)}
            problem = Problem("possible_duplicate", params, "possible_duplicate_in_file")
            return problem, other
        return None

    def remember(self, values: Mapping[str, Any], key: str, row: Likeness) -> None:
        """Note a row that came before."""
        self._seen.setdefault(_bucket(key, values), []).append((values, row.row or 0))
        self.earlier.add(row)

    def _compare(self, row: PlanRow, firm: Standing) -> None:
        values = row.draft.values
        row.changed = changes_of(values, firm, self.kind)
        row.status = Status.UPDATE if row.changed else Status.UNCHANGED
        if is_older(values, firm):
            params = {"year": str(values["data_year"])}
            row.draft.found.append(Found(Problem("older_data", params)))
        if total := total_stays(values, firm):
            params = {name: str(number) for name, number in total.items()}
            row.draft.found.append(Found(Problem("workers_split_stays", params)))


def _bucket(key: str, values: Mapping[str, Any]) -> str:
    """Rows that say the same have the same key; those without one say too little to be many."""
    return key or all_said(values)


def firm_unknown(values: Mapping[str, Any]) -> Problem:
    """The problem of a row whose firm is not on record, in a sheet that makes none."""
    return Problem("firm_unknown", {"value": values.get("nib") or values.get("name") or ""})
