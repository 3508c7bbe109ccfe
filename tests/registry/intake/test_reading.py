"""A file is judged by what it holds; rows keep the numbers that people see."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.intake.reading import (
    MAX_BYTES,
    Refused,
    clean,
    column_index,
    column_letter,
    read_sheets,
)

TABLE = "nama usaha;kecamatan\nBatik Satu;Weru\nBatik Dua;Plered\n"


def code_of(content: bytes) -> str:
    with pytest.raises(Refused) as caught:
        read_sheets(content)
    return caught.value.code


def archive(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, content in files.items():
            made.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def test_rows_keep_the_number_that_the_program_shows(workbook: Callable[..., bytes]) -> None:
    [sheet] = read_sheets(workbook([["Judul"], [], ["Nama"], [None], ["Batik"]]))
    assert [row.number for row in sheet.rows] == [1, 3, 5]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_text_is_read_in_every_encoding_and_delimiter(encoding: str, delimiter: str) -> None:
    text = TABLE.replace(";", delimiter).replace("Batik Satu", "Kafé Satu")
    [sheet] = read_sheets(text.encode(encoding))
    assert sheet.rows[1].cells == ["Kafé Satu", "Weru"]


def test_record_of_text_has_the_line_on_which_it_starts() -> None:
    [sheet] = read_sheets(b'nama;alamat\n"Batik";"Blok Manis\nRT 01"\nRotan;Weru\n')
    assert [row.number for row in sheet.rows] == [1, 2, 4]


def test_stated_delimiter_is_a_line_but_no_row() -> None:
    [sheet] = read_sheets(b"sep=;\nnama;alamat\nBatik;Weru\n")
    assert [row.number for row in sheet.rows] == [2, 3]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"   \n \n", "empty"),
        (b"Laporan bulan ini\nakan dikirim menyusul.\n", "not_a_spreadsheet"),
        (b"<html><table><tr><td>a;b</td></tr></table>", "not_a_spreadsheet"),
        (b"%PDF-1.7 ...", "not_a_spreadsheet"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not_a_spreadsheet"),
        (b"PK\x03\x04 broken", "unreadable"),
        (archive(word__document=b"x"), "not_a_spreadsheet"),
        (archive(xl__workbook=b"x"), "unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
         "not_a_spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
         "encrypted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "unreadable"),
        (b"a" * (MAX_BYTES + 1), "too_large"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused(content: bytes, code: str) -> None:
    assert code_of(content) == code


def test_empty_workbook_is_refused(workbook: Callable[..., bytes]) -> None:
    assert code_of(workbook([])) == "empty"


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.intake.reading.MAX_ROWS", 10)
    assert code_of((TABLE + "Batik;Weru\n" * 100).encode()) == "too_large"


def test_stray_cell_far_away_does_not_fill_the_memory(workbook: Callable[..., bytes]) -> None:
    rows: list[list[object]] = [["Nama"]] + [[] for _ in range(900_000)] + [[None] * 500 + ["x"]]
    assert code_of(workbook(rows)) == "too_large"


@pytest.mark.parametrize("text", ["#N/A", "#REF!", "  ", "\x00\x01", ""])
def test_errors_and_blanks_are_nothing(text: str) -> None:
    assert clean(text) is None


@given(st.integers(0, 20_000))
def test_letters_of_a_column_lead_back_to_it(index: int) -> None:
    assert column_index(column_letter(index)) == index


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        sheets = read_sheets(content)
    except Refused:
        return
    assert all(row.number >= 1 for sheet in sheets for row in sheet.rows)
