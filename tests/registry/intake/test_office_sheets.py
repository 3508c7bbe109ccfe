"""The sheets that offices and ministries really use, with invented firms: each is read whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from registry.intake.headings import find_table
from registry.intake.interpret import Draft, Options, Reference, interpret
from registry.intake.kinds import FIRMS, RowKind
from registry.intake.reading import Row, Sheet

TODAY = dt.date(2025, 6, 30)
Read = Callable[..., list[Draft]]


@pytest.fixture
def read(reference: Reference) -> Read:
    """Reads rows of cells as a sheet."""

    def drafts(
        *rows: Sequence[Any], kind: RowKind = FIRMS, name: str = "Data", **options: Any
    ) -> list[Draft]:
        made = [Row(number, list(cells)) for number, cells in enumerate(rows, 1) if any(cells)]
        table = find_table([Sheet(name, made)], kind=kind, reference=reference)
        return interpret(table, Options(**options), reference, today=TODAY).drafts

    return drafts


def test_importer_of_a_satu_data_portal(read: Read) -> None:
    [draft] = read(
        ["nama_perusahaan", "nama_pemilik", "jalan", "id_kelurahan", "id_kecamatan", "id_kabkota",
         "id_prov", "id_kbli", "kontak_person", "no_hp", "email", "nomor_izin", "tahun_izin",
         "tahun_data", "tk_pria", "tk_wanita", "nilai_investasi", "nilai_kapasitas", "id_satuan",
         "nilai_produksi", "nilai_bahan_baku", "id_ekspor", "negaraa_ekspor", "id_aktif",
         "id_pembiayaan", "jenis_industri", "jenis_produk"],
        ["CV Sekar Arum", "Sari Contoh", "Blok Manis", "Trusmi Kulon", "Plered", "Kab. Cirebon",
         "Jawa Barat", 13134, "", "081200001234", "sekar@surel.example", "", "", 2024, 3, 5,
         "5.000.000", 100, "kodi", 9000000, 4000000, "Tidak", "", "Ya", "", "", "Batik tulis"],
        money_units={"investment": "rupiah", "production_value": "rupiah",
                     "raw_material_value": "rupiah"},
    )  # fmt: skip
    assert draft.found == []
    assert draft.values | {"notes": None} == {
        "name": "Sekar Arum", "legal_form": "cv", "owner_name": "Sari Contoh",
        "address": "Blok Manis", "regency_code": "32.09", "district_code": "32.09.36",
        "village_code": "32.09.36.2005", "kbli": "13134", "kbli_edition": "2020",
        "phone": "+6281200001234", "email": "sekar@surel.example", "data_year": 2024,
        "workers_male": 3, "workers_female": 5, "investment": 5000000,
        "capacity_quantity": "100", "capacity_unit": "kodi", "production_value": 9000000,
        "raw_material_value": 4000000, "active": True, "product": "Batik tulis", "notes": None,
    }  # fmt: skip


def test_positional_table_of_an_office(read: Read) -> None:
    [draft] = read(
        ["NO", "TAHUN", "NAMA PERUSAHAAN", "NAMA PEMILIK", "JALAN", "DESA", "KECAMATAN", "TELP",
         "JENIS INDUSTRI", "PRODUK", "BADAN USAHA", "TAHUN IZIN", "KBLI", "TK L", "TK P",
         "INVESTASI (RP.000)", "KAPASITAS", "SATUAN", "NILAI PRODUKSI (RP.000)",
         "NILAI BB/BP (RP.000)"],
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20],
        [1, 2024, "Rotan Contoh", "Budi", "Jl. Satu", "Tegalwangi", "Weru", "RO", "IND MEBEL",
         "Kursi", "UD", 2019, 31002, 4, 0, 5000, 20, "set", 12000, 700],
        regency="32.09",
    )  # fmt: skip
    assert draft.values["investment"] == 5_000_000
    assert draft.values["village_code"] == "32.09.19.2009"
    assert (draft.values["workers_male"], draft.values["workers_female"]) == (4, 0)
    assert [found.problem.code for found in draft.found] == ["phone_invalid"]


SIINAS_HEADINGS = [
    "No", "Nama Perusahaan", "Alamat Kantor Pusat", "Provinsi Kantor", "Kab/Kota Kantor",
    "Alamat Pabrik", "Provinsi Pabrik", "Kab/Kota Pabrik", "KBLI", "Bidang Usaha", "Skala Usaha",
    "Terdaftar SIINas",
]  # fmt: skip


def test_company_list_of_siinas_tells_where_the_plant_is(read: Read) -> None:
    [draft] = read(
        SIINAS_HEADINGS,
        [1, "PT. Rotan Contoh", "Jl. Sudirman 1", "DKI Jakarta", "Kota Jakarta Pusat",
         "Blok Kliwon RT 02/03 Ds. Tegalwangi Kec. Weru", "Jawa Barat", "Kabupaten Cirebon",
         "31002", "Industri Furnitur", "Menengah", "Ya"],
    )  # fmt: skip
    assert draft.values["regency_code"] == "32.09"
    assert draft.values["village_code"] == "32.09.19.2009"
    assert draft.values["address"] == "Blok Kliwon RT 02/03"
    assert draft.values["siinas_status"] == "issued"


def test_ministry_export_of_small_firms(read: Read) -> None:
    headings = [
        "id_data_badan_usaha", "nik_pengusaha", "nama_pengusaha", "nib", "jenis_kelamin",
        "is_disabilitas", "tanggal_lahir", "pendidikan_formal", "kontak_hp",
        "prov_pengusaha", "kab_pengusaha", "kec_pengusaha", "kel_pengusaha",
        "alamat_pengusaha", "rt_pengusaha", "rw_pengusaha", "nama_usaha", "kegiatan_utama",
        "produk_utama", "kategori_kbli", "kode_kbli", "status_badan_usaha", "skala_usaha",
        "modal_pendirian", "bulan_mulai_operasi", "tahun_mulai_operasi", "omzet_tahunan",
        "asset", "prov_usaha", "kab_usaha", "kec_usaha", "kel_usaha", "alamat_usaha",
        "rt_usaha", "rw_usaha", "foto_usaha", "alamat_latitude", "alamat_longitude",
        "tk_dibayar_laki", "tk_dibayar_perempuan",
    ]  # fmt: skip
    cells = dict.fromkeys(headings, "") | {
        "id_data_badan_usaha": "880001", "nik_pengusaha": "3208000000001234",
        "nama_pengusaha": "Asep", "nib": "0220001234567", "jenis_kelamin": "L",
        "kontak_hp": "0812 0000 5678", "kab_pengusaha": "Kab. Brebes", "rt_pengusaha": "9",
        "nama_usaha": "Tape Contoh", "kode_kbli": "10750", "kab_usaha": "Kuningan",
        "kec_usaha": "Cibeureum", "kel_usaha": "Cibeureum", "alamat_usaha": "Dusun Puhun",
        "rt_usaha": "02", "rw_usaha": "05", "alamat_latitude": "-7,05", "omzet_tahunan": "12000000",
        "alamat_longitude": "108,60", "tk_dibayar_laki": "1", "tk_dibayar_perempuan": "0",
    }  # fmt: skip
    [draft] = read(headings, list(cells.values()), money_units={"annual_sales": "rupiah"})
    assert draft.values["address"] == "Dusun Puhun, RT 02 RW 05"
    assert draft.values["village_code"] == "32.08.28.2003"
    assert (draft.values["latitude"], draft.values["longitude"]) == ("-7.05", "108.6")
    assert "3208000000001234" not in repr(draft)


def test_ledger_of_certificates_with_two_rows_of_headings(read: Read) -> None:
    [draft] = read(
        ["FASILITASI SERTIFIKASI HALAL TAHUN 2024"],
        ["NO", "NAMA IKM", "ALAMAT", None, None, "TK (L/P)", "KOORDINAT", "LEGALITAS", None],
        [None, None, "BLOK", "RT/RW", "DESA", None, None, "NIB/TAHUN",
         "NO. SERTIFIKAT HALAL/ TAHUN"],
        [1, "Kerupuk Contoh", "Manis", "02/03", "Kenanga", "3/5", "-6.351, 108.325",
         "0220001234567 / 2021", "ID32110000012345678 / 2024"],
        regency="32.12",
    )  # fmt: skip
    values = draft.values
    assert values["address"] == "Blok Manis, RT 02 RW 03"
    assert (values["workers_male"], values["workers_female"]) == (3, 5)
    assert (values["latitude"], values["longitude"]) == ("-6.351", "108.325")
    assert values["nib"] == "0220001234567"


def test_figures_of_a_month_become_those_of_a_year_and_are_noted(read: Read) -> None:
    [draft] = read(
        ["Nama Usaha", "Kabupaten", "KAPASITAS PRODUKSI PERBULAN", "Omzet per Bulan (Rp)",
         "Nilai Bahan Baku/bln (Rp 000)", "Nilai Produksi per hari (Rp)"],
        ["Batik Contoh", "Kab. Cirebon", "100 kg", "2.500.000", 300, 50000],
    )  # fmt: skip
    values = draft.values
    assert (values["capacity_quantity"], values["capacity_unit"]) == ("1200", "kg")
    assert values["annual_sales"] == 30_000_000
    assert values["raw_material_value"] == 3_600_000
    assert values["production_value"] is None
    assert "KAPASITAS PRODUKSI PERBULAN: 100 kg" in values["notes"]
    assert "Nilai Produksi per hari (Rp): 50000" in values["notes"]


@pytest.mark.parametrize(
    ("cell", "workers", "code"),
    [
        ("3/5", (3, 5, None), None),
        ("3 / 5", (3, 5, None), None),
        ("3 L 5 P", (3, 5, None), None),
        ("L=3, P=5", (3, 5, None), None),
        ("5 perempuan", (None, 5, None), None),
        ("8", (None, None, 8), None),
        ("beberapa", (None, None, None), "number_unparseable"),
        (dt.datetime(2024, 5, 3), (None, None, None), "number_unparseable"),
        ("-", (None, None, None), None),
    ],
)
def test_workers_in_one_cell_are_parted(
    read: Read, cell: object, workers: tuple[int | None, ...], code: str | None
) -> None:
    [draft] = read(
        ["Nama Usaha", "Kabupaten", "Tenaga Kerja (L/P)", "Merek"],
        ["Batik Contoh", "Kab. Cirebon", cell, "Sekar"],
    )
    names = ("workers_male", "workers_female", "workers_total")
    assert tuple(draft.values.get(name) for name in names) == workers
    assert [found.problem.code for found in draft.found] == ([code] if code else [])


@pytest.mark.parametrize(
    ("heading", "cell", "name", "owner"),
    [
        ("Nama Perusahaan/Pemilik", "UD Sinar Contoh / Bpk. Asep", "Sinar Contoh", "Asep"),
        ("Nama Perusahaan/Pemilik", "Sinar Contoh", "Sinar Contoh", None),
        ("Nama Pemilik/Nama Usaha", "Asep/Sinar Contoh", "Sinar Contoh", "Asep"),
    ],
)
def test_firm_and_owner_in_one_cell(
    read: Read, heading: str, cell: str, name: str, owner: str | None
) -> None:
    [draft] = read([heading, "Kabupaten", "Merek"], [cell, "Kab. Cirebon", "Sekar"])
    assert (draft.values["name"], draft.values.get("owner_name")) == (name, owner)


def test_heading_of_a_group_is_no_firm_and_names_the_kecamatan(read: Read) -> None:
    drafts = read(
        ["No", "Nama IKM", "Desa", "HP"],
        ["A", "KECAMATAN JATIWANGI", None, None],
        [1, "Genteng Contoh", "Burujul Wetan", "081200001234"],
        ["B", "Kec. Leuwimunding", None, None],
        [1, "Rotan Contoh", "Mindi", "081200001235"],
        ["Jumlah", None, None, 2],
        regency="32.10",
    )
    assert [draft.values["name"] for draft in drafts] == ["Genteng Contoh", "Rotan Contoh"]
    assert [draft.values["village_code"] for draft in drafts] == ["32.10.11.2002", "32.10.10.2005"]


def test_firm_of_which_little_is_known_is_no_heading(read: Read) -> None:
    drafts = read(
        ["Nama IKM", "Kecamatan", "Desa", "HP"],
        ["Abon", "Kec. Weru", None, None],
        regency="32.09",
    )
    assert [draft.values["district_code"] for draft in drafts] == ["32.09.19"]


def test_address_of_places_alone_leaves_nothing(read: Read) -> None:
    [draft] = read(
        ["Nama IKM", "Alamat Lengkap", "No.Telp/WA"],
        ["Rotan Contoh", "Tegalwangi, Weru, Cirebon", "0812 0000 1234"],
    )
    assert (draft.values["address"], draft.values["village_code"]) == (None, "32.09.19.2009")
    assert draft.values["phone"] == "+6281200001234"


NIK = "3209000000001234"


def test_identity_number_survives_nowhere(read: Read) -> None:
    rows = [
        ["Nama Usaha", "Nama Pemilik", "Kabupaten", "No Identitas", None, "NPWP", "HP",
         "Keterangan", "Omzet (Rp)"],
        ["Batik Satu", f"Asep ({NIK})", "Kab. Cirebon", NIK, int(NIK), NIK, NIK,
         f"KTP 3209 0000 0000 1234 atas nama Asep, {NIK}", 5],
        ["Batik Dua", f"{NIK} Budi", "Kab. Cirebon", NIK, float(NIK), "", "081200001234",
         "３２０９０００００００0１２３４", float(NIK)],
        ["Batik Tiga", "Cecep", "Kab. Cirebon", NIK, NIK, "", "", "", ""],
    ]  # fmt: skip
    drafts = read(*rows)
    told = repr(drafts)
    assert NIK not in told
    assert "3209 0000" not in told
    assert "3.209" not in told
    assert [draft.values["owner_name"] for draft in drafts] == ["Asep", "Budi", "Cecep"]
    assert [draft.values["name"] for draft in drafts] == ["Batik Satu", "Batik Dua", "Batik Tiga"]
    assert drafts[1].cells[7] is None
