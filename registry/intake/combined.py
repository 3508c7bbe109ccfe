"""Cells that hold two fields ("3/5", "-6.7, 108.5", "UD Sinar / Asep") or a piece of an address.

The rule: a cell is parted only where its heading says that it holds two things; one that is not
parted is the first of them, and a date that a spreadsheet made of "3/5" is neither.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence

from registry.identifiers import Problem
from registry.identifiers.cells import clean_text, read, shown
from registry.intake.cells import Context, Read, read_cell
from registry.intake.fields import BY_NAME
from registry.intake.numbers import read_people, read_split
from registry.intake.table import Part
from registry.intake.texts import is_blank, text_of

_MEN_THEN_WOMEN = re.compile(r"(\d+)\s*[/+&,;|-]\s*(\d+)")
_TWO_NAMES = re.compile(r"\s*[/\n]\s*")
_TITLE = re.compile(r"^(?:bpk|bapak|ibu|sdr|sdri|an|a\.n|pemilik|owner)\b[\s.:]*", re.IGNORECASE)
_ROAD_WORDS = {Part.RT: "RT", Part.RW: "RW", Part.RT_RW: "RT", Part.BLOCK: "Blok"}
_HAS_WORD = {
    Part.RT: re.compile(r"\brt\b", re.IGNORECASE),
    Part.RW: re.compile(r"\brw\b", re.IGNORECASE),
    Part.RT_RW: re.compile(r"\brt\b", re.IGNORECASE),
    Part.BLOCK: re.compile(r"\b(?:blok|dusun|dsn|kampung|kp|lingkungan|link)\b", re.IGNORECASE),
}


def _workers(cell: object, context: Context) -> Read:
    if isinstance(cell, dt.date):
        problem = Problem("number_unparseable", {"value": f"{cell:%d/%m/%Y}"}, "split_is_date")
        return Read({"workers_male": None}, [problem])
    text = cell if isinstance(cell, str) else ""
    if found := _MEN_THEN_WOMEN.fullmatch(clean_text(text)):
        return _counted(found[1], found[2])
    if split := read_split(text):
        return Read({"workers_male": split[0], "workers_female": split[1]})
    total = read_people(cell)
    if total is not None:
        return Read({"workers_male": None, "workers_total": total})
    return Read({"workers_male": None}, [Problem("number_unparseable", shown(read(cell)))])


def _counted(men: str | None, women: str | None) -> Read:
    numbers = [None if text is None else read_people(text) for text in (men, women)]
    return Read({"workers_male": numbers[0], "workers_female": numbers[1]})


def _names(owner_first: bool) -> Callable[[object, Context], Read]:
    def reader(cell: object, context: Context) -> Read:
        names = _TWO_NAMES.split(cell.strip(), maxsplit=1) if isinstance(cell, str) else []
        if len(names) != 2 or any(is_blank(name) for name in names):
            return read_cell(BY_NAME["name"], cell, context)
        firm, owner = reversed(names) if owner_first else names
        result = read_cell(BY_NAME["name"], firm, context)
        owned = read_cell(BY_NAME["owner_name"], _TITLE.sub("", owner), context)
        return Read(result.values | owned.values, notes=result.notes + owned.notes)

    return reader


def _nothing(cell: object, context: Context) -> Read:
    return Read()


READERS: Mapping[Part, Callable[[object, Context], Read]] = {
    Part.WORKERS: _workers,
    Part.NAME_OWNER: _names(owner_first=False),
    Part.OWNER_NAME: _names(owner_first=True),
    # Read with their neighbours.
    Part.POINT: _nothing,
    Part.RT: _nothing,
    Part.RW: _nothing,
    Part.RT_RW: _nothing,
    Part.BLOCK: _nothing,
}


def joined_address(address: str, pieces: Sequence[tuple[Part, object]]) -> str:
    """An address with the pieces that other columns hold, in the order of their columns."""
    parts = [address] if address else []
    road: list[str] = []
    for part, cell in pieces:
        text = text_of(cell)
        if is_blank(cell) or not text.strip("0 .,/-") or _HAS_WORD[part].search(address):
            continue
        if part is Part.RT_RW and "/" in text:
            first, _slash, second = text.partition("/")
            road.append(f"{_worded(Part.RT, first)} {_worded(Part.RW, second)}")
        elif part is Part.BLOCK:
            parts.append(_worded(part, text))
        else:
            road.append(_worded(part, text))
    return ", ".join(filter(None, [*parts, " ".join(road)]))


def _worded(part: Part, text: str) -> str:
    text = text.strip()
    return text if _HAS_WORD[part].search(text) else f"{_ROAD_WORDS[part]} {text}"
