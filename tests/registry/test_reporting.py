"""Reporting periods: who must report, who has, who is late, on any day; and how it is recorded."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from registry import conditions, reporting
from registry.models import Firm, KbliCode, ReportingPeriod, SiinasAccount, SiinasReport
from registry.models.reporting import days_of_period
from registry.services import SYSTEM, NotAllowed, report_record, reports_record, siinas_step
from registry.services.reports import MOST_AT_ONCE
from tests.registry.factories import CIGUGUR, make_firm

COMPLETE = {"state": "complete", "evidence_number": "1", "evidence_year": 2025}
DUE = dt.date(2026, 7, 31)
BEFORE, ON_THE_DAY, AFTER = dt.date(2026, 7, 1), DUE, dt.date(2026, 8, 1)


def make_period(**fields: Any) -> ReportingPeriod:
    values = {"kind": "semester", "year": 2026, "number": 1, "due_on": DUE, **fields}
    period = ReportingPeriod(**values)
    period.full_clean()
    period.save()
    return period


def account_of(firm: Firm) -> SiinasAccount:
    return SiinasAccount.objects.get(site__firm=firm)


def reported(firm: Firm, period: ReportingPeriod, state: str = "submitted", **more: Any) -> None:
    more.setdefault("on", period.last_day)
    report_record(account=account_of(firm), period=period, state=state, by=SYSTEM, **more)


@pytest.mark.parametrize(
    ("kind", "number", "first", "last"),
    [
        ("semester", 1, "2026-01-01", "2026-06-30"),
        ("semester", 2, "2026-07-01", "2026-12-31"),
        ("quarter", 1, "2026-01-01", "2026-03-31"),
        ("quarter", 2, "2026-04-01", "2026-06-30"),
        ("quarter", 3, "2026-07-01", "2026-09-30"),
        ("quarter", 4, "2026-10-01", "2026-12-31"),
    ],
)
def test_days_of_a_period_are_those_of_the_calendar(
    kind: str, number: int, first: str, last: str
) -> None:
    days = days_of_period(kind, 2026, number)
    assert tuple(day.isoformat() for day in days) == (first, last)


@given(st.integers(2019, 2100))
def test_periods_of_a_year_follow_each_other_without_a_gap(year: int) -> None:
    for kind, count in (("semester", 2), ("quarter", 4)):
        days = [days_of_period(kind, year, n + 1) for n in range(count)]
        assert days[0][0] == dt.date(year, 1, 1)
        assert days[-1][1] == dt.date(year, 12, 31)
        for (_first, last), (first, _last) in pairwise(days):
            assert first - last == dt.timedelta(days=1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"number": 3}, "dua semester"),
        ({"kind": "quarter", "number": 5}, "4"),
        ({"due_on": dt.date(2026, 6, 1)}, "sesudah periodenya selesai"),
        ({"last_day": dt.date(2025, 1, 1)}, "sebelum dimulai"),
    ],
)
def test_period_that_can_not_be_is_refused_with_a_sentence(
    fields: dict[str, Any], words: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        make_period(**fields)
    assert words in " ".join(refused.value.messages)


@pytest.mark.django_db
class TestWhoMustReport:
    """The period asks complete accounts of working firms, unless they are known to be later."""

    @pytest.mark.parametrize(
        ("siinas", "due"),
        [
            ({"state": "not_registered"}, False),
            ({"state": "issued"}, False),
            ({"state": "profile_incomplete", "sections": ["plant"]}, False),
            ({"state": "blocked", "blocker": "other"}, False),
            ({**COMPLETE, "state": "blocked", "blocker": "other"}, True),
            (COMPLETE, True),
            ({**COMPLETE, "evidence_year": None}, True),
            ({**COMPLETE, "evidence_year": 2026}, True),
            ({**COMPLETE, "evidence_year": 2027}, False),
        ],
    )
    def test_by_the_account(self, siinas: dict[str, Any], due: bool) -> None:
        make_firm(siinas=siinas)
        period = make_period()
        assert reporting.accounts_due(period).exists() is due

    @pytest.mark.parametrize(("day", "due"), [("2026-06-30", True), ("2026-07-01", False)])
    def test_by_the_day_of_the_first_step_to_complete(self, day: str, due: bool) -> None:
        firm = make_firm(siinas={"state": "issued", "issued_on": dt.date(2026, 1, 5)})
        siinas_step(
            account=account_of(firm),
            target="complete",
            by=SYSTEM,
            on=dt.date.fromisoformat(day),
            evidence_number="1",
            evidence_year=2026,
        )
        assert reporting.accounts_due(make_period()).exists() is due

    @pytest.mark.parametrize(
        ("status", "due"),
        [("active", True), ("unverified", True), ("inactive", False), ("closed", False)],
    )
    def test_by_the_state_of_the_firm(self, status: str, due: bool) -> None:
        reason = {"closed_reason": "tutup", "closed_on": BEFORE} if status == "closed" else {}
        make_firm(siinas=COMPLETE, status=status, **reason)
        assert reporting.accounts_due(make_period()).exists() is due

    @pytest.mark.parametrize(
        ("obliged", "scales"),
        [
            ("all", {"", "micro", "small", "medium", "large"}),
            ("small", {"", "micro", "small"}),
            ("larger", {"", "medium", "large"}),
        ],
    )
    def test_by_the_scale_on_the_nib_where_an_unknown_one_is_asked_too(
        self, obliged: str, scales: set[str]
    ) -> None:
        for n, scale in enumerate(("", "micro", "small", "medium", "large")):
            make_firm(f"U{n}", siinas=COMPLETE, scale_on_nib=scale, nib=f"022000123456{n}")
        period = make_period(obliged=obliged)
        asked = reporting.accounts_due(period).values_list("site__firm__scale_on_nib", flat=True)
        assert set(asked) == scales
        owing = Firm.objects.filter(conditions.with_report_due(AFTER))
        assert set(owing.values_list("scale_on_nib", flat=True)) == scales


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "due_on", "on", "is_due", "is_late"),
    [
        ("", DUE, dt.date(2026, 6, 30), False, False),  # the period is not over yet
        ("", DUE, BEFORE, True, False),
        ("", DUE, ON_THE_DAY, True, False),
        ("", DUE, AFTER, True, True),
        ("", None, AFTER, True, False),  # a date that nobody knows is never past
        ("draft", DUE, AFTER, True, True),
        ("returned", DUE, BEFORE, True, False),
        ("returned", DUE, AFTER, True, True),
        ("submitted", DUE, AFTER, False, False),
        ("accepted", DUE, AFTER, False, False),
    ],
)
def test_report_is_due_and_overdue_by_the_day(
    state: str,
    due_on: dt.date | None,
    on: dt.date,
    is_due: bool,
    is_late: bool,
) -> None:
    firm, period = make_firm(siinas=COMPLETE), make_period(due_on=due_on)
    if state:
        reported(firm, period, state, note="kurang data")
    assert Firm.objects.filter(conditions.with_report_due(on)).exists() is is_due
    assert Firm.objects.filter(conditions.with_report_overdue(on)).exists() is is_late
    numbers = reporting.numbers_of(SYSTEM, period, on)["32.09"]
    assert (numbers.due, numbers.reported) == (1, int(state in ("submitted", "accepted")))
    assert numbers.overdue == int(is_late)
    assert numbers.returned == int(state == "returned")
    assert numbers.due == numbers.reported + numbers.overdue + numbers.waiting
    (line,) = reporting.lines_of_firm(firm, SYSTEM, on) or [None]
    assert (line is not None and line.overdue) is is_late


@pytest.mark.django_db
def test_numbers_go_by_the_region_of_the_plant_and_end_at_the_border(
    people: dict[str, User],
) -> None:
    period = make_period()
    here, there = make_firm("A", siinas=COMPLETE), make_firm("B", siinas=COMPLETE, village=CIGUGUR)
    make_firm("C", siinas=COMPLETE, kbli="2020-13134")
    reported(here, period)
    assert set(reporting.numbers_of(people["kuningan_staff"], period, AFTER)) == {"32.08"}
    by_region = reporting.numbers_of(people["official_all"], period, AFTER)
    assert {k: (n.due, n.reported) for k, n in by_region.items()} == {
        "32.09": (2, 1),
        "32.08": (1, 0),
    }
    whole = reporting.Numbers.total(by_region.values(), late=True)
    assert (whole.due, whole.reported, whole.overdue, whole.waiting) == (3, 1, 2, 0)
    group = KbliCode.objects.get(pk="2020-13134").group_id
    textile = reporting.numbers_of(people["official_all"], period, AFTER, group)
    assert sum(n.due for n in textile.values()) == 1
    assert there.pk in Firm.objects.filter(conditions.with_report_due(AFTER)).values_list(
        "pk", flat=True
    )


@pytest.mark.django_db
def test_one_number_takes_one_query(django_assert_num_queries: Any) -> None:
    period = make_period()
    for n in range(4):
        make_firm(f"U{n}", siinas=COMPLETE)
    with django_assert_num_queries(1):
        reporting.numbers_of(SYSTEM, period, AFTER)


@pytest.mark.django_db
class TestRecording:
    """Reports are written by the service, which checks day, reason and duty."""

    def test_any_state_may_follow_and_history_keeps_each(self) -> None:
        firm, period = make_firm(siinas=COMPLETE), make_period()
        for state in ("draft", "submitted", "returned", "submitted", "accepted", "returned"):
            reported(firm, period, state, note="data kurang" if state == "returned" else "")
        report = SiinasReport.objects.get()
        assert report.state == "returned"
        assert report.events.count() == 6

    def test_the_same_said_twice_changes_nothing(self) -> None:
        firm, period = make_firm(siinas=COMPLETE), make_period()
        reported(firm, period)
        reported(firm, period)
        assert SiinasReport.objects.get().events.count() == 1

    @pytest.mark.parametrize(
        ("state", "on", "words"),
        [
            ("returned", BEFORE, "alasan"),
            ("submitted", dt.date(2999, 1, 1), "belum terjadi"),
            ("submitted", dt.date(2025, 7, 1), "sebelum Semester I 2026 dimulai"),
        ],
    )
    def test_what_can_not_be_is_refused_with_a_sentence(
        self, state: str, on: dt.date, words: str
    ) -> None:
        firm, period = make_firm(siinas=COMPLETE), make_period()
        with pytest.raises(ValidationError) as refused:
            reported(firm, period, state, on=on)
        assert words in " ".join(refused.value.messages)
        assert not SiinasReport.objects.exists()

    def test_account_that_is_not_asked_has_no_report(self) -> None:
        firm, period = make_firm(siinas={"state": "issued"}), make_period()
        with pytest.raises(ValidationError, match="tidak wajib"):
            reported(firm, period)

    @pytest.mark.parametrize(
        ("who", "may"),
        [
            ("province", True),
            ("cirebon_staff", True),
            ("kuningan_staff", False),
            ("official_all", False),
            ("official_kuningan", False),
            ("left", False),
        ],
    )
    def test_by_those_who_keep_the_region(
        self, people: dict[str, User], who: str, may: bool
    ) -> None:
        account, period = account_of(make_firm(siinas=COMPLETE)), make_period()
        told = {"account": account, "period": period, "state": "submitted", "by": people[who]}
        if may:
            assert report_record(**told).recorded_by == people[who]
        else:
            with pytest.raises(NotAllowed):
                report_record(**told)

    def test_many_at_once_leave_what_is_accepted_and_are_all_or_none(
        self, people: dict[str, User]
    ) -> None:
        period = make_period()
        firms = [make_firm(f"U{n}", siinas=COMPLETE) for n in range(3)]
        accounts = [account_of(firm) for firm in firms]
        reported(firms[0], period, "accepted")
        told = {"accounts": accounts, "period": period, "state": "submitted"}
        elsewhere = account_of(make_firm("Lain", siinas=COMPLETE, village=CIGUGUR))
        with pytest.raises(NotAllowed):
            reports_record(
                **{**told, "accounts": [*accounts, elsewhere]}, by=people["cirebon_staff"]
            )
        assert SiinasReport.objects.count() == 1
        assert reports_record(**told, by=people["cirebon_staff"]) == 2
        states = SiinasReport.objects.order_by("account").values_list("state", flat=True)
        assert sorted(states) == ["accepted", "submitted", "submitted"]

    def test_too_many_at_once_are_refused(self) -> None:
        account = account_of(make_firm(siinas=COMPLETE))
        with pytest.raises(ValidationError, match=str(MOST_AT_ONCE)):
            reports_record(
                accounts=[account] * (MOST_AT_ONCE + 1),
                period=make_period(),
                state="submitted",
                by=SYSTEM,
            )
