"""Columns whose heading the table of headings does not know: by likeness, then by content."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from registry.intake.headings import Sureness, Table, find_table
from registry.intake.interpret import Reference
from registry.intake.reading import Row, Sheet


def table_of(reference: Reference, *rows: Sequence[Any], **options: Any) -> Table:
    made = [Row(number, list(cells)) for number, cells in enumerate(rows, 1)]
    return find_table([Sheet("Data", made)], reference=reference, **options)


def one(reference: Reference, heading: str | None, cells: Sequence[Any], **options: Any) -> Any:
    """The column with a heading and cells, beside the names of firms."""
    rows = [["Nama Usaha", "Merek", heading]]
    rows += [[f"Usaha {n}", f"Merek {n}", cell] for n, cell in enumerate(cells)]
    columns = table_of(reference, *rows, **options).columns
    return next((column for column in columns if column.index == 2), None)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Kecamtan", "district_code"),
        ("KELURAHN/DESA", "village_code"),
        ("Kabupten", "regency_code"),
        ("Nomer Telepon", "phone"),
        ("Alamat Lengkap (wajib diisi)", "address"),
        ("Nilai Investsi (Rp)", "investment"),
        ("Tahun Berdri", "start_year"),
        ("Nama Pemilk", "owner_name"),
        ("Jumlah Tenga Kerja", "workers_total"),
    ],
)
def test_heading_with_typing_errors_is_guessed(
    reference: Reference, heading: str, field: str
) -> None:
    column = one(reference, heading, ["x", "y"])
    assert (column.field, column.sure) in ((field, Sureness.GUESS), (field, Sureness.MATCH))


@pytest.mark.parametrize(
    "heading", ["NAMAUSAHA", "N A M A  U S A H A", "Nama_Usaha", "nama usaha*"]
)
def test_heading_is_known_however_it_is_spaced(reference: Reference, heading: str) -> None:
    table = table_of(reference, [heading, "Merek"], ["Batik", "Satu"])
    assert (table.columns[0].field, table.columns[0].sure) == ("name", Sureness.MATCH)


@pytest.mark.parametrize(
    "heading",
    [
        "Nama Desa Wisata", "Nama Sales", "Alamat Pemilik", "Tanggal Lahir", "Skala Usaha",
        "Tahun Izin", "Pendidikan", "Kecamatan Lahir", "Jumlah Kecamatan", "Kota Pemasaran",
    ],
)  # fmt: skip
def test_heading_that_says_something_else_is_left_alone(reference: Reference, heading: str) -> None:
    column = one(reference, heading, ["x", "y", "z"])
    assert (column.field, column.sure) == (None, Sureness.NONE)


NIBS = ["0220001234567", "9120001234568", 8120001234569]
PHONES = ["081200001234", "0812-0000-5678", 81200009999, "628120000123"]


@pytest.mark.parametrize(
    ("heading", "cells", "field"),
    [
        (None, NIBS, "nib"),
        ("Nomor", NIBS, "nib"),
        ("Nomor Izin", NIBS, "nib"),
        ("Dapat dihubungi di", PHONES, "phone"),
        (None, PHONES, "phone"),
        ("Korespondensi", ["a@surel.example", "b@surel.example", "c@surel.example"], "email"),
        (None, ["Trusmi Kulon", "Ds. Tegalwangi", "Kenanga", "KALIWULU"], "village_code"),
        ("Wilayah", ["Weru", "Kec. Plered", "Sumber"], "district_code"),
        ("Kode", ["13134", 10794, "31002"], "kbli"),
        ("Titik", ["-6.7051, 108.5538", "-6,70; 108,55", "-6.712, 108.561"], "latitude"),
        ("Y", [-6.7051, "-6.81", -6.92], "latitude"),
        ("X", [108.55, "108.61", 108.43], "longitude"),
        ("Jenis Klamin", ["L", "P", "P"], "owner_gender"),
        ("Bentuk", ["UD", "CV.", "PT"], "legal_form"),
    ],
)
def test_content_shows_what_a_column_holds(
    reference: Reference, heading: str | None, cells: list[Any], field: str
) -> None:
    column = one(reference, heading, cells)
    assert (column.field, column.sure) == (field, Sureness.GUESS)


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("No Rekening", NIBS),
        ("Fax", PHONES),
        ("Tempat Lahir", ["Weru", "Plered", "Sumber"]),
        ("Kode Pos", ["45154", "45611", "45155"]),
        ("Nomor", ["0220001234567", "1", "2", "3"]),
        ("Nomor", ["0220001234567", "0220001234568"]),
    ],
)
def test_content_does_not_speak_against_the_heading_or_with_few_cells(
    reference: Reference, heading: str, cells: list[Any]
) -> None:
    assert one(reference, heading, cells).field is None


def test_field_that_a_column_has_is_not_guessed_again(reference: Reference) -> None:
    rows = [["Nama Usaha", "HP", "Nomor Lain"]] + [["A", "081200001234", "081200005678"]] * 4
    table = table_of(reference, *rows)
    assert [column.field for column in table.columns] == ["name", "phone", None]


def test_column_that_a_person_left_unread_is_not_guessed(reference: Reference) -> None:
    column = one(reference, "Nomor", NIBS, mapping={"Nomor": ""})
    assert (column.field, column.sure) == (None, Sureness.CHOSEN)


@pytest.mark.parametrize("heading", [None, "No Identitas", "Nomor", "ID"])
def test_column_of_identity_numbers_is_dropped_whatever_its_heading(
    reference: Reference, heading: str | None
) -> None:
    numbers = ["3209000000001234", 3208000000001234.0, "32 10 0000 0000 1234"]
    column = one(reference, heading, numbers)
    assert (column.dropped, column.field, column.samples) == ("identity_number", None, [])


@pytest.mark.parametrize("heading", ["N I K", "No.KTP", "NOKTP"])
def test_heading_of_an_identity_number_is_known_however_it_is_spaced(
    reference: Reference, heading: str
) -> None:
    assert one(reference, heading, ["x"]).dropped == "identity_number"


def test_column_shows_three_of_its_values(reference: Reference) -> None:
    column = one(reference, "Ukuran", ["besar", "besar", None, "kecil", "sedang", "mini"])
    assert column.samples == ["besar", "kecil", "sedang"]
