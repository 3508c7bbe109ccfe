"""Whether a note holds a password: such a note is not kept, whatever it is about.

Rule: a word for "password" is followed, at once or after words such as "nya", "akun" or "adalah",
by something that looks like a secret: letters mixed with digits or signs, a row of digits, or after
a colon any word that doesn't just say what became of the password. "Lupa kata sandi" and "kata
sandi sudah diganti" are notes like any other. Pure rule, no database.
"""

from __future__ import annotations

import re

_WORD = r"(?:kata\s*sandi|kata\s*kunci|sandi|passwords?|pasword|paswot|passwd|paswd|pass|pwd|pw)"
_BETWEEN = (
    r"(?:\s+(?:siinas|akun|account|email|e-mail|surel|oss|login|baru|lama|sementara|adalah|ialah|"
    r"yaitu|yakni|jadi|menjadi|dengan|pakai|is|nya|ini|itu|diganti|ganti|diubah|direset|reset|ke))*"
)
_TOLD = re.compile(
    rf"(?<!\w)(?P<word>{_WORD})(?:\s?-?nya)?{_BETWEEN}\s*(?P<sign>[:=]|->|→)?[\s\"'“”(\-–]*(?P<told>\S+)",
    re.IGNORECASE,
)
# After a colon these say what became of it, not what it is.
_FATES = (
    "sudah sdh telah belum blm lupa terlupa hilang salah tidak tdk tak diganti ganti diubah "
    "direset reset akan ada perlu harus minta lihat dipegang disimpan dikirim pemilik oleh di ke "
    "dari via melalui sama baru lama dan atau masih bisa dapat aman ok oke"
)
_HARMLESS = frozenset(_FATES.split())
_DATE = re.compile(r"\d{1,4}([/.:\-]\d{1,2}){1,2}([/.\-]\d{2,4})?")
_PHONE = re.compile(r"(\+?62|0)[2-9][\d\-]{6,13}")
_YEAR = re.compile(r"(19|20)\d\d")
_MAIL_OR_PAGE = re.compile(r"[\w.+\-]+@[\w\-]+(\.[\w\-]+)+|(https?://|www\.)\S+", re.IGNORECASE)
_COUNTED = re.compile(
    r"(ke-?)?\d+-?(x|kali|hari|jam|menit|minggu|bulan|tahun|karakter|huruf|digit)?", re.IGNORECASE
)
_MAN = re.compile(
    r"\b(?:pak|bu|bapak|ibu|sdr|sdri|saudara|mas|mbak|kang|h|hj)\.?\s+$", re.IGNORECASE
)
_LEAST = 4


def tells_a_password(text: str) -> bool:
    """Whether a note seems to hold a password ("sandi: rotan123", "pw nya rotan123")."""
    place = 0
    while (found := _TOLD.search(text, place)) is not None:
        bare = found["word"].lower() == "sandi"
        named = bare and _MAN.search(text[: found.start()]) is not None  # a man called Sandi
        if not named and _is_secret(found["told"], told_by_sign=bool(found["sign"])):
            return True
        place = found.end("word")
    return False


def _is_secret(token: str, *, told_by_sign: bool) -> bool:
    word = token.strip(".,;:)\"'“”?!")
    if any(kind.fullmatch(word) for kind in (_DATE, _PHONE, _YEAR, _MAIL_OR_PAGE)):
        return False
    if told_by_sign:
        return bool(word) and any(map(str.isalnum, word)) and word.lower() not in _HARMLESS
    if len(word) < _LEAST:
        return False
    digits, letters = any(map(str.isdigit, word)), any(map(str.isalpha, word))
    if digits and not letters:
        return sum(map(str.isdigit, word)) >= _LEAST
    if _COUNTED.fullmatch(word):
        return False
    signs = re.search(r"\w[#@!$%^&*_+=]+\w|[#@$%^&*]", word) is not None
    return letters and (digits or signs)
