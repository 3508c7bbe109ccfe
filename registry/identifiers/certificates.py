"""Numbers of permits and certificates: P-IRT, halal, BPOM, SNI, brand, and the TKDN percentage.

The rule: a number of the wrong shape is kept as the office wrote it and marked, since it is often
the only trace of a real certificate. Only what may be a person's identity number is dropped.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from .cells import Cell, Parsed, Problem, read, shown
from .identity import holds_identity

_PIRT = re.compile(r"([1-8])(\d{2})(\d{4})(\d{2})(\d{4})(\d{2})")
_PIRT_LABEL = re.compile(
    r"^(?:(?:spp|no|nomor|dinkes|dep\s?kes|ri|p\.?\s?-?\s?irt)(?![a-z])[\s.:-]*)+", re.IGNORECASE
)
_HALAL_LABEL = re.compile(
    r"^(?:(?:no|nomor|sertifikat|halal|mui|bpjph)(?![a-z])[\s.:-]*)+", re.IGNORECASE
)
_HALAL = re.compile(r"ID\d{17}")
_DECREE = re.compile(r"KH\W*\d", re.IGNORECASE)
_BPOM = re.compile(r"(?:BPOM)?(?:RI)?(MD\d{12})")
_SNI = re.compile(r"SNI(?: (?:ISO|IEC|ISO/IEC))? ?\d{2,5}(?:[.\-:]\d{1,5}){0,4}[:\-]\d{4}")
_BRAND = re.compile(r"(?:IDM\d{9}|[A-Z]{1,3}\d{10,13})")
# For so many years a P-IRT is given (Peraturan BPOM 22/2018).
PIRT_YEARS = 5
_MARKS = re.compile(r"[\s.\-_'\u2010-\u2015]")
_PERCENT = re.compile(r"(\d{1,4})(?:[.,](\d{1,8}))? ?(?:%|persen|percent)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pirt:
    """A home-industry food permit taken apart (Peraturan BPOM 22/2018): all parts as digits.

    ``regency`` has 4 digits (``3209``); ``valid_through`` is the year in which the permit ends.
    """

    packaging: str
    food_type: str
    regency: str
    product: str
    producer: str
    valid_through: int

    @property
    def number(self) -> str:
        """The canonical number: 13 digits, a hyphen, the year."""
        return (
            f"{self.packaging}{self.food_type}{self.regency}{self.product}{self.producer}"
            f"-{self.valid_through % 100:02d}"
        )

    @property
    def regency_code(self) -> str:
        """The code of the regency as the Ministry of Home Affairs writes it: ``32.09``."""
        return f"{self.regency[:2]}.{self.regency[2:]}"

    def is_outside(self, regency_codes: Iterable[str]) -> bool:
        """True if the permit names none of these regencies (``32.09`` or ``3209``)."""
        return self.regency not in {code.replace(".", "") for code in regency_codes}

    @property
    def ends_on(self) -> dt.date:
        """The last day of the permit: the number tells its year alone."""
        return dt.date(self.valid_through, 12, 31)

    def is_too_long(self, year: int) -> bool:
        """True if no permit given by this year runs so long: it is given for five years."""
        return self.valid_through > year + PIRT_YEARS


def parse_pirt(value: object) -> Parsed[str]:
    """A P-IRT number as ``2093209011419-28``; see :func:`decode_pirt` for its parts.

    Another shape is kept as text with ``pirt_invalid``.
    """
    cell = read(value)
    if cell.blank:
        return Parsed()
    pirt = None if cell.lossy else decode_pirt(cell.text)
    return Parsed(pirt.number) if pirt else _kept(cell, "pirt_invalid")


def decode_pirt(number: str) -> Pirt | None:
    """The parts of a P-IRT number of 15 digits, or None. The year of the century is 20yy."""
    found = _PIRT.fullmatch(_MARKS.sub("", _PIRT_LABEL.sub("", read(number).text)))
    if not found:
        return None
    packaging, food_type, regency, product, producer, year = found.groups()
    return Pirt(packaging, food_type, regency, product, producer, 2000 + int(year))


def parse_halal(value: object) -> Parsed[str]:
    """A halal certificate of BPJPH: ``ID`` and 17 digits. Another shape is kept as text.

    ``halal_invalid`` has the variant ``halal_is_decree`` for a number that begins with KH: that
    is the decree of the fatwa council, printed beside the certificate number. 17 digits without
    their ``ID`` have the full number as the proposal.
    """
    cell = read(value)
    if cell.blank:
        return Parsed()
    text = _HALAL_LABEL.sub("", cell.text)
    number = _MARKS.sub("", text).upper()
    if _HALAL.fullmatch(number):
        return Parsed(number)
    if _DECREE.match(text):
        return _kept(cell, "halal_invalid", variant="halal_is_decree")
    without_id = re.fullmatch(r"\d{17}", number) and not cell.number
    return _kept(cell, "halal_invalid", proposal=f"ID{number}" if without_id else None)


def parse_bpom_md(value: object) -> Parsed[str]:
    """A BPOM registration of food made in Indonesia: ``MD`` and 12 digits.

    Another shape, and the ML number of imported food, is kept as text with ``bpom_invalid``.
    """
    cell = read(value)
    if cell.blank:
        return Parsed()
    found = _BPOM.fullmatch(_MARKS.sub("", cell.text).upper().replace(":", ""))
    return Parsed(found.group(1)) if found else _kept(cell, "bpom_invalid")


def parse_sni(value: object) -> Parsed[str]:
    """A national standard such as ``SNI 8152:2015``; another shape is kept: ``sni_invalid``.

    The shape is a loose one of our own: BSN publishes no grammar of its numbers.
    """
    cell = read(value)
    if cell.blank:
        return Parsed()
    text = re.sub(r"^SNI[\s.:-]*", "SNI ", cell.text.upper())
    return Parsed(text) if _SNI.fullmatch(text) else _kept(cell, "sni_invalid")


def parse_brand_number(value: object) -> Parsed[str]:
    """A trade mark at DJKI: registration ``IDM000360895`` or an application ``DID2021012345``.

    Another shape is kept as text with ``brand_number_invalid``. The shapes are those seen in
    practice, not a rule of law.
    """
    cell = read(value)
    if cell.blank:
        return Parsed()
    number = _MARKS.sub("", cell.text).upper()
    return Parsed(number) if _BRAND.fullmatch(number) else _kept(cell, "brand_number_invalid")


def parse_tkdn_percent(value: object) -> Parsed[Decimal]:
    """A local-content value in percent, 0 to 100, two decimals: ``27,5 %`` is 27.5.

    A number cell above 0 and up to 1 is a cell in percent format (0.275 shown as 27,5%): no
    certificate is below 1 percent. Anything else is ``number_unparseable``, with the variant
    ``percent_out_of_range`` above 100. ``str`` of the value is plain decimal text.
    """
    cell = read(value)
    if cell.blank:
        return Parsed()
    found = None if cell.lossy else _PERCENT.fullmatch(cell.text)
    if not found:
        return Parsed(problem=Problem("number_unparseable", shown(cell)))
    number = Decimal(f"{found.group(1)}.{found.group(2) or 0}")
    if cell.number and 0 < number <= 1:
        number *= 100
    if number > 100:
        return Parsed(problem=Problem("number_unparseable", shown(cell), "percent_out_of_range"))
    return Parsed(plain(round(number, 2)))


def plain(number: Decimal) -> Decimal:
    """The same number without trailing zeros and without an exponent: 40, not 4E+1 or 40.00."""
    whole = number.to_integral_value()
    return whole.quantize(Decimal(1)) if number == whole else number.normalize()


def _kept(
    cell: Cell, code: str, *, variant: str | None = None, proposal: str | None = None
) -> Parsed[str]:
    """The text as written, marked; nothing at all if it may be a person's identity number."""
    value = None if holds_identity(cell.text, certificate=True) else cell.text
    return Parsed(value, Problem(code, shown(cell), variant), proposal=proposal)
