"""The fields that a sheet can have: names, kinds, our own headings, and the headings met elsewhere.

The rule: this table is the only place that knows headings. Headings, help and choices are in
Indonesian whatever the reader's language: they are part of a file format that offices exchange,
not of the screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from registry.intake.synonyms import SYNONYMS


class Kind(StrEnum):
    """How a cell of the field is read."""

    TEXT = "text"
    NAME = "name"
    LEGAL_FORM = "legal_form"
    GENDER = "gender"
    PLACE = "place"
    PHONE = "phone"
    EMAIL = "email"
    WEBSITE = "website"
    NIB = "nib"
    NPWP = "npwp"
    KBLI = "kbli"
    WHOLE = "whole"
    QUANTITY = "quantity"
    UNIT = "unit"
    MONEY = "money"
    PERCENT = "percent"
    YEAR = "year"
    DATE = "date"
    SIINAS = "siinas"
    YES_NO = "yes_no"
    HALAL = "halal"
    PIRT = "pirt"
    NUMBER = "number"
    COORDINATE = "coordinate"
    CERTIFICATE = "certificate"
    CERTIFICATE_STATUS = "certificate_status"


@dataclass(frozen=True, slots=True)
class Field:
    """One field.

    `longest` is the length that the register keeps; the rest goes to the notes. An `identifier` is
    written as text in our sheet, so that a program neither rounds it nor turns day and month.
    """

    name: str
    kind: Kind
    heading: str
    help: str
    choices: tuple[str, ...] = ()
    longest: int = 0
    identifier: bool = False
    required: bool = False
    # A date that may still be to come.
    future: bool = False

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading that means this field, the most exact first."""
        return (*SYNONYMS.get(self.name, ()), self.heading)


LEGAL_FORMS = {
    "PT": "pt",
    "PT Perorangan": "pt_perorangan",
    "CV": "cv",
    "UD": "ud",
    "PD": "pd",
    "PO": "po",
    "Firma": "firma",
    "Koperasi": "koperasi",
    "KUB": "kub",
    "Yayasan": "yayasan",
    "Perorangan": "perorangan",
}
GENDERS = {"Laki-laki": "male", "Perempuan": "female"}
SIINAS_WORDS = {
    "Belum": "none",
    "Terdaftar": "registered",
    "Akun terbit": "issued",
    "Lengkap": "complete",
}
YES_NO = ("Ya", "Tidak")

_K = Kind
FIELDS: tuple[Field, ...] = (
    Field("name", _K.NAME, "Nama Usaha", "Nama usaha, tanpa PT, CV, atau UD.",
          longest=160, required=True),
    Field("legal_form", _K.LEGAL_FORM, "Badan Usaha", "Pilih dari daftar.", tuple(LEGAL_FORMS)),
    Field("owner_name", _K.TEXT, "Nama Pemilik", "Nama orang yang memiliki usaha.", longest=120),
    Field("owner_gender", _K.GENDER, "Jenis Kelamin Pemilik", "Pilih dari daftar.",
          tuple(GENDERS)),
    Field("address", _K.TEXT, "Alamat", "Jalan, nomor, blok, RT/RW; tanpa desa dan kecamatan.",
          longest=250),
    Field("village_code", _K.PLACE, "Desa/Kelurahan", "Nama desa atau kelurahan."),
    Field("district_code", _K.PLACE, "Kecamatan", "Pilih dari daftar."),
    Field("regency_code", _K.PLACE, "Kabupaten/Kota", "Pilih dari daftar.", required=True),
    Field("phone", _K.PHONE, "Nomor HP", "Contoh: 0812 3456 7890.", identifier=True),
    Field("email", _K.EMAIL, "E-mail", "Satu alamat e-mail.", longest=254),
    Field("website", _K.WEBSITE, "Situs Web", "Contoh: https://contoh.id.", longest=200),
    Field("nib", _K.NIB, "NIB", "13 angka. Angka 0 di depan ikut ditulis.", identifier=True),
    Field("npwp", _K.NPWP, "NPWP",
          "15 angka, atau 16 angka yang diawali 0. NPWP pribadi 16 angka adalah NIK: jangan diisi.",
          identifier=True),
    Field("kbli", _K.KBLI, "KBLI", "Lima angka, misalnya 10794.", identifier=True),
    Field("product", _K.TEXT, "Produk", "Produk utama dengan kata sehari-hari.", longest=250),
    Field("brand", _K.TEXT, "Merek", "Merek dagang bila ada.", longest=120),
    Field("workers_male", _K.WHOLE, "Tenaga Kerja Laki-laki", "Jumlah orang."),
    Field("workers_female", _K.WHOLE, "Tenaga Kerja Perempuan", "Jumlah orang."),
    Field("workers_total", _K.WHOLE, "Tenaga Kerja Total",
          "Hanya bila jumlah laki-laki dan perempuan tidak diketahui."),
    Field("investment", _K.MONEY, "Nilai Investasi (Rp)",
          "Rupiah penuh, tanpa tanah dan bangunan."),
    Field("capacity_quantity", _K.QUANTITY, "Kapasitas Produksi per Tahun",
          "Angka saja; satuannya di kolom berikut."),
    Field("capacity_unit", _K.UNIT, "Satuan", "Pilih dari daftar."),
    Field("production_value", _K.MONEY, "Nilai Produksi per Tahun (Rp)", "Rupiah penuh."),
    Field("raw_material_value", _K.MONEY, "Nilai Bahan Baku per Tahun (Rp)", "Rupiah penuh."),
    Field("annual_sales", _K.MONEY, "Omzet per Tahun (Rp)", "Rupiah penuh."),
    Field("start_year", _K.YEAR, "Tahun Berdiri", "Empat angka."),
    Field("data_year", _K.YEAR, "Tahun Data", "Tahun yang digambarkan angka-angka di baris ini."),
    Field("siinas_status", _K.SIINAS, "Akun SIINas", "Pilih dari daftar.", tuple(SIINAS_WORDS)),
    Field("siinas_registered_on", _K.DATE, "Tanggal Daftar SIINas", "Contoh: 02/03/2021.",
          identifier=True),
    Field("tkdn_number", _K.NUMBER, "Nomor Sertifikat TKDN-IK", "Seperti di sertifikat.",
          longest=60, identifier=True),
    Field("tkdn_percent", _K.PERCENT, "Nilai TKDN (%)", "Contoh: 27,5."),
    Field("halal_number", _K.HALAL, "Nomor Sertifikat Halal", "ID dan 17 angka.", longest=60,
          identifier=True),
    Field("pirt_number", _K.PIRT, "Nomor P-IRT", "15 angka.", longest=60, identifier=True),
    Field("brand_number", _K.NUMBER, "Nomor Sertifikat Merek", "Contoh: IDM000123456.",
          longest=60, identifier=True),
    Field("sni_number", _K.NUMBER, "Nomor SNI", "Contoh: SNI 8152:2015.", longest=60,
          identifier=True),
    Field("latitude", _K.COORDINATE, "Latitude", "Contoh: -6,70512."),
    Field("longitude", _K.COORDINATE, "Longitude", "Contoh: 108,55389."),
    Field("active", _K.YES_NO, "Masih Berproduksi", "Pilih dari daftar.", YES_NO),
    Field("notes", _K.TEXT, "Keterangan", "Hal lain yang perlu diketahui."),
)  # fmt: skip
# By this a row of a sheet that the register wrote finds its firm again; no column of the template.
FIRM_CODE = Field("firm_code", _K.TEXT, "Kode Registri", "Jangan diubah.", longest=20,
                  identifier=True)  # fmt: skip
BY_NAME: dict[str, Field] = {field.name: field for field in (*FIELDS, FIRM_CODE)}
MONEY = tuple(field.name for field in FIELDS if field.kind is Kind.MONEY)
# Values that follow from other cells: no column of their own.
DERIVED = ("kbli_edition",)
ALL_NAMES = (*BY_NAME, *DERIVED)
