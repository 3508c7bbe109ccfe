"""The statuses of an industry centre (sentra), and the steps between them with their evidence.

Pure rules, no database. The five statuses are ours, since no regulation lists any: a place that
somebody proposes, one that is on record with a source, one that a decree designates, one that is
being helped, and one that no longer works. Who may take a step is `registry.centrestep` in the
table of rights, in the centre's own regency. The database keeps the same table: it takes no step
that is not listed here, none without its evidence, and no other change of a status.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Status(StrEnum):
    """How far a centre is recognised; the values are stored."""

    POTENTIAL = "potential"
    RECORDED = "recorded"
    DESIGNATED = "designated"
    ASSISTED = "assisted"
    INACTIVE = "inactive"


class Criterion(StrEnum):
    """The rule by which a place counts as a centre; several are in use, the values are stored."""

    FIVE_FIRMS = "five_firms"
    HOUSEHOLDS = "households"
    DECREE = "decree"


# A centre enters the register as a proposal, or as a place that a source names.
BIRTHS = (Status.POTENTIAL, Status.RECORDED)
# Statuses in which a decree with number and date is in force.
BY_DECREE = frozenset({Status.DESIGNATED, Status.ASSISTED})
# What a step can hold as evidence, in the order of the form.
EVIDENCE = ("document", "criterion", "decree_number", "decree_date", "note")


@dataclass(frozen=True)
class Step:
    """A step from one status to another: the evidence it needs, and what follows from it."""

    source: Status
    target: Status
    evidence: tuple[str, ...]
    follows: Promise


_S = Status
_DECREE = ("criterion", "decree_number", "decree_date")
_DESIGNATED = _("The public page names the decree, and the centre counts as designated.")
_HIDDEN = _("The centre leaves the public pages; its figures and its firms stay on record.")
_SHOWN_AGAIN = _("The centre is shown to the public again, as recorded.")
STEPS: tuple[Step, ...] = (
    Step(
        _S.POTENTIAL,
        _S.RECORDED,
        ("document",),
        _("Everybody sees the centre on the public pages: as recorded, with its source."),
    ),
    Step(_S.POTENTIAL, _S.DESIGNATED, _DECREE, _DESIGNATED),
    Step(_S.RECORDED, _S.DESIGNATED, _DECREE, _DESIGNATED),
    Step(
        _S.DESIGNATED,
        _S.DESIGNATED,
        _DECREE,
        _("The new decree stands in place of the former one; the steps keep both."),
    ),
    Step(
        _S.DESIGNATED,
        _S.ASSISTED,
        ("document",),
        _("The centre counts as assisted; its decree stays."),
    ),
    Step(_S.ASSISTED, _S.ASSISTED, ("document",), _("One more help is on record.")),
    Step(
        _S.ASSISTED,
        _S.DESIGNATED,
        _DECREE,
        _("The help has ended; the centre stays designated."),
    ),
    Step(
        _S.DESIGNATED,
        _S.RECORDED,
        ("note",),
        _("The decree leaves the public page; the steps keep its number and date."),
    ),
    *(Step(s, _S.INACTIVE, ("note",), _HIDDEN) for s in _S if s is not _S.INACTIVE),
    Step(_S.INACTIVE, _S.RECORDED, ("note",), _SHOWN_AGAIN),
    Step(_S.INACTIVE, _S.DESIGNATED, _DECREE, _DESIGNATED),
)
_BY_ENDS = {(step.source, step.target): step for step in STEPS}


def step_between(source: str, target: str) -> Step | None:
    """The step of the table from one status to another, if there is one."""
    return _BY_ENDS.get((Status(source), Status(target)))


def next_steps(source: str) -> tuple[Step, ...]:
    """The steps that can follow a status, in the order of the table."""
    return tuple(step for step in STEPS if step.source == source)


def missing_evidence(source: str, target: str, given: Mapping[str, Any]) -> tuple[str, ...] | None:
    """The names of the evidence still missing for a step; None when there is no such step."""
    step = step_between(source, target)
    if step is None:
        return None
    return tuple(name for name in step.evidence if given.get(name) in (None, ""))
