"""What surrounds every chart on a page: ids of its own, the table, source and date.

Rule: an id stands once on a page, and the same page has the same ids each time.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import Any

from dashboards.charts.words import Table

_elsewhere = count(1)  # for a chart drawn outside a request


@dataclass(frozen=True)
class Frame:
    """The parts of a chart that all charts share."""

    key: str
    title: str
    source: str
    table: Table
    table_only: bool

    @property
    def description(self) -> str:
        """The values in one line, for those who hear the drawing."""
        if len(self.table.head) == 2:
            return "; ".join(f"{name.text}: {value.text}" for name, value in self.table.rows)
        return "; ".join(
            f"{row[0].text}: "
            + ", ".join(
                f"{head} {cell.text}"
                for head, cell in zip(self.table.head[1:], row[1:], strict=True)
            )
            for row in self.table.rows
        )


def frame(context: Any, title: str, source: str, table: Table, table_only: bool | None) -> Frame:
    """The frame of the next chart of the page; `?cetak=1` asks for tables only."""
    request = getattr(context, "request", None) or context.get("request")
    if table_only is None:
        asked = request is not None and request.GET.get("cetak") == "1"
        table_only = bool(context.get("table_only", asked))
    return Frame(f"grafik-{_number(request)}", title, source, table, table_only)


def _number(request: Any) -> int:
    if request is None:
        return next(_elsewhere)
    drawn: int = getattr(request, "charts_drawn", 0) + 1
    request.charts_drawn = drawn
    return drawn
