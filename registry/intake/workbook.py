"""The error workbook: the rows that could not be saved, to be mended where the office likes to.

Rule: columns and order are those of the uploaded sheet, with two before them: "Baris asal", by
which an upload finds its rows again, and "Masalah". Every offending cell is tinted and says why.
The texts are Indonesian, for they are part of a file that goes round.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import IO, Any

from django.utils import translation
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from registry.intake import books
from registry.intake.fields import BY_NAME
from registry.intake.labels import PlaceNames
from registry.intake.review import columns_of
from registry.intake.shown import ShownRow, shown_row
from registry.models import IntakeBatch, IntakeRow
from registry.services.intake.returning import ORIGIN

SHEET = "Perbaikan"
PROBLEM_HEADING = "Masalah"
TINTS = {"error": "#FBE9E2", "warning": "#FCF0D3"}
_OWN = 2
_GUIDE = (
    "Perbaiki sel yang diwarnai; kolom Masalah menjelaskan apa yang salah.",
    "Jangan mengubah kolom Baris asal dan urutan kolom: dengan itu baris ditemukan kembali.",
    "NIB, NPWP, KBLI, HP, dan nomor sertifikat sudah diatur sebagai teks: tulis angka 0 di depan.",
    "Kecamatan dan kabupaten/kota dapat dipilih dari daftar.",
    "Jangan menulis NIK di kolom mana pun. NIK tidak disimpan.",
    "Simpan berkas ini, lalu unggah di halaman impor yang sama: Unggah hasil perbaikan.",
    "Baris yang tidak diubah tetap menunggu; tidak ada yang terhapus.",
)


def write_error_workbook(
    file: IO[bytes],
    batch: IntakeBatch,
    rows: Iterable[IntakeRow],
    lists: Mapping[str, Sequence[str]],
    count: int,
) -> None:
    """Write the rows into an open file, one at a time."""
    columns = [column for column in columns_of(batch) if not column.get("dropped")]
    with translation.override("id"), books.open_book(file) as book:
        sheet = book.add_worksheet(SHEET)
        styles = _styles(book)
        _prepare(sheet, columns, styles)
        for at, row in enumerate(rows, 1):
            _write_row(sheet, at, shown_row(row, columns, PlaceNames()), styles)
        used = {column.get("field") for column in columns}
        offered = {name: list(values) for name, values in lists.items() if name in used}
        ranges = books.write_lists(book, offered)
        for place, column in enumerate(columns, _OWN):
            if column.get("field") in ranges:
                books.choose_from(sheet, place, count, ranges[column["field"]])
        books.write_guide(book, "Cara memperbaiki baris yang belum tersimpan", list(_GUIDE))


def _styles(book: Workbook) -> dict[str, Format]:
    base = {"num_format": books.TEXT_FORMAT, "valign": "top"}
    return {
        "head": book.add_format(books.HEAD),
        "": book.add_format(base),
        "why": book.add_format({**base, "text_wrap": True, "font_color": "#8C3B1B"}),
        **{level: book.add_format({**base, "bg_color": tint}) for level, tint in TINTS.items()},
    }


def _prepare(
    sheet: Worksheet, columns: Sequence[Mapping[str, Any]], styles: Mapping[str, Format]
) -> None:
    """Widths and text formats, headings, panes."""
    sheet.set_column(0, 0, 11)
    sheet.set_column(1, 1, 52)
    for place, column in enumerate(columns, _OWN):
        field = BY_NAME.get(column.get("field") or "")
        sheet.set_column(place, place, 28 if field and field.name == "name" else 18, styles[""])
    sheet.set_row(0, 34)
    for place, heading in enumerate(
        [ORIGIN, PROBLEM_HEADING, *(column["heading"] for column in columns)]
    ):
        books.write_text(sheet, 0, place, heading, styles["head"])
    sheet.freeze_panes(1, _OWN)


def _write_row(sheet: Worksheet, at: int, shown: ShownRow, styles: Mapping[str, Format]) -> None:
    sheet.write_number(at, 0, shown.row.row)
    books.write_text(sheet, at, 1, _problems(shown), styles["why"])
    for place, cell in enumerate(shown.cells, _OWN):
        books.write_text(sheet, at, place, cell.text, styles[cell.level])
        if cell.sentences:
            sheet.write_comment(at, place, "\n".join(cell.sentences), {"width": 240, "height": 90})


def _problems(shown: ShownRow) -> str:
    at_cells = [
        f"{cell.heading}: {sentence}" for cell in shown.offending for sentence in cell.sentences
    ]
    return "\n".join([*at_cells, *shown.sentences])
