"""What is taken along from the desk: the visit list by village, the consent forms, the workbook.

Rule: each says what it is a list of and when it was made, and has a maximum that is told instead
of a list that is silently cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import IO, Any

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from xlsxwriter.workbook import Workbook

from registry.cards import qr_of
from registry.desk.chosen import Chosen
from registry.desk.rows import Row, rows_of, with_places
from registry.intake import books
from registry.models import Consent, ConsentText
from registry.models.cards import CardWay
from registry.models.consents import Purpose
from registry.services.cards import cards_issue
from registry.services.consents import text_in_force

MOST_VISITS, MOST_FORMS, MOST_ROWS = 500, 100, 10_000
AT_ONCE = 500


@dataclass(frozen=True)
class Village:
    """The firms of one village, to be visited on one way."""

    name: str
    district: str
    regency: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class ConsentForm:
    """The form of one firm: each purpose with its words, and the day on which it agreed already.

    With a card of its own, as a QR code and as an address.
    """

    firm: Any
    lines: Sequence[tuple[ConsentText, Any]]
    address: str
    qr: SafeString
    until: Any


def visits_of(chosen: Chosen) -> list[Village]:
    """The chosen firms by village, within a village in the order of the queue."""
    firms = list(with_places(chosen.firms).prefetch_related("owners")[:MOST_VISITS])
    firms.sort(key=_place)
    rows = rows_of(firms, chosen.asked.user)
    found = []
    for (regency, district, village), here in groupby(rows, key=lambda row: _place(row.firm)):
        found.append(Village(village, district, regency, list(here)))
    return found


def forms_of(chosen: Chosen, address_of: Callable[[str], str]) -> list[ConsentForm]:
    """A form for each chosen firm, with the words in force today and a new card of the firm."""
    today = timezone.localdate()
    texts = [text_in_force(purpose, today) for purpose in Purpose]
    firms = list(with_places(chosen.firms).prefetch_related("owners")[:MOST_FORMS])
    given = Consent.objects.in_force().filter(firm__in=[firm.pk for firm in firms])
    days = {(consent.firm_id, consent.purpose): consent.given_on for consent in given}
    issued = cards_issue(
        firms=firms, way=CardWay.PRINT, by=chosen.asked.user, reason=_("Consent forms printed")
    )
    return [
        ConsentForm(
            firm=each.card.firm,
            lines=[(text, days.get((each.card.firm_id, text.purpose))) for text in texts],
            address=(address := address_of(each.token)),
            qr=qr_of(address),
            until=each.card.expires_on,
        )
        for each in issued
    ]


def write_list(file: IO[bytes], chosen: Chosen) -> None:
    """The chosen firms as a workbook, with what was filtered by on a second sheet."""
    with translation.override("id"), books.open_book(file) as book:
        _write_firms(book, chosen)
        _write_filters(book, chosen)


_COLUMNS: tuple[tuple[str, int], ...] = (
    ("Nama usaha", 30),
    ("NIB", 16),
    ("Kabupaten/kota", 16),
    ("Kecamatan", 16),
    ("Desa/kelurahan", 18),
    ("Alamat", 30),
    ("Telepon", 17),
    ("WhatsApp", 17),
    ("Pemilik", 22),
    ("Produk utama", 26),
    ("Pekerja", 9),
    ("Yang kurang", 40),
    ("Langkah berikut", 44),
    ("Tenggat", 12),
    ("Kontak terakhir", 14),
    ("Hasil kontak", 24),
    ("Hubungi lagi", 12),
)


def _write_firms(book: Workbook, chosen: Chosen) -> None:
    sheet = book.add_worksheet("Daftar tugas")
    text = book.add_format({"num_format": books.TEXT_FORMAT, "valign": "top"})
    head = book.add_format(books.HEAD)
    sheet.freeze_panes(1, 1)
    for place, (heading, width) in enumerate(_COLUMNS):
        sheet.set_column(place, place, width, text)
        books.write_text(sheet, 0, place, heading, head)
    for at, row in enumerate(_rows(chosen), 1):
        for place, value in enumerate(_cells(row)):
            if isinstance(value, int):
                sheet.write_number(at, place, value)
            else:
                books.write_text(sheet, at, place, value, text)


def _write_filters(book: Workbook, chosen: Chosen) -> None:
    asked = chosen.asked
    lines = [f"Antrean: {asked.queue.label}"]
    lines += [f"{chip.group}: {chip.label}" for chip in asked.chips]
    lines.append(
        "Isi: semua usaha yang sesuai saringan"
        if chosen.everybody
        else "Isi: usaha yang ditandai saja"
    )
    lines.append(f"Dibuat: {date_format(timezone.localtime(), 'j F Y, H.i')} WIB oleh {asked.user}")
    lines.append("Sumber: registri industri. Berisi data pribadi: jangan disebarkan.")
    books.write_guide(book, "Saringan daftar ini", lines)


def _rows(chosen: Chosen) -> Iterator[Row]:
    firms = with_places(chosen.firms).prefetch_related("owners")
    for start in range(0, MOST_ROWS, AT_ONCE):
        lot = list(firms[start : start + AT_ONCE])
        yield from rows_of(lot, chosen.asked.user)
        if len(lot) < AT_ONCE:
            return


def _cells(row: Row) -> list[str | int]:
    firm, contact = row.firm, row.contact
    return [
        firm.full_name,
        firm.nib or "",
        firm.regency.short_name,
        firm.district.name if firm.district else "",
        firm.village.name if firm.village else "",
        firm.address,
        firm.phone,
        firm.whatsapp,
        ", ".join(owner.name for owner in firm.owners.all()),
        firm.products,
        firm.workers if firm.workers is not None else "",
        "; ".join(str(word) for word in lacking(row)),
        row.step,
        _day(firm.deadline),
        _day(contact.on) if contact else "",
        str(contact.get_outcome_display()) if contact else "",
        _day(row.again),
    ]


def lacking(row: Row) -> list[Any]:
    """All that a firm lacks: steps, then facts."""
    return [*(queue.lacks for queue in row.gaps), *(fact.label for fact in row.missing)]


def _day(day: Any) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _place(firm: Any) -> tuple[str, str, str]:
    unknown = _("place not provided")
    return (
        firm.regency.short_name,
        firm.district.name if firm.district else unknown,
        firm.village.name if firm.village else unknown,
    )
