"""A heading in other words: abbreviations written out, workers and numbers said in one way.

The rule: a heading is looked up as it stands first; then in each of these shapes, from the nearest
to the loosest, and the table of headings in the same shape. What a heading under another may mean
depends on the upper one: "satuan" below "Bahan baku" is not the unit of the capacity.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from registry.intake.table import fold

_WRITTEN_OUT = {
    "thn": "tahun", "th": "tahun", "jml": "jumlah", "jmlh": "jumlah", "jlh": "jumlah",
    "tlp": "telp", "tlpn": "telp", "telpon": "telp", "sat": "satuan", "merk": "merek",
    "tgl": "tanggal", "nomer": "nomor", "nmr": "nomor", "nm": "nama", "vol": "volume",
    "kap": "kapasitas", "prod": "produksi", "omset": "omzet", "sertipikat": "sertifikat",
    "perush": "perusahaan", "prsh": "perusahaan", "jns": "jenis", "almt": "alamat",
    "kel": "kelurahan", "ds": "desa", "kec": "kecamatan", "laki2": "laki", "pemiliknya": "pemilik",
}  # fmt: skip
_WORKERS = frozenset({"tk", "naker", "karyawan", "pekerja", "pegawai", "buruh", "karyawati"})
_MEN = frozenset({"l", "lk", "laki", "pria", "cowok", "male"})
_WOMEN = frozenset({"p", "pr", "perempuan", "wanita", "female"})
# Words that say no more than "workers" does.
_COUNTED = frozenset(
    {"jumlah", "total", "penyerapan", "serapan", "banyaknya", "orang", "org", "jiwa", "dibayar"}
)
_NUMBER = frozenset({"no", "nomor"})
_TRAIL = re.compile(r"(?: (?:20\d\d|\d digit))+$")

_OWNERS = frozenset(
    {"pemilik", "pengusaha", "penanggung", "jawab", "pimpinan", "direktur", "owner", "pengelola"}
)
_FIRMS = frozenset({"usaha", "perusahaan", "ikm", "industri", "umkm", "ukm", "toko"})
# Two names stand in one cell only where the heading divides them.
_DIVIDED = re.compile(r"[/&+,;]|\bdan\b|\s[-–]\s", re.IGNORECASE)

# Lower headings that mean nothing of their own below a heading that is about something else …
_GENERIC = frozenset(
    {"satuan", "merek", "tahun", "jumlah", "nilai", "nama", "no", "nomor", "status", "tanggal",
     "alamat", "kapasitas", "jenis", "total", "laki", "laki laki", "pria", "perempuan", "wanita",
     "l", "p", "lk", "pr"}
)  # fmt: skip
# … which these words are not.
_NEUTRAL = frozenset(
    {"data", "identitas", "profil", "informasi", "umum", "keterangan", "tambahan", "lain",
     "lainnya", "dan", "usaha", "perusahaan", "ikm", "industri", "umkm", "ukm", "pelaku", "unit",
     "lokasi", "tempat", "pabrik", "kegiatan", "produksi", "produk", "teknis", "kondisi"}
)  # fmt: skip


def written_out(text: str) -> str:
    """A folded heading with its abbreviations written out, and workers in one word."""
    words = [_WRITTEN_OUT.get(word, word) for word in text.split()]
    return _workers(words) or " ".join(words)


def without_number(text: str) -> str:
    """Also without "nomor", which says no more, and without a year or "5 digit" at its end."""
    bare = _TRAIL.sub("", written_out(text))
    words = [word for word in bare.split() if word not in _NUMBER]
    return " ".join(words) or bare


def any_order(text: str) -> str:
    """Also in whatever order its words stand."""
    return " ".join(sorted(without_number(text).split()))


SHAPES: Sequence[Callable[[str], str]] = (written_out, without_number, any_order)


def _workers(words: Sequence[str]) -> str:
    """ "tk", with "l" or "p" or both; empty where the heading says anything else."""
    said = " ".join(words).replace("tenaga kerja", "tk").replace("laki laki", "laki").split()
    rest = [word for word in said if word not in _WORKERS and word not in _COUNTED]
    if len(rest) == len(said) or not _WORKERS & set(said) or not set(rest) <= _MEN | _WOMEN:
        return ""
    sexes = ["l" if word in _MEN else "p" for word in rest]
    return " ".join(["tk", *dict.fromkeys(sexes)])


def names_owner(text: str) -> bool:
    """Whether a heading asks for the owner's name alone, in whatever words."""
    words = set(fold(text).split()) - {"nama", "lengkap", "dan", "atau", "nm"}
    if not words & _OWNERS:
        return False
    return words <= _OWNERS or (words <= _OWNERS | _FIRMS and not divides(text))


def divides(text: str) -> bool:
    """Whether a heading names two things with a sign between them."""
    return _DIVIDED.search(text) is not None


def stands_alone(top: str, low: str) -> bool:
    """Whether a lower heading keeps its own meaning below this upper one."""
    plain = written_out(fold(low))
    return plain not in _GENERIC or set(fold(top).split()) <= _NEUTRAL


def is_year(low: str) -> bool:
    """Whether a lower heading is of years only."""
    return written_out(fold(low)) == "tahun"


def is_men(text: str) -> bool:
    """Whether a heading says no more than men."""
    return fold(text) in _MEN


def is_women(text: str) -> bool:
    """Whether a heading says no more than women."""
    return fold(text) in _WOMEN
