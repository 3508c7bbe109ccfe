"""Which row is the header and what its columns mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from registry.intake.fields import FIELDS
from registry.intake.headings import Table, find_table, money_unit
from registry.intake.reading import Refused, Row, Sheet


def sheet(*rows: Sequence[Any], name: str = "Data", visible: bool = True) -> Sheet:
    filled = [
        Row(number, list(cells))
        for number, cells in enumerate(rows, 1)
        if any(cell is not None for cell in cells)
    ]
    return Sheet(name, filled, visible)


def meanings(table: Table) -> dict[str, str | None]:
    return {column.heading: column.field for column in table.columns}


def test_header_stands_below_titles() -> None:
    table = find_table(
        [sheet(["DATA IKM TAHUN 2024"], [None], ["No", "Nama Usaha", "Kecamatan"], [1, "A", "B"])]
    )
    assert table.header_row == 3
    assert meanings(table) == {"No": None, "Nama Usaha": "name", "Kecamatan": "district_code"}
    assert [row.number for row in table.rows] == [4]


def test_title_right_above_the_header_is_no_upper_heading() -> None:
    table = find_table([sheet(["DATA", "2024"], ["Nama Usaha", "Kecamatan"], ["A", "B"])])
    assert table.header_row == 2


def test_two_rows_of_headings_become_one() -> None:
    table = find_table(
        [
            sheet(
                ["NAMA IKM", "ALAMAT", None, "TENAGA KERJA", None],
                [None, "JALAN/BLOK", "KECAMATAN", "L", "P"],
                ["Batik", "Blok Manis", "Weru", 1, 2],
            )
        ]
    )
    assert [column.field for column in table.columns] == [
        "name", "address", "district_code", "workers_male", "workers_female",
    ]  # fmt: skip
    assert table.columns[3].heading == "TENAGA KERJA L"
    assert len(table.rows) == 1


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_heading_of_the_table_means_its_field(field: Any) -> None:
    for heading in field.headings:
        neighbours = {"name": "Nama Usaha", "district_code": "Kecamatan", "notes": "Catatan"}
        others = [other for name, other in neighbours.items() if name != field.name]
        table = find_table([sheet([heading, *others], ["x"] * 4)])
        assert table.columns[0].field == field.name


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("NILAI INVESTASI (RP.000)", "thousand"),
        ("Investasi (Rp ribu)", "thousand"),
        ("Nilai Investasi (Rp Juta)", "million"),
        ("Investasi (Rp miliar)", "billion"),
        ("Omzet (Rp)", "rupiah"),
        ("nilai_investasi", None),
        ("Omzet per Tahun", None),
    ],
)
def test_heading_declares_its_unit(heading: str, unit: str | None) -> None:
    assert money_unit(heading) == unit


@pytest.mark.parametrize(
    "heading",
    ["NIK", "nik_pengusaha", "No. KTP", "NIK/KTP Pemilik", "NOMOR INDUK KEPENDUDUKAN (NIK)"],
)
def test_identity_column_is_dropped_with_its_cells(heading: str) -> None:
    table = find_table([sheet(["Nama Usaha", heading, "Merek"], ["A", "3209000000001234", "B"])])
    assert table.columns[1].dropped == "identity_number"
    assert table.columns[1].field is None
    assert table.rows[0].cells == ["A", None, "B"]


def test_name_as_on_the_identity_card_is_a_name() -> None:
    table = find_table([sheet(["Nama Usaha", "Nama Sesuai KTP"], ["A", "B"])])
    assert table.columns[1].field == "owner_name"


def test_better_heading_of_two_wins() -> None:
    table = find_table([sheet(["nama_usaha", "alamat", "alamat_usaha"], ["A", "B", "C"])])
    assert meanings(table) == {"nama_usaha": "name", "alamat": None, "alamat_usaha": "address"}


@pytest.mark.parametrize(("others", "field"), [(["Merek"], "name"), (["Nama Usaha"], "owner_name")])
def test_bare_name_is_the_firm_unless_the_firm_is_named(others: list[str], field: str) -> None:
    table = find_table([sheet(["Nama", "Kecamatan", *others], ["A", "B", "C"])])
    assert table.columns[0].field == field


def test_person_can_say_what_a_heading_means() -> None:
    given = {"Julukan": "brand", "Merek": ""}
    table = find_table([sheet(["Nama Usaha", "Julukan", "Merek"], ["A", "B", "C"])], mapping=given)
    assert [column.field for column in table.columns] == ["name", "brand", None]


def test_hidden_sheet_is_not_taken() -> None:
    rows = (["Nama Usaha", "Kecamatan"], ["A", "B"])
    table = find_table([sheet(*rows, name="lama", visible=False), sheet(*rows, name="baru")])
    assert table.sheet == "baru"


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["catatan", "rapat"], ["bawa", "berkas"]], "no_header"),
        ([["REKAPITULASI IKM"], ["Kecamatan", "Jumlah Unit"], ["Weru", 4]], "not_firm_rows"),
        ([["Row Labels", "Count of nama"], ["Weru", 4]], "not_firm_rows"),
        ([["Nama Usaha", "Kecamatan"]], "empty"),
    ],
)
def test_sheet_without_firms_is_refused(rows: list[list[Any]], code: str) -> None:
    with pytest.raises(Refused) as caught:
        find_table([sheet(*rows)])
    assert caught.value.code == code


def test_sheet_that_does_not_exist_is_refused(workbook: Callable[..., bytes]) -> None:
    with pytest.raises(Refused):
        find_table([sheet(["Nama Usaha", "Kecamatan"], ["A", "B"])], sheet="Lain")
