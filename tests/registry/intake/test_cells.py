"""One raw cell to the canonical value of its field."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.intake.cells import Context, Read, read_cell
from registry.intake.dates import read_date
from registry.intake.fields import BY_NAME, FIELDS
from registry.intake.numbers import (
    commas_group_thousands,
    plain,
    read_amount,
    read_money,
    read_people,
    read_year,
)
from registry.intake.texts import without_identity
from registry.intake.words import unit_table
from registry.messages import level_of, message_for

TODAY = dt.date(2025, 6, 1)
UNITS = unit_table([("kg", "kilogram", "kilo"), ("pcs", "buah", "biji|bj"), ("m3", "kubik", "m³")])
NIK = "3209000000001234"


def read(name: str, cell: object, **context: Any) -> Read:
    return read_cell(BY_NAME[name], cell, Context(today=TODAY, units=UNITS, **context))


def value(name: str, cell: object, **context: Any) -> Any:
    return read(name, cell, **context).values[name]


def codes(name: str, cell: object, **context: Any) -> list[str]:
    return [problem.code for problem in read(name, cell, **context).problems]


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1.250.000,50", 1_250_000),
        ("1.250.000", 1_250_000),
        ("Rp 1,5 jt", 1_500_000),
        ("Rp100.000.000,00", 100_000_000),
        ("Rp. 1.500.000,-", 1_500_000),
        ("5 juta", 5_000_000),
        ("118jt", 118_000_000),
        ("2 M", 2_000_000_000),
        ("1,2 miliar", 1_200_000_000),
        ("750rb", 750_000),
        ("1 juta 500 ribu", 1_500_000),
        ("1.500.000 rupiah", 1_500_000),
        (45000000.0, 45_000_000),
        ("250,000.00", 250_000),
        ("Rp 750,000.00", 750_000),
        ("1,250,000.50", 1_250_000),
        ("5 Jt./thn", 5_000_000),
        ("Rp 5.000.000,- per tahun", 5_000_000),
        (0, 0),
        ("0", 0),
    ],
)
def test_money_is_read_as_people_write_it(cell: object, amount: int) -> None:
    assert value("investment", cell) == amount


@pytest.mark.parametrize(
    "cell",
    ["tidak tentu", "5-10 juta", "5 juta/bulan", "< 1 juta", -5, float("nan"), True, "1.2.3",
     "1e9", 10**20],
)  # fmt: skip
def test_what_is_no_amount_is_told(cell: object) -> None:
    assert codes("investment", cell) == ["money_unparseable"]
    assert value("investment", cell) is None


@pytest.mark.parametrize(
    ("cell", "amount"), [("8,5", 8_500_000), (27.0, 27_000_000), ("3 M", 3_000_000_000)]
)
def test_unit_of_the_column_counts_unless_the_cell_says_its_own(cell: object, amount: int) -> None:
    assert value("investment", cell, factor=10**6) == amount


def test_amount_without_any_unit_is_an_open_question() -> None:
    plain_cell, worded = (
        read("investment", 5000, factor=None),
        read("investment", "5 jt", factor=None),
    )
    assert (plain_cell.undeclared, plain_cell.values["investment"]) == (True, None)
    assert (worded.undeclared, worded.values["investment"]) == (False, 5_000_000)


@pytest.mark.parametrize(
    ("cells", "grouped"),
    [
        (["468,000,000", "1,250"], True),
        (["468,000,000", "8,5"], False),
        (["468,000,000", "1.250.000"], False),
        (["12", 5.0, None], False),
    ],
)
def test_whole_column_says_what_a_comma_is(cells: list[object], grouped: bool) -> None:
    assert commas_group_thousands(cells) is grouped


def test_comma_is_a_decimal_mark_unless_the_column_groups_by_it() -> None:
    assert read_amount("1,250").value == Decimal("1.25")  # type: ignore[union-attr]
    assert read_amount("1,250", commas=True).value == 1250  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("cell", "quantity", "unit"),
    [
        ("500 kg", "500", "kg"),
        ("1.940,5 buah", "1940.5", "pcs"),
        ("1.930 M3", "1930", "m3"),
        ("302.830 Biji / tahun", "302830", "pcs"),
        (110.0, "110", None),
        ("6,5", "6.5", None),
    ],
)
def test_unit_behind_a_quantity_is_kept(cell: object, quantity: str, unit: str | None) -> None:
    values = read("capacity_quantity", cell).values
    assert (values["capacity_quantity"], values.get("capacity_unit")) == (quantity, unit)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("tergantung pesanan", "number_unparseable"),
        ("5-10 kg", "number_unparseable"),
        ("500 karung goni", "unit_unknown"),
    ],
)
def test_quantity_that_is_not_clear_is_told(cell: str, code: str) -> None:
    assert codes("capacity_quantity", cell) == [code]


@pytest.mark.parametrize("cell", ["Rp -", "Rp-", "Rp", " Rp          -   ", "Rp. ,-", "Rp.-"])
def test_nothing_in_the_number_format_of_a_spreadsheet_is_nothing(cell: str) -> None:
    read_ = read("investment", cell)
    assert (read_.values, read_.problems) == ({"investment": None}, [])
    assert read("capacity_quantity", "- kg").problems == []
    assert read("workers_total", "- orang").problems == []


@pytest.mark.parametrize(
    ("name", "cell", "year", "noted"),
    [
        ("annual_sales", "5 jt/bulan", 60_000_000, True),
        ("annual_sales", "Rp 5.000.000,- / bulan", 60_000_000, True),
        ("annual_sales", "5 juta perbulan", 60_000_000, True),
        ("annual_sales", "5 Jt/thn", 5_000_000, False),
        ("annual_sales", "50 rb/hari", None, True),
        ("capacity_quantity", "500 kg/bulan", "6000", True),
        ("capacity_quantity", "1.000 pcs sebulan", "12000", True),
        ("capacity_quantity", "500 Kg./Thn", "500", False),
        ("capacity_quantity", "100 kg / hari", None, True),
    ],
)
@pytest.mark.parametrize("times", [1, 12])
def test_period_in_the_cell_counts_before_that_of_the_column(
    name: str, cell: str, year: object, noted: bool, times: int
) -> None:
    read_ = read(name, cell, heading="Kolom", times=times)
    assert (read_.values[name], read_.problems) == (year, [])
    assert read_.notes == ([f"Kolom: {cell}"] if noted else [])


@pytest.mark.parametrize(
    ("cell", "quantity", "unit"),
    [("10 ribu pcs", "10000", "pcs"), ("1,5 juta pcs", "1500000", "pcs"),
     ("2 rb. kg", "2000", "kg"), ("5 m3", "5", "m3")],
)  # fmt: skip
def test_quantity_in_words_is_counted(cell: str, quantity: str, unit: str) -> None:
    assert read("capacity_quantity", cell).values == {
        "capacity_quantity": quantity, "capacity_unit": unit,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "cell", "workers"),
    [
        ("workers_total", "3 L / 2 P", {"workers_male": 3, "workers_female": 2}),
        ("workers_total", "L : 3, P : 2", {"workers_male": 3, "workers_female": 2}),
        ("workers_total", "5 (3 laki-laki, 2 perempuan)", {"workers_male": 3, "workers_female": 2}),
        ("workers_male", "3 L", {"workers_male": 3}),
        ("workers_female", "2 Pr", {"workers_female": 2}),
    ],
)
def test_workers_may_say_what_they_are(name: str, cell: str, workers: dict[str, int]) -> None:
    read_ = read(name, cell)
    assert (read_.values, read_.problems) == ({name: None} | workers, [])


@pytest.mark.parametrize(
    ("cell", "people"), [("7 orang", 7), (5.0, 5), ("12", 12), ("0", 0), ("1.250 org", 1250)]
)
def test_people_are_counted(cell: object, people: int) -> None:
    assert value("workers_male", cell) == people


@pytest.mark.parametrize("cell", ["keluarga", 5.5, "5 kg", -1, "3/2", 10**12])
def test_what_counts_no_people_is_told(cell: object) -> None:
    assert codes("workers_male", cell) == ["number_unparseable"]


@pytest.mark.parametrize("cell", ["-", "–", " ", None, ""])
@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_blank_is_nothing_and_never_zero(field: Any, cell: object) -> None:
    read_ = read(field.name, cell)
    assert read_.values[field.name] is None
    assert [p.code for p in read_.problems] == (
        ["nib_placeholder"] if field.name == "nib" and cell in ("-", "–") else []
    )


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("02/03/2021", "2021-03-02"),
        ("2 Maret 2021", "2021-03-02"),
        ("2-3-21", "2021-03-02"),
        ("17-4-24", "2024-04-17"),
        ("Senin, 4 Nop 2024", "2024-11-04"),
        (44257, "2021-03-02"),
        (44257.0, "2021-03-02"),
        ("2021-03-02", "2021-03-02"),
        ("2021-03-02 10:11:00", "2021-03-02"),
        (dt.date(2021, 3, 2), "2021-03-02"),
        (dt.datetime(2021, 3, 2, 8, 30), "2021-03-02"),
        ("2 Maret 85", "1985-03-02"),
        ("44257.0", "2021-03-02"),
        ("44257,5", "2021-03-02"),
        ("12-Agust-2023", "2023-08-12"),
        ("tgl 2 Maret 2021", "2021-03-02"),
        ("Tanggal : 02/03/2021", "2021-03-02"),
        ("per 2 Maret 2021.", "2021-03-02"),
    ],
)
def test_date_is_read_day_first(cell: object, day: str) -> None:
    assert value("siinas_registered_on", cell) == day


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("2021", "date_unparseable"),
        (2021, "date_unparseable"),
        ("Maret 2021", "date_unparseable"),
        ("31/02/2021", "date_unparseable"),
        ("03/25/2021", "date_unparseable"),
        ("kemarin", "date_unparseable"),
        ("02/06/2025", "date_future"),
    ],
)
def test_what_is_no_past_day_is_told(cell: object, code: str) -> None:
    assert codes("siinas_registered_on", cell) == [code]
    assert value("siinas_registered_on", cell) is None


@pytest.mark.parametrize(
    ("cell", "year"), [(1995.0, 1995), ("sejak 1998", 1998), (dt.date(2001, 5, 1), 2001)]
)
def test_year_is_read(cell: object, year: int) -> None:
    assert value("start_year", cell) == year


@pytest.mark.parametrize("cell", ["1998-2003", "lama", 98, 2099])
def test_what_is_no_year_is_told(cell: object) -> None:
    assert codes("start_year", cell) == ["number_unparseable"]


@pytest.mark.parametrize(
    ("name", "cell", "canonical"),
    [
        ("siinas_status", "YA", "issued"),
        ("siinas_status", "v", "issued"),
        ("siinas_status", "Belum", "none"),
        ("siinas_status", "terdaftar", "registered"),
        ("siinas_status", "Lengkap", "complete"),
        ("owner_gender", "L", "male"),
        ("owner_gender", "Laki-laki", "male"),
        ("owner_gender", "WANITA", "female"),
        ("legal_form", "CV.", "cv"),
        ("legal_form", "PT Perorangan", "pt_perorangan"),
        ("legal_form", "Perorangan", "perorangan"),
        ("legal_form", "Usaha Dagang", "ud"),
        ("active", "Aktif", True),
        ("active", "Tidak Aktif", False),
        ("active", 1.0, True),
        ("capacity_unit", "Bj.", "pcs"),
        ("siinas_status", "belum punya akun", "none"),
        ("siinas_status", "Belum memiliki", "none"),
        ("siinas_status", "blm ada", "none"),
        ("siinas_status", "Tdk punya akun SIINas", "none"),
        ("siinas_status", "sudah ada akun", "issued"),
        ("siinas_status", "sdh punya", "issued"),
        ("siinas_status", "telah memiliki akun", "issued"),
        ("siinas_status", "ü", "issued"),
        ("siinas_status", "sdh daftar", "registered"),
        ("active", "Sdh tdk aktif", False),
        ("owner_gender", "Laki2", "male"),
        ("legal_form", "Perusahaan Perorangan", "perorangan"),
    ],
)
def test_few_words_have_codes(name: str, cell: object, canonical: object) -> None:
    assert value(name, cell) == canonical


def test_word_without_a_code_stays_in_the_notes() -> None:
    read_ = read("siinas_status", "lupa sandi", heading="SIINas")
    assert read_.values == {"siinas_status": None}
    assert read_.notes == ["SIINas: lupa sandi"]


def test_choices_of_our_own_sheet_are_all_understood() -> None:
    for field in FIELDS:
        for choice in field.choices:
            assert value(field.name, choice) is not None, (field.name, choice)


def test_name_gives_its_legal_form_away() -> None:
    values = read("name", " PT. N O V A  J A Y A ").values
    assert values == {"name": "NOVA JAYA", "legal_form": "pt"}


def test_number_and_year_in_one_cell_are_parted() -> None:
    read_ = read("nib", "2103000779772 / 2024", number_year=True, heading="NIB/TAHUN")
    assert read_.values["nib"] == "2103000779772"
    assert read_.notes == ["NIB/TAHUN: 2024"]


def test_year_behind_a_whole_number_is_parted_whatever_the_heading_says() -> None:
    read_ = read("halal_number", "ID32090000047960240/2023", heading="No Halal")
    assert read_.values["halal_number"] == "ID32090000047960240"
    assert (read_.problems, read_.notes) == ([], ["No Halal: 2023"])
    assert codes("halal_number", "LPPOM 01/2023") == ["halal_invalid"]


def test_further_telephones_go_to_the_notes() -> None:
    read_ = read("phone", "085300006547/081800004414", heading="No. HP")
    assert read_.values["phone"] == "+6285300006547"
    assert read_.notes == ["No. HP: +6281800004414"]


def test_long_text_is_cut_and_kept_whole_in_the_notes() -> None:
    text = "x" * 200
    read_ = read("brand", text, heading="Merek")
    assert read_.values["brand"] == "x" * 120
    assert read_.notes == [f"Merek: {text}"]


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
@pytest.mark.parametrize("cell", [NIK, int(NIK), float(NIK), f"NIK {NIK}", "3209 00 000000 1234"])
def test_identity_number_passes_through_no_field(field: Any, cell: object) -> None:
    read_ = read(field.name, cell, heading="Kolom")
    told = [message_for(problem) for problem in read_.problems]
    shown = json.dumps([read_.values, read_.notes, told], default=str)
    assert "000000" not in shown.replace(" ", "")


def test_text_around_an_identity_number_stays() -> None:
    assert without_identity(f"Sari NIK {NIK} Weru") == "Sari NIK Weru"
    assert without_identity("Telp 0231 123456") == "Telp 0231 123456"


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.text(max_size=60),
    st.integers(),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.from_regex(r"(Rp\.? ?)?[\d.,]{1,15} ?(jt|juta|rb|kg|orang|M)?", fullmatch=True),
)


@given(CELLS, st.sampled_from(FIELDS), st.sampled_from([None, 1, 1000]), st.booleans())
def test_any_cell_gives_an_answer(cell: Any, field: Any, factor: int | None, commas: bool) -> None:
    context = Context(today=TODAY, units=UNITS, factor=factor, commas=commas, number_year=commas)
    read_ = read_cell(field, cell, context)
    assert field.name in read_.values
    json.dumps(read_.values)
    for problem in read_.problems:
        assert level_of(problem.code) in ("error", "warning")
        assert message_for(problem)


@given(st.integers(0, 10**15 - 1))
def test_written_amount_reads_back(amount: int) -> None:
    dotted = f"{amount:,}".replace(",", ".")
    for text in (dotted, f"Rp {dotted}", f"Rp.{dotted},00", f"{dotted},-"):
        read_ = read_money(text, factor=1)
        assert read_ is not None
        assert read_.value == amount


@given(st.decimals(0, 10**9, places=3))
def test_written_quantity_reads_back(number: Decimal) -> None:
    text = f"{number:,.3f}".translate(str.maketrans(",.", ".,"))
    amount = read_amount(f"{text} kg")
    assert amount is not None
    assert Decimal(plain(amount.value)) == number


@given(st.dates(dt.date(1950, 1, 1), TODAY))
def test_written_date_reads_back(day: dt.date) -> None:
    months = [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ]
    texts = [
        f"{day:%d/%m/%Y}", f"{day.day}-{day.month}-{day.year}", day.isoformat(),
        f"{day.day} {months[day.month - 1]} {day.year}",
    ]  # fmt: skip
    assert {read_date(text, today=TODAY) for text in texts} == {day}


@given(st.integers(1800, 2100))
def test_year_reads_back(year: int) -> None:
    assert {read_year(cell) for cell in (year, float(year), str(year), f"th. {year}")} == {year}


@given(st.integers(0, 10**6))
def test_number_of_people_reads_back(people: int) -> None:
    assert {read_people(c) for c in (people, float(people), str(people), f"{people} orang")} == {
        people
    }
