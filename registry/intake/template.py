"""Our own sheet for offices to fill: headings, lists to choose from, and a page that explains.

The rule: what is filled in here is taken in without a question. Numbers that are identifiers are
text from the start, so that no leading zero is lost; nothing that is typed becomes a formula of
ours; and the examples stand on the page of explanations, never among the data. Pure: the lists
come in as data. The texts are Indonesian, for they are part of the file.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from registry.intake.fields import FIELDS, Field, Kind

DATA_SHEET = "Data IKM"
HELP_SHEET = "Petunjuk"
LISTS_SHEET = "Daftar"
ROWS = 5000

_HEAD = {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F3A5F", "text_wrap": True,
         "valign": "vcenter", "border": 1, "border_color": "#C9D3DF"}  # fmt: skip
_NEEDED = {**_HEAD, "bg_color": "#8C3B1B"}
# Numbers of formats that every spreadsheet program knows: "@" and "#,##0".
_TEXT_FORMAT, _WHOLE_FORMAT = 49, 3
_WIDTHS = {"name": 28, "owner_name": 24, "address": 32, "product": 24, "notes": 32, "npwp": 22}
_WIDE = 18

# Invented firms: impossible numbers on purpose, in the shape that real ones have.
EXAMPLES: tuple[dict[str, object], ...] = (
    {
        "name": "Kerupuk Contoh Satu",
        "legal_form": "UD",
        "owner_name": "Sari Contoh",
        "owner_gender": "Perempuan",
        "address": "Blok Manis RT 01 RW 02",
        "village_code": "Kenanga",
        "district_code": "Sindang",
        "regency_code": "Kabupaten Indramayu",
        "phone": "0812 0000 0001",
        "email": "kerupuk@surel.example",
        "nib": "0000000000012",
        "kbli": "10794",
        "product": "Kerupuk udang",
        "brand": "Contoh Satu",
        "workers_male": 4,
        "workers_female": 9,
        "investment": 45000000,
        "capacity_quantity": 12000,
        "capacity_unit": "kg",
        "production_value": 360000000,
        "raw_material_value": 180000000,
        "annual_sales": 380000000,
        "start_year": 2009,
        "data_year": 2025,
        "siinas_status": "Akun terbit",
        "siinas_registered_on": "02/03/2021",
        "active": "Ya",
    },
    {
        "name": "Rotan Contoh Dua",
        "legal_form": "CV",
        "owner_name": "Budi Contoh",
        "owner_gender": "Laki-laki",
        "address": "Jl. Contoh No. 2",
        "village_code": "Tegalwangi",
        "district_code": "Weru",
        "regency_code": "Kabupaten Cirebon",
        "phone": "0231 000002",
        "kbli": "31002",
        "product": "Kursi rotan",
        "workers_total": 15,
        "investment": 250000000,
        "capacity_quantity": 900,
        "capacity_unit": "set",
        "data_year": 2025,
        "siinas_status": "Belum",
        "active": "Ya",
        "notes": "Kolom yang belum diketahui dibiarkan kosong.",
    },
)

_RULES = (
    "Satu baris untuk satu usaha. Jangan menggabungkan sel, dan jangan mengubah judul kolom.",
    "Kolom berjudul cokelat wajib diisi.",
    "Yang belum diketahui dibiarkan kosong, bukan diisi 0 atau tanda -.",
    "NIB, NPWP, KBLI, HP, dan nomor sertifikat diatur sebagai teks: angka 0 di depan tetap ada.",
    "Saat menempel dari berkas lain, pilih tempel nilai saja.",
    "Nilai uang ditulis dalam rupiah penuh, misalnya 45000000 atau 45.000.000.",
    "Jangan menulis NIK di kolom mana pun. NIK tidak disimpan.",
    "Berkas yang sama boleh diunggah lagi: yang sudah tercatat tidak digandakan.",
    "Sel kosong tidak menghapus data yang sudah tercatat.",
    "Isian contoh di bawah ini rekaan dan tidak ikut terbaca.",
)


@dataclass(frozen=True, slots=True)
class Lists:
    """What can be chosen: names of regencies, districts with their regency, codes of units."""

    regencies: Sequence[str]
    districts: Sequence[tuple[str, str]]
    units: Sequence[str]


def template_bytes(lists: Lists) -> bytes:
    """The workbook."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        data = book.add_worksheet(DATA_SHEET)
        guide = book.add_worksheet(HELP_SHEET)
        ranges = _write_lists(book, book.add_worksheet(LISTS_SHEET), lists)
        _write_data(book, data, ranges)
        _write_help(book, guide)
    return buffer.getvalue()


def _write_lists(book: Workbook, sheet: Worksheet, lists: Lists) -> dict[str, str]:
    """The lists, each a named range; the names by field."""
    chosen: dict[str, Sequence[str]] = {
        "regency_code": lists.regencies,
        "district_code": [name for name, _regency in lists.districts],
        "capacity_unit": lists.units,
        **{field.name: field.choices for field in FIELDS if field.choices},
    }
    bold = book.add_format({"bold": True})
    named = {}
    for column, (name, values) in enumerate(chosen.items()):
        heading = next(field.heading for field in FIELDS if field.name == name)
        sheet.write_string(0, column, heading, bold)
        for row, value in enumerate(values, 1):
            sheet.write_string(row, column, value)
        letter = xlsxwriter.utility.xl_col_to_name(column)
        named[name] = f"daftar_{name}"
        book.define_name(named[name], f"={LISTS_SHEET}!${letter}$2:${letter}${len(values) + 1}")
    last = len(chosen)
    sheet.write_string(0, last, "Kabupaten/Kota dari kecamatan", bold)
    for row, (_name, regency) in enumerate(lists.districts, 1):
        sheet.write_string(row, last, regency)
    sheet.set_column(0, last, 24)
    sheet.protect(options={"select_unlocked_cells": True})
    return named


def _write_data(book: Workbook, sheet: Worksheet, ranges: Mapping[str, str]) -> None:
    head, needed = book.add_format(_HEAD), book.add_format(_NEEDED)
    text = book.add_format({"num_format": _TEXT_FORMAT})
    money = book.add_format({"num_format": _WHOLE_FORMAT})
    sheet.set_row(0, 34)
    sheet.freeze_panes(1, 1)
    for column, field in enumerate(FIELDS):
        style = text if field.identifier else money if field.kind is Kind.MONEY else None
        sheet.set_column(column, column, _WIDTHS.get(field.name, _WIDE), style)
        sheet.write_string(0, column, field.heading, needed if field.required else head)
        if field.name in ranges:
            sheet.data_validation(1, column, ROWS, column, _choice(field, ranges[field.name]))
        if field.identifier:
            sheet.ignore_errors(
                {"number_stored_as_text": f"{_letter(column)}2:{_letter(column)}{ROWS + 1}"}
            )
    sheet.autofilter(0, 0, ROWS, len(FIELDS) - 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)


def _choice(field: Field, named: str) -> dict[str, Any]:
    """A list to choose from; another text is asked about, since a spelling may be known to us."""
    return {
        "validate": "list",
        "source": f"={named}",
        "input_title": field.heading[:32],
        "input_message": "Pilih dari daftar.",
        "error_title": "Tidak ada dalam daftar",
        "error_message": "Pilih salah satu isi daftar.",
        "error_type": "warning",
    }


def _write_help(book: Workbook, sheet: Worksheet) -> None:
    title = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format(_HEAD)
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, "Cara mengisi lembar Data IKM", title)
    row = 2
    for number, rule in enumerate(_RULES, 1):
        sheet.write_string(row, 0, f"Aturan {number}", wrap)
        sheet.write_string(row, 1, rule, wrap)
        row += 1
    row += 1
    sheet.write_row(row, 0, ["Kolom", "Isi"], head)
    for field in FIELDS:
        row += 1
        sheet.write_string(row, 0, field.heading, wrap)
        choices = f" Pilihan: {', '.join(field.choices)}." if field.choices else ""
        sheet.write_string(row, 1, field.help + choices, wrap)
    for number, example in enumerate(EXAMPLES, 1):
        row += 2
        sheet.write_row(row, 0, [f"Contoh {number} (rekaan)", "Isi"], head)
        for field in FIELDS:
            row += 1
            sheet.write_string(row, 0, field.heading, wrap)
            sheet.write_string(row, 1, str(example.get(field.name, "")), wrap)


def _letter(column: int) -> str:
    name: str = xlsxwriter.utility.xl_col_to_name(column)
    return name
