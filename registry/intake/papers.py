"""The certificates that a row names: which kind, and what of their numbers has to be told.

The rule: the number of a halal decree (KH) is no certificate and makes none, on no road; what a
P-IRT number contradicts is told and kept, for the paper decides.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from registry.certification import is_halal_decree, parsed, pirt_problems
from registry.identifiers import Problem
from registry.intake import words
from registry.intake.changes import CERTIFICATES
from registry.intake.places import PlaceIndex
from registry.intake.table import Table
from registry.intake.understood import Draft, Found

_NUMBER, _KIND = "certificate_number", "certificate_kind"
Letter = Callable[[str], str | None]


def name_kind(draft: Draft, table: Table, letter: Letter) -> None:
    """Which certificate it is: by its cell, by the column of its number, or by the title."""
    values = draft.values
    named = [name for name in CERTIFICATES if values.get(name)]
    if not values.get(_NUMBER) and len(named) == 1:
        values[_NUMBER] = values.pop(named[0])
        values[_KIND] = CERTIFICATES[named[0]]
    column = table.by_field.get(_NUMBER)
    headings: Sequence[str] = [column.heading] if column else []
    for text in (*headings, *table.titles):
        if values.get(_KIND):
            break
        values[_KIND] = words.certificate_kind(text)
    if (number := values.get(_NUMBER)) and not values.get(_KIND):
        problem = Problem("certificate_kind_unknown", {"value": number})
        draft.found.append(Found(problem, letter(_NUMBER)))


def check_number(draft: Draft, letter: Letter, places: PlaceIndex, today: dt.date) -> list[str]:
    """Tell what the number of a sheet of certificates contradicts; what is none goes to the notes.

    In a sheet of firms the numbers stay as they are read; what they become is decided when they
    are saved (`changes.certificate_numbers`).
    """
    values = draft.values
    number, kind = values.get(_NUMBER), values.get(_KIND)
    if not number or not kind:
        return []
    if is_halal_decree(kind, number):
        values[_NUMBER] = values[_KIND] = None
        problem = parsed(kind, number).problem
        draft.found += [Found(problem, letter(_NUMBER))] if problem else []
        return [f"Halal: {number}"]
    if kind == CERTIFICATES["pirt_number"]:
        until = values.get("valid_until")
        end = dt.date.fromisoformat(str(until)) if until else None
        found = pirt_problems(number, end, places.regency_codes(), today)
        draft.found += [Found(problem, letter(_NUMBER)) for problem in found]
    return []
