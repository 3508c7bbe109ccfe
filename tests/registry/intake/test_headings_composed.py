"""Headings that no table lists: by their words, on one line or two, and by what stands beside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from registry.intake.headings import Sureness, Table, find_table
from registry.intake.money_units import money_unit
from registry.intake.reading import Refused, Row, Sheet


def table_of(*rows: Sequence[Any]) -> Table:
    return find_table([Sheet("Data", [Row(n, list(cells)) for n, cells in enumerate(rows, 1)])])


def beside(heading: str) -> Any:
    """The column of a heading beside others that mean a field."""
    others = ["Nama Badan Usaha", "Kecamatan"]
    column = table_of([*others, heading], ["A", "Weru", "x"]).columns[2]
    return column.field, column.numbered_by_year, column.sure


def below(upper: str, *lower: str) -> list[str | None]:
    """What the parts of a heading mean, beside those of a place."""
    rows = [
        ["NAMA USAHA", "LOKASI", None, upper, *[None] * (len(lower) - 1)],
        [None, "KECAMATAN", "DESA", *lower],
        ["Batik", "Weru", "Tegalwangi", *["1"] * len(lower)],
    ]
    table = table_of(*rows)
    assert [column.field for column in table.columns[:3]] == [
        "name", "district_code", "village_code",
    ]  # fmt: skip
    return [column.field for column in table.columns[3:]]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("KODE KBLI 2020", "kbli"),
        ("KBLI 2017", "kbli"),
        ("Kode KBLI 5 digit", "kbli"),
        ("Jumlah Karyawan/Pekerja Laki-laki", "workers_male"),
        ("Naker Laki-laki", "workers_male"),
        ("Jml TK Laki2", "workers_male"),
        ("Karyawan Pria", "workers_male"),
        ("Pekerja (Pr)", "workers_female"),
        ("Total Pekerja", "workers_total"),
        ("Jumlah Pegawai", "workers_total"),
        ("Penyerapan TK (org)", "workers_total"),
        ("Omzet/Thn", "annual_sales"),
        ("Nilai Produksi per Thn", "production_value"),
        ("Kapasitas Terpasang/Th", "capacity_quantity"),
        ("Sat.", "capacity_unit"),
        ("Nama Pemilik/Penanggung Jawab", "owner_name"),
        ("Nama Pimpinan/Pemilik", "owner_name"),
        ("Pimpinan", "owner_name"),
        ("Owner", "owner_name"),
        ("Nama Pemilik Perusahaan", "owner_name"),
        ("Nama Pemilik IKM", "owner_name"),
        ("Nama Toko", None),
        ("Status Produksi", "active"),
        ("Status (Aktif/Tidak)", "active"),
        ("HAKI", "brand_number"),
        ("No. HKI", "brand_number"),
        ("Izin PIRT", "pirt_number"),
        ("No. Izin P-IRT", "pirt_number"),
        ("Merk/Brand", "brand"),
        ("Hasil Produk", "product"),
        ("Jenis Produk/Komoditi", "product"),
        ("No. Sertifikat Halal MUI", "halal_number"),
        ("Kepemilikan Akun SIINas", "siinas_status"),
        ("Tanggal Pendaftaran SIINas", "siinas_registered_on"),
        ("Lokasi Usaha", "address"),
        ("Thn Mulai", "start_year"),
        ("Tahun Beroperasi", "start_year"),
        ("Keterangan/Catatan", "notes"),
        ("Jenis Usaha", None),
        ("Nama Bahan Baku", None),
        ("Upah Tenaga Kerja", None),
        ("Tenaga Kerja Asing", None),
        ("Pemilik Lahan", None),
        ("Status Kepemilikan Tanah", None),
    ],
)
def test_heading_is_read_by_its_words(heading: str, field: str | None) -> None:
    assert beside(heading)[0] == field


@pytest.mark.parametrize("heading", ["Nama Toko", "Nama Produsen", "Nama IKM/UKM", "NM. PERSH."])
def test_name_of_a_firm_has_many_words(heading: str) -> None:
    table = table_of([heading, "Kecamatan", "Merek"], ["A", "Weru", "B"])
    assert table.columns[0].field == "name"


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("NIB/THN", "nib"),
        ("NO PIRT/THN", "pirt_number"),
        ("Nomor/Tahun Sertifikat Halal", "halal_number"),
        ("SNI / Th.", "sni_number"),
    ],
)
def test_number_with_its_year_is_known_to_be_one(heading: str, field: str) -> None:
    found, by_year, _sure = beside(heading)
    assert (found, by_year) == (field, True)


@pytest.mark.parametrize(
    ("upper", "lower", "fields"),
    [
        ("JUMLAH TENAGA KERJA", ("LK", "PR"), ("workers_male", "workers_female")),
        ("KARYAWAN", ("L", "P"), ("workers_male", "workers_female")),
        ("PENYERAPAN TK", ("L", "P", "JML"), ("workers_male", "workers_female", "workers_total")),
        ("TENAGA KERJA", ("Pria", "Wanita", "Total"),
         ("workers_male", "workers_female", "workers_total")),
        ("NIB", ("NOMOR", "TAHUN"), ("nib", None)),
        ("HALAL", ("NO SERTIFIKAT", "TAHUN"), ("halal_number", None)),
        ("HALAL", ("TAHUN", "NOMOR"), (None, "halal_number")),
        ("PIRT", ("NOMOR", "TAHUN TERBIT"), ("pirt_number", None)),
        ("TKDN IK", ("NOMOR", "NILAI"), ("tkdn_number", "tkdn_percent")),
        ("SIINAS", ("STATUS", "TANGGAL"), ("siinas_status", "siinas_registered_on")),
        ("BAHAN BAKU", ("JUMLAH", "SATUAN", "NILAI"), (None, None, "raw_material_value")),
        ("MESIN", ("MEREK", "TAHUN", "JUMLAH"), (None, None, None)),
        ("KAPASITAS PRODUKSI/TAHUN", ("JUMLAH", "SATUAN"),
         ("capacity_quantity", "capacity_unit")),
        ("KAPASITAS", ("VOL", "SAT"), ("capacity_quantity", "capacity_unit")),
        ("PRODUKSI", ("VOLUME", "SATUAN", "NILAI"),
         ("capacity_quantity", "capacity_unit", "production_value")),
        ("LEGALITAS", ("NIB", "PIRT", "HALAL", "MEREK"),
         ("nib", "pirt_number", "halal_number", "brand_number")),
    ],
)  # fmt: skip
def test_lower_heading_is_read_with_the_upper_one(
    upper: str, lower: tuple[str, ...], fields: tuple[str | None, ...]
) -> None:
    assert below(upper, *lower) == list(fields)


def test_unit_of_raw_material_is_not_that_of_the_capacity() -> None:
    table = table_of(
        ["NAMA USAHA", "KECAMATAN", "KAPASITAS", "BAHAN BAKU", None, None],
        [None, None, None, "JUMLAH", "SATUAN", "NILAI"],
        ["Batik", "Weru", 500, 20, "kg", 1000],
    )
    assert table.by_field["capacity_quantity"].index == 2
    assert "capacity_unit" not in table.by_field


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (["Nama Perusahaan", "Nama Pemilik/Perusahaan"], ["name", "owner_name"]),
        (["Nama Perusahaan", "Nama Pemilik Perusahaan"], ["name", "owner_name"]),
        (["Nama IKM", "Nama Pemilik IKM"], ["name", "owner_name"]),
        (["Nama IKM/Pemilik", "Nama Pemilik"], ["name", "owner_name"]),
    ],
)
def test_firm_and_owner_stay_apart(headings: list[str], fields: list[str]) -> None:
    table = table_of([*headings, "Kecamatan"], ["CV Maju Jaya", "Asep", "Weru"])
    assert [column.field for column in table.columns[:2]] == fields


@pytest.mark.parametrize("upper", ["PERUSAHAAN", "USAHA", "IDENTITAS PERUSAHAAN", "DATA IKM"])
def test_name_and_owner_below_the_firm(upper: str) -> None:
    table = table_of(
        [upper, None, "ALAMAT", None], ["NAMA", "PEMILIK", "DESA", "KECAMATAN"],
        ["Maju", "Asep", "Weru Lor", "Weru"],
    )  # fmt: skip
    assert [column.field for column in table.columns[:2]] == ["name", "owner_name"]


def test_name_below_the_owner_is_the_owner() -> None:
    table = table_of(
        ["DATA PEMILIK", None, "DATA USAHA", None], ["NAMA", "ALAMAT", "NAMA", "ALAMAT"],
        ["Asep", "Blok A", "Maju", "Blok B"],
    )  # fmt: skip
    assert [column.field for column in table.columns] == ["owner_name", None, "name", "address"]


def test_letters_are_workers_where_both_hold_numbers() -> None:
    table = table_of(["Nama Usaha", "Kecamatan", "L", "P"], ["A", "Weru", 2, 3], ["B", "Weru", 1])
    assert [(c.field, c.sure) for c in table.columns[2:]] == [
        ("workers_male", Sureness.GUESS), ("workers_female", Sureness.GUESS),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    [
        (["Nama Usaha", "Kecamatan", "L", "P"], ["A", "Weru", "v", None]),
        (["Nama Usaha", "Kecamatan", "L"], ["A", "Weru", 4]),
    ],
)
def test_letter_alone_or_with_ticks_is_no_number_of_workers(rows: Sequence[Any]) -> None:
    assert {column.field for column in table_of(*rows).columns[2:]} == {None}


def test_of_two_years_the_later_is_read_as_a_guess() -> None:
    table = table_of(["Nama Usaha", "Kecamatan", "Omzet 2023", "Omzet 2024"], ["A", "Weru", 1, 2])
    assert table.columns[2].field is None
    assert (table.columns[3].field, table.columns[3].sure) == ("annual_sales", Sureness.GUESS)


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("Investasi (Rp'000)", "thousand"),
        ("Investasi (Rp x 1000)", "thousand"),
        ("Investasi (Rp.1000)", "thousand"),
        ("Investasi (Rp. 1.000,-)", "thousand"),
        ("Investasi (dlm Rp 1000,-)", "thousand"),
        ("Investasi (000)", "thousand"),
        ("Investasi (dalam ribuan rupiah)", "thousand"),
        ("Investasi (Rp. 1.000.000)", "million"),
        ("Investasi (Rp.000.000)", "million"),
        ("Investasi (Rp 1 Juta)", "million"),
        ("Investasi 2023 (Rp juta)", "million"),
        ("Omzet 2023 (Rp)", "rupiah"),
        ("Omzet (Rp/Tahun)", "rupiah"),
        ("Omzet (Rp.) per bulan", "rupiah"),
        ("Nilai Investasi Rp tanpa tanah", "rupiah"),
        ("Investasi (Rp M)", None),
        ("Investasi Rp. M", None),
        ("Investasi (Rp triliun)", None),
        ("Investasi (triliun rupiah)", None),
        ("Investasi (Rp 100)", None),
        ("Investasi (Rp 100 juta)", None),
        ("Investasi (Rp 10.000)", None),
        ("Investasi (USD)", None),
        ("Omzet 2023", None),
    ],
)
def test_unit_is_taken_only_as_said(heading: str, unit: str | None) -> None:
    assert money_unit(heading) == unit
    assert beside(heading)[0] in ("investment", "annual_sales")


def test_sheet_with_more_rows_is_taken_of_two_with_the_same_headings() -> None:
    head = Row(1, ["Nama Usaha", "Kecamatan", "Merek"])
    form = Sheet("Format", [head, Row(2, ["Contoh", "Weru", "A"])])
    data = Sheet("Data", [head, *(Row(n, [f"Usaha {n}", "Weru", "A"]) for n in range(2, 20))])
    assert find_table([form, data]).sheet == "Data"


def test_kinds_of_industry_with_their_numbers_are_no_firms() -> None:
    with pytest.raises(Refused) as caught:
        table_of(["NAMA INDUSTRI", "JUMLAH UNIT USAHA", "TK"], ["Batik", 40, 200], ["Rotan", 9, 50])
    assert caught.value.code == "not_firm_rows"


def test_count_of_units_beside_an_owner_is_a_list_of_firms() -> None:
    table = table_of(["NAMA INDUSTRI", "PEMILIK", "JUMLAH UNIT USAHA"], ["Batik Jaya", "Asep", 1])
    assert table.by_field["owner_name"].index == 1


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        # A list of an office of cooperatives.
        (("Nama KUKM|Nama Pemilik / Pengurus|Desa/Kel.|Kec.|No. Telp/HP/WA|Jenis Usaha|Omset/Bulan"
         "|Jml Tenaga Kerja (Org)|No. NIB|Thn Berdiri|Ket."),
         ("name|owner_name|village_code|district_code|phone||annual_sales|workers_total|nib"
         "|start_year|notes")),
        # Projects as the licensing portal exports them.
        (("Nama Perusahaan|Uraian Jenis Perusahaan|Kab Kota Usaha|Kecamatan Usaha|Kelurahan Usaha"
         "|KBLI|Judul KBLI|Nama User|Nomor Telp|Jumlah Investasi|TKI"),
         "name||regency_code|district_code|village_code|kbli|||phone|investment|"),
        # A directory of the statistics office.
        (("Nama Perusahaan/Usaha|Kode Kabupaten/Kota|Kode Desa/Kelurahan|KBLI 2020 (5 digit)"
         "|Jumlah Tenaga Kerja Dibayar|Nilai Produksi Setahun (000 Rp)"
         "|Tahun Mulai Beroperasi Komersial|Badan Hukum/Badan Usaha"),
         "name|regency_code|village_code|kbli||production_value|start_year|legal_form"),
        # English beside Indonesian.
        (("Company Name|Owner Name|Business Type|Address|District|Village|City|Product|Brand"
         "|Employees|Investment (IDR)|Production Capacity|Annual Sales (IDR million)|Remarks"),
         ("name|owner_name||address|district_code|village_code|regency_code|product|brand"
         "|workers_total|investment|capacity_quantity|annual_sales|notes")),
        # The company list of the industry portal.
        (("Nama Perusahaan|Kab/Kota Kantor|Alamat Pabrik|Kecamatan Pabrik|Kab/Kota Pabrik"
         "|Skala Industri|Terdaftar SIINas|Tgl. Daftar SIINas|Tahun Pelaporan"
         "|Nilai Investasi Tanah dan Bangunan (Rp)"),
         ("name||address|district_code|regency_code||siinas_status|siinas_registered_on"
         "|data_year|")),
        # Everything short.
        (("NM IKM|NM PEMILIK|ALMT|DS|KEC|NO TLP|JNS PROD|MERK|JML TK|NIL INV (RP)|KAP PROD/THN|SAT"
         "|NIL PROD (RP. 000)|NIL BB/BP (RP)|TH BERDIRI"),
         ("name|owner_name|address|village_code|district_code|phone|product|brand|workers_total"
         "|investment|capacity_quantity|capacity_unit|production_value|raw_material_value"
         "|start_year")),
        # The questions of a form.
        (("Nama Lengkap Pemilik Usaha|Nama Usaha / Merek|Kecamatan tempat usaha"
         "|Nomor WhatsApp aktif|Apakah sudah memiliki NIB?|Nomor NIB (jika ada)"
         "|Sudah punya akun SIINas?|Tahun mulai usaha|Apakah memiliki sertifikat halal?"),
         "owner_name|name|district_code|phone||nib|siinas_status|start_year|"),
        # Ticks instead of numbers.
        (("NAMA INDUSTRI/IKM|NAMA DESA/KEL|KAPASITAS PRODUKSI / BULAN|JML PRODUKSI"
         "|EKSPOR (Ya/Tidak)|TKDN (ada/tidak)|HALAL (Ya/Tidak)"),
         "name|village_code|capacity_quantity||||"),
    ],
)  # fmt: skip
def test_headings_of_many_offices(headings: str, fields: str) -> None:
    said = headings.split("|")
    table = table_of(said, ["x"] * len(said))
    assert [column.field or "" for column in table.columns] == fields.split("|")


def test_two_levels_of_an_office() -> None:
    table = table_of(
        ["NO", "IDENTITAS PERUSAHAAN", None, "ALAMAT LENGKAP", None, "PRODUKSI PER TAHUN", None,
         "BB/BP", "PENJUALAN", None],
        [None, "NAMA PERUSAHAAN", "NAMA PEMILIK", "JL/BLOK", "KEC", "JUMLAH", "NILAI (RP. JUTA)",
         "(RP.000)", "OMZET/BLN", "OMZET/THN"],
        [1, "A", "B", "Blok A", "Weru", 5, 6, 7, 8, 9],
    )  # fmt: skip
    assert [column.field for column in table.columns] == [
        None, "name", "owner_name", "address", "district_code", "capacity_quantity",
        "production_value", "raw_material_value", None, "annual_sales",
    ]  # fmt: skip
    assert table.columns[5].sure is Sureness.GUESS
    assert (table.columns[6].unit, table.columns[7].unit) == ("million", "thousand")
