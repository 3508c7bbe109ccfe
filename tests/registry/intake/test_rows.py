"""Which rows of a sheet are no firms; and that no firm is ever taken for one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from registry.intake.headings import find_table
from registry.intake.interpret import Draft, Options, Reference, interpret
from registry.intake.reading import Row, Sheet
from tests.registry.intake.test_office_sheets import TODAY

HEADINGS = ["No", "Nama IKM", "Nama Pemilik", "NIB", "No HP", "Jumlah Tenaga Kerja",
            "Nilai Investasi (Rp)"]  # fmt: skip
FIRM = [1, "Batik Contoh", "Asep", "0220001234567", "081200001234", 5, 1_000_000]
SECOND = [2, "Rotan Contoh", "Budi", "0220001234568", "081200001235", 6, 2_000_000]
Read = Callable[..., list[Draft]]


@pytest.fixture
def read(reference: Reference) -> Read:
    """The firms of a sheet with our headings."""

    def drafts(*rows: Sequence[Any], headings: Sequence[str] = HEADINGS) -> list[Draft]:
        cells = [headings, *rows]
        made = [Row(number, list(row)) for number, row in enumerate(cells, 1) if any(row)]
        table = find_table([Sheet("Data", made)], reference=reference)
        return interpret(table, Options(regency="32.09"), reference, today=TODAY).drafts

    return drafts


def names(drafts: list[Draft]) -> list[str | None]:
    return [draft.values["name"] for draft in drafts]


@pytest.mark.parametrize(
    "row",
    [
        ["JUMLAH", None, None, None, None, "11 orang", "Rp 11.000.000"],
        ["JUMLAH", None, None, None, None, 11, 3_000_000.0],
        [None, "JUMLAH", None, None, None, 11, 3_000_000],
        ["J U M L A H", None, None, None, None, 11, 3_000_000],
        ["T O T A L", "2 IKM", None, None, None, "6 L / 5 P", "Rp. 3.000.000,-"],
        ["Jumlah Total", None, None, 2, 2, 11, 3_000_000],
        ["SUB TOTAL", None, None, None, None, 11, 3_000_000],
        ["Grand Total", None, None, None, None, 11, 3_000_000],
        [None, "Weru Total", None, None, None, 11, 3_000_000],
        [None, "Jumlah Kecamatan Weru", None, None, None, 11, 3_000_000],
        ["KESELURUHAN", None, None, 2, 2, 11, 3_000_000],
        ["Batik Total", None, None, 2, 2, 11, 3_000_000],
        ["Rata-rata", None, None, None, None, 5.5, 1_500_000],
        [None, "Total IKM Kec. Weru", None, None, None, "(11)", "Rp3.000.000"],
        [3, "JUMLAH", None, None, None, 11, 3_000_000],
    ],
)
def test_total_is_no_firm(read: Read, row: list[Any]) -> None:
    assert names(read(FIRM, SECOND, row)) == ["Batik Contoh", "Rotan Contoh"]


@pytest.mark.parametrize(
    "row",
    [
        [3, "Jumlah Jaya", "Cecep", None, "081200001236", 5, 1_000_000],
        [3, "Jumlah Jaya", None, None, None, 5, 1_000_000],
        [3, "Total Mebel", None, None, None, "5 orang", "Rp 1.000.000"],
        [3, "Mebel Total", None, None, "081200001236", None, None],
        [3, "Sumber Rejeki", "Cecep", None, None, None, None],
        [3, "Sumber", "Cecep", None, None, None, None],
        [3, "Weru", None, None, None, 5, None],
        [3, "Weru", "Cecep", None, None, None, None],
        [3, "Trusmi Kulon", None, None, None, None, None],
        [3, "Desa Kreatif", None, None, None, None, None],
        [3, "Total", "Cecep", None, None, 5, 1_000_000],
        [3, "Total", None, "0220001234569", None, 5, 1_000_000],
        [3, "212", None, None, None, 5, 1_000_000],
        [3, "Rata Rasa", None, None, None, 5, 1_000_000],
        [3, "Seluruh Rasa", None, None, None, 5, 1_000_000],
        [3, "Catatan Hati", "Cecep", None, None, None, None],
        [3, "Ket", "Cecep", None, None, None, None],
        [3, "Kota Udang", "Cecep", None, None, 4, None],
        [3, "Kabupaten Rasa", None, None, None, 4, None],
        [3, "Nip Tailor", None, None, None, 4, 1_000_000],
    ],
)
def test_firm_with_such_a_name_is_a_firm(read: Read, row: list[Any]) -> None:
    assert names(read(FIRM, SECOND, row))[2:] == [row[1]]


@pytest.mark.parametrize(
    "heading",
    [
        ["A", "KECAMATAN WERU"],
        ["I", "KEC. WERU (2 IKM)"],
        ["A", "WERU"],
        ["II.", "Kec Weru : 2 unit"],
        ["WERU"],
        ["A", "KECAMATAN WERU", None, None, None, 11, 3_000_000],
        ["A", "Weru", None, None, None, "11 orang", None],
    ],
)
def test_heading_of_a_group_is_no_firm_and_says_where_the_next_are(
    read: Read, heading: list[Any]
) -> None:
    drafts = read(["A", "KEC. PLERED"], FIRM, heading, SECOND)
    assert names(drafts) == ["Batik Contoh", "Rotan Contoh"]
    assert [draft.values["district_code"] for draft in drafts] == ["32.09.36", "32.09.19"]
    assert drafts[1].found == []


def test_villages_stand_below_their_kecamatan(read: Read) -> None:
    drafts = read(
        ["I", "KABUPATEN INDRAMAYU"],
        ["A", "KEC. JUNTINYUAT"],
        FIRM,
        ["II", "KABUPATEN CIREBON"],
        ["A", "KEC. WERU"],
        [1, "DESA TEGALWANGI"],
        SECOND,
    )
    codes = [
        tuple(draft.values[f"{level}_code"] for level in ("regency", "district", "village"))
        for draft in drafts
    ]
    assert codes == [("32.12", "32.12.11", None), ("32.09", "32.09.19", "32.09.19.2009")]


@pytest.mark.parametrize(
    "block",
    [
        [[None, None, None, "Sumber, 12 Januari 2025"], [None, "Mengetahui,", None, "Petugas"],
         [None, "Kepala Dinas", None, "Pendata"],
         [None, "Drs. H. ASEP SUNANDAR", None, "BUDI SANTOSO, ST"],
         [None, "NIP. 19700101 200012 1 001", None, "NIP. 19800101 201012 1 001"]],
        [["Mengetahui", "Petugas"], ["Drs. H. ASEP SUNANDAR", "BUDI SANTOSO, ST"]],
        [["Sumber", ": Disperindag"]],
        [["Ket", "Data sementara"]],
        [["Catatan :", "Data per Desember"]],
        [["*) angka sementara", None, "BPS"]],
        [[None, "Keterangan: data sementara", "BPS"]],
    ],
)  # fmt: skip
def test_what_stands_below_the_table_is_no_firm(read: Read, block: list[list[Any]]) -> None:
    assert names(read(FIRM, SECOND, *block)) == ["Batik Contoh", "Rotan Contoh"]


def test_firms_below_a_signature_are_firms(read: Read) -> None:
    drafts = read(FIRM, [None, "Mengetahui", "Camat"], ["H. ASEP", "BUDI"], [2, "Abon", "Cecep"])
    assert names(drafts) == ["Batik Contoh", "Abon"]


@pytest.mark.parametrize(
    "row",
    [
        [1, 2, 3, None, None, 4, 5],
        [1, 2, 3, 4, 5, 6, 7],
        [1, 2, 3, 5, 6, 8, 9],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
        ["1", "2", "3", "4", "5", "6", "7=5+6"],
        ["a", "b", "c", "d", "e", "f", "g"],
        ["A", "B", "C", None, None, "D", "E"],
        [None, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0],
    ],
)
def test_numbers_of_columns_are_no_firm(read: Read, row: list[Any]) -> None:
    assert names(read(row, FIRM)) == ["Batik Contoh"]
