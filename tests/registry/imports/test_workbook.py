"""The error workbook: only what must be mended, in the order of the upload, harmless, and back."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from registry.intake.reading import read_sheets
from registry.models import IntakeBatch
from registry.services.intake import intake_match_columns
from tests.registry.imports.conftest import ANSWERS, GOOD, HEADINGS, NIK
from tests.registry.intake.conftest import make_workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(client: Any, officer: Any) -> Any:
    """The site, with the officer signed in."""
    client.force_login(officer)
    return client


def workbook(site: Any, batch: IntakeBatch) -> bytes:
    answer = site.get(f"/kerja/impor/{batch.pk}/galat.xlsx")
    assert answer.status_code == 200
    assert (
        answer["Content-Disposition"] == f'attachment; filename="perbaikan-impor-{batch.pk}.xlsx"'
    )
    content: bytes = answer.getvalue()
    return content


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {
            name: archive.read(name).decode()
            for name in archive.namelist()
            if name.endswith((".xml", ".vml"))
        }


def mended(site: Any, batch: IntakeBatch, content: bytes) -> Any:
    file = SimpleUploadedFile("perbaikan.xlsx", content)
    return site.post(f"/kerja/impor/{batch.pk}/perbaikan/", {"file": file}, follow=True)


def test_holds_failing_rows_in_the_order_of_the_upload(site: Any, planned: IntakeBatch) -> None:
    sheets = {sheet.name: sheet.rows for sheet in read_sheets(workbook(site, planned))}
    assert {"Perbaikan", "Petunjuk"} <= set(sheets)
    head, *rows = sheets["Perbaikan"]
    assert head.cells == ["Baris asal", "Masalah", *(h for h in HEADINGS if h != "NIK")]
    assert [row.cells[0] for row in rows] == [3]
    assert "NIB harus 13 angka" in rows[0].cells[1]
    assert rows[0].cells[2:4] == ["Rotan Jaya", "2103"]


def test_offending_cell_is_tinted_and_says_why(site: Any, planned: IntakeBatch) -> None:
    held = parts(workbook(site, planned))
    assert "FFFBE9E2" in held["xl/styles.xml"]
    assert "NIB harus 13 angka" in held["xl/comments1.xml"]
    assert "daftar_district_code" in held["xl/worksheets/sheet1.xml"]
    assert ">Weru<" in held["xl/worksheets/sheet2.xml"]


def test_nothing_in_it_is_a_formula(site: Any, take: Any, officer: Any) -> None:
    evil = ["=HYPERLINK(\"http://jahat.contoh\")", "2103", "Kab. Cirebon", "@Weru", "+1", "-2",
            NIK, None]  # fmt: skip
    batch = intake_match_columns(batch=take([HEADINGS, evil]), by=officer, **ANSWERS)
    held = parts(workbook(site, batch))
    assert "<f>" not in held["xl/worksheets/sheet1.xml"]
    assert not any("hyperlink" in part for part in held["xl/worksheets/sheet1.xml"].split("<"))
    assert not any(NIK in part for part in held.values())


def test_mended_workbook_goes_on_with_the_same_intake(site: Any, planned: IntakeBatch) -> None:
    sheet = next(s for s in read_sheets(workbook(site, planned)) if s.name == "Perbaikan")
    rows = [list(row.cells) for row in sheet.rows]
    rows[1][3] = "2103000779773"
    answer = mended(site, planned, make_workbook(rows))
    assert answer.redirect_chain[-1][0] == f"/kerja/impor/{planned.pk}/periksa/"
    row = planned.rows.get(row=3)
    assert (row.status, row.values["nib"]) == ("new", "2103000779773")


def test_untouched_workbook_changes_nothing(site: Any, planned: IntakeBatch) -> None:
    before = list(planned.rows.order_by("row").values_list("status", "edits", "values"))
    mended(site, planned, workbook(site, planned))
    assert list(planned.rows.order_by("row").values_list("status", "edits", "values")) == before


@pytest.mark.parametrize(
    ("content", "said"),
    [(make_workbook([HEADINGS, GOOD]), "Baris asal"), (b"bukan", "xlsx")],
)
def test_another_file_is_refused_with_a_reason(
    site: Any, planned: IntakeBatch, content: bytes, said: str
) -> None:
    answer = mended(site, planned, content)
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert said in answer.content.decode()


def test_workbook_is_there_only_while_rows_wait(site: Any, take: Any, officer: Any) -> None:
    batch = intake_match_columns(batch=take([HEADINGS, GOOD]), by=officer, **ANSWERS)
    assert site.get(f"/kerja/impor/{batch.pk}/galat.xlsx").status_code == 404
