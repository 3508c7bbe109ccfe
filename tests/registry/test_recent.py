"""The latest changes on the start page: sentences, of one's own region, nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from registry.models import Certificate, Firm
from registry.recent import ROWS, WRITES, recent_changes
from registry.services import firm_save, remove_row, save_row
from tests.registry.factories import CIGUGUR, make_firm

pytestmark = pytest.mark.django_db


def told(user: Any) -> list[str]:
    return [
        f"{recent.moment.who}: {row.entry.sentence} | {'; '.join(row.changes)}"
        for recent in recent_changes(user)
        for row in recent.rows
    ]


def change(firm: Firm, by: Any, **values: Any) -> None:
    for name, value in values.items():
        setattr(firm, name, value)
    firm_save(firm, by=by, reason="kunjungan")


def test_latest_change_comes_first_with_old_and_new_value(people: dict[str, Any]) -> None:
    officer = people["cirebon_staff"]
    firm = make_firm("Rotan Uji")
    change(firm, officer, start_year=1998)
    change(firm, people["province"], start_year=1999)
    latest = told(officer)
    assert latest[0] == "province: mengubah usaha Rotan Uji | tahun berdiri: dari 1998 menjadi 1999"
    assert latest[1].startswith("cirebon_staff: ")
    assert latest[1].endswith("tahun berdiri: dari belum diisi menjadi 1998")
    assert recent_changes(officer)[0].moment.why == "kunjungan"


def test_parts_are_told_with_their_firm(people: dict[str, Any]) -> None:
    firm = make_firm("Berbagian")
    paper = Certificate(firm=firm, kind="halal", number="ID3211000", open_ended=True)
    save_row(paper, by=people["cirebon_staff"], reason="")
    remove_row(paper, by=people["cirebon_staff"], reason="")
    rows = [row for recent in recent_changes(people["province"]) for row in recent.rows]
    assert [row.entry.kind for row in rows[:2]] == ["delete", "insert"]
    assert {(row.firm, row.name) for row in rows} == {(firm.pk, "Berbagian")}


def test_other_regions_and_owners_stay_out(people: dict[str, Any]) -> None:
    make_firm("Rotan Dekat", owner="Bu Rahasia")
    make_firm("Batik Jauh", village=CIGUGUR)
    assert "Batik Jauh" not in repr(recent_changes(people["cirebon_staff"]))
    assert "Rotan Dekat" not in repr(recent_changes(people["kuningan_staff"]))
    assert "Bu Rahasia" not in repr(recent_changes(people["official_all"]))
    assert recent_changes(people["left"]) == []


def test_list_is_short_and_queries_do_not_grow(
    people: dict[str, Any], django_assert_max_num_queries: Any
) -> None:
    for year in range(WRITES + 3):
        change(make_firm(f"Usaha {year}", owner="Bu", profile={}), people["province"], brand="x")
    with django_assert_max_num_queries(23):
        found = recent_changes(people["province"])
    assert len(found) == WRITES
    assert all(len(recent.rows) <= ROWS for recent in found)
