"""A row beside the firms it may mean: field by field, with the reasons for asking.

Rule: firms outside the person's scope are not shown; what differs is marked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from registry.duplicates.sentences import read, sentence_of
from registry.intake import lookups
from registry.intake.changes import Standing
from registry.intake.labels import PlaceNames, label_of, worded
from registry.models import IntakeRow

_FIELDS = (
    "name", "legal_form", "owner_name", "address", "village_code", "district_code", "regency_code",
    "phone", "nib", "kbli", "product", "brand", "start_year",
)  # fmt: skip
MAX_MATCHES = 3


@dataclass(frozen=True)
class Match:
    """A firm, or an earlier row, that the row may be."""

    label: str
    firm: int | None
    row: int | None  # of the same file
    score: int | None
    reasons: list[str]


@dataclass(frozen=True)
class Line:
    """A field: its value in the row, and in each firm."""

    label: str
    mine: str
    theirs: list[str]

    @property
    def differs(self) -> bool:
        """Whether a firm says something else."""
        return any(their and self.mine and their != self.mine for their in self.theirs)


@dataclass(frozen=True)
class Comparison:
    """The matches, and the fields side by side for those that are firms."""

    matches: list[Match]
    firms: list[Match]
    lines: list[Line]

    @property
    def in_file(self) -> bool:
        """Whether an earlier row of the file is one of the matches."""
        return any(match.row for match in self.matches)


def comparison_of(row: IntakeRow, by: Any) -> Comparison:
    """The row and what it may mean."""
    keys = [match["firm"] for match in row.matches if match["firm"]][:MAX_MATCHES]
    standings = {pk: each for pk, each in lookups.standings(keys, by).items() if each.label}
    matches = [
        Match(
            match["label"],
            match["firm"],
            match["row"],
            _percent(match["score"]),
            [sentence_of(reason) for reason in read(match["reasons"])],
        )
        for match in row.matches
        if not match["firm"] or match["firm"] in standings
    ]
    firms = [match for match in matches if match.firm in standings][:MAX_MATCHES]
    theirs = [_values(standings[match.firm]) for match in firms if match.firm]
    places = PlaceNames.of([row.values, *theirs])
    return Comparison(matches, firms, _lines(row.values, theirs, places))


def _lines(mine: dict[str, Any], theirs: list[dict[str, Any]], places: PlaceNames) -> list[Line]:
    lines = [
        Line(
            label_of(name),
            worded(name, mine.get(name), places),
            [worded(name, values.get(name), places) for values in theirs],
        )
        for name in _FIELDS
    ]
    return [line for line in lines if line.mine or any(line.theirs)]


def _values(standing: Standing) -> dict[str, Any]:
    owners = ", ".join(name for name, _gender in standing.owners)
    return {**standing.values, "owner_name": owners, "kbli": standing.kbli}


def _percent(score: Any) -> int | None:
    """A score between 0 and 1, or already of a hundred, as a whole percentage."""
    if score is None:
        return None
    return round(score * 100) if score <= 1 else round(score)
