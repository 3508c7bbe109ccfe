"""A second process that takes its share of an intake: the same answer with it and without."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from registry.intake import cores, saving, turns, work
from registry.models import Firm, IntakeBatch
from registry.services import SYSTEM
from registry.services.intake import intake_match_columns, intake_save, intake_upload

HEADINGS = ["Nama Usaha", "Pemilik", "Kabupaten", "Kecamatan", "NIB", "Tahun Data", "Tenaga Kerja"]
COUNT = 40


def test_helper_answers_one_after_the_other_and_ends() -> None:
    with cores.Helper(lambda number: (number * 2, os.getpid())) as helper:
        for number in range(3):
            helper.ask(number)
            assert helper.asked
            answer, pid = helper.answer()
            assert (answer, helper.asked) == (number * 2, False)
            assert pid != os.getpid()


def test_helper_that_fails_is_lost_and_says_so() -> None:
    with cores.Helper(lambda number: 1 // number) as helper:
        helper.ask(0)
        with pytest.raises(cores.Lost):
            helper.answer()
        assert helper.lost


@pytest.mark.parametrize("count", [0, 1, cores.LEAST_PARTS, 40])
@pytest.mark.parametrize("several", [True, False])
def test_parts_come_back_in_order_whoever_did_them(
    monkeypatch: pytest.MonkeyPatch, several: bool, count: int
) -> None:
    monkeypatch.setattr(cores, "several", lambda: several)
    assert list(cores.spread(lambda part: part * 2, range(count))) == [n * 2 for n in range(count)]


def test_parts_of_a_lost_helper_are_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "several", lambda: True)
    here = os.getpid()

    def do(part: int) -> int:
        if os.getpid() != here:
            os._exit(1)
        return part

    assert list(cores.spread(do, range(20))) == list(range(20))


def test_fault_of_a_part_is_raised_and_ends_the_helper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cores, "several", lambda: True)
    with pytest.raises(ZeroDivisionError):
        list(cores.spread(lambda part: 1 // (part - 7), range(20)))


@pytest.fixture
def batch(
    transactional_db: None,
    reference_data: None,
    monkeypatch: pytest.MonkeyPatch,
    workbook: Callable[..., bytes],
) -> IntakeBatch:
    """Forty rows that wait for their worker, who saves three at a time and has a helper."""
    monkeypatch.setattr("registry.tasks.go_on", lambda pk: None)
    monkeypatch.setattr(saving, "CHUNK", 3)
    monkeypatch.setattr(work, "LEAST_FOR_TWO", 1)
    monkeypatch.setattr(cores, "several", lambda: True)
    rows = [
        [f"Usaha {n:03}", f"Orang {n}", "Kab. Cirebon", "Weru", f"21030{n:08}", 2024, 3]
        for n in range(COUNT)
    ]
    batch = intake_upload(name="a.xlsx", content=workbook([HEADINGS, *rows]), by=SYSTEM)
    batch = intake_match_columns(batch=batch, fields={}, units={}, by=SYSTEM)
    work.run(batch.pk)
    batch.refresh_from_db()
    return intake_save(batch=batch, by=SYSTEM)


def shares(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What helpers are asked to save."""
    asked: list[Any] = []
    ask = cores.Helper.ask

    def noted(self: cores.Helper, share: Any) -> None:
        asked.append(share)
        ask(self, share)

    monkeypatch.setattr(cores.Helper, "ask", noted)
    return asked


def whole(batch: IntakeBatch) -> bool:
    """Whether each row became one firm, with its history, and the batch says so."""
    batch.refresh_from_db()
    events = Firm.pgh_event_model.objects.filter(pgh_context__metadata__batch=batch.pk)
    return (
        (batch.state, batch.done, batch.failure) == ("saved", COUNT, "")
        and batch.rows.filter(outcome="added").values("firm").distinct().count() == COUNT
        and Firm.objects.count() == COUNT == events.count()
    )


def test_helper_saves_its_share_with_history(
    batch: IntakeBatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = shares(monkeypatch)
    assert not work.run(batch.pk)
    assert len(asked) == 7
    assert whole(batch)


def test_what_a_lost_helper_left_is_saved_without_it(
    batch: IntakeBatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = shares(monkeypatch)
    monkeypatch.setattr(work, "save_share", lambda *_share: 1 / 0)
    assert not work.run(batch.pk)
    assert len(asked) == 1
    assert whole(batch)


def test_row_with_a_decision_is_saved_without_a_helper(
    batch: IntakeBatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = shares(monkeypatch)
    batch.rows.update(decision="other")
    assert not work.run(batch.pk)
    assert not asked
    assert whole(batch)


def test_share_is_written_only_while_whoever_asked_has_the_turn(batch: IntakeBatch) -> None:
    with turns.in_turn(), transaction.atomic():
        assert turns.may_share(turns.holder())
    with transaction.atomic():
        assert not turns.may_share(turns.holder())
    rows = list(batch.rows.values_list("row", flat=True))
    assert work._share(batch.pk, (rows[0], rows[-1], turns.holder())) == 0
    assert not Firm.objects.exists()


def test_one_core_or_few_rows_have_no_helper(
    batch: IntakeBatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = shares(monkeypatch)
    monkeypatch.setattr(work, "LEAST_FOR_TWO", COUNT + 1)
    assert not work.run(batch.pk)
    assert not asked
    assert whole(batch)


def test_connection_of_the_parent_stays_open_while_a_helper_asks_with_its_own(
    transactional_db: None,
) -> None:
    def backend(_asked: None) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            return int(cursor.fetchone()[0])

    mine = backend(None)
    with cores.Helper(backend) as helper:
        helper.ask(None)
        assert helper.answer() != mine
    assert backend(None) == mine
