"""Which row is the header, which sheet holds the firms, and what the others hold.

The rule: a heading means a field when the table of headings says so, or when a guess is marked as
one; what remains stays unread unless a person maps it. A column of identity numbers is dropped at
once. A sheet without rows of firms is refused with what was seen instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from registry.identifiers import hide_identity
from registry.intake.guessing import Guesser
from registry.intake.kinds import FIRMS, RowKind
from registry.intake.meanings import UNITS, columns_of, take_letters, upper_says
from registry.intake.money_units import money_unit
from registry.intake.official import Reference
from registry.intake.reading import Cell, Refused, Row, Sheet
from registry.intake.synonyms import COUNTING, PIVOT, PIVOT_STARTS
from registry.intake.table import Column, Sureness, Table, fold
from registry.intake.texts import is_blank, text_of

__all__ = [
    "UNITS", "Column", "Sureness", "Table", "find_table", "fold", "money_unit", "table_in",
]  # fmt: skip

# The header is looked for among the first rows of a sheet.
_SEARCHED = 40
_LEAST_FIELDS = 2
_MOST_LEVELS = 3
_COUNTING = frozenset(map(fold, COUNTING))
_PIVOT = frozenset(map(fold, PIVOT))
# What only a single firm has.
_OF_ONE_FIRM = frozenset({"nib", "owner_name", "phone", "address", "email", "npwp"})
# A column of names that are mostly numbers counts firms.
_MOSTLY = 0.7
_FEW = 5


def find_table(
    sheets: Sequence[Sheet],
    *,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
    kind: RowKind = FIRMS,
    reference: Reference | None = None,
) -> Table:
    """The table of a file, or `Refused`: no header, or no list of firms.

    `mapping` gives headings a field, or nothing to leave a column unread. `reference` lets places
    and KBLI codes be known by content.
    """
    given = {fold(heading): target for heading, target in (mapping or {}).items()}
    chosen = [s for s in sheets if s.name == sheet] if sheet else _in_order(sheets)
    if not chosen and sheet:
        names = ", ".join(str(s.name) for s in sheets)
        raise Refused("no_header", variant="no_such_sheet", sheet=sheet, sheets=names)
    tables = [(s, _table(s, given, kind, reference)) for s in chosen]
    reasons = [_why_not(s, table, kind) for s, table in tables]
    found = [table for (_, table), why in zip(tables, reasons, strict=True) if table and not why]
    if found:
        return max(found, key=lambda table: (len(table.by_field), len(table.rows)))
    # Headings with no row below them say more than any other sheet.
    headed = [why for (_, table), why in zip(tables, reasons, strict=True) if table and why]
    order = ("not_firm_rows", "no_header", "empty")
    told = [why for why in headed if why.code == "empty"]
    told += sorted((why for why in reasons if why), key=lambda why: order.index(why.code))
    raise told[0] if told else Refused("empty")


def table_in(
    sheet: Sheet, *, kind: RowKind = FIRMS, reference: Reference | None = None
) -> tuple[Table | None, str]:
    """The table of one sheet, None where no row looks like headings; and what the sheet holds.

    That is firms, pivot, recapitulation, empty, or other.
    """
    table = _table(sheet, {}, kind, reference)
    return table, _seen(_why_not(sheet, table, kind))


def _in_order(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Visible sheets with rows; hidden ones only where no other has any."""
    filled = [sheet for sheet in sheets if sheet.rows]
    return [sheet for sheet in filled if sheet.visible] or filled


def _why_not(sheet: Sheet, table: Table | None, kind: RowKind) -> Refused | None:
    """Why a sheet can't be taken in as this kind of rows; nothing if it can."""
    if not sheet.rows:
        return Refused("empty")
    if table is not None and _is_kind(table, kind):
        if not table.rows:
            return Refused("empty")
        if counting := _counting(table):
            return _not_firms("is_recapitulation", sheet.name or "1", counting)
        if not _counts_in_name(table):
            return None
        heading = table.by_field["name"].heading
        return _not_firms("is_recapitulation", sheet.name or "1", heading)
    return _no_rows(sheet, table, kind)


def _no_rows(sheet: Sheet, table: Table | None, kind: RowKind) -> Refused:
    """What was seen where rows of the kind were looked for."""
    name = sheet.name or "1"
    if heading := _word_of(sheet, pivot=True):
        return _not_firms("is_pivot", name, heading)
    if heading := _word_of(sheet, pivot=False):
        return _not_firms("is_recapitulation", name, heading)
    if table is None:
        return Refused("no_header")
    if _is_numeric(table):
        return _not_firms("is_recapitulation", name, table.columns[-1].heading)
    variant = "no_name_column" if kind.makes_firms else "no_such_kind"
    return Refused("no_header", variant=variant, sheet=name, row=str(table.header_row))


def _not_firms(variant: str, sheet: str, heading: str) -> Refused:
    return Refused("not_firm_rows", variant=variant, sheet=sheet, heading=hide_identity(heading))


def _seen(refused: Refused | None) -> str:
    if refused is None:
        return "firms"
    if refused.code == "not_firm_rows":
        return (refused.variant or "").removeprefix("is_")
    return "empty" if refused.code == "empty" else "other"


def _is_kind(table: Table, kind: RowKind) -> bool:
    has = set(table.by_field)
    return bool(has & kind.own) and (kind.makes_firms or bool(has & {"nib", "name"}))


def _table(
    sheet: Sheet, given: Mapping[str, str], kind: RowKind, reference: Reference | None
) -> Table | None:
    best: tuple[tuple[int, int, int], int, list[Column]] | None = None
    rows = sheet.rows[:_SEARCHED]
    for at in range(len(rows)):
        for levels in range(1, _MOST_LEVELS + 1):
            if levels > 1 and not _may_have_parts(rows, at, levels):
                break
            pairs = _joined(rows[at : at + levels])
            columns = columns_of(pairs, given, kind)
            fields = len({name for column in columns for name in column.fields})
            if fields < _LEAST_FIELDS:
                continue
            denied, changed = upper_says(pairs, kind)
            score = (fields + denied, changed, -levels)
            if best is None or score > best[0]:
                best = (score, at, columns)
    if best is None:
        return None
    (*_, levels), at, columns = best
    for column in columns:
        column.heading = hide_identity(column.heading)
    below = sheet.rows[at - levels :]
    _drop(columns, below)
    take_letters(columns, below, kind)
    Guesser(columns, below, kind, reference).run()
    _drop(columns, below)
    titles = [text_of(cell) for row in sheet.rows[:at] for cell in row.cells if not is_blank(cell)]
    table = Table(sheet.name, sheet.rows[at].number, columns, below, kind=kind)
    table.titles = [*titles, sheet.name or ""]
    table.index_fields()
    return table


def _may_have_parts(rows: Sequence[Row], at: int, levels: int) -> bool:
    """Whether the row can be the uppermost of some rows of headings."""
    filled = sum(cell is not None for cell in rows[at].cells)
    last = at + levels - 1
    return (
        filled >= _LEAST_FIELDS
        and last < len(rows)
        and rows[last].number == rows[at].number + levels - 1
    )


def _text(cell: Cell) -> str:
    return " ".join(cell.split()) if isinstance(cell, str) else ""


def _joined(rows: Sequence[Row]) -> list[tuple[str, str]]:
    """Pairs of upper heading and lower one; an upper one reaches right over its parts."""
    width = max(len(row.cells) for row in rows)
    lines = [[_text(cell) for cell in row.cells] + [""] * (width - len(row.cells)) for row in rows]
    pairs = []
    current = [""] * len(lines)
    for at in range(width):
        parts = _parts([line[at] for line in lines], current)
        pairs.append((" ".join(parts[:-1]), parts[-1]) if len(parts) > 1 else ("".join(parts), ""))
    return pairs


def _parts(said: Sequence[str], current: list[str]) -> list[str]:
    """The headings over one column, from above; `current` are those that reach to the right."""
    parts: list[str] = []
    for level, text in enumerate(said):
        if text:
            current[level:] = [text, *[""] * (len(said) - level - 1)]
        elif not any(said[level:]):
            # Nothing below that could be its part.
            current[level:] = [""] * (len(said) - level)
        # A heading merged over two rows is one heading.
        if current[level] and current[level] not in parts[-1:]:
            parts.append(current[level])
    return parts


def _drop(columns: Sequence[Column], rows: Sequence[Row]) -> None:
    """Forget the cells of dropped columns, before anything looks at them."""
    dropped = [column.index for column in columns if column.dropped]
    for row in rows:
        for index in dropped:
            if index < len(row.cells):
                row.cells[index] = None


def _word_of(sheet: Sheet, *, pivot: bool) -> str:
    """The heading that a pivot has, or a recapitulation; nothing if there is none."""
    for row in sheet.rows[:_SEARCHED]:
        for cell in row.cells:
            text = fold(cell) if isinstance(cell, str) else ""
            if pivot and (text in _PIVOT or text.startswith(PIVOT_STARTS)):
                return _text(cell)
            if not pivot and (text in _COUNTING or text.startswith("rekap")):
                return _text(cell)
    return ""


def _counting(table: Table) -> str:
    """The heading under which a sheet counts firms by kind, where nothing tells one firm apart."""
    if not table.kind.makes_firms or set(table.by_field) & _OF_ONE_FIRM:
        return ""
    said = (column.heading for column in table.columns if not column.field)
    return next((heading for heading in said if fold(heading) in _COUNTING), "")


def _counts_in_name(table: Table) -> bool:
    """True if what stands below the name of the firm is mostly numbers: it counts firms."""
    column = table.by_field.get("name")
    if column is None:
        return False
    cells = [row.cells[column.index] for row in table.rows if column.index < len(row.cells)]
    filled = [cell for cell in cells if not is_blank(cell)]
    numbers = [cell for cell in filled if isinstance(cell, int | float)]
    return len(filled) > 1 and len(numbers) > len(filled) * _MOSTLY


def _is_numeric(table: Table) -> bool:
    """True if the rows are figures by region: mostly numbers in columns that mean no field."""
    rest = [column.index for column in table.columns if column.field is None]
    cells = [row.cells[index] for row in table.rows for index in rest if index < len(row.cells)]
    filled = [cell for cell in cells if cell is not None]
    numbers = [cell for cell in filled if isinstance(cell, int | float)]
    return len(filled) > _FEW and len(numbers) > len(filled) * _MOSTLY
