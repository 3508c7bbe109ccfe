"""What every workbook that leaves here has in common.

Rule: nothing that anybody typed becomes a formula or a link; identifiers are text, so that no
leading zero is lost; and rows are written one by one, so that a long sheet needs no more memory
than a short one.
"""

from __future__ import annotations

from typing import IO

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

HEAD = {
    "bold": True,
    "font_color": "#FFFFFF",
    "bg_color": "#1F3A5F",
    "text_wrap": True,
    "valign": "vcenter",
    "border": 1,
    "border_color": "#C9D3DF",
}
# The number of the format "@", text, which every spreadsheet program knows.
TEXT_FORMAT = 49
LISTS_SHEET = "Daftar"
GUIDE_SHEET = "Petunjuk"


def open_book(file: IO[bytes]) -> Workbook:
    """A workbook that writes row by row into an open file."""
    return Workbook(
        file,
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )


def write_guide(book: Workbook, title: str, lines: list[str]) -> None:
    """A sheet that explains, a line a row."""
    sheet = book.add_worksheet(GUIDE_SHEET)
    sheet.set_column(0, 0, 110)
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    for row, line in enumerate(lines, 2):
        sheet.write_string(row, 0, line, wrap)


def write_lists(book: Workbook, lists: dict[str, list[str]]) -> dict[str, str]:
    """A hidden sheet of choices; the named range of each field that has some."""
    sheet = book.add_worksheet(LISTS_SHEET)
    sheet.hide()
    names = list(lists)
    for row in range(max((len(values) for values in lists.values()), default=0)):
        for column, name in enumerate(names):
            if row < len(lists[name]):
                sheet.write_string(row, column, lists[name][row])
    ranges = {}
    for column, name in enumerate(names):
        letter = chr(ord("A") + column)
        ranges[name] = f"daftar_{name}"
        book.define_name(
            ranges[name], f"={LISTS_SHEET}!${letter}$1:${letter}${max(1, len(lists[name]))}"
        )
    return ranges


def choose_from(sheet: Worksheet, column: int, last: int, named: str) -> None:
    """A drop-down in a column; another text is let in, since a spelling may be known to us."""
    sheet.data_validation(
        1,
        column,
        max(1, last),
        column,
        {
            "validate": "list",
            "source": f"={named}",
            "error_type": "warning",
            "error_title": "Tidak ada dalam daftar",
            "error_message": "Pilih salah satu isi daftar bila ada.",
        },
    )


def write_text(sheet: Worksheet, row: int, column: int, text: str, style: Format | None) -> None:
    """A cell of text; a long one is cut at what a cell holds."""
    if text:
        sheet.write_string(row, column, text[:32_767], style)
    elif style is not None:
        sheet.write_blank(row, column, None, style)
