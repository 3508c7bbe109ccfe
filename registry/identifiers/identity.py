"""The identity number of a person (NIK) in a text: whether it is there, and how to take it out.

The rule, the same at every door of the register: 16 digits that do not begin with 0 are taken for
an identity number, whatever signs part them and wherever they stand. What cannot be one passes:
places on the map, and rows of telephone numbers, dates or amounts that make up all the digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .cells import MASK, read

DIGITS = 16
# A masked number is still known as one. No telephone number, date or place has this digit first.
_MASKED_DIGIT = str.maketrans({MASK: "4"})
# Digits with at most four signs between them, and one whole group of them.
_GAP = r"[\W_]{1,4}"
_CHAIN = re.compile(rf"\d+(?:{_GAP}\d+)*")
_GROUP = re.compile(r"\d+")
# A quick look at a text, before it is read: 16 digits, or a number as an exponent.
_MAYBE = re.compile(rf"\d(?:[\W_]{{0,4}}\d){{{DIGITS - 1}}}|\d[.,]\d{{10,}}[eE]")
_BARE = re.compile(r"[1-9][0-9]{15}")
# Around Java, no latitude is like the first digits of a NIK before a decimal mark, for a NIK is
# parted by two digits at least; and no province has a code below 11.
_POINT = re.compile(
    r"(?<!\d)(?<!\d\.)(?:[5-9]|10\d)(?:\.\d{5,}(?!\.?\d)|(?<!\d,\d)(?<!\d,\d{3}),\d{5,}(?![.,]?\d))"
)
_YEAR = r"(?:19|20)\d\d"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_HOUR = r"(?:[ ,]{1,2}\d{1,2}[:.]\d\d(?:[:.]\d\d(?:\.\d+)?)?(?:\+\d\d(?::?\d\d)?)?)?"
_DATE = rf"(?:{_DAY}[-/. ]{_MONTH}[-/. ]{_YEAR}|{_YEAR}[-/.]{_MONTH}[-/.]{_DAY}){_HOUR}"
_AMOUNT = r"\d{1,3}(?:\.\d{3}){1,4}(?:,\d\d)?|\d{1,3}(?:,\d{3}){1,4}(?:\.\d\d)?"
_HARMLESS = re.compile(
    rf"(?:{_DATE})(?:{_GAP}(?:{_DATE}))+|(?:{_DATE})"
    rf"|(?:{_AMOUNT})(?:{_GAP}(?:{_AMOUNT}))+"
    rf"|20\d\d(?:{_GAP}{_YEAR})+"
)
_PHONE = re.compile(r"\D*(?:0[2-8]|62|8[1-9])")
_LOCAL_PHONE = re.compile(r"\d{5,8}|\d{3,4}[ .\-]\d{3,4}")
_PHONE_DIGITS = range(9, 14)
_BETWEEN = re.compile(r"\s*[/,;|&\n]\s*|\s+[-\u2010-\u2015]\s+|\s+(?=0[2-8]\d|62\s?8)")
# A halal number with a digit missing ("ID" and 16 digits) has no birthday where a NIK has its own.
_ID = re.compile(r"ID[\s.:\-]?\Z", re.IGNORECASE)
_BIRTHDAY = re.compile(r"\d{6}(?:[04][1-9]|[1256]\d|[37][01])(?:0[1-9]|1[0-2])\d{6}")

Span = tuple[int, int]


def holds_identity(value: object, *, certificate: bool = False) -> bool:
    """True if a cell holds what may be a NIK. Nothing that answers True may be kept as text.

    ``certificate`` says that the cell may be a halal number, of which one digit may be missing.
    """
    if isinstance(value, str):
        if _BARE.fullmatch(value):
            return True
        # In ASCII every digit is written out, with an exponent too.
        if value.isascii() and (len(value) < DIGITS or not _MAYBE.search(value)):
            return False
    return any(_spans(read(value).text, certificate=certificate))


def mask_identity(text: str, *, certificate: bool = False) -> str:
    """The text with the digits of every number that may be a NIK masked, and no others."""
    if _BARE.fullmatch(text):
        return MASK * len(text)
    hidden = _masked(text, certificate=certificate)
    if text.isascii() and "e" not in text.lower():
        return hidden
    # Digits of other scripts, and an exponent, are seen only in the cleaned text.
    plain = read(hidden).text
    again = _masked(plain, certificate=certificate)
    return hidden if again == plain else again


def cut_identity(text: str) -> str:
    """The text with a space for every number that may be a NIK."""
    parts, at = [], 0
    for start, end in _spans(text, certificate=False):
        parts.append(text[at:start])
        at = max(at, end)
    return " ".join([*parts, text[at:]]) if at else text


def _masked(text: str, *, certificate: bool) -> str:
    chars = list(text)
    for start, end in _spans(text, certificate=certificate):
        chars[start:end] = [MASK if char.isdecimal() else char for char in chars[start:end]]
    return "".join(chars)


def _spans(text: str, *, certificate: bool) -> Iterator[Span]:
    """Where a number may be a NIK: whole groups of digits that are 16 together."""
    digits = text.translate(_MASKED_DIGIT)
    if not any(_sixteens(digits)):
        return
    digits = _POINT.sub(lambda found: "x" * len(found[0]), digits)
    harmless: Span = (0, 0)
    for start, end, chain in _sixteens(digits):
        if chain == harmless:
            continue
        number = "".join(_GROUP.findall(digits, start, end))
        if _HARMLESS.fullmatch(digits, *chain):
            harmless = chain
        elif not _are_telephones(digits[slice(*chain)], number) and not (
            certificate and _is_halal(digits, start, number)
        ):
            yield start, end


def _sixteens(digits: str) -> Iterator[tuple[int, int, Span]]:
    """Where groups of digits are 16 together and don't begin with 0, and their whole chain."""
    for chain in _CHAIN.finditer(digits):
        if chain.end() - chain.start() < DIGITS:
            continue
        groups = [group.span() for group in _GROUP.finditer(digits, *chain.span())]
        for at, (start, end) in enumerate(groups):
            count, following = end - start, at
            while count < DIGITS and (following := following + 1) < len(groups):
                count += groups[following][1] - groups[following][0]
            if count == DIGITS and int(digits[start]) != 0:
                yield start, groups[following][1], chain.span()


def _are_telephones(text: str, number: str) -> bool:
    """Whether all of it is telephone numbers; beside one, another may lack its first digits.

    `number` are the 16 digits in question: with a birthday in them, the doubt decides.
    """
    parts = _BETWEEN.split(text)
    whole = [
        sum(char.isdecimal() for char in part) in _PHONE_DIGITS and bool(_PHONE.match(part))
        for part in parts
    ]
    if all(whole):
        return True
    local = len(parts) == 2 and whole[0] and _LOCAL_PHONE.fullmatch(parts[1])
    return bool(local) and not _BIRTHDAY.fullmatch(number)


def _is_halal(digits: str, start: int, number: str) -> bool:
    return bool(_ID.search(digits, 0, start)) and not _BIRTHDAY.fullmatch(number)
