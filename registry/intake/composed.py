"""Headings by the words they are made of: abbreviations written out, upper and lower ones together.

The rule: a heading means a field when it has every word that the field needs and no word that the
field does not know. The order of words, and on which line of the headings each stands, don't count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from registry.intake.table import Part, fold

_W = str.split
# What offices write short, and words that are the same thing in a heading.
_SAME = {
    short: full
    for full, shorts in {
        "tahun": "thn th pertahun tahunan setahun year annual yearly",
        "bulan": "bln perbulan bulanan",
        "jumlah": "jml jmlh jlh jum banyaknya", "total": "tot",
        "no": "nomor nomer nmr number", "nama": "nm name", "kode": "kd code",
        "telp": "tlp tlpn telpon telepon telephone phone", "hp": "handphone ponsel seluler",
        "wa": "whatsapp", "satuan": "sat", "jenis": "jns", "tanggal": "tgl date",
        "merek": "merk brand", "omzet": "omset", "komoditas": "komoditi", "jalan": "jl jln",
        "produk": "product products", "penjualan": "sales", "berdiri": "established",
        "izin": "ijin",
        "hki": "haki", "sertifikat": "sert sertf sertifikasi certificate",
        "alamat": "alm almt address",
        "kecamatan": "kec district", "kelurahan": "kel",
        "kabupaten": "kab kabkota kota regency city",
        "desa": "ds village",
        "laki": "laki2 laki lk pria male", "perempuan": "pr wanita female",
        "tenagakerja": "tk naker pekerja karyawan pegawai buruh employee employees workers",
        "keterangan": "ket remarks notes", "status": "sts", "produksi": "prod production",
        "kapasitas": "kap kaps capacity",
        "perusahaan": "company persh", "pemilik": "owner", "nilai": "nil",
        "investasi": "inv investment",
        "penanggungjawab": "pj pjawab", "ukm": "umkm kukm", "volume": "vol",
        "persen": "% persentase",
    }.items()
    for short in shorts.split()
}  # fmt: skip
_TOGETHER = (
    (re.compile(r"\btenaga kerja\b"), "tenagakerja"),
    (re.compile(r"\bpenanggung jawab\b"), "penanggungjawab"),
    (re.compile(r"\bbahan (?:baku|penolong)\b|\bbb bp\b|\bbb\b"), "bahanbaku"),
    (re.compile(r"\bp irt\b"), "pirt"),
    (re.compile(r"\btkdn ik\b"), "tkdn"),
    (re.compile(r"\be mail\b"), "email"),
    (re.compile(r"\bper (?=tahun\b|thn\b|th\b|bulan\b|bln\b)"), ""),
    (re.compile(r"\b\d digit\b"), ""),
)
_YEAR = re.compile(r" ((?:19|20)\d\d)$")
# Words over a group of columns that say nothing of their own.
_FRAME = frozenset(_W("data identitas umum profil informasi isian periode pendataan dan serta"))
OWNER = frozenset(
    _W("pemilik pengusaha pimpinan penanggungjawab direktur pengrajin perajin pengurus")
)
_BESIDE_NAME = frozenset(_W("nama unit badan lengkap merek"))
_FIRM = frozenset(_W("perusahaan usaha ikm ukm industri toko produsen"))
# What stands under such a heading tells of something else than the firm.
_FOREIGN = frozenset(
    _W("bahanbaku bahan mesin alat peralatan limbah energi listrik air bbm ekspor impor pemasaran "
       "pasar pemasok supplier pesaing bantuan pelatihan kredit pembiayaan pinjaman bank lahan "
       "tanah bangunan lahir petugas surveyor enumerator pendata ktp")
)  # fmt: skip
_PLACES = frozenset({"address", "village_code", "district_code", "regency_code"})
_NUMBERED = frozenset(
    _W("nib halal_number pirt_number sni_number brand_number tkdn_number certificate_number")
)
# What asks whether there is a number, not for the number.
_WHETHER = frozenset(_W("tidak belum apakah ya"))
# Words that make a meaning likely only.
_DOUBTFUL = frozenset({("address", "lokasi"), ("name", "merek"), ("capacity_quantity", "jumlah")})
_YEAR_ALONE = frozenset(_W("tahun terbit perolehan izin"))
_BETWEEN = re.compile(r"[/&+,]|\bdan\b|\bserta\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Made:
    """The words that a field needs, and those that may stand beside them."""

    field: str
    needs: frozenset[str]
    may: frozenset[str]


def _made(field: str, may: str, *needs: str) -> list[_Made]:
    return [_Made(field, frozenset(need.split()), frozenset(may.split())) for need in needs]


_COUNT = "jumlah total orang penyerapan serapan"
_NO = "no sertifikat izin pendaftaran registrasi tahun"
_VALUE = "jumlah total nilai tahun rupiah rp rata"
_WHERE = "nama kode id alamat lokasi tempat usaha perusahaan ikm pabrik"
_TABLE: tuple[_Made, ...] = (
    *_made("workers_male", _COUNT, "tenagakerja laki", "tenagakerja l"),
    *_made("workers_female", _COUNT, "tenagakerja perempuan", "tenagakerja p", "tenagakerja w"),
    *_made("workers_total", _COUNT, "tenagakerja"),
    *_made("nib", f"{_NO} induk berusaha oss", "nib"),
    *_made("halal_number", f"{_NO} mui bpjph", "halal"),
    *_made("pirt_number", f"{_NO} spp dinkes", "pirt"),
    *_made("sni_number", _NO, "sni"),
    *_made("brand_number", f"{_NO} merek dagang djki", "hki", "sertifikat merek",
           "no merek", "pendaftaran merek", "izin merek", "legalitas merek"),
    *_made("tkdn_percent", "sertifikat capaian", "tkdn nilai", "tkdn persen", "tkdn %"),
    *_made("tkdn_number", _NO, "tkdn"),
    *_made("siinas_registered_on", "akun registrasi daftar pendaftaran terbit", "siinas tanggal"),
    *_made("siinas_status", "akun status kepemilikan memiliki punya terdaftar ya tidak ada sudah "
           "belum kondisi", "siinas"),
    *_made("capacity_unit", "terpasang tahun unit", "kapasitas satuan", "produksi satuan",
           "kapasitas produksi satuan"),
    *_made("production_value", f"{_VALUE} kapasitas", "produksi nilai"),
    *_made("raw_material_value", _VALUE, "bahanbaku nilai"),
    *_made("capacity_quantity", "produksi terpasang jumlah volume tahun besaran", "kapasitas",
           "produksi volume", "produksi jumlah"),
    *_made("annual_sales", f"{_VALUE} usaha penjualan", "omzet", "penjualan nilai",
           "penjualan tahun"),
    *_made("investment", f"{_VALUE} modal usaha", "investasi"),
    *_made("investment", f"{_VALUE} modal bangunan di", "investasi tanpa tanah",
           "investasi luar tanah", "investasi diluar tanah"),
    *_made("start_year", "usaha produksi operasi beroperasi komersial perusahaan",
           "tahun mulai", "tahun berdiri", "tahun beroperasi"),
    *_made("data_year", "", "tahun pelaporan", "tahun laporan"),
    *_made("legal_form", "bentuk jenis status perusahaan hukum usaha",
           "badan hukum", "badan usaha"),
    *_made("village_code", f"{_WHERE} desa kelurahan", "desa", "kelurahan"),
    *_made("district_code", _WHERE, "kecamatan"),
    *_made("regency_code", _WHERE, "kabupaten"),
    *_made("active", "tidak usaha produksi operasional ya masih", "status aktif",
           "status produksi", "keaktifan usaha"),
    *_made("kbli", "kode no utama usaha industri", "kbli"),
    *_made("product", "jenis nama hasil utama unggulan usaha dihasilkan yang produk komoditas",
           "produk", "komoditas"),
    *_made("brand", "nama dagang produk usaha", "merek"),
    *_made("address", "blok dusun alamat lengkap no nama", "jalan"),
    *_made("address", "lengkap tempat", "lokasi usaha", "lokasi perusahaan", "lokasi pabrik",
           "alamat usaha", "alamat perusahaan", "alamat pabrik", "alamat"),
    *_made("phone", "no pemilik kontak usaha perusahaan pengusaha person pic aktif",
           "hp", "telp", "wa"),
    *_made("email", "alamat usaha perusahaan pemilik", "email"),
    *_made("notes", "lain lainnya tambahan", "keterangan", "catatan"),
)  # fmt: skip
# Words that are one and the same beside each other: "Telp/HP/WA".
_ALIKE = (frozenset(_W("hp telp wa")), frozenset(_W("keterangan catatan")))


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """A heading, folded, with its abbreviations written out and no word twice in a row."""
    words = " ".join(_SAME.get(word, word) for word in fold(text).split())
    for pattern, word in _TOGETHER:
        words = pattern.sub(word, words)
    said = words.split()
    kept = [word for at, word in enumerate(said) if at == 0 or word != said[at - 1]]
    return " ".join(kept)


def without_year(text: str) -> tuple[str, int | None]:
    """A plain heading without the year at its end, and that year."""
    found = _YEAR.search(text)
    return (text[: found.start()], int(found[1])) if found else (text, None)


def words_of(text: str) -> frozenset[str]:
    """The words of a plain heading that say something."""
    return frozenset(text.split()) - _FRAME


def composed(text: str) -> tuple[str, int] | None:
    """The field that the words of a plain heading make, and the place of its rule."""
    said = words_of(text)
    if not said:
        return None
    if said & OWNER and said <= OWNER | _FIRM | {"nama", "lengkap"}:
        return "owner_name", 0
    if "nama" in said and said & _FIRM and said <= _FIRM | _BESIDE_NAME:
        return "name", 0
    for rank, made in enumerate(_TABLE):
        if made.needs <= said:
            alike = [group for group in _ALIKE if group & made.needs]
            if said <= made.needs.union(made.may, *alike):
                return made.field, rank
    return None


def name_part(text: str) -> Part | None:
    """A heading that names the firm and its owner, with a mark between the two."""
    sides = [words_of(plain(side)) - {"nama"} for side in _BETWEEN.split(text, maxsplit=1)]
    if len(sides) < 2 or not all(sides):
        return None
    first, second = sides
    firm = _FIRM | {"unit", "badan"}
    if first <= firm and second <= OWNER:
        return Part.NAME_OWNER
    return Part.OWNER_NAME if first <= OWNER and second <= firm else None


def may_stand_alone(field: str, top: str, low: str) -> bool:
    """Whether a lower heading keeps its own meaning under an upper one that does not say it."""
    upper, lower = words_of(plain(top)), plain(low)
    if upper & _FOREIGN:
        return False
    if field == "capacity_unit":
        return bool(upper & {"kapasitas", "produksi", "produk"}) or not upper
    return lower != "tahun" or not upper


def of_the_owner(field: str, top: str) -> bool:
    """Whether a place stands under a heading of the owner: where he lives, maybe not the firm."""
    return field in _PLACES and bool(words_of(plain(top)) & OWNER) and not (
        words_of(plain(top)) & _FIRM
    )  # fmt: skip


def is_year_of(field: str, top: str, low: str) -> bool:
    """Whether a lower heading asks for the year of a number only, and not for the number."""
    lower = words_of(plain(low))
    return field in _NUMBERED and bool(top) and "tahun" in lower and lower <= _YEAR_ALONE


def is_with_year(field: str, text: str) -> bool:
    """Whether the cells under a plain heading hold a number and its year."""
    return text.endswith(" tahun") or (field in _NUMBERED and "tahun" in text.split())


def is_doubtful(field: str, text: str) -> bool:
    """Whether a plain heading means the field likely, not surely: it is marked as a guess."""
    said = words_of(text)
    return any((field, word) in _DOUBTFUL for word in said) and "kapasitas" not in said


def asks_whether(field: str, text: str) -> bool:
    """Whether a heading asks if there is a certificate ("Halal (Ya/Tidak)"): it has no number."""
    return field in _NUMBERED and bool(words_of(plain(text)) & _WHETHER)


def is_not_the_number(field: str, text: str) -> bool:
    """Whether a heading that is only like that of a number asks for its year, or whether it is."""
    return field in _NUMBERED and bool(words_of(plain(text)) & (_WHETHER | {"tahun"}))
