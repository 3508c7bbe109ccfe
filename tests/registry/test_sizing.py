"""Size classes under each definition: the limits, what is missing, and what never varies."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.sizing import (
    BILLION,
    DEFINITIONS,
    Scheme,
    SizeAnswer,
    SizeClass,
    SizeInputs,
    classify,
    classify_all,
)

ORDER = [SizeClass.MICRO, SizeClass.SMALL, SizeClass.MEDIUM, SizeClass.NOT_SMALL, SizeClass.LARGE]
workers = st.integers(0, 1000)
money = st.integers(0, 100 * BILLION)
inputs = st.builds(
    SizeInputs,
    workers=st.none() | workers,
    investment=st.none() | money,
    business_capital=st.none() | money,
    annual_sales=st.none() | money,
    founded_before_pp7=st.none() | st.booleans(),
)
schemes = st.sampled_from(list(Scheme))


@pytest.mark.parametrize(
    ("count", "investment", "label"),
    [
        (1, 0, "small"),
        (19, BILLION - 1, "small"),
        (19, BILLION, "medium"),
        (19, 16 * BILLION, "medium"),
        (20, 0, "medium"),
        (20, BILLION - 1, "medium"),
        (20, 15 * BILLION, "medium"),
        (20, 15 * BILLION + 1, "large"),
        (0, 0, "small"),
    ],
)
def test_ministry_of_industry_limits(count: int, investment: int, label: str) -> None:
    answer = classify(SizeInputs(workers=count, investment=investment), Scheme.MOI_64_2016)
    assert (answer.label, answer.missing) == (label, ())


@pytest.mark.parametrize(
    ("capital", "label"),
    [
        (0, "micro"),
        (BILLION, "micro"),
        (BILLION + 1, "small"),
        (5 * BILLION, "small"),
        (5 * BILLION + 1, "medium"),
        (10 * BILLION, "medium"),
        (10 * BILLION + 1, "large"),
    ],
)
def test_government_regulation_limits_by_capital(capital: int, label: str) -> None:
    assert classify(SizeInputs(business_capital=capital), Scheme.PP7_2021).label == label


@pytest.mark.parametrize(
    ("sales", "label"),
    [
        (2 * BILLION, "micro"),
        (2 * BILLION + 1, "small"),
        (15 * BILLION, "small"),
        (15 * BILLION + 1, "medium"),
        (50 * BILLION, "medium"),
        (50 * BILLION + 1, "large"),
    ],
)
def test_government_regulation_limits_by_sales(sales: int, label: str) -> None:
    firm = SizeInputs(annual_sales=sales, founded_before_pp7=True)
    assert classify(firm, Scheme.PP7_2021_SALES).label == label


@pytest.mark.parametrize(
    ("capital", "label"), [(5 * BILLION, "small"), (5 * BILLION + 1, "not_small")]
)
def test_tkdn_limit(capital: int, label: str) -> None:
    assert classify(SizeInputs(business_capital=capital), Scheme.TKDN_IK).label == label


@pytest.mark.parametrize(
    ("count", "label"),
    [
        (1, "micro"),
        (4, "micro"),
        (5, "small"),
        (19, "small"),
        (20, "medium"),
        (99, "medium"),
        (100, "large"),
    ],
)
def test_bps_limits(count: int, label: str) -> None:
    assert classify(SizeInputs(workers=count), Scheme.BPS).label == label


@pytest.mark.parametrize(
    ("firm", "scheme", "missing"),
    [
        (SizeInputs(), Scheme.MOI_64_2016, ("workers", "investment")),
        (SizeInputs(workers=19), Scheme.MOI_64_2016, ("investment",)),
        (SizeInputs(workers=20), Scheme.MOI_64_2016, ("investment",)),
        (SizeInputs(investment=BILLION - 1), Scheme.MOI_64_2016, ("workers",)),
        (SizeInputs(investment=16 * BILLION), Scheme.MOI_64_2016, ("workers",)),
        (SizeInputs(workers=5), Scheme.PP7_2021, ("business_capital",)),
        (SizeInputs(), Scheme.PP7_2021_SALES, ("founded_before_pp7", "annual_sales")),
        (SizeInputs(annual_sales=1), Scheme.PP7_2021_SALES, ("founded_before_pp7",)),
        (SizeInputs(founded_before_pp7=True), Scheme.PP7_2021_SALES, ("annual_sales",)),
        (SizeInputs(), Scheme.TKDN_IK, ("business_capital",)),
        (SizeInputs(), Scheme.BPS, ("workers",)),
    ],
)
def test_unknown_inputs_are_named(
    firm: SizeInputs, scheme: Scheme, missing: tuple[str, ...]
) -> None:
    answer = classify(firm, scheme)
    assert (answer.label, answer.missing, answer.applies) == (None, missing, True)


@pytest.mark.parametrize("investment", [BILLION, 5 * BILLION, 15 * BILLION])
def test_workers_unknown_is_medium_where_they_cannot_matter(investment: int) -> None:
    answer = classify(SizeInputs(investment=investment), Scheme.MOI_64_2016)
    assert (answer.label, answer.missing) == (SizeClass.MEDIUM, ())


def test_no_workers_at_bps_is_a_missing_count() -> None:
    answer = classify(SizeInputs(workers=0), Scheme.BPS)
    assert (answer.label, answer.missing) == (None, ("workers",))


def test_sales_limits_do_not_speak_of_newer_firms() -> None:
    answer = classify(SizeInputs(annual_sales=1, founded_before_pp7=False), Scheme.PP7_2021_SALES)
    assert (answer.label, answer.missing, answer.applies) == (None, (), False)


@pytest.mark.parametrize(
    ("on", "regulation"),
    [
        (dt.date(2025, 12, 10), "Permenperin 46/2022"),
        (dt.date(2025, 12, 11), "Permenperin 35/2025"),
        (None, "Permenperin 35/2025"),
    ],
)
def test_regulation_is_the_one_of_the_day(on: dt.date | None, regulation: str) -> None:
    answer = classify(SizeInputs(business_capital=1), Scheme.TKDN_IK, on)
    assert answer == SizeAnswer(SizeClass.SMALL, (), Scheme.TKDN_IK, regulation)


@pytest.mark.parametrize(
    ("scheme", "on"),
    [
        (Scheme.MOI_64_2016, dt.date(2016, 6, 30)),
        (Scheme.PP7_2021, dt.date(2021, 2, 1)),
        (Scheme.TKDN_IK, dt.date(2021, 12, 31)),
    ],
)
def test_day_before_the_regulation_has_no_label(scheme: Scheme, on: dt.date) -> None:
    firm = SizeInputs(workers=1, investment=1, business_capital=1)
    assert not classify(firm, scheme, on).applies
    assert classify(firm, scheme, on + dt.timedelta(days=1)).label is not None


@pytest.mark.parametrize("name", ["workers", "investment", "business_capital", "annual_sales"])
def test_negative_input_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        SizeInputs(**{name: -1})


def test_all_schemes_are_answered_beside_each_other() -> None:
    answers = classify_all(SizeInputs(workers=25, investment=BILLION, business_capital=BILLION))
    assert [(a.scheme, a.label) for a in answers] == [
        (Scheme.MOI_64_2016, SizeClass.MEDIUM),
        (Scheme.PP7_2021, SizeClass.MICRO),
        (Scheme.PP7_2021_SALES, None),
        (Scheme.TKDN_IK, SizeClass.SMALL),
        (Scheme.BPS, SizeClass.MEDIUM),
    ]


def test_every_definition_names_its_regulation() -> None:
    assert set(DEFINITIONS) == set(Scheme)
    assert all(d.regulation for definitions in DEFINITIONS.values() for d in definitions)


@given(workers.filter(bool), money)
def test_rows_never_overlap_and_leave_no_gap(count: int, amount: int) -> None:
    firm = SizeInputs(count, amount, amount, amount, founded_before_pp7=True)
    for definitions in DEFINITIONS.values():
        for definition in definitions:
            assert [row.holds(firm) for row in definition.rows].count(True) == 1


@given(inputs, schemes)
def test_label_and_missing_exclude_each_other(firm: SizeInputs, scheme: Scheme) -> None:
    answer = classify(firm, scheme)
    assert (answer.label is None) == bool(answer.missing) or not answer.applies


@given(inputs, schemes, workers.filter(bool), money, money, money)
def test_label_holds_whatever_the_unknown_inputs_are(
    firm: SizeInputs, scheme: Scheme, count: int, investment: int, capital: int, sales: int
) -> None:
    answer = classify(firm, scheme)
    full = replace(
        firm,
        workers=count if firm.workers is None else firm.workers,
        investment=investment if firm.investment is None else firm.investment,
        business_capital=capital if firm.business_capital is None else firm.business_capital,
        annual_sales=sales if firm.annual_sales is None else firm.annual_sales,
    )
    if answer.label is not None:
        assert classify(full, scheme).label == answer.label


@given(inputs, schemes)
def test_filling_in_what_is_missing_gives_a_label(firm: SizeInputs, scheme: Scheme) -> None:
    answer = classify(firm, scheme)
    values = {name: True if name == "founded_before_pp7" else 7 for name in answer.missing}
    if answer.missing:
        assert classify(replace(firm, **values), scheme).label is not None


@given(schemes, workers.filter(bool), money, workers, money)
def test_larger_firm_never_has_a_smaller_label(
    scheme: Scheme, count: int, amount: int, more_workers: int, more_money: int
) -> None:
    small = SizeInputs(count, amount, amount, amount, founded_before_pp7=True)
    total = amount + more_money
    big = SizeInputs(count + more_workers, total, total, total, founded_before_pp7=True)
    lower, upper = classify(small, scheme).label, classify(big, scheme).label
    assert lower is not None
    assert upper is not None
    assert ORDER.index(lower) <= ORDER.index(upper)
