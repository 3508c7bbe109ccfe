"""TKDN-IK: each condition with its answer, the estimate, and the same rule asked in SQL."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from registry import conditions
from registry.eligibility import readiness_of
from registry.models import Firm, KbliCode, TkdnAnswers, TkdnRule
from registry.reference_kept import add_tkdn_rules
from registry.services import SYSTEM, firms_merge, firms_register, save_row
from registry.tkdn import (
    Answer,
    Criterion,
    Facts,
    Part,
    Regulation,
    eligibility,
    estimate,
    in_force,
)
from tests.registry.factories import make_firm
from tests.registry.registers import FIRMS, NEARLY, draft_of

OLD = Regulation(
    "46/2022",
    dt.date(2022, 1, 1),
    dt.date(2025, 12, 10),
    5_000_000_000,
    Decimal(25),
    {
        Part.MATERIAL: Decimal(24),
        Part.LABOUR: Decimal(10),
        Part.OVERHEAD: Decimal(4),
        Part.DEVELOPMENT: Decimal(2),
    },
)
NEW = Regulation("35/2025", dt.date(2025, 12, 11), ceiling=5_000_000_000)
READY = Facts(True, "small", "C", 5_000_000_000, True, None)
TODAY = dt.date(2026, 11, 24)


def but(**other: Any) -> Facts:
    """A firm that meets everything, but for this."""
    names = ("has_nib", "scale", "section", "capital", "complete", "in_house")
    return Facts(**{**{name: getattr(READY, name) for name in names}, **other})


@pytest.mark.parametrize(
    ("facts", "criterion", "answer"),
    [
        (but(has_nib=False), Criterion.NIB, Answer.NOT_MET),
        (but(scale="micro"), Criterion.SCALE, Answer.MET),
        (but(scale="medium"), Criterion.SCALE, Answer.NOT_MET),
        (but(scale=""), Criterion.SCALE, Answer.UNKNOWN),
        (but(section="G"), Criterion.KBLI, Answer.NOT_MET),
        (but(section=""), Criterion.KBLI, Answer.UNKNOWN),
        (but(capital=0), Criterion.CAPITAL, Answer.MET),
        (but(capital=5_000_000_000), Criterion.CAPITAL, Answer.MET),
        (but(capital=5_000_000_001), Criterion.CAPITAL, Answer.NOT_MET),
        (but(capital=None), Criterion.CAPITAL, Answer.UNKNOWN),
        (but(complete=False), Criterion.SIINAS, Answer.NOT_MET),
        (but(complete=None), Criterion.SIINAS, Answer.UNKNOWN),
        (but(in_house=True), Criterion.IN_HOUSE, Answer.MET),
        (but(in_house=False), Criterion.IN_HOUSE, Answer.NOT_MET),
    ],
)
def test_one_condition_alone_stands_in_the_way(
    facts: Facts, criterion: Criterion, answer: Answer
) -> None:
    asked = eligibility(facts, NEW)
    assert asked.answers[criterion] is answer
    assert asked.open == (() if answer is Answer.MET else (criterion,))
    assert asked.eligible is (answer is Answer.MET)


def test_whether_it_is_only_packed_may_be_unknown() -> None:
    asked = eligibility(READY, NEW)
    assert asked.answers[Criterion.IN_HOUSE] is Answer.UNKNOWN
    assert asked.eligible


@pytest.mark.parametrize("regulation", [None, Regulation("x", dt.date(2020, 1, 1))])
def test_without_a_ceiling_nobody_is_below_it(regulation: Regulation | None) -> None:
    assert eligibility(READY, regulation).open == (Criterion.CAPITAL,)


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (dt.date(2021, 12, 31), None),
        (dt.date(2022, 1, 1), "46/2022"),
        (dt.date(2025, 12, 10), "46/2022"),
        (dt.date(2025, 12, 11), "35/2025"),
        (TODAY, "35/2025"),
    ],
)
@pytest.mark.django_db
def test_the_regulation_of_the_day(on: dt.date, code: str | None) -> None:
    found = in_force([NEW, OLD], on)
    assert (found.code if found else None) == code
    stored = TkdnRule.objects.in_force(on).first()
    assert (stored.as_regulation() if stored else None) == found


ANSWERS = st.fixed_dictionaries({part: st.sampled_from([True, False, None]) for part in Part})


@given(ANSWERS)
def test_the_estimate_lies_between_what_is_known_and_what_may_be(given_: Any) -> None:
    found = estimate(given_, OLD)
    assert found is not None
    assert 0 <= found.low <= found.high <= 40
    assert (found.low == found.high) is found.certain
    weight = sum(OLD.weights[p] for p, v in given_.items() if v is None)  # type: ignore[index]
    assert found.high - found.low == weight
    expected = None if found.low < 25 <= found.high else found.low >= 25
    assert found.reaches is expected


def test_all_four_parts_make_forty_percent() -> None:
    found = estimate(dict.fromkeys(Part, True), OLD)
    assert found is not None
    assert (found.low, found.reaches) == (40, True)


def test_without_weights_there_is_no_estimate() -> None:
    assert estimate(dict.fromkeys(Part, True), NEW) is None
    assert estimate({}, None) is None


@pytest.mark.django_db
def test_industry_is_the_divisions_10_to_33_in_each_edition() -> None:
    for edition in ("2020", "2025"):
        codes = KbliCode.objects.filter(edition=edition, level="subclass")
        section = set(codes.filter(section="C").values_list("code", flat=True))
        divisions = {c for c in codes.values_list("code", flat=True) if 10 <= int(c[:2]) <= 33}
        assert section == divisions
        assert section


class TestSameRule(TestCase):
    """The condition on a row and the pure rule answer alike, for any register."""

    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
    @given(FIRMS, st.sampled_from([TODAY, dt.date(2024, 5, 1), dt.date(2020, 1, 1)]))
    def test_condition_and_rule_agree(self, told: list[dict[str, Any]], on: dt.date) -> None:
        add_tkdn_rules()
        nearly = [{**NEARLY, key: value} for one in told[:1] for key, value in one.items()]
        drafts = [draft_of(n, one) for n, one in enumerate([NEARLY, *nearly, *told])]
        firms_register(drafts, by=SYSTEM, reason="uji")
        chosen = set(
            Firm.objects.filter(conditions.eligible_for_tkdn(on)).values_list("name", flat=True)
        )
        pure = {firm.name for firm in Firm.objects.all() if readiness_of(firm, on).eligible}
        assert chosen == pure
        others = Firm.objects.exclude(conditions.eligible_for_tkdn(on))
        assert others.count() == len(drafts) - len(chosen)
        assert bool(chosen) is (on.year > 2020)


@pytest.mark.django_db
class TestOnRecord:
    def test_reasons_are_told_in_one_line(self) -> None:
        firm = make_firm(nib="0220001234567", scale_on_nib="small", siinas={"state": "issued"})
        found = readiness_of(firm, TODAY)
        assert not found.eligible
        assert [r.criterion for r in found.open] == [Criterion.CAPITAL, Criterion.SIINAS]
        assert found.why_not.count(";") == 1
        assert [r.criterion for r in found.to_ask] == [Criterion.IN_HOUSE]
        assert all(str(r.next) for r in found.open)

    def test_the_latest_known_capital_counts(self) -> None:
        firm = make_firm(profile={"business_capital": 100})
        found = readiness_of(firm, TODAY)
        assert "2025" in found.reasons[3].told
        assert Criterion.CAPITAL not in [r.criterion for r in found.open]

    def test_an_administrators_numbers_decide_and_loading_keeps_them(self) -> None:
        firm = make_firm(profile={"business_capital": 100})
        rule = TkdnRule.objects.get(pk="35/2025")
        rule.ceiling, rule.minimum = 99, Decimal(40)
        save_row(rule, by=SYSTEM, reason="lampiran terbit")
        add_tkdn_rules()
        assert Criterion.CAPITAL in [r.criterion for r in readiness_of(firm, TODAY).open]

    def test_the_estimate_under_the_old_regulation(self) -> None:
        firm = make_firm()
        answers = TkdnAnswers(firm=firm, material=True, labour=True, overhead=False)
        save_row(answers, by=SYSTEM, reason="ditanya")
        found = readiness_of(firm, dt.date(2025, 12, 10)).estimate
        assert found is not None
        assert (found.low, found.high, found.reaches) == (34, 36, True)
        assert readiness_of(firm, TODAY).estimate is None

    def test_a_merge_fills_what_the_kept_firm_has_not_answered(self) -> None:
        kept, gone = make_firm("Rotan A"), make_firm("Rotan B")
        save_row(TkdnAnswers(firm=kept, material=True), by=SYSTEM, reason="uji")
        save_row(
            TkdnAnswers(firm=gone, material=False, made_in_house=False), by=SYSTEM, reason="uji"
        )
        firms_merge(kept=kept, gone=gone, by=SYSTEM)
        answers = TkdnAnswers.objects.get(firm=kept)
        assert (answers.material, answers.made_in_house, answers.labour) == (True, False, None)
