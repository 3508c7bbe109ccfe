"""A centre's status: every transition × role × region × evidence, and no other way to change it."""

from __future__ import annotations

import datetime as dt
from itertools import product
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, InternalError, connection, transaction
from django.utils import timezone

from accounts.models import User
from registry.centre_steps import BIRTHS, STEPS, Status, missing_evidence, next_steps
from registry.history import history_of
from registry.models import Centre, CentreStep, CentreThreshold
from registry.services import (
    SYSTEM,
    NotAllowed,
    StepNotPossible,
    centre_members_link,
    centre_propose,
    centre_step,
    row_restore,
)
from tests.registry.factories import TEGALWANGI, make_firm

pytestmark = pytest.mark.django_db
EVERY: dict[str, Any] = {
    "document": "Berita acara 4/2026",
    "criterion": "decree",
    "decree_number": "500/12",
    "decree_date": dt.date(2026, 2, 3),
    "note": "catatan",
}
# How a centre gets to each status.
WAYS = {
    Status.POTENTIAL: [],
    Status.RECORDED: ["recorded"],
    Status.DESIGNATED: ["designated"],
    Status.ASSISTED: ["designated", "assisted"],
    Status.INACTIVE: ["inactive"],
}


def proposed(status: str = "potential", village: str = TEGALWANGI) -> Centre:
    """A centre of rattan at a village, moved to a status by its steps."""
    centre = centre_propose(
        centre=Centre(
            name="Sentra Uji",
            commodity_id="rotan-bambu",
            regency_id=village[:5],
            district_id=village[:8],
            village_id=village,
        ),
        by=SYSTEM,
    )
    for target in WAYS[Status(status)]:
        centre_step(centre=centre, target=target, by=SYSTEM, on=dt.date(2026, 3, 1), **EVERY)
    centre.refresh_from_db()
    assert centre.status == status
    return centre


def listed(source: str, target: str) -> Any:
    return next((s for s in STEPS if (s.source, s.target) == (source, target)), None)


# Who may take a step at a centre of Kab. Cirebon.
WHO = {
    "province": True,
    "cirebon_staff": True,
    "kuningan_staff": False,
    "official_all": False,
    "official_kuningan": False,
    "left": False,
}


@pytest.mark.parametrize("source", list(Status))
def test_step_is_taken_by_its_office_and_by_the_table_alone(
    people: dict[str, User], source: Status
) -> None:
    assert set(WHO) == set(people)
    centre = proposed(source)
    for target, (who, may) in product(Status, WHO.items()):
        before = transaction.savepoint()
        step = listed(source, target)
        if step is None:
            with pytest.raises(StepNotPossible):
                centre_step(centre=centre, target=target, by=people[who], **EVERY)
        elif may:
            taken = centre_step(centre=centre, target=target, by=people[who], **EVERY)
            assert taken.recorded_by == people[who]
        else:
            with pytest.raises(NotAllowed):
                centre_step(centre=centre, target=target, by=people[who], **EVERY)
        centre.refresh_from_db()
        assert centre.status == (target if step and may else source), (target, who)
        transaction.savepoint_rollback(before)


@pytest.mark.parametrize(
    ("step", "lacking"), [(step, name) for step in STEPS for name in step.evidence]
)
def test_step_without_one_piece_of_evidence_is_refused_by_service_and_database(
    step: Any, lacking: str
) -> None:
    centre = proposed(step.source)
    given = EVERY | {lacking: None if lacking == "decree_date" else ""}
    assert missing_evidence(step.source, step.target, given) == (lacking,)
    with pytest.raises(StepNotPossible):
        centre_step(centre=centre, target=step.target, by=SYSTEM, **given)
    row = CentreStep(
        centre=centre, source=step.source, target=step.target, on=dt.date(2026, 3, 2), **given
    )
    with pytest.raises(IntegrityError, match="centre_step_of_the_table"), transaction.atomic():
        row.save()
    centre.refresh_from_db()
    assert centre.status == step.source


@pytest.mark.parametrize(
    ("source", "target"), [(a, b) for a, b in product(Status, Status) if a != b]
)
def test_database_refuses_every_other_change_of_status(source: Status, target: Status) -> None:
    centre = proposed(source)
    with pytest.raises(IntegrityError, match="steps"), transaction.atomic():
        Centre.objects.filter(pk=centre.pk).update(status=target)
    with (
        pytest.raises(IntegrityError, match="steps"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE registry_centre SET status = %s WHERE id = %s", [target, centre.pk])
    centre.status = target
    with pytest.raises((IntegrityError, ValidationError)), transaction.atomic():
        centre.save()


@pytest.mark.parametrize("status", list(Status))
def test_centre_begins_as_a_proposal_or_on_record(status: Status) -> None:
    row = Centre(
        name="Baru",
        slug="baru",
        commodity_id="rotan-bambu",
        regency_id="32.09",
        status=status,
        decree_number="1",
        decree_date=dt.date(2026, 1, 1),
    )
    if status in BIRTHS:
        row.save()
    else:
        with pytest.raises(IntegrityError, match="begin"), transaction.atomic():
            row.save()


def test_step_from_another_status_than_now_is_refused_by_the_database() -> None:
    centre = proposed("designated")
    row = CentreStep(
        centre=centre, source="recorded", target="inactive", note="x", on=dt.date(2026, 3, 2)
    )
    with pytest.raises(IntegrityError, match="begin"), transaction.atomic():
        row.save()


def test_step_once_taken_stays() -> None:
    proposed("designated")
    step = CentreStep.objects.get()
    with pytest.raises(InternalError), transaction.atomic():
        CentreStep.objects.update(note="lain")
    with pytest.raises(InternalError), transaction.atomic():
        step.delete()


def test_decree_in_force_is_that_of_the_last_step_that_names_one() -> None:
    centre = proposed("designated")
    centre_step(centre=centre, target="designated", by=SYSTEM, **EVERY | {"decree_number": "7/26"})
    centre.refresh_from_db()
    assert (centre.decree_number, centre.by_decree) == ("7/26", True)
    centre_step(centre=centre, target="recorded", by=SYSTEM, note="SK dicabut")
    centre.refresh_from_db()
    assert not centre.by_decree
    numbers = centre.steps.values_list("decree_number", flat=True)
    assert list(numbers) == ["", "7/26", "500/12"]


@pytest.mark.parametrize(
    "days",
    [
        {"on": timezone.localdate() + dt.timedelta(1)},
        {"decree_date": timezone.localdate() + dt.timedelta(1)},
        {"on": dt.date(2026, 2, 28)},
    ],
)
def test_step_lies_in_the_past_and_after_the_one_before(days: dict[str, dt.date]) -> None:
    centre = proposed("recorded")
    with pytest.raises(StepNotPossible):
        centre_step(centre=centre, target="designated", by=SYSTEM, **EVERY | days)


def test_criterion_that_is_named_must_be_met() -> None:
    centre = proposed("recorded")
    by_firms = EVERY | {"criterion": "five_firms"}
    firms = [make_firm(f"Rotan {n}") for n in range(4)]
    centre_members_link(centre=centre, sites=[f.sites.get() for f in firms], by=SYSTEM)
    with pytest.raises(StepNotPossible, match="4"):
        centre_step(centre=centre, target="designated", by=SYSTEM, **by_firms)
    other = make_firm("Batik", kbli="2020-13134").sites.get()
    centre_members_link(centre=centre, sites=[other], by=SYSTEM)
    with pytest.raises(StepNotPossible):
        centre_step(centre=centre, target="designated", by=SYSTEM, **by_firms)
    fifth = make_firm("Rotan 5").sites.get()
    centre_members_link(centre=centre, sites=[fifth], by=SYSTEM)
    centre_step(centre=centre, target="designated", by=SYSTEM, **by_firms)


def test_threshold_that_the_province_changed_counts_at_once() -> None:
    centre = proposed("recorded")
    sites = [make_firm(f"Rotan {n}").sites.get() for n in range(3)]
    centre_members_link(centre=centre, sites=sites, by=SYSTEM)
    CentreThreshold.objects.filter(criterion="five_firms").update(minimum=3)
    by_firms = EVERY | {"criterion": "five_firms"}
    centre_step(centre=centre, target="designated", by=SYSTEM, **by_firms)


def test_second_person_at_one_centre_is_told() -> None:
    centre = proposed("recorded")
    centre_step(centre=centre, target="designated", by=SYSTEM, **EVERY)
    with pytest.raises(StepNotPossible):
        centre_step(centre=centre, target="designated", seen="recorded", by=SYSTEM, **EVERY)


def test_next_steps_are_those_of_the_table() -> None:
    for status in Status:
        assert [s.target for s in next_steps(status)] == [
            s.target for s in STEPS if s.source == status
        ]
        assert next_steps(status), f"{status} is a dead end"


def test_steps_stand_in_the_history_with_who_and_why(people: dict[str, User]) -> None:
    centre = proposed("recorded")
    centre_step(
        centre=centre, target="inactive", by=people["cirebon_staff"], note="semua usaha tutup"
    )
    moment = history_of(centre, people["cirebon_staff"])[0]
    assert (moment.who, moment.why) == (str(people["cirebon_staff"]), "semua usaha tutup")
    assert {entry.model for entry in moment.entries} == {Centre, CentreStep}


def test_earlier_state_comes_back_without_its_status() -> None:
    centre = proposed("recorded")
    first = centre.events.order_by("pgh_id").first()
    centre_step(centre=centre, target="designated", by=SYSTEM, **EVERY)
    Centre.objects.filter(pk=centre.pk).update(name="Salah")
    row_restore(model=Centre, event=first, by=SYSTEM)
    centre.refresh_from_db()
    assert (centre.name, centre.status, centre.decree_number) == (
        "Sentra Uji",
        "designated",
        "500/12",
    )
