"""The register in the columns, the order and the units of an office's own sheet.

Rule: what is written here reads back as it was. So an office edits its part of the register in
the sheet it knows, uploads it, and sees only what it changed. Each row carries the register's code
of its firm, since a firm without NIB is known by nothing else; a value that the sheet's columns
cannot say (a code of the other KBLI edition, an account beside the ladder) stays empty, for an
empty cell changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from django.utils import translation
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from accounts import policy
from registry.intake import books, lookups
from registry.intake.fields import BY_NAME, FIELDS, FIRM_CODE, Kind
from registry.intake.outward import Outward
from registry.intake.sheets import YEAR_HEADING
from registry.intake.template import DATA_SHEET
from registry.models import ColumnChoice, Firm, Regency
from registry.models.firms import FirmStatus
from registry.models.intake import RowKind
from registry.querysets import FirmQuerySet

AT_ONCE = 500
_NUMBERS = {Kind.MONEY: "#,##0.######", Kind.WHOLE: "0", Kind.QUANTITY: "#,##0.###"}
_GUIDE = (
    "Lembar ini berisi data registri dengan kolom, urutan, dan satuan lembar kantor Anda sendiri.",
    "Ubah yang perlu diubah, simpan, lalu unggah di halaman impor: hanya perubahannya yang dibaca.",
    "Sel yang dikosongkan tidak menghapus data yang tercatat.",
    "Jangan mengubah kolom Kode Registri. Untuk usaha baru, tambah baris dan kosongkan kodenya.",
    "Usaha yang sudah ditutup tidak ikut di lembar ini.",
    "Jangan menulis NIK di kolom mana pun. NIK tidak disimpan.",
)


@dataclass(frozen=True, slots=True)
class OutColumn:
    """A column to write: its heading, what it means, the unit of its amounts."""

    heading: str
    field: str
    unit: str = ""


@dataclass(frozen=True)
class Form:
    """The form in which an office gets its part of the register."""

    columns: list[OutColumn]
    sheet: str
    kbli_edition: str
    choice: ColumnChoice | None = None


def form_of(regency: Regency) -> Form:
    """The columns of the office's own last sheet, else those of our template."""
    choices = ColumnChoice.objects.filter(regency=regency, kind=RowKind.FIRMS)
    choice = choices.order_by("-chosen_at").first()
    if choice is None:
        columns = [OutColumn(field.heading, field.name, "rupiah") for field in FIELDS]
        return Form(_with_own(columns), DATA_SHEET, "2020")
    columns = [
        OutColumn(kept["heading"], kept["field"] or "", kept["unit"] or "")
        for kept in choice.columns
        if kept["heading"] not in (FIRM_CODE.heading, YEAR_HEADING)
    ]
    edition = choice.kbli_edition or "2020"
    return Form(_with_own(columns), choice.sheet or DATA_SHEET, edition, choice)


def _with_own(columns: list[OutColumn]) -> list[OutColumn]:
    """The year of the data where the sheet has none, and the code of the firm."""
    named = {column.field for column in columns}
    year = [] if "data_year" in named else [OutColumn(YEAR_HEADING, "data_year")]
    return [*columns, *year, OutColumn(FIRM_CODE.heading, FIRM_CODE.name)]


def firms_for(by: Any, regency: Regency, district: str = "") -> FirmQuerySet:
    """The firms of a regency that the person may change, closed ones left out."""
    firms = Firm.objects.in_scope(by, policy.Action.CHANGE).filter(regency=regency)
    if district:
        firms = firms.filter(district=district)
    found: FirmQuerySet = firms.exclude(status=FirmStatus.CLOSED)
    return found


def write_register(file: IO[bytes], form: Form, firms: FirmQuerySet, by: Any) -> None:
    """Write the firms into an open file, some hundred at a time."""
    outward = Outward(
        kbli_edition=form.kbli_edition,
        fields=frozenset(column.field for column in form.columns),
        owners=policy.may_kind(by, policy.Action.VIEW, "registry.owner"),
    )
    ordered = firms.order_by("district__name", "village__name", "name", "pk")
    with translation.override("id"), books.open_book(file) as book:
        sheet = book.add_worksheet(form.sheet[:31])
        text = book.add_format({"num_format": books.TEXT_FORMAT})
        numbers = {kind: book.add_format({"num_format": f}) for kind, f in _NUMBERS.items()}
        _prepare(sheet, form, text, book.add_format(books.HEAD))
        for at, values in enumerate(_rows(ordered, outward, by), 1):
            for place, column in enumerate(form.columns):
                cell = outward.cell(column.field, column.unit, values)
                if isinstance(cell, str):
                    books.write_text(sheet, at, place, cell, text)
                elif cell is not None:
                    sheet.write_number(at, place, cell, numbers.get(BY_NAME[column.field].kind))
        books.write_guide(book, "Cara memakai lembar ini", list(_GUIDE))


def _rows(firms: FirmQuerySet, outward: Outward, by: Any) -> Iterator[dict[str, Any]]:
    for firm in lookups.with_parts(firms).iterator(chunk_size=AT_ONCE):
        yield outward.values(firm, lookups.standing_of(firm, by))


def _prepare(sheet: Worksheet, form: Form, text: Format, head: Format) -> None:
    sheet.set_row(0, 34)
    sheet.freeze_panes(1, 1)
    for place, column in enumerate(form.columns):
        field = BY_NAME.get(column.field)
        style = text if field is not None and field.identifier else None
        sheet.set_column(place, place, 28 if column.field == "name" else 18, style)
        books.write_text(sheet, 0, place, column.heading, head)
