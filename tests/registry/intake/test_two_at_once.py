"""Two sheets with the same firms, saved by two workers in the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from registry.intake import work
from registry.models import Firm, IntakeBatch
from registry.services import SYSTEM, NotAllowed, firm_save
from registry.services.intake import intake_match_columns, intake_save, intake_upload

HEADINGS = ["Nama Usaha", "Pemilik", "Kabupaten", "Kecamatan", "NIB", "Tahun Data", "Tenaga Kerja"]
COUNT = 40


@pytest.fixture
def register(transactional_db: None, reference_data: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """No worker, and steps of a few rows."""
    monkeypatch.setattr("registry.tasks.go_on", lambda pk: None)
    monkeypatch.setattr("registry.intake.saving.CHUNK", 3)


def saving(workbook: Callable[..., bytes], name: str, workers: int, nibs: bool) -> IntakeBatch:
    """A batch that waits for its worker."""
    rows = [
        [f"Usaha {n:03}", f"Orang {n}", "Kab. Cirebon", "Weru",
         f"21030{n:08}" if nibs else None, 2024, workers]
        for n in range(COUNT)
    ]  # fmt: skip
    batch = intake_upload(name=name, content=workbook([HEADINGS, *rows]), by=SYSTEM)
    batch = intake_match_columns(batch=batch, fields={}, units={}, by=SYSTEM)
    while work.step(batch.pk):
        pass
    batch.refresh_from_db()
    return intake_save(batch=batch, by=SYSTEM)


def together(*works: Callable[[], Any]) -> None:
    """All at the same moment, each with a connection of its own."""
    start = threading.Barrier(len(works))
    errors: list[BaseException] = []

    def run(do: Callable[[], Any]) -> None:
        try:
            start.wait()
            do()
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(do,)) for do in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert errors == []


def to_end(pk: int) -> Callable[[], None]:
    def run() -> None:
        while work.step(pk):
            pass

    return run


@pytest.mark.parametrize("nibs", [True, False], ids=["with NIB", "without NIB"])
def test_no_firm_is_doubled_and_no_row_lost(
    register: None, workbook: Callable[..., bytes], nibs: bool
) -> None:
    one = saving(workbook, "satu.xlsx", 3, nibs)
    two = saving(workbook, "dua.xlsx", 4, nibs)
    together(to_end(one.pk), to_end(two.pk))
    assert Firm.objects.count() == COUNT
    added = 0
    for batch in (one, two):
        batch.refresh_from_db()
        assert (batch.state, batch.failure) == ("saved", "")
        assert set(batch.rows.values_list("outcome", flat=True)) <= {"added", "changed"}
        added += batch.rows.filter(outcome="added").count()
    assert added == COUNT


def test_two_workers_of_one_batch_do_each_row_once(
    register: None, workbook: Callable[..., bytes]
) -> None:
    batch = saving(workbook, "satu.xlsx", 3, True)
    together(to_end(batch.pk), to_end(batch.pk), to_end(batch.pk))
    batch.refresh_from_db()
    assert (batch.state, batch.done, Firm.objects.count()) == ("saved", COUNT, COUNT)
    assert Firm.pgh_event_model.objects.count() == COUNT


def test_somebody_typing_the_same_nibs_is_no_harm(
    register: None, workbook: Callable[..., bytes]
) -> None:
    batch = saving(workbook, "satu.xlsx", 3, True)

    def types() -> None:
        for n in range(COUNT - 1, 0, -3):
            firm = Firm(name=f"Usaha {n:03}", regency_id="32.09", nib=f"21030{n:08}")
            try:
                firm_save(firm, by=SYSTEM, reason="uji")
            except NotAllowed:
                raise
            except Exception as error:
                assert "NIB" in str(error)  # noqa: PT017 - the sheet was quicker

    together(to_end(batch.pk), types)
    batch.refresh_from_db()
    assert (batch.state, batch.failure) == ("saved", "")
    assert Firm.objects.count() == COUNT
    assert batch.rows.filter(outcome="").count() == 0
