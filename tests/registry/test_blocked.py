"""A blocked account is a hindrance, not a loss: what it had reached counts on, and it is found."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from registry import counts
from registry.advice import FOR_OFFICER
from registry.chain import chain_of, with_chain
from registry.conditions import eligible_for_tkdn
from registry.eligibility import readiness_of
from registry.filters import narrowed
from registry.models import Firm, SiinasAccount, TkdnRule
from registry.services import SYSTEM, firms_register, siinas_step
from registry.siinas import Blocker, stands_at
from registry.worklist import in_queue
from tests.registry.registers import NEARLY, draft_of

DAY = dt.date(2025, 3, 1)


@pytest.mark.parametrize(
    ("state", "issued_on", "evidence", "reached"),
    [
        ("blocked", None, "", "blocked"),
        ("blocked", DAY, "", "issued"),
        ("blocked", DAY, "12", "complete"),
        ("blocked", None, "12", "complete"),
        ("profile_incomplete", DAY, "12", "profile_incomplete"),
        ("inactive", DAY, "12", "inactive"),
    ],
)
def test_a_block_takes_nothing_away(
    state: str, issued_on: dt.date | None, evidence: str, reached: str
) -> None:
    assert stands_at(state, issued_on, evidence) == reached


def blocked(**known: Any) -> Firm:
    """A firm that was ready for its certificate until the password was forgotten."""
    (firm,) = firms_register([draft_of(1, NEARLY)], by=SYSTEM, reason="uji")
    SiinasAccount.objects.update(**known)
    siinas_step(
        account=SiinasAccount.objects.get(),
        target="blocked",
        blocker="password_forgotten",
        by=SYSTEM,
    )
    return firm


def marks(firm: Firm) -> dict[str, str]:
    return {
        r.key: r.mark.value for r in chain_of(with_chain(Firm.objects.filter(pk=firm.pk)).get())
    }


def reached_counts() -> tuple[int, int]:
    rungs = {rung.key: rung.count for rung in counts.ladder(SYSTEM)}
    return rungs["account"], rungs["complete"]


@pytest.mark.django_db
def test_a_complete_account_whose_password_is_forgotten_stays_complete() -> None:
    firm = blocked(issued_on=DAY, evidence_number="12", evidence_year=2025)
    firms = Firm.objects.all()
    assert reached_counts() == (1, 1)
    assert not in_queue(firms, "akun").exists()
    assert TkdnRule.objects.exists()
    assert firms.filter(eligible_for_tkdn()).exists()
    assert readiness_of(firm, timezone.localdate()).eligible
    assert SiinasAccount.objects.complete().exists()
    found = marks(firm)
    assert (found["account"], found["profile"], found["tkdn"]) == ("sudah", "sudah", "kini")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("known", "held", "stuck"),
    [({"issued_on": DAY}, 1, "profile"), ({}, 0, "account")],
)
def test_the_rung_that_is_blocked_is_the_first_not_reached(
    known: dict[str, Any], held: int, stuck: str
) -> None:
    firm = blocked(**known)
    assert reached_counts() == (held, 0)
    assert in_queue(Firm.objects.all(), "akun").exists() is not bool(held)
    assert marks(firm)[stuck] == "kendala"


@pytest.mark.django_db
def test_it_is_found_with_its_blocker_and_told_what_to_do() -> None:
    firm = blocked(issued_on=DAY, evidence_number="12", evidence_year=2025)
    firms = Firm.objects.all()
    assert list(in_queue(firms, "terkendala")) == [firm]
    assert list(narrowed(firms, {"kendala": "password_forgotten"})) == [firm]
    account = SiinasAccount.objects.get()
    advice = str(FOR_OFFICER.by_blocker[Blocker.PASSWORD_FORGOTTEN])
    assert {FOR_OFFICER.on(rung, account) for rung in ("profile", "tkdn", "")} == {advice}
