"""TKDN-IK: who may ask for the certificate, and what self-assessment would come to. Pure rules.

Rule: every condition is met, not met, or unknown, and says so; a firm is eligible when each
condition is met. One is an exclusion and not a proof: a product that is only packed (Permenperin
46/2022). It stands against a firm when it is on record and not while it is unknown, since a firm
whose KBLI is industry makes what it sells until somebody says otherwise; it is asked for all the
same. Numbers of a regulation (ceiling, weights, minimum) are data, never constants here. What is
computed is an estimate and no certificate.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Criterion(StrEnum):
    """The conditions, in the order in which they are worked on."""

    NIB = "nib"
    SCALE = "scale"
    KBLI = "kbli"
    CAPITAL = "capital"
    SIINAS = "siinas"
    IN_HOUSE = "in_house"


class Answer(StrEnum):
    """What is known of a condition."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class Part(StrEnum):
    """What a product's local content is counted from."""

    MATERIAL = "material"
    LABOUR = "labour"
    OVERHEAD = "overhead"
    DEVELOPMENT = "development"


# Conditions that stand against a firm only when they are known not to hold.
EXCLUSIONS = frozenset({Criterion.IN_HOUSE})
SMALL_SCALES = frozenset({"micro", "small"})
INDUSTRY_SECTION = "C"  # divisions 10 to 33, in KBLI 2020 as in KBLI 2025


@dataclass(frozen=True, slots=True)
class Regulation:
    """What one regulation says, in force from its first to its last day; None: not known to us.

    ``ceiling`` is in whole rupiah, without land and buildings. ``weights`` and ``minimum`` are in
    percent of the product.
    """

    code: str
    since: dt.date
    until: dt.date | None = None
    ceiling: int | None = None
    minimum: Decimal | None = None
    weights: Mapping[Part, Decimal] | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the register knows of a firm; None and an empty text are unknown.

    ``section`` is the letter of the primary KBLI in its own edition, ``capital`` the business
    capital (modal usaha) last reported, ``complete`` whether an account of one of its sites is.
    """

    has_nib: bool = False
    scale: str = ""
    section: str = ""
    capital: int | None = None
    complete: bool | None = None
    in_house: bool | None = None


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The answer to each condition, under the regulation by which it was asked."""

    answers: Mapping[Criterion, Answer]
    regulation: Regulation | None

    @property
    def eligible(self) -> bool:
        """Whether nothing stands in the way of asking for the certificate."""
        return not self.open

    @property
    def open(self) -> tuple[Criterion, ...]:
        """The conditions that stand in the way, in their order."""
        return tuple(c for c, answer in self.answers.items() if not _passes(c, answer))


def _passes(criterion: Criterion, answer: Answer) -> bool:
    if criterion in EXCLUSIONS:
        return answer is not Answer.NOT_MET
    return answer is Answer.MET


def in_force(regulations: Iterable[Regulation], on: dt.date) -> Regulation | None:
    """The regulation of the day: of those in force the latest; None where there is none."""
    found = [r for r in regulations if r.since <= on and (r.until is None or on <= r.until)]
    return max(found, key=lambda regulation: regulation.since, default=None)


def eligibility(facts: Facts, regulation: Regulation | None) -> Eligibility:
    """Ask every condition (Permenperin 46/2022 and 35/2025: small industry, by modal usaha).

    Without a regulation, or while its ceiling is not known, nobody can be said to be below it.
    """
    ceiling = regulation.ceiling if regulation else None
    return Eligibility(
        {
            Criterion.NIB: Answer.MET if facts.has_nib else Answer.NOT_MET,
            Criterion.SCALE: _known(facts.scale, facts.scale in SMALL_SCALES),
            Criterion.KBLI: _known(facts.section, facts.section == INDUSTRY_SECTION),
            Criterion.CAPITAL: Answer.UNKNOWN
            if ceiling is None or facts.capital is None
            else _said(facts.capital <= ceiling),
            Criterion.SIINAS: _said(facts.complete),
            Criterion.IN_HOUSE: _said(facts.in_house),
        },
        regulation,
    )


def _known(value: str, holds: bool) -> Answer:
    return _said(holds if value else None)


def _said(holds: bool | None) -> Answer:
    if holds is None:
        return Answer.UNKNOWN
    return Answer.MET if holds else Answer.NOT_MET


@dataclass(frozen=True, slots=True)
class Estimate:
    """What self-assessment would come to: at least ``low``, and ``high`` if all else holds too."""

    weights: Mapping[Part, Decimal]
    given: Mapping[Part, bool | None]
    minimum: Decimal | None

    @property
    def low(self) -> Decimal:
        """The sum of what is known to hold."""
        return sum((w for part, w in self.weights.items() if self.given[part]), Decimal(0))

    @property
    def high(self) -> Decimal:
        """The sum of what is not known to fail."""
        held = (w for part, w in self.weights.items() if self.given[part] is not False)
        return sum(held, Decimal(0))

    @property
    def certain(self) -> bool:
        """Whether every question was answered."""
        return None not in self.given.values()

    @property
    def reaches(self) -> bool | None:
        """Whether the minimum is reached; None while that depends on what is unknown."""
        if self.minimum is None or self.low < self.minimum <= self.high:
            return None
        return self.low >= self.minimum


def estimate(given: Mapping[Part, bool | None], regulation: Regulation | None) -> Estimate | None:
    """The estimate for a product under a regulation; None while its weights are not known.

    Under Permenperin 46/2022 each part counts in full or not at all: main material from a supplier
    in Indonesia, permanent workers who are citizens, own tools, water and power, and a product
    with registered rights, SNI, halal or other cost of development.
    """
    if regulation is None or regulation.weights is None:
        return None
    weights = regulation.weights
    return Estimate(weights, {part: given.get(part) for part in weights}, regulation.minimum)
