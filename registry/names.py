"""Names of firms: how a name is written, how it is compared, when it is no name at all.

The rule: the legal form is a field of its own and stands in no name, but a name is never emptied
for it; a word that only begins like a legal form (Cvita, Udang, Podo) is left alone.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from .identifiers.cells import clean_text


@dataclass(frozen=True, slots=True)
class _Form:
    """A legal form and how offices write it (a pattern; letters may be parted by dots)."""

    code: str
    pattern: str


# The longer form first: "PT Perorangan" is not the form PT of a firm called Perorangan.
_FORMS = (
    _Form("pt_perorangan", r"p[.\s]*t[.,\s]*\(?per(?:se)?orangan\)?|perseroan\s+per(?:se)?orangan"),
    _Form("pt", r"p[.\s]*t|perseroan\s+terbatas"),
    _Form("cv", r"c[.\s]*v"),
    _Form("ud", r"u[.\s]*d"),
    _Form("pd", r"p[.\s]*d"),
    _Form("po", r"p[.\s]*o"),
    _Form("firma", r"firma|fa(?=\.)"),
    _Form("koperasi", r"koperasi|kop"),
    _Form("kub", r"kube?|k\.u\.b|kelompok\s+usaha\s+bersama"),
    _Form("yayasan", r"yayasan|yys"),
    _Form("perorangan", r"\(?per(?:se)?orangan\)?"),
)
_ANY = "|".join(f"(?P<{form.code}>{form.pattern})" for form in _FORMS)
_AT_START = re.compile(rf"[(\s]*(?:{_ANY})(?![\w'’])[.\s,:;)\-]*", re.IGNORECASE)
# Not after "S." or "M.": S.Pd and M.Pd are degrees of a teacher.
_AT_END = re.compile(
    rf"(?:^|[\s,;(]+)(?<![sm]\.\s)(?<!\b[sm]\s)(?:{_ANY})[.\s,;)]*$", re.IGNORECASE
)
# "Tbk" and "(Persero)" say what kind of PT it is.
_PT_TAIL = re.compile(r"[\s,]*(?:\btbk\b\.?|\(persero\))[\s.,]*$", re.IGNORECASE)
_PT_HEAD = re.compile(r"^\(persero\)\s*", re.IGNORECASE)
_SPACED = re.compile(r"(?<!\S)[^\W\d_](?: [^\W\d_]){2,}(?![\w.'’])")
# No Indonesian word begins with these letters before another consonant.
_SPACED_FORM = re.compile(r"^(c v|p t)(?= [^\W\d_] [^\W\d_] [^\W\d_])", re.IGNORECASE)
# How every form begins and ends in lower case, less what may follow it.
_BEGINNINGS = (
    "pt", "p.", "p ", "cv", "c.", "c ", "ud", "u.", "u ", "pd", "po", "per", "fi", "fa", "ko", "ku",
    "k.", "ke", "ya", "yy",
)  # fmt: skip
_ENDINGS = (
    "pt", "cv", "ud", "pd", "po", "orangan", "terbatas", "firma", "fa", "koperasi", "kop", "kub",
    "kube", "bersama", "yayasan", "yys", "tbk", "persero",
)  # fmt: skip
_AFTER_FORM = " .,;:)-\t\n\r\f\v\x1c\x1d\x1e\x1f"
_QUOTES = str.maketrans("", "", "'’`")
_NO_LETTERS = re.compile(r"[\W_]+")
_EDGES = " ,;:"
_ODD_SPACES = re.compile(r"\s\s|[^\S ]|(?<!\S)[^\W\d_] [^\W\d_](?!\S)")
# A longer text is no firm name, and is left as it is.
_LONGEST_NAME = 300


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LEAD_WORDS = _words(
    "industri usaha ikm ukm umkm pengrajin perajin kerajinan pembuatan pembuat produksi produsen "
    "home industry rumah toko aneka olahan penjual pedagang"
)
_GENERIC_WORDS = _words(
    "abon anyaman asin atsiri bakery bakso bambu basah bata batik batu bawang besi bordir bubuk "
    "catering cokelat coklat daging dodol emping furnitur furniture garam genteng gerabah golok "
    "gula ikan jahit jajanan kain katering kayu kecap kerang kering keripik kerupuk konfeksi "
    "konveksi kopi kue kulit logam makanan manisan mebel mebeler meubel meubelair mie minuman "
    "minyak pakaian pande penjahit peyek rangginang rengginang roti rotan sablon sandal sepatu "
    "sirop sirup songket tahu tape tapai tas telur tempe tenun tepung terasi teh ukir ukiran "
    "alam aren cap jadi merah ringan tulis"
)
_NO_NAME = _words("tidak belum ada na nihil kosong none null tanpa nama sda idem dll")

_FORM_WORDS = _words(
    "perorangan perseorangan perseroan terbatas firma koperasi kube kelompok usaha bersama yayasan "
    "persero"
)
_COMMON = _LEAD_WORDS | _GENERIC_WORDS | _NO_NAME | _FORM_WORDS
# PT, CV, Kop and their like; longer words are words.
_LONGEST_FORM_PART = 3


@lru_cache(maxsize=8192)
def clean_firm_name(text: str) -> tuple[str, str | None]:
    """The name of a firm and its legal form, or None where none is written.

    White space is trimmed and single; letter-spaced words are joined (``N O V A`` is NOVA, two
    spaces part the words); legal forms at either end are taken off, and the first of them, the
    front one before the one behind, is the answer. A text that is nothing but a legal form
    stays the name.
    """
    name = _joined(text)
    found: list[str] = []
    while len(name) <= _LONGEST_NAME:
        shorter, form = _without_form(name)
        if form is None:
            break
        name = shorter
        found.append(form)
    if "pt_perorangan" in found or ("pt" in found and "perorangan" in found):
        return name, "pt_perorangan"
    return name, found[0] if found else None


@lru_cache(maxsize=8192)
def name_key(text: str) -> str:
    """The name folded for matching: lower case, no accents, no legal form, no punctuation.

    Words stay parted by one space. Two spellings of one name have the same key; the key of a key
    is the key itself.
    """
    name = _folded(clean_firm_name(text)[0])
    while _may_have_form(name) or _ODD_SPACES.search(name):
        shorter = _folded(clean_firm_name(name)[0])
        if shorter == name:
            break
        name = shorter
    return name


@lru_cache(maxsize=8192)
def is_generic(name: str, product: str | None = None) -> bool:
    """True if a "name" says only what is made (Tenun, Meubel, Kue Kering) or nothing (``-``).

    A name that equals the words of the firm's product says no more than the product does.
    """
    if _says_more(name, product):
        return False
    words = name_key(name).split()
    if not any(c.isalpha() for word in words for c in word):
        return True
    if product and words == name_key(product).split():
        return True
    if all(word in _NO_NAME for word in words):
        return True
    rest = [word for word in words if word not in _LEAD_WORDS]
    return all(word in _GENERIC_WORDS for word in rest)


@lru_cache(maxsize=8192)
def distinctive(key: str) -> str:
    """The words of a name key that say more than what is made; empty for a generic name."""
    return " ".join(w for w in key.split() if w not in _LEAD_WORDS and w not in _GENERIC_WORDS)


def _says_more(name: str, product: str | None) -> bool:
    """A quick look: True if a word of the name is neither generic, nor a form, nor the product."""
    said = _folded(product).split() if product else ()
    words = (word for word in _folded(name).split() if len(word) > _LONGEST_FORM_PART)
    return any(word.isalpha() and word not in _COMMON and word not in said for word in words)


def _joined(text: str) -> str:
    """Single spaces, letter-spaced words joined; two spaces between letters part two words."""
    if text.isascii() and not _ODD_SPACES.search(text):  # most names: nothing to join
        return text.strip(_EDGES)
    wide = re.split(r"\s{2,}", text.translate({0xA0: " "}).strip())
    words = " ".join(_join_letters(clean_text(part)) for part in wide)
    return _join_letters(clean_text(words)).strip(_EDGES)


def _join_letters(text: str) -> str:
    form = _SPACED_FORM.match(text)
    if form:
        return f"{form.group().replace(' ', '')} {_join_letters(text[form.end() :].strip())}"
    return _SPACED.sub(lambda run: run.group().replace(" ", ""), text)


def _without_form(name: str) -> tuple[str, str | None]:
    """The name less one legal form, and the form; the name itself if nothing would remain."""
    if not _may_have_form(name):
        return name, None
    for pattern, form in ((_PT_TAIL, "pt"), (_PT_HEAD, "pt")):
        shorter = pattern.sub("", name).strip(_EDGES)
        if shorter != name and _is_name(shorter):
            return shorter, form
    for pattern in (_AT_START, _AT_END):
        found = pattern.match(name) if pattern is _AT_START else pattern.search(name)
        if found:
            shorter = _joined(name[: found.start()] + name[found.end() :])
            if _is_name(shorter):
                return shorter, found.lastgroup
    return name, None


def _may_have_form(name: str) -> bool:
    """A quick look: False if the name neither begins nor ends like a legal form."""
    if not name.isascii():
        return True
    plain = name.casefold()
    end = plain.rstrip(_AFTER_FORM)
    return (
        plain.lstrip("( ").startswith(_BEGINNINGS)
        or end.endswith(_ENDINGS)
        or not end[-2:-1].isalnum()  # "P. T", or hardly a word at all
    )


def _is_name(text: str) -> bool:
    return any(c.isalnum() for c in text)


@lru_cache(maxsize=8192)
def _folded(text: str) -> str:
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(_NO_LETTERS.sub(" ", plain.translate(_QUOTES)).split())
