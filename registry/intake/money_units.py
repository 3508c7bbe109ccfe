"""The unit that a heading declares for its money.

The rule: rupiah, thousands, millions or billions are taken only as said; whatever else stands
beside "Rp" leaves the unit open, so that a person is asked.
"""

from __future__ import annotations

import re

_WORDS = (
    ("billion", re.compile(r"mil(?:i|y)ar|\bmlyr\b|\bbillion\b", re.IGNORECASE)),
    ("million", re.compile(r"\bjuta(?:an)?\b|\bjt\b|\bmillion\b", re.IGNORECASE)),
    ("thousand", re.compile(r"\bribu(?:an)?\b|\brb\b|\bthousand\b", re.IGNORECASE)),
)
_TRILLION = re.compile(r"\btril(?:i|y)un\b|\btrillion\b", re.IGNORECASE)
_RUPIAH = re.compile(r"\b(?:rp|rupiah|idr)(?=\b|_|\d)", re.IGNORECASE)
_BRACKET = re.compile(r"\(([^)]*)\)?")
# Digits with the marks and spaces between their groups; zeros may stand behind a mark alone.
_W = str.split
_FIGURE = re.compile(r"\d+(?:[.,'’\s]+\d+)*")
_ZEROS = {"000": "thousand", "000000": "million", "000000000": "billion"}
# Words that stand beside "Rp" without being a unit.
_BESIDE = frozenset(
    _W(
        "rp rupiah idr dalam dlm satuan per tahun thn th pertahun bulan bln perbulan penuh nominal "
        "x hari minggu tanpa tanah bangunan dan jumlah nilai kecuali di luar"
    )
)
_LETTER_BEHIND = re.compile(r"\b(?:rp|idr)\b[\s.]*\b(?:m|t)\b", re.IGNORECASE)


def money_unit(heading: str) -> str | None:
    """The unit, or None where the heading does not say it for certain."""
    if _TRILLION.search(heading):
        return None
    beside = _beside(heading)
    said = {unit for unit, pattern in _WORDS if pattern.search(heading)}
    for figure in _FIGURE.findall(heading):
        digits = re.sub(r"\D", "", figure)
        unit = _ZEROS.get(digits.removeprefix("1"))
        if unit:
            said.add(unit)
        elif figure in beside and digits != "1":
            return None
    if len(said) > 1:
        return None
    if said:
        return said.pop()
    if not beside:
        return None
    words = set(re.findall(r"[a-z]+|\d+", beside.casefold()))
    clear = words <= _BESIDE if beside != heading else not _LETTER_BEHIND.search(heading)
    return "rupiah" if clear else None


def _beside(heading: str) -> str:
    """The bracket that names rupiah; the heading where none does; nothing without rupiah."""
    for inside in _BRACKET.findall(heading):
        if _RUPIAH.search(inside):
            return str(inside)
    return heading if _RUPIAH.search(heading) else ""
