"""Which rows of a table are no firms: headings, totals, groups, signatures.

The rule: a row is left out only when it cannot be a firm; what is left out is counted and its
number shown. A name alone ("Total Mebel", "Sumber Rejeki", "Weru") makes nothing of a row but a
firm: it takes the words and the cells of a total, a source or a heading.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from registry.intake.dates import MONTHS
from registry.intake.fields import Kind
from registry.intake.places import PlaceIndex
from registry.intake.reading import Cell, Row
from registry.intake.table import Table, fold
from registry.intake.texts import is_blank

LEVELS = ("regency", "district", "village")
_MONTHS = "|".join(MONTHS)
# A look at a cell before it is folded.
_MAYBE_TOTAL = re.compile(r"total|jumlah|jml|seluruh|rata|^\s*\w\s+\w\s+\w\b", re.IGNORECASE)
_TOTALS = ("total", "subtotal", "jumlah", "jml", "keseluruhan", "seluruhnya", "rata")
# The words beside it that make a total and no name of a firm.
_WORDS = (
    "sub grand umum akhir seluruh semua sementara ikm ukm umkm industri usaha unit perusahaan"
    " pelaku pengusaha pemilik tenaga kerja tk orang data responden pemohon peserta binaan"
    " investasi produksi omzet nilai kecamatan kec desa kelurahan kel ds kabupaten kab kota"
    " per tahun bulan halaman ini sd dipindahkan pindahan dan di se laki perempuan"
)
_OF_TOTAL = frozenset(_TOTALS) | frozenset(_WORDS.split())
_SPACED = re.compile(r"\w(?: \w){3,}")
_SPACED_TOTAL = re.compile(
    rf"(?:sub|grand)?(?:{'|'.join(_TOTALS)})(?:{'|'.join(_OF_TOTAL)}){{0,6}}"
)
# "11 orang", "Rp 11.000.000,-", "3 L / 5 P", "(2 IKM)": figures with at most two words to each.
_FIGURE = re.compile(r"\d[\d.,]*")
_WORD = re.compile(r"[^\W\d_]+")
_AMOUNT_START = re.compile(r"[\W_]*(?:(?:rp|idr)[\s.:]*)?[\W_]*\d", re.IGNORECASE)
_WORDS_OF_FIGURE = 2
_SIGNATURE = re.compile(
    r"\b(?:mengetahui|diketahui|menyetujui)\b|^kepala (?:dinas|bidang|seksi|uptd|desa)|^nip\b|"
    r"^a n |^(?:dibuat|disusun|didata) oleh|"
    r"^(?:pembina|penata|petugas|pendata|penyuluh|enumerator)\b|"
    rf"\b(?:{_MONTHS}) \d{{4}}$"
)
_NOTE = re.compile(
    r"(?:sumber|sumber data|ket|keterangan|catatan|note|nb|n\.b\.?)\s*:|\*+\)?\s*\S", re.IGNORECASE
)
_NOTE_WORD = re.compile(r"(?:ket|keterangan|catatan|note|nb|sumber data)\.?", re.IGNORECASE)
_LABEL = re.compile(r"(?:[A-Za-z]|[IVXivx]+|\d+(?:\.0)?)[.)]?")
_LETTER = re.compile(r"(?:[A-Za-z]|[IVX]+)[.)]?")
# What stands behind the name of a group: "(2 IKM)", ": 12 unit", "- 5".
_BEHIND = re.compile(r"\s*(?:\(.*|\[.*|[:=\-\u2010-\u2015]\s*\d.*)$", re.DOTALL)
_LEVEL_WORD = {
    level: re.compile(rf"(?:{words})\b[\s.:]*(?=\S)", re.IGNORECASE)
    for level, words in (
        ("district", "kecamatan|kec"),
        ("village", "desa/kelurahan|desa|ds|kelurahan|kel"),
        ("regency", "kabupaten|kab|kota"),
    )
}
_COLUMN_NUMBER = re.compile(
    r"\(?(\d{1,2})(?:\.0)?[.)]?(?:\s*=[\d\s()+x*/:.\-]+\)?)?", re.IGNORECASE
)
_NUMBERS = (int, float)
# A firm of which a sheet says no more than this is no row of data.
_LEAST_CELLS = 3
_LONGEST_COLUMN_NUMBER = 12
# The heading of a group is a place, with a letter or a number before it.
_MOST_OF_GROUP = 2
# A heading may be a year; a row with more numbers is no row of headings.
_MOST_NUMBERS = 2
# Brackets and points that a heading has and its folded form has not.
_MARKS = 20
_COUNTED = (Kind.WHOLE, Kind.QUANTITY, Kind.MONEY)
_NUMBERED = (Kind.NIB, Kind.NPWP, Kind.PHONE)
# No total counts so many firms.
_A_NUMBER = 6


@dataclass(frozen=True, slots=True)
class Group:
    """The heading of a group of rows: the place that it names, and of which level."""

    level: str
    name: str


def no_firm_check(table: Table, places: PlaceIndex) -> Callable[[Row], bool]:
    """A check of the rows of a table, from top to bottom: True if a row is anything but a firm."""
    headings = {column.index: fold(column.heading) for column in table.columns if column.field}
    kinds = {
        column.index: table.kind.by_name[column.field].kind
        for column in table.columns
        if column.field
    }
    names = {table.by_field[name].index for name in ("name", "nib") if name in table.by_field}
    if table.kind.makes_firms:
        names = {table.by_field["name"].index}
    signed = False

    def is_no_firm(row: Row) -> bool:
        nonlocal signed
        filled = filled_cells(row)
        short = len(filled) <= _LEAST_CELLS
        if short and _is_signature(list(filled.values())):
            signed = True
            return True
        if not short:
            signed = False
        if len(filled) <= 1:
            return True
        values = {index: cell for index, cell in filled.items() if index in headings}
        if not values or (not names & values.keys() and len(values) < _LEAST_CELLS):
            return True
        return (
            (signed and not _begins_with_number(filled))
            or group_of(filled, places, kinds) is not None
            or _numbers_columns(filled)
            or _repeats_heading(values, headings)
            or _is_total(filled, kinds, not names & values.keys(), places)
            or (short and _is_note(list(filled.values())))
        )

    return is_no_firm


def under(groups: Mapping[str, str], group: Group) -> dict[str, str]:
    """The headings under which the next rows stand: a new one ends those below its level."""
    upper = LEVELS[: LEVELS.index(group.level)]
    return {level: name for level, name in groups.items() if level in upper} | {
        group.level: group.name
    }


def filled_cells(row: Row) -> dict[int, Cell]:
    """The cells of a row that hold anything, by column."""
    return {
        index: cell
        for index, cell in enumerate(row.cells)
        if cell is not None and not is_blank(cell)
    }


def group_of(
    filled: Mapping[int, Cell], places: PlaceIndex, kinds: Mapping[int, Kind]
) -> Group | None:
    """The place that a row names as the heading of a group: "A | KECAMATAN KROYA".

    `kinds` are the sorts of fields by column: figures may stand beside a place that is known.
    """
    cells = list(filled.items())
    label = ""
    if len(cells) > 1 and _LABEL.fullmatch(str(cells[0][1]).strip()):
        label = str(cells.pop(0)[1]).strip()
    if not cells or not isinstance(cells[0][1], str) or not _figures(cells[1:], kinds):
        return None
    alone = len(cells) == 1
    bare = _BEHIND.sub("", cells[0][1].strip())
    for level, word in _LEVEL_WORD.items():
        known = alone and level == "district"
        if word.match(bare) and (known or places.is_name(level, bare)):
            return Group(level, bare)
    lettered = _LETTER.fullmatch(label) if label else alone
    return Group("district", bare) if lettered and places.is_name("district", bare) else None


def _figures(cells: Sequence[tuple[int, Cell]], kinds: Mapping[int, Kind]) -> bool:
    """Whether the cells are figures, in columns of figures or in such that mean nothing."""
    return all(kinds.get(index) in (None, *_COUNTED) and _is_amount(cell) for index, cell in cells)


def _is_amount(cell: Cell) -> bool:
    if not isinstance(cell, str):
        return isinstance(cell, _NUMBERS)
    start = _AMOUNT_START.match(cell)
    if not start:
        return False
    rest = cell[start.end() - 1 :]
    return len(_WORD.findall(rest)) <= _WORDS_OF_FIGURE * len(_FIGURE.findall(rest))


def _numbers_columns(filled: Mapping[int, Cell]) -> bool:
    """1 2 3 … or a b c … under the headings; merged cells and gaps between them."""
    if len(filled) < _LEAST_CELLS:
        return False
    seen = []
    for cell in filled.values():
        if isinstance(cell, bool) or not isinstance(cell, str | int | float):
            return False
        if isinstance(cell, str) and len(cell) > _LONGEST_COLUMN_NUMBER:
            return False
        seen.append(str(cell).strip().lower())
    if all(len(text.strip("().")) == 1 and text.strip("().").isalpha() for text in seen):
        letters = [ord(text.strip("().")) for text in seen]
        return all(after - before == 1 for before, after in pairwise(letters))
    numbers = [_COLUMN_NUMBER.fullmatch(text) for text in seen]
    counted = [int(found[1]) for found in numbers if found]
    return (
        len(counted) == len(seen)
        and counted[0] <= min(filled) + 1
        and all(before < after for before, after in pairwise(counted))
    )


def _repeats_heading(values: Mapping[int, Cell], headings: Mapping[int, str]) -> bool:
    if sum(isinstance(cell, _NUMBERS) for cell in values.values()) > _MOST_NUMBERS:
        return False
    same = 0
    for index, cell in values.items():
        heading = headings[index]
        if isinstance(cell, str) and len(cell) <= len(heading) + _MARKS:
            last = cell[-1].lower()
            # Most cells end otherwise than their heading: no need to fold them.
            if last.isascii() and last.isalnum() and last != heading[-1:]:
                continue
            text = fold(cell)
            same += bool(text) and heading.endswith(text)
    return same >= 2 and same * 2 > len(values)


def _is_total(
    filled: Mapping[int, Cell], kinds: Mapping[int, Kind], nameless: bool, places: PlaceIndex
) -> bool:
    """ "Jumlah" or "Total" with figures, and no other text beside it."""
    cells = list(filled.items())
    if isinstance(cells[0][1], _NUMBERS) and len(cells) > 1:
        cells = cells[1:]
    first = cells[0][1]
    if not isinstance(first, str) or not _MAYBE_TOTAL.search(first):
        return False
    words = fold(first).split()
    if _SPACED.fullmatch(" ".join(words)):
        total = _SPACED_TOTAL.fullmatch("".join(words)) is not None
    elif not any(word in _TOTALS for word in words):
        return False
    else:
        others = [word for word in words if word not in _OF_TOTAL and len(word) > 2]
        # A row without a name, or of a place, is a total whatever else the cell says.
        total = not others or nameless or _is_any_place(" ".join(others), places)
    return total and all(
        _is_amount(cell) and not (kinds.get(index) in _NUMBERED and _is_number(cell))
        for index, cell in cells[1:]
    )


def _is_any_place(text: str, places: PlaceIndex) -> bool:
    return any(places.is_name(level, text) for level in ("district", "village", "regency"))


def _is_number(cell: Cell) -> bool:
    return sum(char.isdecimal() for char in str(cell)) >= _A_NUMBER


def _begins_with_number(filled: Mapping[int, Cell]) -> bool:
    """As the rows of firms do."""
    first = next(iter(filled.values()))
    return isinstance(first, _NUMBERS) or str(first).strip().rstrip(".)").isdecimal()


def _is_signature(filled: Sequence[Cell]) -> bool:
    return any(isinstance(cell, str) and _SIGNATURE.search(fold(cell)) for cell in filled)


def _is_note(filled: Sequence[Cell]) -> bool:
    """ "Sumber | : Disperindag", "Ket | Data sementara", "*) angka sementara"."""
    first = filled[0]
    if not isinstance(first, str):
        return False
    told = str(filled[1]).lstrip().startswith(":")
    return bool(
        _NOTE.match(first) or _NOTE_WORD.fullmatch(first) or (told and fold(first) == "sumber")
    )
