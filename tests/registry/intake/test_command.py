"""`manage.py intake`: options, exit status, report, and what people read."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from registry.models import Firm

pytestmark = pytest.mark.django_db

HEADINGS = ["Nama Usaha", "Kabupaten", "Kecamatan", "NIK", "Nilai Investasi"]
BATIK = ["Batik Sekar", "Kab. Cirebon", "Plered", "3209000000001234", 45000000]


@pytest.fixture
def sheet(tmp_path: Path, workbook: Callable[..., bytes]) -> Path:
    """A file with one good and one wrong row, and a money column without a unit."""
    path = tmp_path / "data.xlsx"
    path.write_bytes(workbook([HEADINGS, BATIK, ["", "Kab. Brebes", "Losari", "", 1]]))
    return path


def run(path: Path, *options: str) -> tuple[int, dict[str, Any], str]:
    """Exit status, report and standard output of the command."""
    report = path.parent / "report.json"
    out, status = io.StringIO(), 0
    try:
        call_command("intake", str(path), *options, "--report", str(report), stdout=out)
    except SystemExit as stopped:
        status = int(stopped.code or 0)
    return status, json.loads(report.read_text(encoding="utf-8")), out.getvalue()


UNIT = ("--money-unit", "investment=rupiah")


def test_without_commit_nothing_is_written(sheet: Path) -> None:
    status, report, said = run(sheet, *UNIT)
    assert status == 0
    assert report["summary"] == {
        "new": 1, "update": 0, "unchanged": 0, "review": 0, "error": 1, "skipped": 0,
    }  # fmt: skip
    assert report["refused"] is None
    assert (report["sheet"], report["header_row"]) == ("Data IKM", 1)
    assert "--commit" in said
    assert not Firm.objects.exists()


def test_commit_saves_and_the_second_time_changes_nothing(sheet: Path) -> None:
    assert run(sheet, *UNIT, "--commit")[0] == 0
    assert Firm.objects.get().profiles.get().investment == 45_000_000
    _status, report, _said = run(sheet, *UNIT, "--commit")
    assert report["summary"]["unchanged"] == 1
    assert Firm.objects.count() == 1


def test_open_question_keeps_everything_from_being_saved(sheet: Path) -> None:
    status, report, said = run(sheet, "--commit")
    assert status == 3
    assert [question["column"] for question in report["questions"]] == ["E"]
    assert "--money-unit investment=rupiah" in said
    assert not Firm.objects.exists()


def test_refused_file_has_its_reason_and_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "laporan.xlsx"
    path.write_text("Laporan bulan ini\nmenyusul\n", encoding="utf-8")
    status, report, said = run(path)
    assert (status, report["refused"]["code"], report["rows"]) == (2, "not_a_spreadsheet", [])
    assert report["refused"]["message"] in said


def test_report_can_go_to_standard_output(sheet: Path) -> None:
    out, err = io.StringIO(), io.StringIO()
    call_command("intake", str(sheet), *UNIT, "--report", "-", stdout=out, stderr=err)
    assert json.loads(out.getvalue())["file"] == "data.xlsx"
    assert "data.xlsx" in err.getvalue()


def test_identity_number_is_in_no_output(sheet: Path) -> None:
    _status, report, said = run(sheet, *UNIT)
    assert "000000001234" not in json.dumps(report) + said
    assert report["columns"][3]["dropped"] == "identity_number"


def test_regency_year_and_mapping_come_from_the_options(
    tmp_path: Path, workbook: Callable[..., bytes]
) -> None:
    path = tmp_path / "data.xlsx"
    path.write_bytes(workbook([["Julukan", "Kecamatan", "Merek"], ["Batik Sekar", "Plered", "B"]]))
    _status, report, _said = run(
        path, "--map", "Julukan=name", "--regency", "32.09", "--year", "2023"
    )
    values = report["rows"][0]["values"]
    assert (values["name"], values["district_code"], values["data_year"]) == (
        "Batik Sekar", "32.09.36", 2023,
    )  # fmt: skip


def test_officer_acts_within_the_own_region(sheet: Path, people: dict[str, Any]) -> None:
    _status, report, _said = run(sheet, *UNIT, "--user", "kuningan_staff@contoh.id", "--commit")
    assert [p["code"] for p in report["rows"][0]["problems"]] == ["out_of_scope"]
    assert not Firm.objects.exists()


@pytest.mark.parametrize(
    "options",
    [
        ("--regency", "99.99"),
        ("--money-unit", "investment=dollar"),
        ("--money-unit", "name=rupiah"),
        ("--map", "Julukan=nothing"),
        ("--user", "nobody@contoh.id"),
    ],
)
def test_wrong_option_is_explained(sheet: Path, options: tuple[str, str]) -> None:
    with pytest.raises(CommandError):
        call_command("intake", str(sheet), *options)


def test_missing_file_is_explained(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"tidak-ada\.xlsx"):
        call_command("intake", str(tmp_path / "tidak-ada.xlsx"))
