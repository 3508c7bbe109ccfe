"""Listed, reviewed, verified: a firm is in one state, and no state says more than was seen."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from registry.models import Firm
from registry.models.firms import DataState
from registry.services import SYSTEM, NotAllowed, firm_save, firm_verify
from tests.registry.factories import make_firm

DAY = dt.date(2026, 10, 3)


def _states(firm: Firm) -> list[str]:
    return [s.value for s in DataState if Firm.objects.in_state(s).filter(pk=firm.pk).exists()]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, DataState.LISTED),
        ({"confirmed_on": DAY, "confirmed_how": "sheet"}, DataState.LISTED),
        ({"confirmed_on": DAY}, DataState.LISTED),
        ({"confirmed_how": "visit"}, DataState.LISTED),
        ({"confirmed_on": DAY, "confirmed_how": "visit"}, DataState.REVIEWED),
        ({"confirmed_on": DAY, "confirmed_how": "phone"}, DataState.REVIEWED),
    ],
)
def test_state_follows_from_how_the_data_were_confirmed(
    fields: dict[str, Any], state: DataState
) -> None:
    firm = make_firm(**fields)
    assert firm.data_state is state
    assert _states(firm) == [state.value]
    assert firm.state_on == (DAY if state is DataState.REVIEWED else None)


@pytest.mark.django_db
def test_seen_document_verifies_with_day_and_person(people: dict[str, Any]) -> None:
    firm = make_firm(confirmed_on=DAY, confirmed_how="visit")
    firm_verify(firm=firm, document="nib", on=DAY, by=people["cirebon_staff"])
    firm.refresh_from_db()
    assert (firm.data_state, firm.state_on) == (DataState.VERIFIED, DAY)
    assert firm.verified_by == people["cirebon_staff"]
    assert _states(firm) == ["terverifikasi"]
    assert firm.events.last().verified_document == "nib"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "kept"),
    [
        ({"name": "Nama Baru"}, False),
        ({"nib": "0220001234567"}, False),
        ({"legal_form": "cv"}, False),
        ({"products": "kursi"}, True),
    ],
)
def test_verified_firm_falls_back_when_what_the_document_says_changes(
    change: dict[str, Any], kept: bool
) -> None:
    firm = make_firm(confirmed_on=DAY, confirmed_how="visit")
    firm_verify(firm=firm, document="nib", on=DAY, by=SYSTEM)
    for name, value in change.items():
        setattr(firm, name, value)
    firm_save(firm, by=SYSTEM, reason="uji")
    firm.refresh_from_db()
    assert firm.data_state is (DataState.VERIFIED if kept else DataState.REVIEWED)


@pytest.mark.django_db
def test_document_is_not_seen_tomorrow() -> None:
    firm = make_firm()
    with pytest.raises(ValidationError, match="2099"):
        firm_verify(firm=firm, document="nib", on=dt.date(2099, 1, 1), by=SYSTEM)


@pytest.mark.django_db
def test_officer_of_another_region_verifies_nothing(people: dict[str, Any]) -> None:
    firm = make_firm()
    for name in ("kuningan_staff", "official_all", "left"):
        with pytest.raises(NotAllowed):
            firm_verify(firm=firm, document="nib", on=DAY, by=people[name])
    assert Firm.objects.get().data_state is DataState.LISTED
