"""The chain in numbers: the rungs partition the firms, and each number is the list behind it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis.extra.django import TestCase

from registry.chain import DONE, STANDINGS, chain_of, next_is, with_chain
from registry.counts import MEASURES, Rung, ladder, tally, working_firms
from registry.eligibility import readiness_of
from registry.filters import narrowed
from registry.models import Firm
from registry.reference_kept import add_tkdn_rules
from registry.services import SYSTEM, firms_register
from tests.registry.registers import FIRMS, NEARLY, draft_of

KEYS = [key for key, _label in STANDINGS]


class TestAnyRegister(TestCase):
    """What holds for every register."""

    @settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
    @given(FIRMS)
    def test_rungs_and_lists_agree(self, told: list[dict[str, Any]]) -> None:
        add_tkdn_rules()
        rows = [*told, {**NEARLY, "certificate": "valid", "partner": True}]
        firms_register([draft_of(n, one) for n, one in enumerate(rows)], by=SYSTEM, reason="uji")
        firms = list(with_chain(working_firms(SYSTEM)))
        self.rungs_partition_the_firms(firms)
        self.each_measure_is_its_list(firms)
        self.the_chain_is_counted_by_hand(firms)

    def rungs_partition_the_firms(self, firms: list[Any]) -> None:
        """Each working firm stands at exactly one rung: the first that it has not reached."""
        at = {key: set(working_firms(SYSTEM).filter(next_is(key))) for key in KEYS}
        assert Counter(firm for found in at.values() for firm in found) == Counter(firms)
        for firm in firms:
            current = next((r.key for r in chain_of(firm) if r.mark in ("kini", "kendala")), DONE)
            assert firm in at[current]

    def each_measure_is_its_list(self, firms: list[Any]) -> None:
        """The number on the dashboard, and how many firms its link leads to."""
        counted = tally(SYSTEM)
        for measure, asked in MEASURES.items():
            behind = narrowed(Firm.objects.visible_to(SYSTEM), asked)
            assert counted.of(measure) == behind.count(), measure

    def the_chain_is_counted_by_hand(self, firms: list[Any]) -> None:
        """Each rung with its base, counted once more without the database."""
        today = timezone.localdate()
        nib = [f for f in firms if f.nib]
        states = [f.sites.get().siinas.state for f in nib if hasattr(f.sites.get(), "siinas")]
        held = [s for s in states if s in ("issued", "profile_incomplete", "complete")]
        eligible = [f for f in firms if readiness_of(f, today).eligible]
        assert ladder(SYSTEM) == [
            Rung("firms", len(firms), None, len(firms)),
            Rung("nib", len(nib), len(firms), len(nib)),
            Rung("account", len(held), len(nib), len(held)),
            Rung("complete", held.count("complete"), len(held), held.count("complete")),
            Rung(
                "tkdn",
                sum(f.has_tkdn for f in eligible),
                len(eligible),
                sum(f.has_tkdn for f in eligible),
            ),
            Rung(
                "partner",
                sum(f.has_partner for f in firms),
                len(firms),
                sum(f.has_partner for f in firms),
            ),
        ]
