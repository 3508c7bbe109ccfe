"""The work list: each count is the length of the list it opens, inside the person's scope."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.contrib import admin
from django.utils import timezone

from registry import worklist
from registry.models import Certificate, Firm, IntakeBatch, IntakeRow
from registry.services import SYSTEM, save_row
from registry.worklist import QUEUES, in_queue, queue_counts, work_list
from tests.registry.factories import CIGUGUR, make_firm

pytestmark = pytest.mark.django_db
LIST = "/kelola/registry/firm/"


def counts(user: Any) -> dict[str, int]:
    work = work_list(user)
    listed = {each.queue.key: each.count for each in (*work.urgent, *work.missing)}
    firms = Firm.objects.visible_to(user)
    return {key: in_queue(firms, key).count() for key in QUEUES} | listed


def paper(firm: Firm, days: int, **fields: Any) -> None:
    end = timezone.localdate() + dt.timedelta(days=days)
    row = Certificate(firm=firm, kind="halal", number=f"ID{days}", valid_until=end, **fields)
    save_row(row, by=SYSTEM, reason="uji")


@pytest.fixture
def register(people: dict[str, Any]) -> dict[str, Any]:
    """Firms that wait for each step at least once, and one that is complete."""
    complete: dict[str, Any] = {
        "legal_form": "cv",
        "products": "kursi",
        "nib": "0220001234567",
        "address": "Blok Kliwon",
        "phone": "+6281200001234",
        "start_year": 2015,
        "confirmed_on": timezone.localdate(),
        "confirmed_how": "visit",
        "profile": {"workers_total": 4},
        "siinas": {"state": "issued"},
    }
    make_firm("Lengkap", **complete)
    paper(make_firm("Segera", kbli=None), 20)
    paper(make_firm("Lewat", siinas={"state": "blocked", "blocker": "other"}), -3)
    make_firm("Tampil", consents=("catalogue",), confirmed_on=dt.date(2020, 1, 1))
    make_firm("Tutup", status="closed", closed_reason="pindah")
    make_firm("Jauh", village=CIGUGUR)
    return people


@pytest.mark.parametrize("key", QUEUES)
def test_number_is_the_length_of_its_list(client: Any, register: dict[str, Any], key: str) -> None:
    for who in ("cirebon_staff", "kuningan_staff", "province"):
        client.force_login(register[who])
        listed = client.get(f"{LIST}?kurang={key}").context["cl"]
        assert queue_counts(register[who])[key] == listed.result_count == len(listed.result_list)


def test_queues_find_what_they_are_named_for(register: dict[str, Any]) -> None:
    found = counts(register["cirebon_staff"])
    assert (found["segera"], found["berakhir"], found["terkendala"]) == (1, 1, 1)
    assert (found["periksa"], found["konfirmasi"]) == (1, 3)
    assert (found["kbli"], found["nib"], found["siinas"], found["pekerja"]) == (1, 3, 2, 3)
    assert (found["desa"], counts(register["kuningan_staff"])["nib"]) == (0, 1)


def test_certificate_that_is_only_applied_for_or_has_no_end_does_not_end(
    people: dict[str, Any],
) -> None:
    firm = make_firm()
    paper(firm, 5, status="applied")
    row = Certificate(firm=firm, kind="halal", number="ID1", open_ended=True)
    save_row(row, by=SYSTEM, reason="uji")
    assert counts(people["province"])["segera"] == 0


def test_queries_are_as_many_however_many_firms(
    register: dict[str, Any], django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(15):
        work_list(register["province"])


def test_count_stops_where_lists_stop(
    client: Any, register: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worklist, "COUNT_LIMIT", 2)
    client.force_login(register["province"])
    assert "lebih dari 2" in client.get("/kelola/").content.decode()


def test_unknown_queue_is_an_empty_list(client: Any, register: dict[str, Any]) -> None:
    client.force_login(register["province"])
    assert client.get(f"{LIST}?kurang=entah").context["cl"].result_count == 0


def test_start_page_links_each_queue_and_says_when_it_was_counted(
    client: Any, register: dict[str, Any]
) -> None:
    client.force_login(register["cirebon_staff"])
    html = client.get("/kelola/").content.decode()
    for key in ("segera", "berakhir", "terkendala", "periksa", "nib", "konfirmasi"):
        assert f'href="{LIST}?kurang={key}"' in html
    assert "Dihitung dari registri pada" in html
    assert "Kab. Cirebon" in html


def test_nothing_to_do_is_said(client: Any, people: dict[str, Any]) -> None:
    client.force_login(people["cirebon_staff"])
    html = client.get("/kelola/").content.decode()
    assert "Semua beres" in html
    assert "kurang=" not in html


def test_sheets_with_rows_that_wait_are_counted_in_scope(
    client: Any, people: dict[str, Any]
) -> None:
    for code, status in (("32.09", "review"), ("32.08", "error"), ("32.09", "new")):
        batch = IntakeBatch.objects.create(file_name=f"{code}-{status}.xlsx", regency_id=code)
        IntakeRow.objects.create(batch=batch, row=2, status=status)
    assert work_list(people["province"]).sheets == 2
    client.force_login(people["cirebon_staff"])
    assert work_list(people["cirebon_staff"]).sheets == 1
    html = client.get("/kelola/registry/intakebatch/?tunggu=ya").content.decode()
    assert "32.09-review.xlsx" in html
    assert "32.09-new.xlsx" not in html


def test_list_has_at_most_six_columns_and_five_filters() -> None:
    page = admin.site._registry[Firm]
    assert len(page.list_display) <= 6
    assert len(page.list_filter) <= 5
