"""Numbers by which the state knows a firm: NIB, NPWP and the KBLI code.

The rule: a number that a spreadsheet has damaged is never mended in silence. The identity number
of a person (NIK), which has been the NPWP of resident persons since PMK 112/PMK.03/2022, is
refused and never repeated.
"""

from __future__ import annotations

import re

from .cells import MASK, Cell, Parsed, Problem, read, shown
from .identity import holds_identity

NIB_DIGITS = 13
KBLI_DIGITS = 5
NPWP_DIGITS = 15
NPWP_NEW_DIGITS = 16
# Category C (processing industry) of KBLI 2020 and of KBLI 2025.
INDUSTRY_DIVISIONS = range(10, 34)

_COUNTING = "12345678901234567890"
_LABEL = re.compile(r"^(?:(?:no|nomor|nib|npwp|kbli|kode)\b[\s.:#]*)+", re.IGNORECASE)
_MARKS = re.compile(r"[\s.\-_'`:\"/\u2010-\u2015\u2212]")
_NIB_INSIDE = re.compile(r"(?<!\d)\d{13}(?!\d)")
# Five digits, also as 13.134, that are no part of a longer or a broken number.
_KBLI = re.compile(r"(?<!\d)(?<!\d[.,])\d{2}\.?\d{3}(?!\d|[.,]\d{1,2}(?!\d))")


def parse_nib(value: object, *, dash_is_placeholder: bool = False) -> Parsed[str]:
    """The business identification number: 13 digits as text (PP 5/2021; leading zeros are real).

    Problems: ``nib_length``; ``nib_placeholder`` for 0, 123…, one digit repeated, or words
    without a digit; ``number_precision_lost`` for an exponent or a rounded number;
    ``nib_leading_zero_lost`` for a number cell of 12 digits, whose padded form is the proposal.
    A lone dash is blank, or a placeholder where ``dash_is_placeholder`` is set.
    """
    cell = read(value)
    if cell.blank:
        dash = bool(cell.text) and dash_is_placeholder
        return Parsed(problem=Problem("nib_placeholder", shown(cell)) if dash else None)
    if cell.lossy:
        return Parsed(problem=Problem("number_precision_lost", shown(cell)))
    digits = _nib_digits(cell)
    if _is_placeholder(digits):
        return Parsed(problem=Problem("nib_placeholder", shown(cell)))
    if len(digits) == NIB_DIGITS and not cell.rounded:
        return Parsed(digits)
    return _damaged_nib(cell, digits)


def parse_npwp(value: object) -> Parsed[str]:
    """The tax number: 15 digits, or 16 beginning with 0 for a corporation (PMK 112/PMK.03/2022).

    A number of 16 digits with another first digit is a person's NIK: ``npwp_is_identity``.
    Everything else is ``npwp_damaged``; a number cell of 14 digits has its padded form as the
    proposal. No message carries the number, only how many digits it had.
    """
    cell = read(value)
    if cell.blank:
        return Parsed()
    digits = _MARKS.sub("", _LABEL.sub("", cell.text))
    if holds_identity(cell.text) or holds_identity(digits):
        return Parsed(problem=Problem("npwp_is_identity"))
    if _is_npwp(digits) and not cell.rounded:
        return Parsed(digits)
    count = {"count": str(len(cell.digits))}
    lost = cell.number and len(digits) == NPWP_DIGITS - 1 and _all_digits(digits)
    return Parsed(
        problem=Problem("npwp_damaged", count),
        proposal=digits.zfill(NPWP_DIGITS) if lost and not cell.rounded else None,
    )


def format_npwp(npwp: str) -> str:
    """An NPWP of 15 digits as it is printed, ``99.999.999.9-999.999``; others as they are."""
    if len(npwp) != NPWP_DIGITS or not _all_digits(npwp):
        return npwp
    return f"{npwp[:2]}.{npwp[2:5]}.{npwp[5:8]}.{npwp[8]}-{npwp[9:12]}.{npwp[12:]}"


def parse_kbli(value: object) -> Parsed[str]:
    """A KBLI code: 5 digits as text, from ``13134``, 13134.0 or ``13134 - Industri Batik``.

    Only the shape is judged; whether an edition has the code, its table says. What has no such
    shape is ``kbli_unknown``; a number of 4 digits has its padded form as the proposal. Further
    codes of the same cell are the rest.
    """
    cell = read(value)
    if cell.blank:
        return Parsed()
    found = [] if cell.lossy else [code.replace(".", "") for code in _KBLI.findall(cell.text)]
    if not found:
        short = cell.number and len(cell.text) == KBLI_DIGITS - 1 and _all_digits(cell.text)
        proposal = cell.text.zfill(KBLI_DIGITS) if short else None
        return Parsed(problem=Problem("kbli_unknown", shown(cell)), proposal=proposal)
    code, *others = dict.fromkeys(found)
    return Parsed(code, rest=tuple(others))


def is_industry(code: str) -> bool:
    """True if a KBLI code belongs to the processing industry: divisions 10 to 33.

    Source: category C of KBLI 2020 (Peraturan BPS 2/2020) and 2025 (Peraturan BPS 7/2025).
    """
    return len(code) == KBLI_DIGITS and _all_digits(code) and int(code[:2]) in INDUSTRY_DIVISIONS


def _nib_digits(cell: Cell) -> str:
    """The digits meant: the only group of 13 digits among other words, else all digits."""
    inside = [] if holds_identity(cell.text) else _NIB_INSIDE.findall(cell.text)
    return inside[0] if len(inside) == 1 else cell.digits


def _is_placeholder(digits: str) -> bool:
    counting = len(digits) > 2 and any(
        start.startswith(digits) for start in (_COUNTING, "0" + _COUNTING)
    )
    return (len(set(digits)) <= 1 and MASK not in digits) or counting


def _damaged_nib(cell: Cell, digits: str) -> Parsed[str]:
    if cell.rounded and len(digits) in (NIB_DIGITS - 1, NIB_DIGITS):
        return Parsed(problem=Problem("number_precision_lost", shown(cell)))
    params = {**shown(cell), "count": str(len(digits))}
    if cell.number and len(digits) == NIB_DIGITS - 1:
        padded = digits.zfill(NIB_DIGITS)
        problem = Problem("nib_leading_zero_lost", {**params, "proposal": padded})
        return Parsed(problem=problem, proposal=padded)
    return Parsed(problem=Problem("nib_length", params))


def _is_npwp(digits: str) -> bool:
    corporate = len(digits) == NPWP_NEW_DIGITS and digits.startswith("0")
    return (
        _all_digits(digits) and len(set(digits)) > 1 and (len(digits) == NPWP_DIGITS or corporate)
    )


def _all_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
