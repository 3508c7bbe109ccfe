"""The SIINas account as a state machine: every pair of states, person, region and evidence.

What a test expects is written out here, not taken from the table it checks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import User
from accounts.rules import Role
from registry import siinas
from registry.models import SiinasAccount, SiinasStep
from registry.services import (
    SYSTEM,
    NotAllowed,
    StepNotPossible,
    SteppedMeanwhile,
    siinas_open,
    siinas_step,
)
from registry.versions import account_version
from tests.registry.factories import make_firm

pytestmark = pytest.mark.django_db

# From each state, the states that can follow; the same one again corrects its evidence. A blocked
# account of which no more is known can go on anywhere.
FOLLOW = {
    "not_registered": {"submitted", "issued", "blocked", "inactive"},
    "submitted": {"submitted", "awaiting_email", "issued", "blocked", "inactive"},
    "awaiting_email": {"awaiting_email", "issued", "blocked", "inactive"},
    "issued": {"issued", "profile_incomplete", "complete", "blocked", "inactive"},
    "profile_incomplete": {"profile_incomplete", "complete", "blocked", "inactive"},
    "complete": {"complete", "profile_incomplete", "blocked", "inactive"},
    "blocked": {
        "blocked",
        "not_registered",
        "submitted",
        "awaiting_email",
        "issued",
        "profile_incomplete",
        "complete",
        "inactive",
    },
    "inactive": {"not_registered", "issued"},
}
# What each state must be proved by, with a value that proves it. The day of the step stands for
# the date of registration or issue where none is given.
PROOF: dict[str, dict[str, Any]] = {
    "not_registered": {},
    "submitted": {},
    "awaiting_email": {"registered_on": dt.date(2026, 3, 2)},
    "issued": {},
    "profile_incomplete": {"sections": ["general", "plant"]},
    "complete": {"evidence_number": "BKA-7", "evidence_year": 2026},
    "blocked": {"blocker": "email_lost"},
    "inactive": {"note": "pindah usaha"},
}
STATES = [state.value for state in siinas.State]
MAY = {"province": True, "cirebon_staff": True}  # the site lies in Kabupaten Cirebon
TODAY = dt.date(2026, 11, 24)
DAY = TODAY


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day on which all of this happens."""
    monkeypatch.setattr(timezone, "localdate", lambda *_args: TODAY)


def test_the_table_is_as_written_here() -> None:
    assert {s: {t.value for t in siinas.next_states(s)} for s in STATES} == FOLLOW
    for step in siinas.STEPS:
        assert step.roles == {Role.PROVINCE_ADMIN, Role.REGENCY_STAFF}


def at(state: str) -> SiinasAccount:
    """An account that stands at a state, as a sheet told of it, with no evidence beyond that."""
    bare = {"blocker": "other"} if state == "blocked" else {}
    make_firm(f"Uji {state}", siinas={"state": state, **bare})
    account: SiinasAccount = SiinasAccount.objects.get(site__firm__name=f"Uji {state}")
    return account


def lacking(proof: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The proof without one of its parts."""
    for left_out in proof:
        yield {name: value for name, value in proof.items() if name != left_out}


@pytest.mark.parametrize("source", STATES)
def test_every_step_by_person_region_and_evidence(source: str, people: dict[str, User]) -> None:
    account = at(source)
    for target in STATES:
        tries = [(PROOF[target], True), *((less, False) for less in lacking(PROOF[target]))]
        for name, person in people.items():
            for evidence, proved in tries:
                on_record = source == target == "blocked"  # what blocks is known already
                expected = (
                    "refused"
                    if target not in FOLLOW[source] or not (proved or on_record)
                    else "taken"
                    if MAY.get(name)
                    else "not allowed"
                )
                assert outcome(account, target, person, evidence) == expected, (
                    source,
                    target,
                    name,
                    evidence,
                )


@contextmanager
def refused(match: str) -> Iterator[None]:
    """What happens inside is refused by the database, at the latest when it ends."""
    with pytest.raises(IntegrityError, match=match), transaction.atomic():  # noqa: PT012
        yield
        connection.check_constraints()


def outcome(account: SiinasAccount, target: str, by: Any, evidence: dict[str, Any]) -> str:
    """What comes of a step; everything is as before afterwards."""
    before = transaction.savepoint()
    try:
        return taken(account, target, by, evidence)
    except NotAllowed:
        return "not allowed"
    except StepNotPossible:
        return "refused"
    finally:
        transaction.savepoint_rollback(before)


def taken(account: SiinasAccount, target: str, by: Any, evidence: dict[str, Any]) -> str:
    """Take the step, and look at what stands in the register then."""
    step = siinas_step(account=account, target=target, by=by, on=DAY, **evidence)
    stored = SiinasAccount.objects.get(pk=account.pk)
    assert (stored.state, step.source, step.target) == (target, account.state, target)
    assert step.recorded_by_id == by.pk
    connection.check_constraints()
    return "taken"


def test_a_refused_step_leaves_no_trace() -> None:
    account = siinas_open(site=make_firm().sites.get(), by=SYSTEM)
    with pytest.raises(StepNotPossible, match="“"):
        siinas_step(account=account, target="complete", by=SYSTEM)
    assert SiinasStep.objects.count() == 0
    account.refresh_from_db()
    assert account.state == "not_registered"


class TestNoOtherWay:
    """The database itself refuses a state that no step leads to."""

    def test_a_state_written_past_the_steps(self) -> None:
        account = at("issued")
        with refused("last step"):
            SiinasAccount.objects.filter(pk=account.pk).update(state="complete")

    def test_a_state_saved_past_the_steps(self) -> None:
        account = at("issued")
        account.state = "complete"
        with refused("last step"):
            account.save()

    def test_an_account_that_begins_further_on(self) -> None:
        site = make_firm().sites.get()
        with refused("last step"):
            SiinasAccount.objects.create(site=site, state="submitted")

    def test_a_step_without_its_state(self) -> None:
        account = at("issued")
        with refused("last step"):
            SiinasStep.objects.create(account=account, source="issued", target="complete", on=DAY)

    @pytest.mark.parametrize("source", ["", "submitted", "not_registered"])
    def test_a_step_from_where_the_account_does_not_stand(self, source: str) -> None:
        account = at("awaiting_email")
        with refused("does not begin"):
            SiinasStep.objects.create(account=account, source=source, target="issued", on=DAY)
            SiinasAccount.objects.filter(pk=account.pk).update(state="issued")

    def test_a_step_that_is_not_in_the_table(self) -> None:
        account = at("submitted")
        with refused("siinas_step_listed"):
            SiinasStep.objects.create(
                account=account, source="submitted", target="complete", on=DAY
            )

    def test_a_step_is_never_changed(self) -> None:
        at("issued")
        with pytest.raises(Exception, match="Cannot update or delete"), transaction.atomic():
            SiinasStep.objects.update(target="complete")

    def test_taking_a_step_away(self) -> None:
        at("issued")
        with pytest.raises(Exception, match="Cannot update or delete"), transaction.atomic():
            SiinasStep.objects.all().delete()

    def test_taking_the_last_step_away_with_the_state_put_back(self) -> None:
        """Both together would leave no trace of a state that was reached."""
        account = at("issued")
        siinas_step(account=account, target="blocked", by=SYSTEM, blocker="other")

        def put_back() -> None:
            SiinasAccount.objects.filter(pk=account.pk).update(state="issued")
            SiinasStep.objects.filter(target="blocked")._raw_delete("default")

        with pytest.raises(Exception, match="Cannot update or delete"), transaction.atomic():
            put_back()

    def test_only_two_roads_set_that_aside(self) -> None:
        """Undoing an intake and removing the sample; each names the trigger."""
        root = Path(siinas.__file__).parents[1]
        apps = ("accounts", "ciayumajakuning", "dashboards", "promotions", "registry")
        files = [file for app in apps for file in (root / app).rglob("*.py")]
        named = {
            str(file.relative_to(root)) for file in files if "STEPS_GO" in file.read_text("utf-8")
        }
        assert named == {
            "registry/models/siinas.py",
            "registry/intake/undoing.py",
            "registry/sample/removal.py",
        }
        others = {
            str(file.relative_to(root))
            for file in files
            if "pgtrigger.ignore(" in file.read_text("utf-8")
        }
        assert others <= named


@st.composite
def walks(draw: Any) -> list[str]:
    """Ways along the table, from the first state."""
    way = ["not_registered"]
    for _ in range(draw(st.integers(0, 8))):
        way.append(draw(st.sampled_from(sorted(siinas.can_follow(way)))))
    return way


class TestWalks(TestCase):
    """Any way along the table ends where the steps say."""

    @settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
    @given(walks())
    def test_the_steps_tell_the_whole_way(self, way: list[str]) -> None:
        account = siinas_open(site=make_firm().sites.get(), by=SYSTEM)
        for target in way[1:]:
            siinas_step(account=account, target=target, by=SYSTEM, on=DAY, **PROOF[target])
        told = account.steps.order_by("id").values_list("source", "target")
        assert list(told) == list(pairwise(way))
        account.refresh_from_db()
        assert account.state == way[-1]
        connection.check_constraints()


def test_leaving_a_block_clears_its_reason_and_ticket() -> None:
    account = at("issued")
    siinas_step(account=account, target="blocked", by=SYSTEM, blocker="address_wrong", ticket="T-9")
    siinas_step(account=account, target="issued", by=SYSTEM, issued_on=dt.date(2026, 1, 5))
    account.refresh_from_db()
    assert (account.blocker, account.ticket) == ("", "")


def test_unblocking_keeps_the_date_of_issue() -> None:
    account = siinas_open(site=make_firm().sites.get(), by=SYSTEM)
    first = dt.date(2026, 1, 5)
    siinas_step(account=account, target="issued", by=SYSTEM, on=first)
    siinas_step(account=account, target="blocked", by=SYSTEM, on=DAY, blocker="other")
    siinas_step(account=account, target="issued", by=SYSTEM, on=DAY)
    account.refresh_from_db()
    assert account.issued_on == first


def test_starting_again_forgets_the_old_proof_and_history_keeps_it() -> None:
    account = siinas_open(site=make_firm().sites.get(), by=SYSTEM)
    siinas_step(account=account, target="issued", by=SYSTEM, on=dt.date(2024, 1, 5))
    siinas_step(account=account, target="inactive", by=SYSTEM, note="pindah")
    siinas_step(account=account, target="not_registered", by=SYSTEM)
    siinas_step(account=account, target="submitted", by=SYSTEM, on=DAY)
    account.refresh_from_db()
    assert (account.registered_on, account.issued_on) == (DAY, None)
    assert account.events.filter(issued_on=dt.date(2024, 1, 5)).exists()


@pytest.mark.parametrize(
    ("way", "onward"),
    [
        # What came before is not known: a sheet told of the block.
        ("blocked", FOLLOW["blocked"]),
        ("not_registered blocked", {"not_registered", "submitted", "issued"}),
        ("submitted blocked", {"not_registered", "submitted", "awaiting_email", "issued"}),
        (
            "awaiting_email blocked blocked",
            {"not_registered", "submitted", "awaiting_email", "issued"},
        ),
        (
            "issued blocked",
            {
                "not_registered",
                "submitted",
                "awaiting_email",
                "issued",
                "profile_incomplete",
                "complete",
            },
        ),
        # A new registration: what the former one had reached no longer counts.
        ("complete blocked submitted blocked", FOLLOW["submitted"] | {"not_registered"}),
        (
            "complete inactive not_registered blocked",
            {"not_registered", "submitted", "issued"},
        ),
    ],
)
def test_a_block_is_no_way_around_the_steps(way: str, onward: set[str]) -> None:
    assert set(siinas.can_follow(way.split())) == onward | {"blocked", "inactive"}


def test_from_a_block_before_registration_nothing_is_complete_at_once() -> None:
    account = siinas_open(site=make_firm().sites.get(), by=SYSTEM)
    siinas_step(account=account, target="blocked", by=SYSTEM, blocker="nib_not_rba")
    with pytest.raises(StepNotPossible, match="“Lengkap"):
        siinas_step(account=account, target="complete", by=SYSTEM, **PROOF["complete"])


class TestCorrecting:
    """A step to the same state: nothing moves, the evidence is mended, and the steps tell of it."""

    def test_a_ticket_that_comes_later(self) -> None:
        account = at("blocked")
        siinas_step(account=account, target="blocked", by=SYSTEM, ticket="SIINAS-881")
        account.refresh_from_db()
        assert (account.state, account.blocker, account.ticket) == (
            "blocked",
            "other",
            "SIINAS-881",
        )

    def test_another_blocker(self) -> None:
        account = at("blocked")
        siinas_step(account=account, target="blocked", by=SYSTEM, blocker="email_lost")
        account.refresh_from_db()
        assert account.blocker == "email_lost"

    def test_a_number_that_was_mistyped(self) -> None:
        account = at("issued")
        siinas_step(account=account, target="complete", by=SYSTEM, **PROOF["complete"])
        step = siinas_step(account=account, target="complete", by=SYSTEM, evidence_number="BKA-8")
        account.refresh_from_db()
        assert (account.evidence_number, account.evidence_year) == ("BKA-8", 2026)
        assert (step.source, step.target) == ("complete", "complete")

    def test_a_proof_is_not_emptied(self) -> None:
        account = at("issued")
        siinas_step(account=account, target="complete", by=SYSTEM, **PROOF["complete"])
        with pytest.raises(StepNotPossible, match="nomor bukti"):
            siinas_step(account=account, target="complete", by=SYSTEM, evidence_number="")

    def test_a_date_of_issue(self) -> None:
        account = at("issued")
        siinas_step(account=account, target="issued", by=SYSTEM, issued_on=dt.date(2026, 2, 1))
        account.refresh_from_db()
        assert account.issued_on == dt.date(2026, 2, 1)

    def test_sections_that_are_not_filled_after_all(self) -> None:
        account = at("profile_incomplete")
        siinas_step(account=account, target="profile_incomplete", by=SYSTEM, sections=["plant"])
        siinas_step(account=account, target="profile_incomplete", by=SYSTEM, sections=[])
        account.refresh_from_db()
        assert account.sections == []


def test_the_proof_means_that_all_eight_sections_are_filled() -> None:
    account = at("profile_incomplete")
    siinas_step(account=account, target="complete", by=SYSTEM, **PROOF["complete"])
    account.refresh_from_db()
    assert set(account.sections or ()) == set(siinas.SECTIONS)
    assert not account.evidence_file


TOMORROW, YESTERDAY = TODAY + dt.timedelta(days=1), TODAY - dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"on": dt.date(2062, 1, 5)}, "05/01/2062"),
        ({"on": TOMORROW}, "25/11/2026"),
        ({"on": YESTERDAY}, "23/11/2026.*24/11/2026"),
        ({"on": TODAY, "issued_on": TOMORROW}, "25/11/2026.*24/11/2026"),
        ({"on": TODAY, "registered_on": TOMORROW}, "25/11/2026.*24/11/2026"),
        ({"on": TODAY, "registered_on": TODAY, "issued_on": YESTERDAY}, "sebelum didaftarkan"),
        ({"on": TODAY, "issued_on": YESTERDAY}, ""),
    ],
)
def test_days_lie_in_the_past_and_in_order(told: dict[str, Any], said: str) -> None:
    account = at("submitted")  # recorded today
    step = partial(siinas_step, account=account, target="issued", by=SYSTEM)
    if not said:
        step(**told)
        return
    with pytest.raises(ValidationError, match=said):
        step(**told)
    account.refresh_from_db()
    assert (account.state, account.steps.count()) == ("submitted", 1)


def test_a_former_step_dated_ahead_does_not_stop_the_account(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    account = at("submitted")
    monkeypatch.setattr(timezone, "localdate", lambda *_args: YESTERDAY)
    siinas_step(account=account, target="issued", by=SYSTEM)
    account.refresh_from_db()
    assert account.state == "issued"


def test_registering_anew_begins_the_wait_for_the_mail_anew() -> None:
    account = siinas_open(site=make_firm().sites.get(), by=SYSTEM)
    long_ago = dt.date(2024, 1, 5)
    siinas_step(account=account, target="submitted", by=SYSTEM, on=long_ago)
    siinas_step(account=account, target="issued", by=SYSTEM, on=long_ago)
    siinas_step(account=account, target="blocked", by=SYSTEM, on=long_ago, blocker="email_lost")
    siinas_step(account=account, target="submitted", by=SYSTEM, on=TODAY)
    account.refresh_from_db()
    assert (account.registered_on, account.issued_on) == (TODAY, None)
    assert not siinas.mail_overdue(account.state, account.registered_on, TODAY)


def test_the_second_of_two_who_look_at_one_account_is_refused() -> None:
    account = at("profile_incomplete")
    seen = account_version(account)
    step = partial(siinas_step, account=account, target="profile_incomplete", by=SYSTEM)
    step(seen=seen, sections=["plant"])
    with pytest.raises(SteppedMeanwhile):
        step(seen=seen, sections=["contact"])
    step(seen=account_version(account), sections=["plant", "contact"])


@pytest.mark.parametrize(
    ("state", "days", "overdue"),
    [
        ("submitted", 0, False),
        ("submitted", 1, False),
        ("submitted", 2, True),
        ("awaiting_email", 40, True),
        ("awaiting_email", None, False),
        ("not_registered", 40, False),
        ("issued", 40, False),
        ("blocked", 40, False),
    ],
)
def test_mail_with_the_account_is_due_within_24_hours(
    state: str, days: int | None, overdue: bool
) -> None:
    today = dt.date(2026, 11, 24)
    registered = None if days is None else today - dt.timedelta(days=days)
    assert siinas.mail_overdue(state, registered, today) is overdue
