"""Headings as offices write them: other words, two levels, units of money, what is no list."""

from __future__ import annotations

from typing import Any

import pytest

from registry.intake.headings import Refused, find_table
from registry.intake.kinds import FIRMS
from registry.intake.meanings import columns_of
from registry.intake.money_units import money_unit
from registry.intake.reading import Row, Sheet


def fields(*headings: str | tuple[str, str]) -> list[str | None]:
    """The field of each column; one given as a pair stands below an upper heading."""
    pairs = [(heading, "") if isinstance(heading, str) else heading for heading in headings]
    return [column.field for column in columns_of(pairs, {}, FIRMS)]


def sheet(*rows: list[Any], name: str = "Data") -> Sheet:
    return Sheet(name, [Row(number, list(row)) for number, row in enumerate(rows, 1)])


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("KODE KBLI 2020", "kbli"),
        ("Kode KBLI 5 digit", "kbli"),
        ("KBLI 2017", "kbli"),
        ("Jml Karyawan/Pekerja Laki-laki", "workers_male"),
        ("Naker Laki2", "workers_male"),
        ("Penyerapan TK Wanita (orang)", "workers_female"),
        ("Karyawan Pria", "workers_male"),
        ("Total Pekerja", "workers_total"),
        ("Jumlah Pegawai", "workers_total"),
        ("NIB/THN", "nib"),
        ("NO PIRT/THN", "pirt_number"),
        ("No. Izin PIRT", "pirt_number"),
        ("Nomor/Tahun Sertifikat Halal", "halal_number"),
        ("No. Sertifikat Halal MUI", "halal_number"),
        ("Omset/Thn", "annual_sales"),
        ("Nilai Produksi per Thn", "production_value"),
        ("Kapasitas Terpasang/Th", "capacity_quantity"),
        ("Nama Pemilik/Penanggung Jawab", "owner_name"),
        ("Nama Pimpinan / Pemilik", "owner_name"),
        ("Owner", "owner_name"),
        ("Status (Aktif/Tidak)", "active"),
        ("No. HKI", "brand_number"),
        ("Merk/Brand", "brand"),
        ("Jenis Produk/Komoditi", "product"),
        ("Tanggal Pendaftaran SIINas", "siinas_registered_on"),
        ("Thn Mulai Usaha", "start_year"),
        ("Sat.", "capacity_unit"),
        ("Keterangan/Catatan", "notes"),
        # What says something else stays unread.
        ("Upah Tenaga Kerja", None),
        ("Tenaga Kerja Asing", None),
        ("Pemilik Lahan", None),
    ],
)
def test_other_words_mean_the_same(heading: str, field: str | None) -> None:
    assert fields(heading) == [field]


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (["Nama Perusahaan", "Nama Pemilik Perusahaan"], ["name", "owner_name"]),
        (["Nama IKM", "Nama Pemilik IKM"], ["name", "owner_name"]),
        (["Nama Usaha", "Nama Pemilik/Perusahaan"], ["name", "owner_name"]),
        (["Nama Pemilik/Perusahaan"], ["name"]),  # both in one cell: a part that begins with it
        (["PERUSAHAAN", "PEMILIK"], ["name", "owner_name"]),
        (["NAMA USAHA", "L"], ["name", None]),
        (["NAMA USAHA", "TK", "L", "P"], ["name", "workers_total", None, None]),
    ],
)
def test_columns_are_read_beside_each_other(headings: list[str], expected: list[str]) -> None:
    assert fields(*headings) == expected


@pytest.mark.parametrize(
    ("top", "low", "field"),
    [
        ("JUMLAH TENAGA KERJA", "LK", "workers_male"),
        ("JUMLAH TENAGA KERJA", "PR", "workers_female"),
        ("KARYAWAN", "P", "workers_female"),
        ("PENYERAPAN TK", "L", "workers_male"),
        ("TENAGA KERJA", "JML", "workers_total"),
        ("NIB", "NOMOR", "nib"),
        ("NIB", "TAHUN", None),
        ("HALAL", "NO", "halal_number"),
        ("HALAL", "TAHUN", None),
        ("PIRT", "NOMOR", "pirt_number"),
        ("TKDN IK", "NOMOR", "tkdn_number"),
        ("SIINAS", "STATUS", "siinas_status"),
        ("SIINAS", "TANGGAL", "siinas_registered_on"),
        ("BAHAN BAKU", "SATUAN", None),
        ("BAHAN BAKU", "NILAI", "raw_material_value"),
        ("BAHAN BAKU", "JUMLAH", None),
        ("KAPASITAS PRODUKSI/TAHUN", "JUMLAH", "capacity_quantity"),
        ("KAPASITAS", "VOL", "capacity_quantity"),
        ("KAPASITAS", "SAT", "capacity_unit"),
        ("PERUSAHAAN", "NAMA", "name"),
        ("PERUSAHAAN", "PEMILIK", "owner_name"),
        ("PEMILIK", "NAMA", "owner_name"),
        ("JENIS KELAMIN", "L", None),
        ("DATA USAHA", "MEREK", "brand"),
        ("DATA", "TAHUN", "data_year"),
        ("TAHUN", "BERDIRI", "start_year"),
    ],
)
def test_upper_heading_tells_what_the_lower_one_means(
    top: str, low: str, field: str | None
) -> None:
    assert fields((top, low)) == [field]


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("Nilai Investasi (Rp)", "rupiah"),
        ("Nilai Investasi (Rp.)", "rupiah"),
        ("Omzet per tahun (dalam rupiah)", "rupiah"),
        ("Investasi Rp", "rupiah"),
        ("Investasi (Rp'000)", "thousand"),
        ("Investasi (Rp x 1000)", "thousand"),
        ("Investasi (Rp.1000)", "thousand"),
        ("Investasi (dlm Rp 1000,-)", "thousand"),
        ("Investasi (Rp. 000)", "thousand"),
        ("Investasi (Rp. 1.000.000)", "million"),
        ("Investasi (Rp.000.000)", "million"),
        ("Investasi (Rp 1,000,000)", "million"),
        ("Investasi (Rp M)", None),
        ("Investasi (Rp triliun)", None),
        ("Investasi", None),
        ("Investasi tahun 2000 (Rp)", "rupiah"),
    ],
)
def test_unit_of_money_is_read_or_left_open(heading: str, unit: str | None) -> None:
    assert money_unit(heading) == unit


def test_of_two_sheets_alike_the_longer_is_taken() -> None:
    headings = ["Nama Usaha", "Pemilik", "NIB"]
    sample = sheet(headings, ["Contoh", "Nama", "1234567890123"], name="Format")
    rows = [[f"Usaha {n}", "Sari", "1234567890123"] for n in range(9)]
    full = sheet(headings, *rows, name="Isi")
    assert find_table([sample, full]).sheet == "Isi"


def test_recapitulation_with_names_of_branches_is_no_list_of_firms() -> None:
    rows = [["Batik", 12, 40], ["Rotan", 30, 200], ["Makanan", 9, 21]]
    with pytest.raises(Refused) as refused:
        find_table([sheet(["NAMA INDUSTRI", "JUMLAH UNIT USAHA", "TENAGA KERJA"], *rows)])
    assert refused.value.code == "not_firm_rows"
