"""Our own sheet: what is filled in there is taken in without a question."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from python_calamine import CalamineWorkbook

from registry.intake.fields import BY_NAME, FIELDS
from registry.intake.headings import find_table
from registry.intake.interpret import Options, Reference, interpret
from registry.intake.plan import Known, Scope, decide
from registry.intake.reading import Refused, read_sheets
from registry.intake.template import EXAMPLES
from registry.models import Firm

pytestmark = pytest.mark.django_db

PARTS = {"sheet": "xl/worksheets/sheet1.xml", "book": "xl/workbook.xml", "styles": "xl/styles.xml"}


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """The template as the command writes it."""
    path = tmp_path / "templat.xlsx"
    call_command("intake_template", str(path), verbosity=0)
    return path


def part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(PARTS[name]).decode()


def test_headings_are_ours_in_their_order(template: Path) -> None:
    book = CalamineWorkbook.from_path(str(template))
    assert book.sheet_names == ["Data IKM", "Petunjuk", "Daftar"]
    rows = book.get_sheet_by_name("Data IKM").to_python()
    assert rows == [[field.heading for field in FIELDS]]


def test_every_heading_is_understood(template: Path, filled: Callable[..., bytes]) -> None:
    table = find_table(read_sheets(filled([{"name": "Batik", "regency_code": "Cirebon"}])))
    assert [column.field for column in table.columns] == list(BY_NAME)
    units = {column.field: column.unit for column in table.columns if column.unit}
    assert set(units.values()) == {"rupiah"}


def test_empty_template_is_refused_as_empty(template: Path) -> None:
    with pytest.raises(Refused) as caught:
        find_table(read_sheets(template.read_bytes()))
    assert caught.value.code == "empty"


def test_identifiers_are_text_and_the_header_stays(template: Path) -> None:
    sheet, styles = part(template, "sheet"), part(template, "styles")
    formats = re.findall(r"<xf numFmtId=\"(\d+)\"", styles.split("<cellXfs")[1])
    text = {index for index, number in enumerate(formats) if number == "49"}
    columns = [
        (int(low), int(high), int(style))
        for low, high, style in re.findall(
            r'<col min="(\d+)" max="(\d+)" width="[\d.]+" style="(\d+)"', sheet
        )
    ]
    for at, field in enumerate(FIELDS, 1):
        styled = any(low <= at <= high and style in text for low, high, style in columns)
        assert styled is field.identifier, field.name
    assert 'topLeftCell="B2"' in sheet


def test_lists_offer_every_choice_for_5000_rows(template: Path) -> None:
    sheet, book = part(template, "sheet"), part(template, "book")
    ranges = re.findall(r'type="list".*?sqref="([A-Z]+)2:\1(\d+)"', sheet)
    assert {int(last) for _letter, last in ranges} == {5001}
    named = dict(re.findall(r'<definedName name="daftar_(\w+)">([^<]+)<', book))
    assert set(named) == {
        "regency_code", "district_code", "capacity_unit", "legal_form", "owner_gender",
        "siinas_status", "active",
    }  # fmt: skip
    assert len(ranges) == len(named)
    assert named["district_code"].endswith("$135")
    lists = CalamineWorkbook.from_path(str(template)).get_sheet_by_name("Daftar").to_python()
    assert {"Kabupaten Cirebon", "Kota Cirebon"} <= {row[0] for row in lists}
    assert "Weru" in {row[1] for row in lists}


def test_no_cell_is_a_formula(template: Path) -> None:
    with zipfile.ZipFile(template) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/"):
                assert "<f>" not in archive.read(name).decode()


def test_examples_stand_on_the_help_page_and_are_right(
    filled: Callable[..., bytes], reference: Reference, template: Path
) -> None:
    help_page = CalamineWorkbook.from_path(str(template)).get_sheet_by_name("Petunjuk")
    cells = {cell for row in help_page.to_python() for cell in row}
    assert {example["name"] for example in EXAMPLES} <= cells
    table = find_table(read_sheets(filled([dict(example) for example in EXAMPLES])))
    result = interpret(table, Options(), reference, today=dt.date(2026, 1, 1))
    plan = decide(result, table, Known(), Scope(everywhere=True))
    assert [row.status.value for row in plan.rows] == ["new", "new"]
    assert [found.problem.code for row in plan.rows for found in row.draft.found] == []


def test_file_that_is_there_is_not_overwritten(template: Path) -> None:
    with pytest.raises(CommandError):
        call_command("intake_template", str(template))
    call_command("intake_template", str(template), "--force", verbosity=0)


def test_filled_sheet_goes_the_whole_way(tmp_path: Path, filled: Callable[..., bytes]) -> None:
    path = tmp_path / "isian.xlsx"
    good: list[dict[str, Any]] = [dict(example) for example in EXAMPLES]
    bad = {"name": "Tanpa Daerah", "owner_name": "Tuti", "workers_male": "keluarga"}
    path.write_bytes(filled([*good, bad]))
    call_command("intake", str(path), verbosity=0)
    assert not Firm.objects.exists()
    call_command("intake", str(path), "--commit", verbosity=0)
    assert set(Firm.objects.values_list("name", "regency_id")) == {
        ("Kerupuk Contoh Satu", "32.12"), ("Rotan Contoh Dua", "32.09"),
    }  # fmt: skip
    events = Firm.pgh_event_model.objects.count()
    call_command("intake", str(path), "--commit", verbosity=0)
    assert Firm.pgh_event_model.objects.count() == events
