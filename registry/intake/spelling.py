"""How names of places are spelled: folding, the words for a level, codes, small typing errors.

The rule: a typing error is forgiven only when one place alone can be meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeVar

from rapidfuzz.distance import OSA

from registry.identifiers.cells import clean_text

T = TypeVar("T")

_PREFIXES = {
    "regency": r"kabupaten|kab|kotamadya|kodya|kota",
    "district": r"kecamatan|kec",
    "village": (
        r"(?:desa|ds)\.?\s*/\s*kel(?:urahan)?|kel(?:urahan)?\.?\s*/\s*(?:desa|ds)|"
        r"kelurahan|desa|kel|ds"
    ),
}
_PREFIX = {
    level: re.compile(rf"^(?:{words})(?:\s*[.:]\s*|\s+)", re.IGNORECASE)
    for level, words in _PREFIXES.items()
}
_CODE = re.compile(r"\d{2}\.?\d{2}(?:\.?\d{2}(?:\.?\d{4})?)?")
_CUT_CODE = re.compile(r"\d{2}\.\d")
# Typing errors that are forgiven, by the length of the folded name.
_ONE_ERROR_FROM, _TWO_ERRORS_FROM = 5, 9


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """The letters and digits of a name, so that Tegal Gubug and Tegalgubug are one."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if char.isalnum())


def bare(text: str, level: str) -> str:
    """A name without the word for its level ("Kec.", "Desa")."""
    return _PREFIX[level].sub("", clean_text(text)).strip()


def near(name: str, places: Mapping[str, T]) -> T | None:
    """The only place whose name differs from this one by a small typing error, or None."""
    errors = 0 if len(name) < _ONE_ERROR_FROM else 1 if len(name) < _TWO_ERRORS_FROM else 2
    if not errors:
        return None
    close = [
        place
        for other, place in places.items()
        if OSA.distance(name, other, score_cutoff=errors) <= errors
    ]
    first = close[0] if close else None
    return first if all(place == first for place in close) else None


def code_of(text: str) -> str | None:
    """An official code with its dots, if the text is one; BPS writes regencies without dots."""
    text = text.strip()
    if _CUT_CODE.fullmatch(text):  # typed as a number, 32.10 has lost its last zero
        text += "0"
    if not _CODE.fullmatch(text):
        return None
    digits = re.sub(r"\D", "", text)
    parts = [digits[:2], digits[2:4], digits[4:6], digits[6:10]]
    return ".".join(part for part in parts if part)
