"""Places that an address in one cell names: "Blok Kliwon RT 02/03 Ds. Trusmi Kulon Kec. Plered".

The rule: a place is named by the word for its level before it; where the name ends is the
reader's to settle, for only the official lists tell "Trusmi Kulon" from "Trusmi Kulon dekat pasar".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

_LEVELS = {
    "district": r"kecamatan|kec",
    "village": r"desa/kelurahan|desa/kel|ds/kel|kel/desa|kelurahan/desa|kelurahan|desa|kel|ds",
    "regency": r"kabupaten|kab|kotamadya|kodya|kota",
}
_WORD = re.compile(
    r"(?<![\w/])(?:"
    + "|".join(f"(?P<{level}>{words})" for level, words in _LEVELS.items())
    + r")(?=[\s.:])[\s.:]*",
    re.IGNORECASE,
)
# What ends the name of a place: punctuation, a digit, or the word for another part of an address.
_STOP = re.compile(
    r"[,;()\n\d]|\s[-\u2013/]\s|\b(?:rt|rw|no|nomor|jl|jln|jalan|blok|gang|gg|dusun|dsn|dukuh|"
    r"prov|provinsi|propinsi|kode pos|kodepos|jawa barat|jabar)\b",
    re.IGNORECASE,
)
# A first word belongs to the name whatever it is: Desa Dukuh Tengah.
_FIRST_WORD = re.compile(r"[^\W\d]+")
_LONGEST_NAME = 4
_PART = re.compile(r"[,;]\s*|\s[-\u2013]\s+")
_EMPTY_PARTS = re.compile(r"\s*,(?:\s*,)+")


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in an address: its level, its name, and where word and name stand."""

    level: str
    name: str
    start: int
    end: int


def mentions(address: str, is_place: Callable[[str, str], bool]) -> list[Mention]:
    """The places that an address names with their level.

    `is_place` says whether a level has a place of a name; the longest such name counts, and
    a text in which there is none stays whole.
    """
    words = list(_WORD.finditer(address))
    found = []
    for at, word in enumerate(words):
        limit = words[at + 1].start() if at + 1 < len(words) else len(address)
        first = _FIRST_WORD.match(address, word.end(), limit)
        stop = _STOP.search(address, first.end() if first else word.end(), limit)
        text = address[word.end() : stop.start() if stop else limit].rstrip(" .-")
        if text:
            level = word.lastgroup or ""
            name = _longest(level, text, is_place)
            found.append(Mention(level, name, word.start(), word.end() + len(name)))
    return found


def name_of(level: str, text: str, is_place: Callable[[str, str], bool]) -> str:
    """The name in a cell of one level that says more: "Desa Trusmi Kulon (Blok X) Kec. Plered"."""
    said = mentions(text, is_place)
    named = next((mention.name for mention in said if mention.level == level), None)
    if named is not None:
        return named
    stops = [mention.start for mention in said]
    first = _FIRST_WORD.match(text)
    if stop := _STOP.search(text, first.end() if first else 0):
        stops.append(stop.start())
    return text[: min(stops)].strip(" .,-") if stops else text


def without(address: str, said: Iterable[Mention]) -> str:
    """The address less some of its places."""
    spans = sorted((mention.start, mention.end) for mention in said)
    if not spans:
        return address
    kept, at = [], 0
    for start, end in spans:
        kept.append(address[at:start].rstrip())
        at = end
    kept.append(address[at:])
    text = _EMPTY_PARTS.sub(",", " ".join(part.strip(" ") for part in kept if part.strip(" .")))
    return " ".join(re.sub(r"\s+,", ",", text).split()).strip(" ,;.-")


def parts(address: str) -> list[tuple[str, int]]:
    """The parts of an address between commas or dashes, and where each begins with its mark."""
    if not _PART.search(address):
        return [(address.strip(), 0)]
    starts = [(0, 0), *((mark.start(), mark.end()) for mark in _PART.finditer(address))]
    ends = [start for start, _ in starts[1:]] + [len(address)]
    return [
        (address[begin:end].strip(), start)
        for (start, begin), end in zip(starts, ends, strict=True)
    ]


def _longest(level: str, text: str, is_place: Callable[[str, str], bool]) -> str:
    ends = [found.end() for found in re.finditer(r"\S+", text)][:_LONGEST_NAME]
    return next((text[:end] for end in reversed(ends) if is_place(level, text[:end])), text)
