"""Rows that come in against the register: which firms they may be, and why.

Rule: of a firm outside the person's scope nothing is told but the regency that holds it. A pair
that was found to be two firms is not told again. The queries are as many for one row as for a
thousand; longer lists go in chunks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from accounts import policy
from registry.duplicates.candidates import Candidate, candidates_of, firm_facts
from registry.duplicates.scoring import Reason, Score, score
from registry.models import DuplicatePair, Firm, Regency
from registry.models.duplicates import PairState

__all__ = ["Candidate", "Found", "Match", "decided", "found", "matches"]

CHUNK = 1000
_NAME = ("name", "legal_form")


@dataclass(frozen=True, slots=True)
class Match:
    """A firm that a row may be; outside the person's scope `firm` is None and nothing is told."""

    firm: int | None
    label: str  # the firm's name, or only the name of the regency that holds it
    points: int
    reasons: tuple[Reason, ...]
    certain: bool

    @property
    def in_scope(self) -> bool:
        """Whether the person may see the firm."""
        return self.firm is not None


@dataclass(frozen=True, slots=True)
class Found:
    """A firm that a row may be, for the code's eyes only: no scope was asked."""

    firm: int
    regency: str
    score: Score


def matches(rows: Sequence[Candidate], by: Any) -> dict[int, list[Match]]:
    """For each row with a likely firm, by its position: the firms, the likeliest first."""
    scope = policy.scope_of(by)
    every = found(rows)
    seen = {each.firm for several in every.values() for each in several if each.regency in scope}
    names = {firm.pk: str(firm) for firm in Firm.objects.filter(pk__in=seen).only(*_NAME)}
    regencies: dict[str, str] = {}
    if any(each.firm not in seen for several in every.values() for each in several):
        regencies = {regency.pk: str(regency) for regency in Regency.objects.all()}

    def told(each: Found) -> Match:
        points = each.score
        if each.firm in names:
            label, reasons = names[each.firm], points.reasons
            return Match(each.firm, label, points.points, reasons, points.certain)
        return Match(None, regencies.get(each.regency, ""), points.points, (), points.certain)

    return {i: [told(each) for each in several] for i, several in every.items()}


def found(rows: Sequence[Candidate]) -> dict[int, list[Found]]:
    """The same without a person: every firm of the register that a row may be."""
    answer: dict[int, list[Found]] = {}
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        for i, several in _found(chunk).items():
            answer[start + i] = several
    return answer


def _found(rows: Sequence[Candidate]) -> dict[int, list[Found]]:
    facts = [row.facts() for row in rows]
    likely = candidates_of(rows, facts)
    firms = firm_facts(pk for pks in likely.values() for pk in pks)
    two = decided(row.firm for row in rows if row.firm)
    answer: dict[int, list[Found]] = {}
    for i, pks in likely.items():
        mine = rows[i].firm
        several = []
        for pk in pks:
            if pk == mine or pk not in firms or (mine and frozenset((mine, pk)) in two):
                continue
            theirs, regency = firms[pk]
            points = score(facts[i], theirs)
            if points.asks:
                several.append(Found(pk, regency, points))
        if several:
            answer[i] = sorted(several, key=lambda each: (-each.score.points, each.firm))
    return answer


def decided(firms: Iterable[int]) -> set[frozenset[int]]:
    """The pairs of these firms that a person found to be two firms.

    What was decided about a firm holds for the one that it was merged into.
    """
    pks = set(firms)
    if not pks:
        return set()
    rows = DuplicatePair.objects.filter(state=PairState.NOT_DUPLICATE).filter(
        Q(first__in=pks)
        | Q(second__in=pks)
        | Q(first__merged_into__in=pks)
        | Q(second__merged_into__in=pks)
    )
    now = rows.annotate(
        a=Coalesce("first__merged_into_id", F("first_id")),
        b=Coalesce("second__merged_into_id", F("second_id")),
    )
    return {frozenset(pair) for pair in now.values_list("a", "b")}
