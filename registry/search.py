"""How text is folded for searching: the same in Python and in the database.

The database folds each row once, by trigger (`registry_fold` of the first migration); a question
is folded here and matched word by word with LIKE over a trigram index.
"""

from __future__ import annotations

import unicodedata

MAX_WORDS = 8
_APART = str.maketrans({"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe"})


def fold(text: str) -> str:
    """Lower case, without accents, single spaces."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_APART))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def words(text: str) -> list[str]:
    """The folded words of a question; at most eight, so that a pasted page asks no thousand."""
    cleaned = fold(text).replace("\x00", "").replace(",", " ")
    return cleaned.split()[:MAX_WORDS]
