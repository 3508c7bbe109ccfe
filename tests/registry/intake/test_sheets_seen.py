"""Every sheet of a file is looked at: one is proposed, the others are named for what they hold."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pytest
import xlsxwriter

from registry.intake.headings import find_table, table_in
from registry.intake.reading import Refused, read_sheets
from registry.messages import message_for

FIRMS = [["Nama Usaha", "Kecamatan", "Merek"], ["Batik", "Weru", "Satu"], ["Rotan", "Weru", "Dua"]]
PIVOT = [["Row Labels", "Count of nama_usaha"], ["Weru", 12], ["Grand Total", 12]]
RECAP = [["REKAPITULASI IKM"], ["Kecamatan", "Jumlah Unit", "Tenaga Kerja"], ["Weru", 4, 30]]
COUNTS = [["Kecamatan", "Perusahaan", "Tenaga Kerja"], ["Weru", 4, 30], ["Plered", 7, 60]]
NOTES = [["Catatan rapat"], ["Bawa berkas"]]
UNNAMED = [["Kecamatan", "Desa", "HP"], ["Weru", "Tegalwangi", "081200001234"]]


def book(hidden: Sequence[str] = (), **sheets: Sequence[Sequence[Any]]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as made:
        for name, rows in sheets.items():
            page = made.add_worksheet(name)
            for at, cells in enumerate(rows):
                page.write_row(at, 0, cells)
            if name in hidden:
                page.hide()
    return buffer.getvalue()


def test_every_sheet_is_named_for_what_it_holds() -> None:
    content = book(
        Catatan=NOTES, Pivot=PIVOT, Rekap=RECAP, Kosong=[], Data=FIRMS, Jumlah=COUNTS,
        Lama=FIRMS[:2], hidden=["Lama"],
    )  # fmt: skip
    looked = {sheet.name: table_in(sheet) for sheet in read_sheets(content)}
    assert {name: seen for name, (_table, seen) in looked.items()} == {
        "Data": "firms", "Lama": "firms", "Pivot": "pivot", "Rekap": "recapitulation",
        "Jumlah": "recapitulation", "Kosong": "empty", "Catatan": "other",
    }  # fmt: skip
    table, _seen = looked["Data"]
    assert table is not None
    assert (len(table.rows), table.header_row, len(table.by_field)) == (2, 1, 3)


@pytest.mark.parametrize(
    ("rows", "code", "said"),
    [
        (PIVOT, "not_firm_rows", "Row Labels"),
        (RECAP, "not_firm_rows", "REKAPITULASI IKM"),
        (COUNTS, "not_firm_rows", "Perusahaan"),
        (UNNAMED, "no_header", "Nama Usaha"),
        (FIRMS[:1], "empty", ""),
    ],
)
def test_refusal_says_what_was_seen_instead(
    rows: Sequence[Sequence[Any]], code: str, said: str
) -> None:
    with pytest.raises(Refused) as caught:
        find_table(read_sheets(book(Isi=rows)))
    assert caught.value.code == code
    assert said in message_for(caught.value)


def test_sheet_that_is_not_there_is_answered_with_those_that_are() -> None:
    with pytest.raises(Refused) as caught:
        find_table(read_sheets(book(Data=FIRMS, Rekap=RECAP)), sheet="Lain")
    assert "Data, Rekap" in message_for(caught.value)


def test_three_rows_of_headings_become_one() -> None:
    rows = [
        ["Nama Usaha", "Produksi", None, None],
        [None, "Kapasitas", None, "Nilai (Rp)"],
        [None, "Jumlah", "Satuan", None],
        ["Batik", 5, "kodi", 100],
    ]
    table = find_table(read_sheets(book(Data=rows)))
    assert [column.field for column in table.columns][:3] == [
        "name", "capacity_quantity", "capacity_unit",
    ]  # fmt: skip
    assert len(table.rows) == 1
