"""The round trip: an office's part of the register in its own columns, and back without a trace."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.intake.reading import read_sheets
from registry.models import Certificate, Firm, IntakeBatch
from registry.services.intake import intake_match_columns, intake_upload
from tests.registry.factories import CIGUGUR, make_firm
from tests.registry.intake.conftest import make_workbook

pytestmark = pytest.mark.django_db
PAGE = "/kerja/impor/unduh/"
ANSWERS = {"fields": {}, "units": {}, "kbli_edition": "2020", "year": None, "remember": False}
OWN = ["NO", "NAMA IKM", "NAMA PEMILIK", "NIK", "KECAMATAN", "DESA", "TK", "OMZET (JUTA)", "NIB"]


@pytest.fixture
def site(client: Any, officer: Any) -> Any:
    """The site, with the officer signed in."""
    client.force_login(officer)
    return client


@pytest.fixture
def firms(db: None) -> list[Firm]:
    """Firms with everything, with little, without NIB, alike, closed, elsewhere."""
    full = make_firm(
        "Rotan Lengkap",
        legal_form="cv",
        nib="0220001234567",
        phone="+6281200001234",
        address="Blok Kliwon RT 02/03",
        email="rotan@contoh.id",
        website="https://contoh.id",
        products="kursi rotan, meja",
        brand="Lengkap",
        start_year=1999,
        data_year=2025,
        notes="Baris satu\nbaris dua",
        latitude="-6.70001",
        longitude="108.40001",
        owner="Siti Pemilik",
        siinas={"state": "profile_incomplete", "registered_on": dt.date(2021, 3, 2)},
        profile={
            "workers_male": 4, "workers_female": 5, "annual_sales": 45_500_000,
            "investment": 12_345_678, "capacity_quantity": "1250.5", "capacity_unit_id": "kg",
        },
    )  # fmt: skip
    Certificate.objects.create(
        firm=full, kind="tkdn_ik", number="123/SJ-IND/2024", tkdn_percent="27.5"
    )
    Certificate.objects.create(firm=full, kind="halal", number="ID32110000012345678")
    return [
        full,
        make_firm("Tanpa Apa-apa", kbli=None),
        make_firm("Anyaman Jaya", data_year=2024),
        make_firm("Anyaman Jaja", status="inactive"),
        make_firm("Sudah Tutup", status="closed", closed_reason="uji"),
        make_firm("Kuningan Lain", village=CIGUGUR),
    ]


def downloaded(site: Any, query: str = "?unduh=1") -> list[list[Any]]:
    answer = site.get(PAGE + query)
    assert answer.status_code == 200
    sheet = read_sheets(answer.getvalue())[0]
    width = len(sheet.rows[0].cells)
    return [[*row.cells, *[None] * (width - len(row.cells))] for row in sheet.rows]


def taken(rows: list[list[Any]], by: Any) -> IntakeBatch:
    batch = intake_upload(name="kembali.xlsx", content=make_workbook(rows), by=by)
    found: IntakeBatch = intake_match_columns(batch=batch, by=by, **ANSWERS)
    return found


def statuses(batch: IntakeBatch) -> list[tuple[str, str, Any]]:
    rows = batch.rows.order_by("row")
    return [(row.values["name"], row.status, row.changed) for row in rows]


def test_own_firms_only_and_no_closed_one(site: Any, firms: list[Firm]) -> None:
    head, *rows = downloaded(site)
    names = [row[head.index("Nama Usaha")] for row in rows]
    assert sorted(names) == ["Anyaman Jaja", "Anyaman Jaya", "Rotan Lengkap", "Tanpa Apa-apa"]


def test_untouched_sheet_changes_nothing(site: Any, officer: Any, firms: list[Firm]) -> None:
    batch = taken(downloaded(site), officer)
    assert [(name, status) for name, status, changed in statuses(batch) if changed or
            status != "unchanged"] == []  # fmt: skip
    assert batch.rows.count() == 4


def test_one_changed_cell_is_one_update(site: Any, officer: Any, firms: list[Firm]) -> None:
    rows = downloaded(site)
    at = rows[0].index("Nomor HP")
    row = next(row for row in rows if row[0] == "Anyaman Jaya")
    row[at] = "0812 9999 0000"
    found = [each for each in statuses(taken(rows, officer)) if each[1] != "unchanged"]
    assert [(name, status, list(changed)) for name, status, changed in found] == [
        ("Anyaman Jaya", "update", ["phone"])
    ]


def test_nib_can_be_added_and_corrected(site: Any, officer: Any, firms: list[Firm]) -> None:
    rows = downloaded(site)
    at = rows[0].index("NIB")
    for name, nib in (("Rotan Lengkap", "0220001234568"), ("Anyaman Jaya", "0220001234569")):
        next(row for row in rows if row[0] == name)[at] = nib
    found = [each for each in statuses(taken(rows, officer)) if each[1] != "unchanged"]
    assert {(name, status, tuple(changed)) for name, status, changed in found} == {
        ("Rotan Lengkap", "update", ("nib",)),
        ("Anyaman Jaya", "update", ("nib",)),
    }


def test_row_without_a_code_is_a_new_firm(site: Any, officer: Any, firms: list[Firm]) -> None:
    rows = downloaded(site)
    fresh = [None] * len(rows[0])
    fresh[rows[0].index("Nama Usaha")] = "Meubel Sama Sekali Baru"
    fresh[rows[0].index("Kabupaten/Kota")] = "Kabupaten Cirebon"
    batch = taken([*rows, fresh], officer)
    assert next(s for s in statuses(batch) if s[1] != "unchanged")[:2] == (
        "Meubel Sama Sekali Baru", "new",
    )  # fmt: skip


def test_code_used_twice_is_asked_about(site: Any, officer: Any, firms: list[Firm]) -> None:
    rows = downloaded(site)
    batch = taken([*rows, rows[1]], officer)
    assert batch.rows.get(row=len(rows) + 1).status == "review"


def test_code_of_another_region_is_refused(site: Any, officer: Any, firms: list[Firm]) -> None:
    rows = downloaded(site)
    rows[1][rows[0].index("Kode Registri")] = f"IKM-{firms[-1].pk}"
    row = taken(rows, officer).rows.get(row=2)
    assert row.status == "error"
    assert [problem["code"] for problem in row.problems] == ["out_of_scope"]


def test_office_gets_the_columns_order_and_units_of_its_own_sheet(
    site: Any, officer: Any, firms: list[Firm]
) -> None:
    row = [1, "UD Lain", "Budi", None, "Weru", "Tegalwangi", 3, "1,5", None]
    first = intake_upload(name="punya.xlsx", content=make_workbook([OWN, row]), by=officer)
    intake_match_columns(batch=first, by=officer, **{**ANSWERS, "year": 2025, "remember": True})
    head, *rows = downloaded(site)
    assert head == [*OWN, "Tahun Data (registri)", "Kode Registri"]
    full = next(each for each in rows if "Rotan Lengkap" in each[1])
    assert full[1] == "CV Rotan Lengkap"
    assert full[2:9] == ["Siti Pemilik", None, "Weru", "Tegalwangi", 9, 45.5, "0220001234567"]
    second = intake_upload(name="b.xlsx", content=make_workbook([head, *rows]), by=officer)
    assert second.table["remembered"]
    batch = intake_match_columns(batch=second, by=officer, **ANSWERS)
    assert {status for _name, status, _changed in statuses(batch)} == {"unchanged"}


def test_formulas_are_inert(site: Any, firms: list[Firm]) -> None:
    Firm.objects.filter(pk=firms[2].pk).update(address="=1+1", products="@SUM(A1)")
    rows = downloaded(site)
    row = next(row for row in rows if row[0] == "Anyaman Jaya")
    assert "=1+1" in row
    assert "@SUM(A1)" in row


def test_part_of_a_district_can_be_taken(site: Any, firms: list[Firm]) -> None:
    assert len(downloaded(site, "?unduh=1&kecamatan=32.09.19")) == 5
    answer = site.get(f"{PAGE}?unduh=1&kecamatan=32.09.36")
    assert answer["Content-Type"].startswith("text/html")


def test_province_chooses_the_region_first(client: Any, people: Any, firms: list[Firm]) -> None:
    client.force_login(people["province"])
    assert client.get(f"{PAGE}?unduh=1")["Content-Type"].startswith("text/html")
    rows = downloaded(client, "?unduh=1&wilayah=32.08")
    assert [row[0] for row in rows[1:]] == ["Kuningan Lain"]
    client.force_login(people["kuningan_staff"])
    assert [row[0] for row in downloaded(client, "?unduh=1&wilayah=32.09")[1:]] == ["Kuningan Lain"]


def test_queries_do_not_grow_with_the_firms(site: Any, firms: list[Firm]) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            downloaded(site)
        return len(seen)

    site.get(PAGE)
    before = queries()
    for n in range(20):
        make_firm(f"Tambahan {n}", nib=f"02200099000{n:02d}")
    assert queries() == before
