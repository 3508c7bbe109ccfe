"""When a place counts as an industry centre: the rules as a table, and what must hold always."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.centre_criteria import (
    Facts,
    Thresholds,
    VillageFacts,
    findings_of,
    too_few,
    verdict,
)
from registry.centre_steps import Criterion

NUMBERS = Thresholds(Decimal(5), "Ditjen IKMA", Decimal(20), "BPS")
DAY = dt.date(2026, 3, 1)


def answers(facts: Facts) -> dict[str, bool | None]:
    return {f.criterion.value: f.met for f in findings_of(facts, NUMBERS)}


@pytest.mark.parametrize(
    ("same", "unknown", "met"),
    [(5, 0, True), (6, 9, True), (4, 0, False), (0, 0, False), (4, 1, None), (0, 5, None)],
)
def test_firms_of_one_kind(same: int, unknown: int, met: bool | None) -> None:
    facts = Facts(same_kind=same, other_kind=7, unknown_kind=unknown)
    assert answers(facts)["five_firms"] is met


@pytest.mark.parametrize(
    ("villages", "met"),
    [
        ([(80, 400)], True),
        ([(79, 400)], False),
        ([(79, None)], None),
        ([(79, 400), (1, 5)], True),
        ([(79, 400), (1, None)], None),
        ([(80, 400), (1, None)], True),
        ([], None),
    ],
)
def test_share_of_the_households_of_one_village(
    villages: list[tuple[int, int | None]], met: bool | None
) -> None:
    rows = tuple(VillageFacts("Desa", n, households, 2024, "BPS") for n, households in villages)
    assert answers(Facts(0, villages=rows))["households"] is met


@pytest.mark.parametrize(
    ("number", "day", "met"), [("SK 1", DAY, True), ("SK 1", None, False), ("", DAY, False)]
)
def test_decree_has_number_and_date(number: str, day: dt.date | None, met: bool) -> None:
    assert answers(Facts(0, decree_number=number, decree_date=day))["decree"] is met


def test_every_answer_says_why_and_after_whom() -> None:
    village = VillageFacts("Trusmi", 80, 400, 2024, "Kecamatan dalam Angka")
    found = findings_of(Facts(6, 2, 1, (village,)), NUMBERS)
    assert [bool(finding.reasons) for finding in found] == [True] * 3
    assert [finding.source for finding in found] == ["Ditjen IKMA", "BPS", ""]
    assert "20" in found[1].reasons[0]
    assert "Kecamatan dalam Angka" in found[1].reasons[0]


facts_of_any_kind = st.builds(
    Facts,
    same_kind=st.integers(0, 40),
    other_kind=st.integers(0, 40),
    unknown_kind=st.integers(0, 40),
    villages=st.lists(
        st.builds(
            VillageFacts,
            name=st.just("Desa"),
            firms=st.integers(0, 500),
            households=st.none() | st.integers(1, 5000),
            year=st.just(2024),
            source=st.just("BPS"),
        ),
        max_size=4,
    ).map(tuple),
    decree_number=st.sampled_from(["", "SK 1"]),
    decree_date=st.sampled_from([None, DAY]),
)


@given(facts_of_any_kind)
def test_verdict_is_met_missed_or_open_as_its_answers_are(facts: Facts) -> None:
    found = findings_of(facts, NUMBERS)
    met = [finding.met for finding in found]
    assert [finding.criterion for finding in found] == list(Criterion)
    assert (verdict(found) is True) == any(met)
    assert (verdict(found) is False) == all(answer is False for answer in met)


@given(facts_of_any_kind, st.integers(1, 10))
def test_one_more_firm_of_the_kind_never_unmeets(facts: Facts, more: int) -> None:
    grown = Facts(
        facts.same_kind + more,
        facts.other_kind,
        facts.unknown_kind,
        facts.villages,
        facts.decree_number,
        facts.decree_date,
    )
    for before, after in zip(findings_of(facts, NUMBERS), findings_of(grown, NUMBERS), strict=True):
        assert not before.met or after.met
    assert too_few(facts, NUMBERS) or not too_few(grown, NUMBERS)


@given(facts_of_any_kind, st.integers(1, 60))
def test_number_of_firms_is_data(facts: Facts, needed: int) -> None:
    other = Thresholds(Decimal(needed), "", Decimal(20), "")
    finding = findings_of(facts, other)[0]
    assert (finding.met is True) == (facts.same_kind >= needed)
    assert too_few(facts, other) == (facts.firms < needed)
