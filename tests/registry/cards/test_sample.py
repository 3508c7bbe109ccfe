"""Invented firms use their cards too, and go without a trace all the same."""

from __future__ import annotations

import datetime as dt

import pytest

from registry.models import CardRequest, ChangeProposal, Firm, FirmCard
from registry.sample.build import drafts
from registry.sample.cards import use_some_cards
from registry.sample.removal import remove_sample
from registry.services import SYSTEM, firms_register

pytestmark = pytest.mark.django_db


def test_sample_firms_propose_and_are_removed_with_their_cards() -> None:
    firms_register(drafts(80, 7, dt.date(2026, 11, 24)), by=SYSTEM, reason="uji")
    use_some_cards()
    assert ChangeProposal.objects.waiting().values("firm").distinct().count() >= 10
    assert CardRequest.objects.waiting().count() == 5
    assert not Firm.objects.filter(cards__isnull=False, is_sample=False).exists()
    remove_sample()
    for model in (Firm, FirmCard, ChangeProposal, CardRequest):
        assert not model.objects.exists()
    for model in (FirmCard, ChangeProposal):
        assert not model.pgh_event_model.objects.exists()


def test_register_without_sample_firms_stays_empty() -> None:
    use_some_cards()
    assert not FirmCard.objects.exists()
    assert not CardRequest.objects.exists()
