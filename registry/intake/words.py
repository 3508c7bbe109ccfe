"""The few words of yes/no, gender, SIINas and legal form columns, and units.

The rule: a word that is not in these tables means nothing; unknown is not "no".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from registry.names import clean_firm_name

_TICK = "✓"
# Short forms are written out before a text is looked up.
_SHORT = {
    "tdk": "tidak", "tak": "tidak", "gak": "tidak", "nggak": "tidak", "ga": "tidak",
    "blm": "belum", "blum": "belum", "sdh": "sudah", "udah": "sudah", "udh": "sudah",
    "telah": "sudah", "laki2": "laki laki", "lk2": "laki laki", "dlm": "dalam",
}  # fmt: skip


def key(text: str) -> str:
    """A word for comparing: lower case, no accents, letters and digits only, single spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^a-z0-9✓✔√✗✘]+", " ", plain).split())


def word_key(text: str) -> str:
    """A word for looking it up: as `key`, with short forms written out."""
    # A tick in the font Wingdings is saved as this letter.
    words = key(_TICK if text.strip() in ("ü", "þ") else text).split()
    return " ".join(_SHORT.get(word, word) for word in words)


def _table(**words: str) -> dict[str, str]:
    return {word_key(word): value for value, text in words.items() for word in text.split("|")}


_YES = "ya|y|yes|iya|ada|punya|v|✓|✔|√|ü|sudah|memiliki|mempunyai|1|true|benar|betul|oke|ok"
_NO = "tidak|no|n|belum|0|false|nihil|✗|✘|bukan"
# "belum punya akun SIINas", "sudah ada": with or without what it is about.
_THINGS = ("", " akun", " akun siinas", " siinas")
_OWNING = ("ada", "punya", "memiliki", "mempunyai")
_NONE_YET = "|".join(
    f"{no} {own}{thing}" for no in ("tidak", "belum") for own in _OWNING for thing in _THINGS
)
_HAS = "|".join(
    f"{yes}{own}{thing}" for yes in ("", "sudah ") for own in _OWNING for thing in _THINGS
)
_GENDERS = _table(
    male="l|lk|laki|laki laki|pria|p r i a|male|m|lelaki|cowok",
    female="p|pr|perempuan|wanita|w|female|f|prp",
)
_SIINAS = _table(
    none=f"{_NO}|{_NONE_YET}|belum daftar|belum terdaftar|tidak terdaftar|belum registrasi",
    registered=(
        "terdaftar|registrasi|sudah daftar|diajukan|proses|dalam proses|daftar|sudah terdaftar"
    ),
    issued=f"{_YES}|{_HAS}|akun terbit|terbit|aktif|sudah terbit|akun aktif|sudah aktif",
    complete="lengkap|profil lengkap|bukti terbit|akun lengkap|bukti kepemilikan terbit|selesai",
)
_ACTIVE = _table(
    true=(
        f"{_YES}|aktif|masih aktif|berjalan|beroperasi|produksi|masih berproduksi|jalan|operasional"
    ),
    false=(
        f"{_NO}|{_NONE_YET}|tidak aktif|non aktif|nonaktif|tutup|tidak produksi|"
        "tidak beroperasi|berhenti|tidak berproduksi|vakum|mati|pasif|bangkrut|sudah tidak aktif"
    ),
)
_FORMS = _table(
    pt="perseroan terbatas",
    pt_perorangan="perseroan perorangan|pt perseorangan|perseroan perseorangan",
    cv="persekutuan komanditer|comanditer|komanditer",
    ud="usaha dagang",
    pd="perusahaan dagang",
    po="perusahaan orang|perusahaan otobis",
    firma="fa",
    koperasi="kop",
    kub="kelompok|kelompok usaha bersama|kube",
    perorangan=(
        "perseorangan|usaha perorangan|usaha perseorangan|"
        "perusahaan perorangan|perusahaan perseorangan|"
        "badan usaha perorangan|pribadi|individu|orang perseorangan"
    ),
)

# As registry.models.certificates names them; the words that a heading or a title may have.
_CERTIFICATES = {
    "tkdn_ik": "tkdn|tkdn ik|kandungan lokal",
    "halal": "halal",
    "pirt": "pirt|p irt|spp irt|irtp",
    "bpom_md": "bpom|bpom md",
    "sni": "sni",
    "brand": "merek|merk|hki|haki",
    "svlk": "svlk|v legal",
    "nutrition": "lhu|uji gizi|nilai gizi|uji nilai gizi|informasi nilai gizi|gizi",
    "curation": "kurasi|kurasi produk",
    "green": "industri hijau|standar industri hijau",
}
_CERTIFICATE_STATES = _table(
    applied=(
        "proses|dalam proses|diajukan|pengajuan|permohonan|didaftarkan|pendaftaran|terdaftar|"
        "sedang proses|proses pengajuan|masih proses|menunggu|antri|daftar|diproses"
    ),
    returned="dikembalikan|revisi|perbaikan|perlu perbaikan|kurang berkas|belum lengkap|ditolak",
    issued=(
        f"{_YES}|terbit|sudah terbit|telah terbit|selesai|tersertifikasi|bersertifikat|diterima|"
        "terdaftar (tm)|aktif|berlaku|masih berlaku|lulus|telah diterbitkan|diberi"
    ),
    revoked="dicabut|batal|dibatalkan|tidak berlaku",
)


def gender(text: str) -> str | None:
    """`male`, `female`, or None."""
    return _GENDERS.get(word_key(text))


def siinas(text: str) -> str | None:
    """`none`, `registered`, `issued`, `complete`, or None."""
    return _SIINAS.get(word_key(text))


def active(text: str) -> bool | None:
    """Whether the firm works, or None."""
    word = _ACTIVE.get(word_key(text))
    return None if word is None else word == "true"


def legal_form(text: str) -> str | None:
    """The code of a legal form, or None."""
    known = _FORMS.get(word_key(text))
    if known:
        return known
    rest, form = clean_firm_name(f"{text} Xyzzy")
    return form if rest == "Xyzzy" else None


def certificate_kind(text: str) -> str | None:
    """The kind of certificate that a cell, a heading or a title names; None if none or several."""
    padded = f" {key(text)} "
    found = {
        kind
        for kind, words in _CERTIFICATES.items()
        if any(f" {word} " in padded for word in words.split("|"))
    }
    return found.pop() if len(found) == 1 else None


def certificate_status(text: str) -> str | None:
    """`applied`, `returned`, `issued`, `revoked`, or None."""
    return _CERTIFICATE_STATES.get(word_key(text))


def unit_table(units: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """Every spelling of the units, from their code, name and other spellings parted by bars."""
    table: dict[str, str] = {}
    for code, name, aliases in units:
        for word in (code, name, *aliases.split("|")):
            if word.strip():
                table.setdefault(key(word), code)
    return table
