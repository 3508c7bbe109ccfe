"""Firms on record that a row may be, without being so for certain: a person is asked.

The rule: this is the only place of the intake that looks for likeness in the register, and it asks
what every other page asks (`registry.duplicates`). Only firms that the person may see are told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from registry.duplicates.matching import Candidate, Match, matches
from registry.duplicates.sentences import stored
from registry.intake.crowd import Likeness
from registry.intake.interpret import Draft
from registry.names import name_key

_MOST = 5


def likely(drafts: Sequence[Draft], by: Any) -> dict[int, Sequence[Likeness]]:
    """The firms that rows may be, the likeliest first, by the number of the row."""
    named = [draft for draft in drafts if draft.values.get("name")]
    found = matches([_candidate(draft.values) for draft in named], by)
    told = {named[at].number: [m for m in several if m.in_scope] for at, several in found.items()}
    return {
        number: [_likeness(match) for match in several[:_MOST]]
        for number, several in told.items()
        if several
    }


def _candidate(values: Mapping[str, Any]) -> Candidate:
    owner, phone = values.get("owner_name"), values.get("phone")
    return Candidate(
        name=values["name"],
        owners=(owner,) if owner else (),
        phones=(phone,) if phone else (),
        nib=values.get("nib") or "",
        regency=values.get("regency_code") or "",
        district=values.get("district_code") or "",
        village=values.get("village_code") or "",
        product=values.get("product") or "",
    )


def _likeness(match: Match) -> Likeness:
    return Likeness(
        label=match.label,
        name=name_key(match.label),
        place="",
        pk=match.firm,
        score=match.points,
        reasons=tuple(stored(match.reasons)),
    )
