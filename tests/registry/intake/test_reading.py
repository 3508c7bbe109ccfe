"""A file is judged by what it holds; rows keep the numbers that people see."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
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
from registry.messages import MESSAGES

SAMPLES = Path(__file__).parent / "samples"

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


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_text_is_read_in_every_encoding_and_delimiter(encoding: str, delimiter: str) -> None:
    text = TABLE.replace(";", delimiter).replace("Batik Satu", "Kafé Satu")
    [sheet] = read_sheets(text.encode(encoding))
    assert sheet.rows[1].cells == ["Kafé Satu", "Weru"]


def test_record_of_text_has_the_line_on_which_it_starts() -> None:
    [sheet] = read_sheets(b'nama;alamat\n"Batik";"Blok Manis\nRT 01"\nRotan;Weru\n')
    assert [row.number for row in sheet.rows] == [1, 2, 4]


def test_whole_lines_in_quotes_are_read() -> None:
    [sheet] = read_sheets(b'"nama,alamat"\n"Batik ""Satu"",Weru"\n"Batik Dua,Plered"\n')
    assert sheet.rows[1].cells == ['Batik "Satu"', "Weru"]


def test_quote_that_nobody_closed_spoils_one_row_only() -> None:
    lines = ["nama;ukuran;kec", '"Batik;5;Weru', *(f"Rotan {n};6;Weru" for n in range(40))]
    [sheet] = read_sheets("\n".join(lines).encode())
    assert len(sheet.rows) == 42
    assert sheet.rows[2].cells == ["Rotan 0", "6", "Weru"]


def test_mark_that_keeps_a_number_text_is_no_part_of_it() -> None:
    [sheet] = read_sheets(b"nama;nib\n'Batik' Satu;'0220001234567\n'Ndalem;'+62812\n")
    assert [row.cells for row in sheet.rows[1:]] == [
        ["'Batik' Satu", "0220001234567"], ["'Ndalem", "+62812"],
    ]  # fmt: skip


@pytest.mark.parametrize("head", [b"sep=;\n", b'"sep=;"\r\n', b"\xef\xbb\xbfSEP=;\n"])
def test_stated_delimiter_is_read_however_it_is_written(head: bytes) -> None:
    [sheet] = read_sheets(head + b"nama;alamat, lengkap\nBatik;Weru, Satu\n")
    assert sheet.rows[0].cells == ["nama", "alamat, lengkap"]


def open_document(body: str, kind: str = "spreadsheet") -> bytes:
    space = "urn:oasis:names:tc:opendocument:xmlns"
    names = " ".join(
        f'xmlns:{name}="{space}:{name}:1.0"' for name in ("office", "table", "text", "manifest")
    )
    content = (
        f"<office:document-content {names}><office:body><office:spreadsheet>{body}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f'<manifest:manifest {names}><manifest:file-entry manifest:full-path="/"/>'
    return archive(
        mimetype=f"application/vnd.oasis.opendocument.{kind}".encode(),
        **{
            "META-INF__manifest.xml": f"{manifest}</manifest:manifest>".encode(),
            "content.xml": content.encode(),
        },
    )


def ods_cell(text: str, repeated: int = 1) -> str:
    run = f'table:number-columns-repeated="{repeated}"'
    value = f'office:value-type="string"><text:p>{text}</text:p>'
    return f"<table:table-cell {run} {value}</table:table-cell>"


def ods_rows(*rows: str, repeated: int = 1) -> str:
    run = f'<table:table-row table:number-rows-repeated="{repeated}">'
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    rest = f'<table:table-row table:number-rows-repeated="1048000">{empty}</table:table-row>'
    made = "".join(f"{run}{row}</table:table-row>" for row in rows)
    return f'<table:table table:name="Data">{made}{rest}</table:table>'


def test_open_document_is_read() -> None:
    rows = ods_rows(ods_cell("Nama") + ods_cell("Kec"), ods_cell("Batik") + ods_cell("Weru"))
    [sheet] = read_sheets(open_document(rows))
    assert [(row.number, row.cells) for row in sheet.rows] == [
        (1, ["Nama", "Kec"]), (2, ["Batik", "Weru"]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        ods_rows(ods_cell("Nama"), repeated=900_000),
        ods_rows(ods_cell("Nama", repeated=16_000)),
    ],
)
def test_cell_repeated_without_end_is_refused(body: str) -> None:
    assert code_of(open_document(body)) == "too_large"


def test_old_binary_workbook_is_read() -> None:
    content = (SAMPLES / "siinas-daftar-perusahaan.xls").read_bytes()
    sheets = read_sheets(content)
    assert [(sheet.name, len(sheet.rows)) for sheet in sheets] == [
        ("Info", 3), ("Daftar Perusahaan", 242),
    ]  # fmt: skip


def book(fill: Callable[[Any, Any], None], **options: Any) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, options) as made:
        fill(made, made.add_worksheet("Data"))
    return buffer.getvalue()


def test_macros_are_not_looked_at() -> None:
    def fill(made: Any, page: Any) -> None:
        page.write_row(0, 0, ["Nama", "Kec"])
        page.write_row(1, 0, ["Batik", "Weru"])

    plain = book(fill)
    buffer = io.BytesIO(plain)
    with zipfile.ZipFile(buffer, "a") as made:
        made.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 macros")
    assert read_sheets(buffer.getvalue())[0].rows[1].cells == ["Batik", "Weru"]


def test_formula_counts_with_the_value_it_had_and_its_error_is_nothing() -> None:
    def fill(made: Any, page: Any) -> None:
        page.write_row(0, 0, ["Nama", "TK", "Omzet", "Aktif"])
        page.write(1, 0, "Batik")
        page.write_formula(1, 1, "=2+3", None, 5)
        page.write_formula(1, 2, "=1/0", None, "#DIV/0!")
        page.write_formula(1, 3, '="Ya"', None, "Ya")

    assert read_sheets(book(fill))[0].rows[1].cells == ["Batik", 5.0, None, "Ya"]


def test_text_merged_over_rows_stands_in_each_and_a_figure_does_not() -> None:
    def fill(made: Any, page: Any) -> None:
        page.merge_range("A1:C1", "DATA IKM")
        page.write_row(1, 0, ["Kecamatan", "Nama", "Omzet"])
        page.merge_range("A3:A5", "Weru")
        page.merge_range("C3:C5", 900)
        page.write_column(2, 1, ["Batik", "Rotan", "Mebel"])

    rows = read_sheets(book(fill))[0].rows
    assert rows[0].cells == ["DATA IKM", None, None]
    assert [row.cells for row in rows[2:]] == [
        ["Weru", "Batik", 900.0], ["Weru", "Rotan", None], ["Weru", "Mebel", None],
    ]  # fmt: skip


def test_columns_left_empty_keep_their_letters() -> None:
    def fill(made: Any, page: Any) -> None:
        page.write_row(2, 2, ["Nama", "Kec"])
        page.write_row(3, 2, ["Batik", "Weru"])

    [sheet] = read_sheets(book(fill))
    assert [(row.number, row.cells) for row in sheet.rows] == [
        (3, [None, None, "Nama", "Kec"]), (4, [None, None, "Batik", "Weru"]),
    ]  # fmt: skip


def test_hidden_sheet_is_read_and_said_to_be_hidden() -> None:
    def fill(made: Any, page: Any) -> None:
        page.write_row(0, 0, ["Nama", "Kec"])
        other = made.add_worksheet("Lama")
        other.write(0, 0, "Nama")
        other.hide()

    assert [(s.name, s.visible) for s in read_sheets(book(fill))] == [
        ("Data", True), ("Lama", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "variant"),
    [
        (b"<html><table><tr><td>Nama</td></tr></table></html>", "is_web_page"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook></Workbook>', "is_web_page"),
        (b"MIME-Version: 1.0\nX-Document-Type: Workbook\n", "is_web_page"),
        (b"%PDF-1.7 1 0 obj", "is_pdf"),
        (b"{\\rtf1 Nama; Kec}", "is_document"),
        (archive(word__document=b"x"), "is_document"),
        (archive(ppt__presentation=b"x"), "is_presentation"),
        (archive(data=b"x"), "is_archive"),
        (open_document("", kind="text"), "is_document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
         "is_document"),
        (b"\x89PNG\r\n\x1a\n", "is_picture"),
        (b"Rar!\x1a\x07\x00", "is_archive"),
        (b'[{"nama": "Batik", "kec": "Weru"}]', None),
    ],
)  # fmt: skip
def test_refusal_says_what_the_file_is(content: bytes, variant: str | None) -> None:
    with pytest.raises(Refused) as caught:
        read_sheets(content)
    assert (caught.value.code, caught.value.variant) == ("not_a_spreadsheet", variant)
    assert caught.value.message_code in MESSAGES


def test_archive_that_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.intake.guards.MAX_UNPACKED", 1000)
    assert code_of(archive(**{"xl__workbook.xml": b"0" * 2000})) == "too_large"


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
