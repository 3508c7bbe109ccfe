"""Amounts that can't be right beside the others of their column.

The rule: a likely slip of the unit or of zeros is told, and the amount stays as it is.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from registry.identifiers import Problem
from registry.intake.table import Column
from registry.intake.understood import Draft, Found

_IMPLAUSIBLE = 1000
_LEAST_FOR_MEDIAN = 5


def mark_implausible(drafts: Sequence[Draft], column: Column) -> None:
    """Amounts more than 1,000 times the median of the column, or less than a thousandth of it."""
    if column.median is None:
        amounts = [amount for draft in drafts if (amount := draft.values.get(column.field or ""))]
        if len(amounts) < _LEAST_FOR_MEDIAN:
            return
        column.median = float(statistics.median(amounts))
    median = column.median
    for draft in drafts:
        amount = draft.values.get(column.field or "")
        if amount and not median / _IMPLAUSIBLE <= amount <= median * _IMPLAUSIBLE:
            shown = f"Rp {amount:,}".replace(",", ".")
            problem = Problem("money_implausible", {"value": shown})
            draft.found.append(Found(problem, column.letter))
