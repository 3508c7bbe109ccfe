"""What an upload holds, sheet by sheet, and the table of one of them as JSON keeps it.

The rule: a sheet that lists firms is proposed; a person may choose another. What a column means is
kept with what only the whole column tells, so that one row can be read again later alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from registry.intake.fields import FIRM_CODE, MONEY
from registry.intake.headings import find_table, table_in
from registry.intake.kinds import KINDS
from registry.intake.meanings import set_field
from registry.intake.money_units import money_unit
from registry.intake.official import Reference
from registry.intake.reading import Row, Sheet
from registry.intake.store import shown, to_json
from registry.intake.table import Column, Part, Sureness, Table, fold

# What a sheet written by the register has after the office's own columns.
YEAR_HEADING = "Tahun Data (registri)"
OWN_HEADINGS = frozenset({fold(FIRM_CODE.heading), fold(YEAR_HEADING)})
_SAMPLES = 3
_SAMPLE_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Seen:
    """A sheet and what it seems to be: firms, recap, rows (of something else), or empty."""

    sheet: Sheet
    kind: str
    table: Table | None = None


# What a sheet without rows of the kind asked for is called on the screen.
_CALLED = {"pivot": "recap", "recapitulation": "recap", "other": "rows"}


def survey(sheets: Sequence[Sheet], kind: str, reference: Reference) -> list[Seen]:
    """Every sheet with its table; cells of identity columns are gone afterwards."""
    found = []
    for sheet in sheets:
        table, seen = table_in(sheet, kind=KINDS[kind], reference=reference)
        usable = table is not None and table.rows and seen in ("firms", "other")
        found.append(Seen(sheet, _CALLED.get(seen, seen), table if usable else None))
    return found


def proposed(found: Sequence[Seen], kind: str) -> Seen:
    """The sheet to start with. Raises `Refused` where none can be a list of such rows."""
    visible = [seen for seen in found if seen.sheet.visible] or list(found)
    usable = [seen for seen in visible if seen.table is not None]
    if not usable:
        find_table([seen.sheet for seen in found], kind=KINDS[kind])
    return max(usable, key=lambda seen: (seen.kind == "firms", *_size(seen)))


def _size(seen: Seen) -> tuple[int, int]:
    """The fields of a sheet, and then its rows: a form with an example has the same headings."""
    return (len(seen.table.by_field), len(seen.table.rows)) if seen.table else (0, 0)


def described(found: Sequence[Seen], chosen: Seen) -> dict[str, Any]:
    """The table of the chosen sheet, and the list of all sheets, as a batch keeps them."""
    table = chosen.table
    if table is None:
        raise ValueError("a sheet without a table can't be chosen")
    return {
        "sheets": [
            {
                "name": seen.sheet.name or "",
                "rows": len(seen.table.rows) if seen.table else len(seen.sheet.rows),
                "seen": seen.kind,
                "chosen": seen is chosen,
                "usable": seen.table is not None,
            }
            for seen in found
        ],
        **kept_table(table),
    }


def kept_table(table: Table) -> dict[str, Any]:
    """The headings of a table and what its columns mean."""
    return {
        "kind": table.kind.name,
        "titles": table.titles,
        "header_row": table.header_row,
        "first_row": table.rows[0].number,
        "rows": len(table.rows),
        "columns": [column_json(column, table.rows) for column in table.columns],
        "headings_key": headings_key(table.columns),
        "remembered": False,
    }


def column_json(column: Column, rows: Sequence[Row] = ()) -> dict[str, Any]:
    """A column with its meaning, and the first cells that stand in it."""
    return {
        "index": column.index,
        "letter": column.letter,
        "heading": column.heading,
        "field": column.field or "",
        "unit": column.unit or "",
        "sure": column.sure.value,
        "part": column.part.value if column.part else "",
        "times": column.times,
        "dropped": column.dropped,
        "samples": _samples(column, rows),
        "asks_unit": column.field in MONEY and money_unit(column.heading) is None,
        "by_year": column.numbered_by_year,
        "commas": column.commas,
        "median": column.median,
    }


def column_from(kept: Mapping[str, Any]) -> Column:
    """A kept column again."""
    return Column(
        index=kept["index"],
        heading=kept["heading"],
        field=kept["field"] or None,
        unit=kept["unit"] or None,
        dropped=kept["dropped"],
        numbered_by_year=kept["by_year"],
        sure=Sureness(kept["sure"]),
        part=Part(kept["part"]) if kept["part"] else None,
        times=kept["times"],
        commas=kept["commas"],
        median=kept["median"],
    )


def table_from(kept: Mapping[str, Any], sheet: str | None, rows: list[Row]) -> Table:
    """The table with these rows, its columns as they were matched."""
    columns = [column_from(column) for column in kept["columns"]]
    table = Table(sheet, kept["header_row"], columns, rows, kind=KINDS[kept["kind"]])
    table.titles = kept["titles"]
    table.index_fields()
    return table


def rows_below(kept: Mapping[str, Any], sheet: Sheet) -> list[Row]:
    """The rows of the table in a sheet unpacked again."""
    return [row for row in sheet.rows if row.number >= kept["first_row"]]


def headings_key(columns: Sequence[Column]) -> str:
    """By which the same set of headings is known again, in whatever file.

    Columns that the register added to an office's own are left out.
    """
    folded = (fold(column.heading) for column in columns)
    text = "\x1f".join(heading for heading in folded if heading not in OWN_HEADINGS)
    return hashlib.sha256(text.encode()).hexdigest()


def matched(kept: Mapping[str, Any], letter: str, field: str, unit: str, sure: str) -> None:
    """Give a kept column its meaning."""
    for column in kept["columns"]:
        if column["letter"] != letter:
            continue
        if column["field"] != field:
            read = Column(column["index"], column["heading"])
            if field:
                set_field(read, field, KINDS[kept["kind"]], Sureness(sure))
            column.update({**column_json(read), "samples": column["samples"]})
        is_money = field in MONEY
        declared = money_unit(column["heading"])
        column.update(sure=sure if field else "", commas=None, median=None)
        column["unit"] = (unit or declared or "") if is_money else ""
        column["asks_unit"] = is_money and declared is None


def is_field(name: str, kind: str) -> bool:
    """Whether a column of such rows can mean it."""
    return name in KINDS[kind].by_name


def _samples(column: Column, rows: Sequence[Row]) -> list[str]:
    found: list[str] = []
    for row in rows:
        cell = row.cells[column.index] if column.index < len(row.cells) else None
        text = shown(to_json(cell))[:_SAMPLE_LENGTH]
        if text and text not in found:
            found.append(text)
        if len(found) == _SAMPLES:
            break
    return found
