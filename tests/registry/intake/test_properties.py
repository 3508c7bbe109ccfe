"""Whatever stands in a cell or a file, there is an answer; and what is written out reads back."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.identifiers import Box, parse_coordinates, parse_phone
from registry.intake.cells import Context, read_cell
from registry.intake.combined import READERS
from registry.intake.dates import read_date
from registry.intake.fields import Field
from registry.intake.headings import find_table
from registry.intake.interpret import Options, Reference, interpret
from registry.intake.kinds import KINDS
from registry.intake.numbers import read_amount, read_money
from registry.intake.reading import Refused, Row, Sheet, read_sheets
from registry.intake.table import Part
from registry.intake.texts import is_blank, text_of, without_identities

TODAY = dt.date(2025, 6, 30)
CELLS = (
    st.none()
    | st.text(max_size=40)
    | st.integers(-(10**18), 10**18)
    | st.floats(allow_nan=True, allow_infinity=True)
    | st.booleans()
    | st.dates()
    | st.datetimes()
    | st.times()
    | st.timedeltas()
    | st.sampled_from(["-", "3/5", "Rp 1,5 jt", "02/03/2021", "3209000000001234", "1E+12", "٣"])
)
ENTRIES = [entry for kind in KINDS.values() for entry in kind.fields]
WORLD = Box(Decimal(-90), Decimal(90), Decimal(95), Decimal(141))


@given(st.sampled_from(ENTRIES), CELLS, st.sampled_from([1, 12, None]), st.booleans())
def test_any_cell_has_an_answer(
    entry: Field, cell: object, times: int | None, commas: bool
) -> None:
    context = Context(today=TODAY, times=times, commas=commas, factor=None if commas else 1000)
    read = read_cell(entry, cell, context)
    assert entry.name in read.values


@given(st.sampled_from(list(READERS)), CELLS)
def test_any_combined_cell_has_an_answer(part: Part, cell: object) -> None:
    READERS[part](cell, Context(today=TODAY))


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.lists(CELLS, min_size=4, max_size=6), min_size=1, max_size=4))
@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_any_row_has_an_answer(
    kind: object, rows: list[list[object]], reference: Reference
) -> None:
    head = ["NIB", "Nama Usaha", "TK (L/P)", "Nomor Sertifikat", "Terdaftar SIINas", "Alamat"]
    made = [Row(number, list(cells)) for number, cells in enumerate([head, *rows], 1)]
    try:
        table = find_table([Sheet("Data", made)], kind=kind, reference=reference)
    except Refused:
        return
    result = interpret(table, Options(regency="32.09"), reference, today=TODAY)
    assert len(result.drafts) + len(result.skipped) == len(table.rows)


HEADS = [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"sep=;\n"]


@settings(max_examples=300)
@given(st.sampled_from(HEADS), st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(head: bytes, rest: bytes) -> None:
    with contextlib.suppress(Refused):
        read_sheets(head + rest)


@given(st.text(max_size=60), st.integers(10**15, 10**16 - 1), st.text(max_size=20))
def test_identity_number_never_stays_in_a_text(before: str, number: int, after: str) -> None:
    text = f"{before} {number} {after}"
    cells: list[object] = [text, float(number), number]
    without_identities(cells)
    assert str(number) not in text_of(text)
    assert str(number) not in repr(cells)


def _dots(number: int) -> str:
    return f"{number:,}".replace(",", ".")


@given(st.integers(0, 10**14))
@pytest.mark.parametrize(
    "form",
    [str, _dots, lambda n: f"Rp {_dots(n)}", lambda n: f"Rp. {_dots(n)},00", lambda n: f"Rp{n},-"],
)
def test_amount_of_money_reads_back(form: Callable[[int], str], number: int) -> None:
    amount = read_money(form(number), factor=1)
    assert amount is not None
    assert amount.value == number


@given(st.decimals(0, 10**9, places=2))
def test_number_with_decimals_reads_back(number: Decimal) -> None:
    whole, _point, rest = f"{number:f}".partition(".")
    amount = read_amount(f"{_dots(int(whole))},{rest}")
    assert amount is not None
    assert amount.value == number


MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"


@given(st.dates(dt.date(1930, 1, 1), dt.date(2090, 12, 31)))
@pytest.mark.parametrize(
    "form",
    [
        dt.date.isoformat,
        lambda day: f"{day:%d/%m/%Y}",
        lambda day: f"{day.day}-{day.month}-{day.year}",
        lambda day: f"{day.day} {MONTHS.split()[day.month - 1]} {day.year}",
        lambda day: (day - dt.date(1899, 12, 30)).days,
        lambda day: dt.datetime.combine(day, dt.time(8, 30)),
    ],
)
def test_date_reads_back(form: Callable[[dt.date], object], day: dt.date) -> None:
    assert read_date(form(day), today=TODAY) == day


@given(
    st.from_regex(r"8[1-9][0-9]{7,10}", fullmatch=True).filter(lambda n: not n.endswith("000000"))
)
@pytest.mark.parametrize(
    "form",
    [
        lambda n: f"+62{n}",
        lambda n: f"0{n}",
        lambda n: f"62{n}",
        lambda n: f"0{n[:3]}-{n[3:7]}-{n[7:]}".rstrip("-"),
        lambda n: f"Hp. 0{n}",
    ],
)
def test_telephone_number_reads_back(form: Callable[[str], str], national: str) -> None:
    assert parse_phone(form(national)).value == f"+62{national}"


@given(st.decimals(-7, -6, places=6), st.decimals(108, 109, places=6))
@pytest.mark.parametrize(
    "form",
    [
        lambda lat, lon: (str(lat), str(lon)),
        lambda lat, lon: (str(lat).replace(".", ","), str(lon).replace(".", ",")),
        lambda lat, lon: (f"{lat}, {lon}", None),
        lambda lat, lon: (float(lat), float(lon)),
    ],
)
def test_point_reads_back(
    form: Callable[[Decimal, Decimal], tuple[object, object]], lat: Decimal, lon: Decimal
) -> None:
    point = parse_coordinates(*form(lat, lon), box=WORLD).value
    assert point is not None
    assert (point.latitude, point.longitude) == (lat, lon)


@given(st.text(max_size=10))
def test_blank_is_what_has_no_letter_or_digit_and_no_sign(text: str) -> None:
    if any(char.isalnum() for char in text):
        assert not is_blank(text)
