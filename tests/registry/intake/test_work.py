"""Saving as work in the background: killed, repeated, done by two, refused by the register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registry import tasks
from registry.intake import chunk, lookups, saving, work
from registry.models import Firm, IntakeBatch
from registry.services import SYSTEM, firm_save
from registry.services.intake import (
    intake_discard,
    intake_match_columns,
    intake_mend_cell,
    intake_save,
    intake_undo,
    intake_upload,
)
from tests.registry.factories import CIGUGUR, make_firm

pytestmark = pytest.mark.django_db

HEADINGS = ["Nama Usaha", "Pemilik", "Kabupaten", "Kecamatan", "NIB", "Tahun Data", "Tenaga Kerja"]
Workbook = Callable[..., bytes]


def lines(count: int, first: int = 0) -> list[list[Any]]:
    return [
        [f"Usaha {n:04}", f"Orang {n}", "Kab. Cirebon", "Weru", f"21030{n:08}", 2024, n % 9 + 1]
        for n in range(first, first + count)
    ]


@pytest.fixture
def idle(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """No worker runs: a test takes each step itself. The batches that were handed over."""
    handed: list[int] = []
    monkeypatch.setattr("registry.tasks.go_on", handed.append)
    return handed


def plan(content: bytes, by: Any, name: str = "data.xlsx") -> IntakeBatch:
    """A batch whose plan is made."""
    batch = intake_upload(name=name, content=content, by=by)
    batch = intake_match_columns(batch=batch, fields={}, units={}, by=by)
    while work.step(batch.pk):
        pass
    batch.refresh_from_db()
    assert batch.state == "review", batch.failure
    return batch


@pytest.fixture
def planned(workbook: Workbook, people: dict[str, Any], idle: list[int]) -> IntakeBatch:
    """Seven good rows, saved three at a time."""
    return plan(workbook([HEADINGS, *lines(7)]), people["cirebon_staff"])


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.intake.saving.CHUNK", 3)


def to_end(batch: IntakeBatch) -> IntakeBatch:
    while work.step(batch.pk):
        pass
    batch.refresh_from_db()
    return batch


def save(batch: IntakeBatch) -> IntakeBatch:
    return intake_save(batch=batch, by=batch.taken_by)


# Each state with the steps that a person may take in it.
STATES = {
    "columns": {"match", "discard"},
    "planning": set(),
    "review": {"match", "discard", "mend", "save"},
    "saving": set(),
    "saved": {"mend", "save", "undo"},
    "undoing": set(),
    "undone": set(),
    "discarded": set(),
}
ACTS: dict[str, Callable[[IntakeBatch], Any]] = {
    "match": lambda b: intake_match_columns(batch=b, fields={}, units={}, by=b.taken_by),
    "discard": lambda b: intake_discard(batch=b, by=b.taken_by),
    "mend": lambda b: intake_mend_cell(row=b.rows.first(), letter="B", text="Ani", by=b.taken_by),
    "save": save,
    "undo": lambda b: intake_undo(batch=b, reason="uji", by=b.taken_by),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", STATES)
def test_each_step_fits_some_states_only(planned: IntakeBatch, state: str, act: str) -> None:
    IntakeBatch.objects.filter(pk=planned.pk).update(state=state, saved_at=timezone.now())
    planned.refresh_from_db()
    if act in STATES[state]:
        ACTS[act](planned)
    else:
        with pytest.raises(ValidationError) as refused:
            ACTS[act](planned)
        assert refused.value.messages[0].endswith(".")


def test_saving_is_handed_over_and_shows_how_far_it_is(
    planned: IntakeBatch, idle: list[int]
) -> None:
    batch = save(planned)
    assert (batch.state, batch.done, batch.total, idle[-1]) == ("saving", 0, 7, batch.pk)
    assert work.step(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.done, Firm.objects.count()) == ("saving", 3, 3)
    to_end(batch)
    assert (batch.state, batch.done, Firm.objects.count()) == ("saved", 7, 7)


@pytest.mark.parametrize("when", ["before", "after"])
def test_worker_that_dies_loses_one_step_and_doubles_none(
    planned: IntakeBatch, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    batch = save(planned)
    work.step(batch.pk)
    whole = chunk.Chunk.save

    def dies(self: Any) -> None:
        if when == "after":
            whole(self)
        raise OperationalError("server closed the connection")

    with monkeypatch.context() as patch:
        patch.setattr(chunk.Chunk, "save", dies)
        with pytest.raises(OperationalError):
            work.step(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.done, Firm.objects.count()) == ("saving", 3, 3)
    to_end(batch)
    assert (batch.state, Firm.objects.count()) == ("saved", 7)
    assert batch.rows.filter(outcome="added").count() == 7
    assert not work.step(batch.pk)


def test_fault_of_the_program_is_told_and_can_be_tried_again(
    planned: IntakeBatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = save(planned)
    work.step(batch.pk)
    with monkeypatch.context() as patch:
        patch.setattr(chunk.Chunk, "save", lambda self: 1 / 0)
        assert not work.step(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, Firm.objects.count()) == ("review", 3)
    assert "ZeroDivisionError" in batch.failure
    batch = to_end(save(batch))
    assert (batch.state, batch.failure, Firm.objects.count()) == ("saved", "", 7)


def test_intake_without_a_sign_of_life_is_taken_up(planned: IntakeBatch, idle: list[int]) -> None:
    batch = save(planned)
    idle.clear()
    assert tasks.resume_intakes() == 0
    long_ago = timezone.now() - dt.timedelta(seconds=21)
    IntakeBatch.objects.filter(pk=batch.pk).update(beat=long_ago)
    assert tasks.resume_intakes() == 1
    assert idle == [batch.pk]


def test_resuming_runs_each_minute() -> None:
    from django_q.models import Schedule

    schedule = Schedule.objects.get(func="registry.tasks.resume_intakes")
    assert (schedule.schedule_type, schedule.minutes, schedule.repeats) == ("I", 1, -1)


def test_plan_older_than_the_register_overwrites_nothing(
    workbook: Workbook, planned: IntakeBatch
) -> None:
    second = plan(workbook([HEADINGS, *lines(7)]), planned.taken_by, "dua.xlsx")
    to_end(save(planned))
    firm = Firm.objects.get(nib="2103000000001")
    firm.data_year = 2026
    firm.phone = "+6281234567890"
    firm_save(firm, by=SYSTEM, reason="uji")
    second = to_end(save(second))
    assert (second.state, Firm.objects.count()) == ("saved", 7)
    assert set(second.rows.values_list("status", "outcome")) == {("new", "nothing")}
    firm.refresh_from_db()
    assert (firm.data_year, firm.phone) == (2026, "+6281234567890")


def test_nib_recorded_in_the_same_moment_makes_no_second_firm(
    planned: IntakeBatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = make_firm("Milik Sendiri", nib="2103000000001")
    theirs = make_firm("Milik Lain", village=CIGUGUR, nib="2103000000002")
    matched, looked = lookups.matched, []

    def blind(drafts: Any) -> Any:
        """The others wrote after the first look."""
        looked.append(len(drafts))
        return matched(drafts) if len(looked) > 3 else ({}, {})

    monkeypatch.setattr("registry.intake.chunk.lookups.matched", blind)
    batch = to_end(save(planned))
    rows = {row.row: row for row in batch.rows.all()}
    assert (batch.state, Firm.objects.count(), len(rows)) == ("saved", 7, 7)
    assert (rows[3].outcome, rows[3].firm) == ("changed", ours)
    assert (rows[4].status, rows[4].outcome) == ("error", "")
    assert "Kuningan" in rows[4].problems[-1]["message"]
    assert "Milik Lain" not in str(rows[4].problems)
    theirs.refresh_from_db()
    assert theirs.name == "Milik Lain"


def test_row_that_the_register_refuses_stays_open_with_the_reason(planned: IntakeBatch) -> None:
    row = planned.rows.get(row=5)
    row.values["phone"] = "bukan nomor"
    row.save()
    batch = to_end(save(planned))
    row.refresh_from_db()
    assert (batch.state, Firm.objects.count()) == ("saved", 6)
    assert (row.status, row.outcome) == ("error", "")
    assert row.problems[-1]["code"] == "not_saved"


def test_right_that_is_withdrawn_meanwhile_counts(planned: IntakeBatch) -> None:
    batch = save(planned)
    batch.taken_by.is_active = False
    batch.taken_by.save()
    to_end(batch)
    assert Firm.objects.count() == 0
    assert {row.problems[-1]["code"] for row in batch.rows.all()} <= {"not_saved", "out_of_scope"}


def test_queries_of_a_step_do_not_grow_with_its_rows(
    workbook: Workbook, people: dict[str, Any], idle: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("registry.intake.saving.CHUNK", 100)
    counts = []
    for first, count in ((0, 4), (100, 40)):
        for year in (2024, 2025):
            rows = [[*line[:5], year, line[6] + year - 2024] for line in lines(count, first)]
            batch = save(plan(workbook([HEADINGS, *rows]), people["cirebon_staff"]))
            with CaptureQueriesContext(
                connection,
            ) as queries:
                work.step(batch.pk)
            counts.append(len(queries))
            to_end(batch)
    assert counts[:2] == counts[2:]
    assert max(counts) <= 60
    assert saving.ready(batch).count() == 0
