"""One cell of a spreadsheet as text, with what the spreadsheet did to it.

The rule: whatever a cell holds (text, number, nothing, an error), it becomes plain text with
ASCII digits, and the traces of damage are kept: was it a number, were digits lost, was it rounded.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Generic, TypeVar

T = TypeVar("T")

MASK = "•"
# A person's identity number has 16 digits. 15 are hidden too: one may have been lost.
_IDENTITY_DIGITS = 15
# A number cell that ends in so many zeros was shown in exponent form once and read back.
_ROUNDED_ZEROS = 6
_LONGEST_NUMBER = 40
_SHOWN_LENGTH = 60
_NUMBERS = (int, float, Decimal)

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"))
# Written before NFKC, which would turn some of these signs into letters or spaces.
_DEGREES = str.maketrans({"º": "°", "˚": "°", "′": "'", "″": '"', "’": "'", "‘": "'", "”": '"'})
_DASHES = re.compile(r"[-\u2010-\u2015\u2212]+")
_EXPONENT = re.compile(r"(\d+)(?:[.,](\d+))?e\+?(\d{1,3})", re.IGNORECASE)
_WHOLE_DECIMAL = re.compile(r"(\d+)[.,]0")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a cell.

    ``code`` is a code of the intake. ``variant`` names a more exact sentence for the same code
    (a halal decree is ``halal_invalid`` with the variant ``halal_is_decree``). ``params`` fill
    the placeholders of the sentence and never hold the identity number of a person.
    """

    code: str
    params: Mapping[str, str] = field(default_factory=dict, hash=False)
    variant: str | None = None

    @property
    def message_code(self) -> str:
        """The key of the sentence: the variant where there is one, else the code."""
        return self.variant or self.code


@dataclass(frozen=True, slots=True)
class Parsed(Generic[T]):
    """The answer of every parser: the canonical value, or what is wrong, or both, or neither.

    A blank cell has neither. ``proposal`` is a likely value that a person must confirm.
    ``rest`` are further values of the same cell.
    """

    value: T | None = None
    problem: Problem | None = None
    proposal: str | None = None
    rest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as text: ``number`` if it was a number, ``lossy`` if digits of it are gone."""

    text: str
    number: bool = False
    lossy: bool = False

    @property
    def blank(self) -> bool:
        """Nothing, or only dashes: offices write a lone dash for "nothing"."""
        return not self.text or _DASHES.fullmatch(self.text) is not None

    @property
    def digits(self) -> str:
        """All digits of the cell, in order; masked ones as their mask."""
        return "".join(c for c in self.text if c.isdecimal() or c == MASK)

    @property
    def rounded(self) -> bool:
        """True for a number whose last six digits are zero: most likely it was cut off."""
        return self.number and self.text != "0" and self.text.endswith("0" * _ROUNDED_ZEROS)


def read(value: object) -> Cell:
    """Any value as a cell. Never raises: what cannot be read is blank."""
    try:
        if isinstance(value, str):
            return _from_text(_plain_signs(value))
        if value is None:
            return Cell("")
        if isinstance(value, _NUMBERS) and not isinstance(value, bool):
            return _from_number(value)
        return _from_text(_plain_signs(str(value)))
    except Exception:  # a foreign object's own str() may do anything; the cell is then unreadable
        return Cell("")


def clean_text(text: str) -> str:
    """Text in NFKC with ASCII digits, single spaces and no invisible characters."""
    if text.isascii():  # nothing to normalise: most cells, and ten times as fast
        return " ".join(text.split())
    text = unicodedata.normalize("NFKC", text.translate(_INVISIBLE))
    text = "".join(_plain_digit(c) for c in text)
    return " ".join(text.split())


def hide_identity(text: str) -> str:
    """The text as it may be shown: with 15 or more digits in it, every digit is masked."""
    if sum(c.isdecimal() for c in text) < _IDENTITY_DIGITS:
        return text
    return "".join(MASK if c.isdecimal() else c for c in text)


def shown(cell: Cell) -> dict[str, str]:
    """The parameters of a message about a cell: its text without identity numbers, shortened."""
    text = hide_identity(cell.text)
    return {"value": text if len(text) <= _SHOWN_LENGTH else text[: _SHOWN_LENGTH - 1] + "…"}


def _plain_signs(text: str) -> str:
    """Clean text with ASCII quotes and one degree sign, for numbers; names keep their signs."""
    if text.isascii():
        return clean_text(text)
    return clean_text(text.translate(_DEGREES)).translate(_DEGREES)


def _plain_digit(char: str) -> str:
    if char.isascii():
        return char
    digit = unicodedata.decimal(char, None)
    return char if digit is None else str(digit)


def _from_number(value: int | float | Decimal) -> Cell:
    if isinstance(value, float) and not math.isfinite(value):
        return Cell("")
    exact = Decimal(value) if isinstance(value, int) else Decimal(str(value))
    if not exact.is_finite():
        return Cell("")
    if abs(exact.adjusted()) > _LONGEST_NUMBER:
        return Cell(str(exact), number=True, lossy=True)
    if exact == exact.to_integral_value():
        return Cell(format(exact.quantize(Decimal(1)) if exact else Decimal(0), "f"), number=True)
    return Cell(format(exact, "f"), number=True)


def _from_text(text: str) -> Cell:
    """Text that is a number as a program prints it counts as a number cell."""
    if not text[:1].isdecimal():
        return Cell(text)
    exponent = _EXPONENT.fullmatch(text)
    if exponent:
        return _from_exponent(text, *exponent.groups(default=""))
    decimal = _WHOLE_DECIMAL.fullmatch(text)
    if decimal and len(decimal.group(1)) > 4:
        return Cell(decimal.group(1), number=True)
    return Cell(text)


def _from_exponent(text: str, whole: str, fraction: str, exponent: str) -> Cell:
    """``9,120000714644E+12`` still has all its digits; ``9,12E+12`` has lost ten of them."""
    if len(fraction) == int(exponent):
        return Cell(whole + fraction, number=True)
    return Cell(text, number=True, lossy=True)
