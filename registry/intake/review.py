"""The rows of an intake as the wizard counts, sifts and groups them: pure queries.

Rule: what a page asks of the database does not grow with the file. Counts come from one pass over
an index, causes are grouped by the database and capped, and rows come a page at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, F, Func, Q, QuerySet, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from registry.intake.plan import Status
from registry.intake.remedies import COMPARED, MAPPED_CODES, Remedy, maps_once, remedy_of
from registry.models import IntakeBatch, IntakeRow
from registry.models.intake import Decision

PAGE_SIZE = 25
MAX_CAUSES = 30
VALUES_SHOWN = 3

_SAVED = (Status.NEW.value, Status.UPDATE.value)
_TAKEN = (Decision.SAME.value, Decision.OTHER.value)
_LEFT = Q(decision=Decision.SKIP.value)
_ERROR = Q(status=Status.ERROR.value) & ~_LEFT
_TWIN = Q(status=Status.REVIEW.value) & ~_LEFT
_OPEN_TWIN = _TWIN & Q(decision="")
_WARNED = Q(status__in=_SAVED, level="warning") & ~_LEFT
ALL = "semua"
FIRST = "perlu-dilihat"

# The ways of sifting the rows, by their name in the address; the first is shown first.
TABS: dict[str, tuple[Any, Q]] = {
    FIRST: (_("To look at"), _ERROR | _OPEN_TWIN | _WARNED),
    "galat": (_("Errors"), _ERROR),
    "peringatan": (_("Warnings"), _WARNED),
    "ganda": (_("Possible duplicates"), _TWIN),
    "baru": (_("New"), Q(status=Status.NEW.value) & ~_LEFT),
    "diperbarui": (_("Updated"), Q(status=Status.UPDATE.value) & ~_LEFT),
    "sama": (_("Unchanged"), Q(status=Status.UNCHANGED.value) & ~_LEFT),
    "dilewati": (_("Left out"), _LEFT),
    ALL: (_("All"), Q()),
}


def pending(batch: IntakeBatch) -> QuerySet[IntakeRow]:
    """The rows of firms that nothing has become of yet."""
    rows = IntakeRow.objects.filter(batch=batch, outcome="")
    return rows.exclude(status=Status.SKIPPED.value)


@dataclass(frozen=True)
class Tallies:
    """How many rows there are of each sort, and of each tab."""

    new: int = 0
    update: int = 0
    unchanged: int = 0
    error: int = 0
    open_twins: int = 0
    taken_twins: int = 0
    left: int = 0
    warned: int = 0

    @property
    def total(self) -> int:
        """All rows of firms."""
        twins = self.open_twins + self.taken_twins + self.left
        return self.new + self.update + self.unchanged + self.error + twins

    @property
    def ready(self) -> int:
        """The rows that saving would write."""
        return self.new + self.update + self.taken_twins

    @property
    def held(self) -> int:
        """The rows that keep "only when all are right" from saving."""
        return self.error + self.open_twins

    def of_tab(self, tab: str) -> int:
        """The number beside a tab."""
        return {
            FIRST: self.held + self.warned,
            "galat": self.error,
            "peringatan": self.warned,
            "ganda": self.open_twins + self.taken_twins,
            "dilewati": self.left,
            "baru": self.new,
            "diperbarui": self.update,
            "sama": self.unchanged,
        }.get(tab, self.total)


def tallies_of(batch: IntakeBatch) -> Tallies:
    """The counts of the rows that wait, in one pass."""
    counts: dict[str, int] = {}
    groups = pending(batch).order_by().values_list("status", "level", "decision")
    for status, level, decision, n in groups.annotate(n=Count("pk")):
        for name in _sorts(status, level, decision):
            counts[name] = counts.get(name, 0) + n
    return Tallies(**counts)


def _sorts(status: str, level: str, decision: str) -> Iterator[str]:
    if decision == Decision.SKIP:
        yield "left"
        return
    if status == Status.REVIEW:
        yield "taken_twins" if decision else "open_twins"
        return
    yield status
    if status in _SAVED and level == "warning":
        yield "warned"


def rows_of(batch: IntakeBatch, tab: str, code: str = "", letter: str = "") -> QuerySet[IntakeRow]:
    """The rows of a tab in the order of the sheet, or those with one cause."""
    rows = pending(batch).select_related("firm").order_by("row")
    if code:
        asked = {"code": code} | ({"column": letter} if letter else {})
        return rows.filter(problems__contains=[asked])
    return rows.filter(TABS[tab][1])


@dataclass(frozen=True)
class Cause:
    """One cause of problems in one column: how many rows, how they read, what mends them."""

    level: str
    code: str
    letter: str
    rows: int
    remedy: Remedy
    name: str | None = None  # the field that the column means
    values: list[tuple[str, int]] = field(default_factory=list)

    @property
    def maps_once(self) -> bool:
        """Whether each of the values can be given a meaning for all rows at once."""
        return maps_once(self.code, self.name)

    @property
    def compares(self) -> bool:
        """Whether the rows are settled by comparing."""
        return self.code in COMPARED


# Each cause with its commonest readings, where one answer could mend them all.
_CAUSES = r"""
WITH found AS (
  SELECT p ->> 'level' AS level, p ->> 'code' AS code, coalesce(p ->> 'column', '') AS letter,
         CASE WHEN p ->> 'code' = ANY(%(mapped)s)
         THEN coalesce(r.edits ->> (p ->> 'column'), r.raw ->> (p ->> 'column'), '')
         ELSE '' END AS cell, count(*) AS n
  FROM registry_intakerow r CROSS JOIN LATERAL jsonb_array_elements(r.problems) p
  WHERE r.batch_id = %(batch)s AND r.outcome = '' AND r.level <> ''
    AND r.status <> ALL(%(without)s) AND r.decision <> 'skip'
  GROUP BY 1, 2, 3, 4
), readings AS (
  SELECT level, code, letter, min(cell) AS cell, sum(n) AS n
  FROM found GROUP BY level, code, letter, lower(trim(regexp_replace(cell, '\s+', ' ', 'g')))
), placed AS (
  SELECT *, sum(n) OVER (PARTITION BY level, code, letter) AS total,
         row_number() OVER (PARTITION BY level, code, letter ORDER BY n DESC, cell) AS place
  FROM readings
)
SELECT level, code, letter, cell, n, total FROM placed WHERE place <= %(shown)s
ORDER BY level, total DESC, code, letter, place LIMIT %(limit)s
"""


def causes_of(batch: IntakeBatch) -> list[Cause]:
    """Why rows have problems, errors first, the commonest first."""
    parameters: dict[str, Any] = {
        "batch": batch.pk,
        "mapped": list(MAPPED_CODES),
        "without": [Status.SKIPPED.value, Status.UNCHANGED.value],
        "shown": VALUES_SHOWN,
        "limit": MAX_CAUSES * VALUES_SHOWN,
    }
    fields = {column["letter"]: column.get("field") for column in columns_of(batch)}
    found: dict[tuple[str, str, str], Cause] = {}
    with transaction.atomic(), connection.cursor() as cursor:
        # Compiling the query takes longer than answering it.
        cursor.execute("SET LOCAL jit = off")
        cursor.execute(_CAUSES, parameters)
        for level, code, letter, reading, n, total in cursor.fetchall():
            cause = found.setdefault(
                (level, code, letter),
                Cause(level, code, letter, int(total), remedy_of(code), fields.get(letter)),
            )
            if reading:
                cause.values.append((" ".join(reading.split()), int(n)))
    return list(found.values())[:MAX_CAUSES]


def rows_reading(batch: IntakeBatch, letter: str, text: str) -> QuerySet[IntakeRow]:
    """The rows that wait whose cell in a column reads a text, capitals and spaces aside."""
    rows = pending(batch).annotate(
        mended=KeyTextTransform(letter, "edits"), stood=KeyTextTransform(letter, "raw")
    )
    of = {"output_field": TextField()}
    written = Func(F("mended"), F("stood"), function="COALESCE", **of)
    spaces = (Value(r"\s+"), Value(" "), Value("g"))
    single = Func(written, *spaces, function="REGEXP_REPLACE", **of)
    cell = Lower(Func(single, function="TRIM", **of))
    return rows.annotate(cell=cell).filter(cell=" ".join(text.split()).lower())


def columns_of(batch: IntakeBatch) -> list[dict[str, Any]]:
    """The columns of the sheet as they are read, in its order."""
    columns: list[dict[str, Any]] = batch.table.get("columns", [])
    return columns


def next_to_look_at(batch: IntakeBatch, after: int) -> IntakeRow | None:
    """The next row of the first tab, so that one can go on from row to row."""
    return rows_of(batch, FIRST).filter(row__gt=after).first()
