"""Dates as offices write them, day before month.

The rule: a date needs day, month and year; a year alone, a month alone or a day that no calendar
has is no date.
"""

from __future__ import annotations

import datetime as dt
import re

from registry.identifiers.cells import clean_text

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january",
            "februari feb peb pebruari february",
            "maret mar mrt march",
            "april apr",
            "mei may",
            "juni jun june",
            "juli jul july",
            "agustus agust agus agu agt ags agst aug august",
            "september sep sept",
            "oktober okt oct october",
            "november nov nop nopember",
            "desember des dec december",
        ),
        1,
    )
    for name in names.split()
}
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMERIC = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})")
_WORDED = re.compile(r"(\d{1,2})[\s\-/.]*([a-z]+)[\s\-/.,]*(\d{4}|\d{2})")
_TIME = re.compile(r"[t\s,]+\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?\s*(?:wib|z)?$")
_WEEKDAY = re.compile(r"^(?:senin|selasa|rabu|kamis|jumat|jum'at|sabtu|minggu)\s*,?\s*")
_BEFORE = re.compile(r"^(?:tgl|tanggal|per|pada)\b[\s.:]*(?:tgl\b[\s.]*)?")
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
_SERIAL_FROM, _SERIAL_TO = 7306, 73050  # 1920 to 2099
_EPOCH = dt.date(1899, 12, 30)


def read_date(cell: object, *, today: dt.date) -> dt.date | None:
    """The date of a cell: a date cell, a serial number, or a text; None if it is none."""
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int | float):
        return _EPOCH + dt.timedelta(int(cell)) if _SERIAL_FROM <= cell <= _SERIAL_TO else None
    text = _WEEKDAY.sub("", _BEFORE.sub("", clean_text(str(cell)).casefold())).rstrip(" .,")
    return _from_text(_TIME.sub("", text), today)


def _from_text(text: str, today: dt.date) -> dt.date | None:
    if found := _ISO.fullmatch(text):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMERIC.fullmatch(text):
        return _date(_year(found[3], today), int(found[2]), int(found[1]))
    if found := _WORDED.fullmatch(text):
        return _date(_year(found[3], today), MONTHS.get(found[2], 0), int(found[1]))
    if (found := _SERIAL.fullmatch(text)) and _SERIAL_FROM <= int(found[1]) <= _SERIAL_TO:
        return _EPOCH + dt.timedelta(int(found[1]))
    return None


def _year(text: str, today: dt.date) -> int:
    """Two digits mean the last year with these digits that is not beyond the next year."""
    year = int(text)
    if len(text) == 4:
        return year
    year += 2000
    return year if year <= today.year + 1 else year - 100


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
