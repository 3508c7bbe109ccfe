"""The cells of an upload while it waits: packed, and unpacked again.

The rule: what is kept holds no identity number of a person, for reading has masked them; so what is
read now and what is read again later mean the same.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from registry.intake.reading import Cell, Row, Sheet

_WHOLE = 10**15  # floats up to here are whole numbers to the last digit
_LEVEL = 1


def pack(sheets: Iterable[Sheet]) -> bytes:
    """All sheets, compressed. `unpack` gives them back."""
    packer = zlib.compressobj(_LEVEL)
    parts = []
    for sheet in sheets:
        head = {"sheet": sheet.name, "visible": sheet.visible, "rows": len(sheet.rows)}
        parts.append(packer.compress(_line(head)))
        for row in sheet.rows:
            parts.append(packer.compress(_line([row.number, *map(to_json, row.cells)])))
    return b"".join([*parts, packer.flush()])


def unpack(content: bytes, *, only: str | None = None) -> list[Sheet]:
    """The packed sheets, or the one of that name."""
    sheets: list[Sheet] = []
    lines = _lines(content)
    for line in lines:
        head = json.loads(line)
        wanted = only is None or (head["sheet"] or "") == only
        sheet = Sheet(head["sheet"], [], head["visible"])
        for _at in range(head["rows"]):
            text = next(lines)
            if wanted:
                number, *cells = json.loads(text)
                sheet.rows.append(Row(number, [from_json(cell) for cell in cells]))
        if wanted:
            sheets.append(sheet)
    return sheets


def to_json(cell: Cell) -> Any:
    """A cell as JSON keeps it: a date, a time and a duration with their kind."""
    if isinstance(cell, float):
        if not math.isfinite(cell):
            return None
        return int(cell) if abs(cell) < _WHOLE and cell.is_integer() else cell
    if cell is None or isinstance(cell, str | int):
        return cell
    if isinstance(cell, dt.timedelta):
        return {"seconds": cell.total_seconds()}
    kind = "at" if isinstance(cell, dt.datetime) else "on" if isinstance(cell, dt.date) else "time"
    return {kind: cell.isoformat()}


def from_json(kept: Any) -> Cell:
    """The cell again."""
    if not isinstance(kept, dict):
        return kept
    ((kind, value),) = kept.items()
    if kind == "at":
        return dt.datetime.fromisoformat(value)
    if kind == "on":
        return dt.date.fromisoformat(value)
    if kind == "time":
        return dt.time.fromisoformat(value)
    return dt.timedelta(seconds=value)


def shown(kept: Any) -> str:
    """A kept cell as people see it in the sheet."""
    cell = from_json(kept)
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        return f"{cell:%d/%m/%Y}" if cell.time() == dt.time() else f"{cell:%d/%m/%Y %H:%M}"
    if isinstance(cell, dt.date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float):
        return repr(cell).replace(".", ",")
    return str(cell)


def _line(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _lines(content: bytes) -> Iterator[bytes]:
    unpacker = zlib.decompressobj()
    rest = b""
    view = memoryview(content)
    for start in range(0, len(view), 65536):
        *whole, rest = (rest + unpacker.decompress(view[start : start + 65536])).split(b"\n")
        yield from whole
    *whole, rest = (rest + unpacker.flush()).split(b"\n")
    yield from whole
