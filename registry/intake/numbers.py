"""Numbers as Indonesian offices write them: counts, quantities with a unit, money in words, years.

The rule: a point parts thousands and a comma parts decimals, unless the whole column has only
commas in groups of three. What can be read in two ways, or is only about a number ("tidak tentu",
"5-10 juta"), is no number.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from registry.identifiers.cells import clean_text

# No firm has a million milliard rupiah: a number of 16 digits is a NIK in the wrong column.
MAX_MONEY = 10**15
# What the tables can hold.
MAX_PEOPLE = 2**31 - 1
MAX_QUANTITY = Decimal(10) ** 12
_EXACT = 10**15
_NUMBERS = (int, float, Decimal)

_FACTORS = {
    1_000: ("rb", "ribu", "rbu", "ribuan"),
    1_000_000: ("jt", "juta", "jta", "jutaan"),
    1_000_000_000: ("m", "miliar", "milyar", "mlyr", "milyard", "miliard"),
    1_000_000_000_000: ("t", "triliun", "trilyun", "triliyun"),
}
_FACTOR_OF = {word: factor for factor, words in _FACTORS.items() for word in words}
_DIGITS = r"\d[\d.,]*|\d{1,3}(?: \d{3})+"
_NUMBER = re.compile(rf"({_DIGITS})\s*(.*)", re.DOTALL)
_POINTS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_COMMAS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?")
_CURRENCY = re.compile(r"^(?:rp|idr|rupiah)(?![a-z])[\s.:]*", re.IGNORECASE)
_MONEY_END = re.compile(r"(?:[,.]?\s*-+|\s*(?:rupiah|rp|idr)\.?)$", re.IGNORECASE)
_MONEY_PART = re.compile(rf"({_DIGITS})\s*([a-z]*)\.?\s*", re.IGNORECASE)
_PEOPLE = frozenset({"orang", "org", "or", "jiwa", "pekerja", "karyawan", "tk", "pegawai"})
_MEN = r"(?:l(?:k|aki(?:[ -]?laki)?)?|pria|p\s*ria)"
_WOMEN = r"(?:p(?:r|erempuan)?|w(?:anita)?)"
_LETTERED = re.compile(
    rf"(?:(?P<l1>\d+)\s*{_MEN}\b|\b{_MEN}\s*[:=.]?\s*(?P<l2>\d+))|"
    rf"(?:(?P<p1>\d+)\s*{_WOMEN}\b|\b{_WOMEN}\s*[:=.]?\s*(?P<p2>\d+))",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d|2100)(?!\d)")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number read from a cell, with the text that stood behind it."""

    value: Decimal
    unit: str = ""
    # Whether the cell itself said what its money is in: "Rp" or a word such as juta.
    declared: bool = False


def commas_group_thousands(cells: Iterable[object]) -> bool:
    """True if the texts of a column have commas only in groups of three, and no other marks."""
    seen = False
    for cell in cells:
        if not isinstance(cell, str):
            continue
        found = _NUMBER.match(_CURRENCY.sub("", clean_text(cell)))
        marked = found and re.search(r"[.,]", found.group(1).rstrip(".,"))
        if not found or not marked:
            continue
        if not _COMMAS.fullmatch(found.group(1).rstrip(".,")):
            return False
        seen = True
    return seen


def read_amount(cell: object, *, commas: bool = False) -> Amount | None:
    """A number with or without a unit behind it ("1.940,5 buah"); None if it is none."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, _NUMBERS):
        value = _from_number(cell)
        return None if value is None else Amount(value)
    found = _NUMBER.fullmatch(clean_text(str(cell)))
    if not found:
        return None
    digits = found.group(1)
    unit = found.group(2).strip()
    if digits[-1] in ".,":
        digits = digits[:-1]
    parsed = _digits(digits, commas=commas)
    # A second number ("5-10", "3 x 4") makes it two answers; the 3 of m3 is none.
    if parsed is None or re.search(r"\d", re.sub(r"m\^?3", "", unit, flags=re.IGNORECASE)):
        return None
    word, _space, rest = unit.partition(" ")
    factor = _FACTOR_OF.get(word.casefold().rstrip(".")) if len(word) > 1 else None
    return Amount(parsed * factor, rest.strip()) if factor else Amount(parsed, unit)


def read_people(cell: object, *, commas: bool = False) -> int | None:
    """A number of people, also "7 orang"; None if it is no whole number."""
    amount = read_amount(cell, commas=commas)
    if amount is None or amount.value != amount.value.to_integral_value():
        return None
    if amount.unit and amount.unit.casefold().strip(" .") not in _PEOPLE:
        return None
    return int(amount.value) if 0 <= amount.value <= MAX_PEOPLE else None


def read_split(cell: object) -> tuple[int | None, int | None] | None:
    """How many men and women: "3 L / 2 P", "L=3, P=5", "5 perempuan"; None if a cell says neither.

    Every number of the cell must be one of them.
    """
    if not isinstance(cell, str) or not re.search(r"\d", cell):
        return None
    found = list(_LETTERED.finditer(clean_text(cell)))
    men = [each["l1"] or each["l2"] for each in found if each["l1"] or each["l2"]]
    women = [each["p1"] or each["p2"] for each in found if each["p1"] or each["p2"]]
    if len(men) > 1 or len(women) > 1 or not (men or women):
        return None
    return tuple(read_people(each[0]) if each else None for each in (men, women))  # type: ignore[return-value]


def read_money(cell: object, *, factor: int, commas: bool = False) -> Amount | None:
    """Whole rupiah. `factor` is the unit of the column; a word in the cell overrules it."""
    if isinstance(cell, (float, int)) and not isinstance(cell, bool):
        value = _from_number(cell)
        if value is None or (value := value * factor) >= MAX_MONEY:
            return None
        return Amount(value.quantize(Decimal(1)))
    amount = _money(cell, factor, commas=commas)
    if amount is None or not 0 <= amount.value < MAX_MONEY:
        return None
    whole = amount.value.quantize(Decimal(1))
    return Amount(whole, declared=amount.declared)


def read_year(cell: object) -> int | None:
    """A year from 1800 to 2100: a number, a date, or the only year that stands in a text."""
    if isinstance(cell, dt.date):
        return cell.year
    if isinstance(cell, str):
        found = set(_YEAR.findall(clean_text(cell)))
        return int(found.pop()) if len(found) == 1 else None
    amount = read_amount(cell)
    if amount is None or amount.value != amount.value.to_integral_value():
        return None
    return int(amount.value) if 1800 <= amount.value <= 2100 else None


def plain(value: Decimal) -> str:
    """A decimal number as text without thousands marks or needless zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _money(cell: object, factor: int, *, commas: bool) -> Amount | None:
    if not isinstance(cell, str):
        amount = read_amount(cell)
        return None if amount is None else Amount(amount.value * factor)
    text = clean_text(cell)
    bare = _CURRENCY.sub("", text)
    stated = bare != text
    trimmed = _MONEY_END.sub("", bare).strip()
    stated = stated or (trimmed != bare and trimmed[-1:].isdigit())
    total = Decimal(0)
    worded = False
    at = 0
    while at < len(trimmed):
        part = _MONEY_PART.match(trimmed, at)
        value = _digits(part.group(1).rstrip(".,"), commas=commas) if part else None
        if part is None or value is None:
            return None
        word = part.group(2).casefold()
        if word not in _FACTOR_OF and (word or at or part.end() < len(trimmed)):
            return None
        worded = worded or bool(word)
        total += value * _FACTOR_OF.get(word, factor)
        at = part.end()
    return Amount(total, declared=worded or stated) if trimmed else None


def _from_number(cell: int | float | Decimal) -> Decimal | None:
    if isinstance(cell, float):
        if 0 <= cell < _EXACT and cell.is_integer():  # most numbers of a sheet
            return Decimal(int(cell))
        if not math.isfinite(cell):
            return None
    value = Decimal(str(cell))
    if not value.is_finite() or abs(value.adjusted()) > 30 or value < 0:
        return None
    return value


def _digits(text: str, *, commas: bool) -> Decimal | None:
    """The number that digits with marks mean."""
    text = text.replace(" ", "")
    if commas and _COMMAS.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if _POINTS.fullmatch(text) and not text.startswith("0"):
        return Decimal(text.replace(".", "").replace(",", "."))
    if _PLAIN.fullmatch(text):
        return Decimal(text.replace(",", "."))
    # Several groups by comma, or a point behind one, mean nothing else, whatever the column does.
    if _COMMAS.fullmatch(text) and (text.count(",") > 1 or "." in text):
        return Decimal(text.replace(",", ""))
    return None
