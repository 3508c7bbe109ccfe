"""The ladder of a SIINas account: its states, the steps between them, and the evidence each needs.

Pure rules, no database. No official list of account states is published; this one follows the
steps that the ministry's manual gives (registration, mail with the account, eight profile
sections, proof of ownership). Reporting is a duty of a complete account and is kept beside the
ladder, not on it. The password of an account is never asked for and never stored.

Rule: an account stands where its last step led. The database keeps the same rule by triggers
(`registry.models.siinas`), so there is no other way to change a state.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from accounts.rules import Action, Role, allowed


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


def stands_at(state: str, issued_on: dt.date | None, evidence_number: str) -> str:
    """How far an account has come: a block takes away nothing that it had reached.

    A blocked account counts as complete where its proof of ownership is on record, and as issued
    where its day of issue is; `SiinasQuerySet` has the same rule for queries.
    """
    if state != State.BLOCKED:
        return state
    if evidence_number:
        return State.COMPLETE.value
    return State.ISSUED.value if issued_on else state


# States in which the mail with the account is on its way.
AWAITS_MAIL = frozenset({State.SUBMITTED, State.AWAITING_EMAIL})


def mail_overdue(state: str, registered_on: dt.date | None, on: dt.date) -> bool:
    """Whether the mail with the account should have come: 1 x 24 hours after registration.

    That is the time the ministry's manual gives. Only days are known, so it is said from the
    second day on, when it holds at whatever hour somebody registered.
    """
    due = registered_on is not None and on - registered_on >= dt.timedelta(days=2)
    return due and state in AWAITS_MAIL


# What a state is proved by. Where a field stands here it must be known before the state is reached.
EVIDENCE_OF: Mapping[State, tuple[str, ...]] = {
    State.NOT_REGISTERED: (),
    State.SUBMITTED: ("registered_on",),
    State.AWAITING_EMAIL: ("registered_on",),
    State.ISSUED: ("issued_on",),
    State.PROFILE_INCOMPLETE: ("sections",),
    State.COMPLETE: ("evidence_number", "evidence_year"),
    State.BLOCKED: ("blocker",),
    State.INACTIVE: ("note",),
}


@dataclass(frozen=True)
class Step:
    """A step from one state to another, with the evidence it needs and who may record it."""

    source: State
    target: State

    @property
    def evidence(self) -> tuple[str, ...]:
        """The fields that must be known; the same for every way to the state."""
        return EVIDENCE_OF[self.target]

    @property
    def roles(self) -> frozenset[Role]:
        """The roles that may record it, by the table of rights; the region is asked besides."""
        return frozenset(
            role
            for role in Role
            if allowed(role, Action.CHANGE, "registry.siinasaccount")
            and allowed(role, Action.ADD, "registry.siinasstep")
        )


# Before an account is followed there is no state: a sheet, or the sample, tells where it stands.
UNKNOWN = ""

_S = State
# From the first state up.
LADDER = (
    _S.NOT_REGISTERED,
    _S.SUBMITTED,
    _S.AWAITING_EMAIL,
    _S.ISSUED,
    _S.PROFILE_INCOMPLETE,
    _S.COMPLETE,
)
_AHEAD: Mapping[State, tuple[State, ...]] = {
    _S.NOT_REGISTERED: (_S.SUBMITTED, _S.ISSUED),  # issued: it turns out to exist already
    _S.SUBMITTED: (_S.AWAITING_EMAIL, _S.ISSUED),
    _S.AWAITING_EMAIL: (_S.ISSUED,),
    _S.ISSUED: (_S.PROFILE_INCOMPLETE, _S.COMPLETE),
    _S.PROFILE_INCOMPLETE: (_S.COMPLETE,),
    _S.COMPLETE: (_S.PROFILE_INCOMPLETE,),  # a section turned out wrong
    _S.BLOCKED: LADDER,  # as far as it had come: see `can_follow`
    _S.INACTIVE: (_S.NOT_REGISTERED, _S.ISSUED),
}
# A step to the same state mends or adds evidence: a ticket, a file that came late, a number.
MENDABLE = frozenset(_S) - {_S.NOT_REGISTERED, _S.INACTIVE}
_ASIDE = {
    _S.BLOCKED: frozenset(_S) - {_S.BLOCKED, _S.INACTIVE},
    _S.INACTIVE: frozenset(_S) - {_S.INACTIVE},
}
STEPS: tuple[Step, ...] = (
    *(Step(source, target) for source, targets in _AHEAD.items() for target in targets),
    *(Step(state, state) for state in _S if state in MENDABLE),
    *(
        Step(source, aside)
        for aside, sources in _ASIDE.items()
        for source in _S
        if source in sources
    ),
)
_BY_ENDS = {(step.source, step.target): step for step in STEPS}


def step_between(source: str, target: str) -> Step | None:
    """The step of the table from one state to another; None where there is none."""
    return _BY_ENDS.get((State(source), State(target)))


def next_states(state: str) -> tuple[State, ...]:
    """The states that can follow `state`, in the order of the ladder; the same state comes last."""
    found = [target for target in State if (State(state), target) in _BY_ENDS]
    return tuple(sorted(found, key=lambda target: target == state))


def can_follow(way: Sequence[str]) -> tuple[State, ...]:
    """The states that can follow the states which an account went through, the first one first.

    A blocked account goes on where it stood, back to what it had reached since it was last
    registered, or to what could have followed then: a block is no way around the steps. What came
    before a block that a sheet tells of is not known, so any state of the table can follow.
    """
    now = way[-1] if way else State.NOT_REGISTERED.value
    before = _before_block(way)
    if now != State.BLOCKED or not before:
        return next_states(now)
    reached = max((LADDER.index(State(s)) for s in before if s in LADDER), default=0)
    onward = {*LADDER[: reached + 1], *next_states(before[-1]), State.BLOCKED}
    return tuple(target for target in next_states(now) if target in onward)


def _before_block(way: Sequence[str]) -> list[str]:
    """The states since the last registration began, those of blocks left out."""
    begun = {State.NOT_REGISTERED.value, State.SUBMITTED.value}
    start = max((place for place, state in enumerate(way) if state in begun), default=0)
    return [state for state in way[start:] if state != State.BLOCKED]


def begins_anew(source: str, target: str) -> bool:
    """Whether a step begins a registration: what an earlier one proved holds no longer."""
    return target == State.NOT_REGISTERED or (
        target == State.SUBMITTED and source not in (State.SUBMITTED, State.NOT_REGISTERED)
    )


def missing_evidence(source: str, target: str, given: Mapping[str, Any]) -> tuple[str, ...] | None:
    """The names of the evidence still missing for a step; None when there is no such step."""
    step = step_between(source, target)
    if step is None:
        return None
    return tuple(name for name in step.evidence if given.get(name) in (None, ""))
