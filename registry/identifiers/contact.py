"""How a firm is reached: telephone, e-mail, website.

The rule: the first usable number or address of a cell is the value, the others are the rest.
Nothing is guessed: a number that a spreadsheet has rounded is dropped.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from .cells import MASK, Cell, Parsed, Problem, hide_identity, read, shown
from .identity import holds_identity

_COUNTRY = "62"
# +62 and a national number of 8 to 13 digits without its trunk zero.
_NATIONAL = re.compile(r"[2-9]\d{7,12}")
_MOBILE = re.compile(r"8\d{8,12}")
_AREA = re.compile(r"[2-79]\d{8,10}")
_LABEL = re.compile(
    r"(?<![a-z])(?:hp|wa|whats\s?app|telepon|telp|tlp|tel|nomor|no|phone|ph|fax|faks|cp|sms|ktr|kantor"
    r"|rumah)(?![a-z])[\s.:]*",
    re.IGNORECASE,
)
_EXTENSION = re.compile(r"\b(?:ext|ekst|psw|pesawat)\b.*", re.IGNORECASE)
_JOINERS = re.compile(r"\s*(?:[/,;|&\n]|\b(?:dan|atau|and|or)\b)\s*", re.IGNORECASE)
# These also stand inside one number: they part a cell only if every part is a number.
_WEAK_JOINERS = (re.compile(r"\s[-\u2010-\u2015]\s"), re.compile(r"\s"))
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
_GLUED = re.compile(r"[^\W\d_]\d|\d[^\W\d_]")
_PLAIN_MOBILE = re.compile(r"08[0-9]{8,12}")
_BARE = re.compile(r"[0-9]+")
_BRACKETS = re.compile(r"\([^()\d]*\)")
_AROUND = re.compile(r"^[^\d+(]+|[^\d]+$")
_NO_PART = re.compile(r"[^\d\s.,+()\-_'\u2010-\u2015]")
_NO_DIGITS = re.compile(r"\D")
_WRITTEN_OUT = re.compile(r"(?:8|628)\d+")
_EMAIL = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]"
)
_EMAIL_LENGTH = 254
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
_URL_LENGTH = 2000
# A colon before a digit is a port, not the end of a scheme.
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)


def parse_phone(value: object) -> Parsed[str]:
    """A telephone number of Indonesia in E.164: ``+62`` and 8 to 13 digits (ITU-T E.164).

    Reads ``0812-3456-7890``, ``+62 812 …``, ``62812…``, ``812…`` (its zero lost) and landlines
    with their area code. Problems: ``phone_invalid``; ``phone_damaged`` for an exponent or a
    rounded number; ``phone_multiple`` beside the first number of several, the others in the rest.
    """
    if isinstance(value, str) and _PLAIN_MOBILE.fullmatch(value):  # most of them
        return Parsed(f"+{_COUNTRY}{value[1:]}")
    cell = read(value)
    if cell.blank:
        return Parsed()
    if _is_damaged(cell):
        return Parsed(problem=Problem("phone_damaged", shown(cell)))
    pieces = _pieces(cell.text)
    numbers = [_e164(piece) for piece in pieces]
    first = next((number for number in numbers if number), None)
    if first is None:
        return Parsed(problem=Problem("phone_invalid", shown(cell)))
    rest = _rest(first, pieces, numbers)
    if not rest:
        return Parsed(first)
    params = {"value": first, "rest": ", ".join(rest)}
    return Parsed(first, Problem("phone_multiple", params), rest=rest)


def parse_email(value: object) -> Parsed[str]:
    """An e-mail address in lower case; ``email_invalid`` if any part of the cell is none."""
    cell = read(value)
    if cell.blank:
        return Parsed()
    text = re.sub(r"^(?:e-?mail\s*:\s*|mailto:)", "", cell.text.lower())
    pieces = [piece.strip("<>().,;:\"'") for piece in re.split(r"[\s,;/]+", text)]
    pieces = list(dict.fromkeys(piece for piece in pieces if piece))
    if pieces and all(_is_email(piece) for piece in pieces):
        return Parsed(pieces[0], rest=tuple(pieces[1:]))
    joined = re.sub(r"\s", "", text)
    proposal = joined if joined != text and _is_email(joined) else None
    return Parsed(problem=Problem("email_invalid", shown(cell)), proposal=proposal)


def parse_website(value: object) -> Parsed[str]:
    """A web address with its scheme, ``https`` where none is given; only http and https.

    Anything else, also an account name of a social network, is ``website_invalid``.
    """
    cell = read(value)
    if cell.blank:
        return Parsed()
    address = _web_address(cell.text if _SCHEME.match(cell.text) else f"https://{cell.text}")
    return Parsed(address) if address else Parsed(problem=Problem("website_invalid", shown(cell)))


def _is_damaged(cell: Cell) -> bool:
    """An exponent, a rounded number, or digits that a program wrote out of a rounded number."""
    if cell.lossy or cell.rounded:
        return True
    return cell.text.endswith("000000") and _WRITTEN_OUT.fullmatch(cell.text) is not None


def _pieces(text: str) -> list[str]:
    """The numbers of a cell as written. Marks inside one number do not part it."""
    text = _EXTENSION.sub("", text)
    if _e164(text):
        return [text]
    pieces = [
        piece for piece in _JOINERS.split(text) if any(c.isdigit() or c == MASK for c in piece)
    ]
    if len(pieces) != 1 or _e164(pieces[0]):
        return pieces
    for joiner in _WEAK_JOINERS:
        parts = joiner.split(pieces[0])
        if all(_e164(part) for part in parts):
            return parts
    return pieces


def _e164(piece: str) -> str | None:
    """One number in E.164, or None. Labels ("Hp.") and a name in brackets are left out."""
    if _BARE.fullmatch(piece):
        national = _national(piece)
        return f"+{_COUNTRY}{national}" if national else None
    text = _LABEL.sub("", _BRACKETS.sub("", piece))
    if _GLUED.search(text) or "/" in text:
        return None
    text = _AROUND.sub("", text)
    if "," in text and not _GROUPED.fullmatch(text):
        return None
    if _NO_PART.search(text):
        return None
    digits = _NO_DIGITS.sub("", text)
    abroad = text.lstrip("( ").startswith("+") and not digits.startswith(_COUNTRY)
    national = None if abroad else _national(digits)
    return f"+{_COUNTRY}{national}" if national else None


def _national(digits: str) -> str | None:
    """The number without country code and trunk zero. Without either it must be complete."""
    digits = digits.removeprefix("00") if digits.startswith("00" + _COUNTRY) else digits
    if digits.startswith(_COUNTRY) and len(digits) > 9:
        digits, complete = digits.removeprefix(_COUNTRY).removeprefix("0"), True
    else:
        complete = digits.startswith("0")
        digits = digits.removeprefix("0")
    shape = _MOBILE if digits.startswith("8") else _NATIONAL if complete else _AREA
    return digits if shape.fullmatch(digits) else None


def _rest(first: str, pieces: list[str], numbers: list[str | None]) -> tuple[str, ...]:
    """The other numbers; one that cannot be read stays as written, unless it may be a NIK."""
    others = [number or piece for piece, number in zip(pieces, numbers, strict=True)]
    return tuple(
        other for other in dict.fromkeys(others) if other != first and hide_identity(other) == other
    )


def _is_email(text: str) -> bool:
    short = len(text) <= _EMAIL_LENGTH
    return short and _EMAIL.fullmatch(text) is not None and not holds_identity(text)


def _web_address(text: str) -> str | None:
    try:
        parts = urlsplit(text)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return None
    usable = (
        parts.scheme.lower() in ("http", "https")
        and _HOST.fullmatch(host) is not None
        and "@" not in parts.netloc
        and not re.search(r"[\s<>\"\\]", text)
        and len(text) <= _URL_LENGTH
        and not holds_identity(text)
    )
    if not usable:
        return None
    netloc = host if port is None else f"{host}:{port}"
    return parts._replace(scheme=parts.scheme.lower(), netloc=netloc).geturl()
