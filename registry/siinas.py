"""The ladder of a SIINas account: its states, the steps between them, and the evidence each needs.

Pure rules, no database. No official list of account states is published; this one follows the
steps that the ministry's manual gives (registration, mail with the account, eight profile
sections, proof of ownership). Reporting is a duty of a complete account and is kept beside the
ladder, not on it. The password of an account is never asked for and never stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """Where an account stands. A site without a row has an unknown state."""

    NOT_REGISTERED = "not_registered"
    SUBMITTED = "submitted"
    AWAITING_EMAIL = "awaiting_email"
    ISSUED = "issued"
    PROFILE_INCOMPLETE = "profile_incomplete"
    COMPLETE = "complete"
    BLOCKED = "blocked"
    INACTIVE = "inactive"


class Blocker(StrEnum):
    """Why an account can't go on."""

    EMAIL_LOST = "email_lost"
    PASSWORD_FORGOTTEN = "password_forgotten"  # noqa: S105 - the name of a reason
    ADDRESS_WRONG = "address_wrong"
    KBLI_NOT_INDUSTRY = "kbli_not_industry"
    NIB_NOT_RBA = "nib_not_rba"
    OTHER = "other"


# The eight boxes of "Data Perusahaan"; the proof of ownership comes when all are filled.
SECTIONS = (
    "general",
    "head_office",
    "plant",
    "contact",
    "business",
    "capacity",
    "licences",
    "oss",
)

# States in which the firm holds an account, and those in which the account is complete.
HAS_ACCOUNT = frozenset({State.ISSUED, State.PROFILE_INCOMPLETE, State.COMPLETE})
IS_COMPLETE = frozenset({State.COMPLETE})


@dataclass(frozen=True)
class Step:
    """A step from one state to another, with the evidence it needs."""

    source: State
    target: State
    evidence: tuple[str, ...] = ()


_GOES_ON = (
    State.NOT_REGISTERED,
    State.SUBMITTED,
    State.AWAITING_EMAIL,
    State.ISSUED,
    State.PROFILE_INCOMPLETE,
)
_S = State
STEPS: tuple[Step, ...] = (
    Step(_S.NOT_REGISTERED, _S.SUBMITTED, ("registered_on",)),
    Step(_S.SUBMITTED, _S.AWAITING_EMAIL),
    Step(_S.SUBMITTED, _S.ISSUED, ("issued_on",)),
    Step(_S.AWAITING_EMAIL, _S.ISSUED, ("issued_on",)),
    # An account that turns out to exist already, made by the firm itself.
    Step(_S.NOT_REGISTERED, _S.ISSUED, ("issued_on",)),
    Step(_S.ISSUED, _S.PROFILE_INCOMPLETE, ("sections",)),
    Step(_S.ISSUED, _S.COMPLETE, ("evidence_number", "evidence_year")),
    Step(_S.PROFILE_INCOMPLETE, _S.PROFILE_INCOMPLETE, ("sections",)),
    Step(_S.PROFILE_INCOMPLETE, _S.COMPLETE, ("evidence_number", "evidence_year")),
    Step(_S.COMPLETE, _S.PROFILE_INCOMPLETE, ("sections",)),
    *(Step(state, _S.BLOCKED, ("blocker",)) for state in (*_GOES_ON, _S.COMPLETE)),
    *(Step(_S.BLOCKED, state) for state in (*_GOES_ON, _S.COMPLETE)),
    *(Step(state, _S.INACTIVE, ("note",)) for state in _S if state is not _S.INACTIVE),
    Step(_S.INACTIVE, _S.NOT_REGISTERED),
    Step(_S.INACTIVE, _S.ISSUED, ("issued_on",)),
)
_BY_ENDS = {(step.source, step.target): step for step in STEPS}


def next_states(state: str) -> tuple[State, ...]:
    """The states that can follow `state`, in the order of the ladder."""
    return tuple(target for target in State if (State(state), target) in _BY_ENDS)


def missing_evidence(source: str, target: str, given: Mapping[str, Any]) -> tuple[str, ...] | None:
    """The names of the evidence still missing for a step; None when there is no such step."""
    step = _BY_ENDS.get((State(source), State(target)))
    if step is None:
        return None
    return tuple(name for name in step.evidence if given.get(name) in (None, "", [], ()))
