"""Targets: entered with their decree, measured by the chain's numbers, weighing decisions."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from dashboards.addresses import Within
from dashboards.decisions import decisions
from registry import counts
from registry.jobs import jobs_added
from registry.models import Certificate, Firm, Partnership, Regency, SiinasAccount, Target
from registry.models.targets import Measure
from registry.services import SYSTEM, NotAllowed, remove_row, save_row
from registry.targets import Goal, goals_of
from tests.registry.factories import CIGUGUR, make_firm
from tests.registry.test_reporting import COMPLETE, make_period, reported

TODAY = dt.date(2026, 11, 24)


def make_target(regency: str = "32.09", measure: str = "account", value: int = 10) -> Target:
    target = Target(
        regency_id=regency,
        year=2026,
        measure=measure,
        value=value,
        decree="SK 5/2026",
        decreed_on=dt.date(2026, 1, 5),
    )
    return save_row(target, by=SYSTEM, reason="uji")


def regencies(*codes: str) -> list[Regency]:
    return list(Regency.objects.filter(pk__in=codes))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "here", "there"),
    [
        ("province", True, True),
        ("cirebon_staff", True, False),
        ("kuningan_staff", False, True),
        ("official_all", False, False),
        ("official_kuningan", False, False),
    ],
)
def test_each_office_sets_the_targets_of_its_own_region(
    people: dict[str, User], who: str, here: bool, there: bool
) -> None:
    for regency, may in (("32.09", here), ("32.08", there)):
        target = make_target(regency)
        target.value = 12
        for write in (
            lambda row: save_row(row, by=people[who], reason="uji"),
            lambda row: remove_row(row, by=people[who], reason="uji"),
        ):
            if may:
                write(target)
            else:
                with pytest.raises(NotAllowed):
                    write(target)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "sudah punya target"),
        ({"measure": "reports", "value": 101}, "paling banyak 100%"),
        ({"measure": "tkdn", "value": 0}, "1"),
    ],
)
def test_target_that_can_not_be_is_refused_with_a_sentence(
    fields: dict[str, Any], words: str
) -> None:
    make_target()
    with pytest.raises(ValidationError) as refused:
        make_target(**fields)
    assert words in " ".join(refused.value.messages)


def account_of(name: str, issued: dt.date | None, state: str = "issued", **place: Any) -> Firm:
    """A firm without a NIB whose account was issued on a day."""
    blocker = "other" if state == "blocked" else ""
    return make_firm(
        name, siinas={"state": state, "issued_on": issued, "blocker": blocker}, **place
    )


def certified(firm: Firm, number: str, **told: Any) -> None:
    """A certificate that was issued to the firm."""
    told = {"kind": "tkdn_ik", "status": "issued", **told}
    Certificate.objects.create(firm=firm, number=number, **told)


def goal_for(measure: str, on: dt.date = TODAY) -> Goal:
    """The goal of Kabupaten Cirebon."""
    return goals_of(SYSTEM, regencies("32.09"), on)[measure]


LAST_DAY, NEXT_DAY = dt.date(2025, 12, 31), dt.date(2026, 1, 1)


@pytest.mark.django_db
class TestWhatIsReached:
    """Each measure counts what its label says; what has no date is counted beside it."""

    def test_accounts_issued_in_the_year(self) -> None:
        make_target(measure="account")
        account_of("Tahun lalu", LAST_DAY)
        account_of("Awal tahun", NEXT_DAY)
        account_of("Macet sesudahnya", TODAY, "blocked")
        account_of("Tanpa tanggal", None)
        account_of("Baru diajukan", None, "submitted")
        account_of("Daerah lain", TODAY, village=CIGUGUR)
        goal = goal_for("account")
        assert (goal.reached, goal.undated, goal.is_new) == (2, 1, True)

    def test_complete_accounts_as_they_stand(self) -> None:
        make_target(measure="complete")
        make_firm("Lengkap", nib="0220001234561", siinas=COMPLETE)
        account_of("Belum lengkap", TODAY, nib="0220001234562")
        goal = goal_for("complete")
        (rung,) = [r for r in counts.ladder(SYSTEM, goal_region()) if r.key == "complete"]
        assert (goal.reached, goal.undated, goal.is_new) == (rung.count, 0, False)

    def test_firms_with_a_valid_tkdn_certificate_whatever_else_is_unknown(self) -> None:
        make_target(measure="tkdn")
        later, before = dt.date(2099, 1, 1), dt.date(2026, 1, 2)
        firm = make_firm("Modal belum diisi")
        certified(firm, "1", valid_until=later)
        certified(firm, "2", valid_until=later)
        certified(make_firm("Lewat"), "3", valid_until=before)
        certified(make_firm("Batas belum diisi"), "4")
        certified(make_firm("Baru diajukan"), "5", status="applied", valid_until=later)
        certified(make_firm("Halal"), "6", kind="halal", valid_until=later)
        goal = goal_for("tkdn")
        assert (goal.reached, goal.undated, goal.is_new) == (1, 1, False)

    def test_certificates_issued_in_the_year(self) -> None:
        make_target(measure="tkdn_new")
        make_target(measure="certs")
        firm = make_firm()
        certified(firm, "1", issued_on=LAST_DAY)
        certified(firm, "2", issued_on=NEXT_DAY)
        certified(firm, "3", issued_on=TODAY)
        certified(firm, "4")
        certified(firm, "5", kind="halal", issued_on=TODAY)
        certified(firm, "6", issued_on=TODAY, status="applied")
        assert (goal_for("tkdn_new").reached, goal_for("tkdn_new").undated) == (2, 1)
        assert (goal_for("certs").reached, goal_for("certs").undated) == (3, 1)

    def test_partners_of_the_year_once_each(self) -> None:
        make_target(measure="partner")
        firm = make_firm("Dua kemitraan")
        for each, day in ((firm, NEXT_DAY), (firm, TODAY), (make_firm("Lama"), LAST_DAY)):
            Partnership.objects.create(firm=each, kind="contract", partner="Dinas", started_on=day)
        assert goal_for("partner").reached == 1

    def test_jobs_and_reports(self) -> None:
        make_target(measure="jobs")
        make_target(measure="reports", value=90)
        period = make_period()
        firms = [make_firm(f"U{n}", siinas=COMPLETE) for n in range(3)]
        for firm in firms[1:]:
            reported(firm, period)
        Partnership.objects.create(
            firm=firms[0], kind="contract", partner="Dinas", started_on=NEXT_DAY,
            jobs_before=3, jobs_after=8,
        )  # fmt: skip
        assert goal_for("jobs").reached == jobs_added(SYSTEM, goal_region()).added == 5
        assert goal_for("reports").reached == pytest.approx(100 * 2 / 3)

    def test_every_measure_has_a_number(self) -> None:
        make_period()
        for measure in Measure.values:
            make_target(measure=measure)
        make_firm(siinas=COMPLETE)
        goals = goals_of(SYSTEM, regencies("32.09"), TODAY)
        assert [m for m, goal in goals.items() if goal.reached is None] == []

    @pytest.mark.parametrize("rows", ["account", "certificate"])
    def test_an_index_leads_to_the_year(self, rows: str) -> None:
        asked = {
            "account": SiinasAccount.objects.filter(issued_on__range=(NEXT_DAY, TODAY)),
            "certificate": Certificate.objects.filter(
                status="issued", issued_on__range=(NEXT_DAY, TODAY)
            ),
        }[rows]
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
        assert {"account": "siinas_issued", "certificate": "certificate_issued"}[rows] in (
            asked.order_by().values("pk").explain()
        )


def goal_region() -> Regency:
    return Regency.objects.get(pk="32.09")


@pytest.mark.django_db
def test_targets_of_several_regions_are_compared_with_those_regions_alone() -> None:
    make_target("32.09", value=4)
    make_target("32.08", value=6)
    for n, village in enumerate([CIGUGUR, CIGUGUR, "32.12.15.1008", "32.09.19.2009"]):
        account_of(f"U{n}", TODAY, village=village)
    account_of("Tanpa tanggal", None, village=CIGUGUR)
    goal = goals_of(SYSTEM, regencies("32.09", "32.08", "32.12"), TODAY)["account"]
    assert (goal.target, goal.reached, goal.regions, goal.of) == (10, 3, 2, 3)
    assert goal.undated == 1


@pytest.mark.django_db
def test_shares_of_several_regions_are_weighed_by_the_accounts_due() -> None:
    make_target("32.09", "reports", 90)
    make_target("32.08", "reports", 60)
    period = make_period()
    firms = [make_firm(f"U{n}", siinas=COMPLETE) for n in range(2)]
    make_firm("K", village=CIGUGUR, siinas=COMPLETE)
    reported(firms[0], period)
    goal = goals_of(SYSTEM, regencies("32.09", "32.08"), TODAY)["reports"]
    assert goal.target == pytest.approx(80)
    assert goal.reached == pytest.approx(100 / 3)


@pytest.mark.django_db
def test_of_another_year_there_is_no_goal_today() -> None:
    make_target()
    assert goals_of(SYSTEM, regencies("32.09"), dt.date(2027, 1, 2)) == {}


@given(st.integers(1, 10**6), st.one_of(st.none(), st.integers(0, 10**7)))
def test_distance_lies_between_none_and_all_of_the_way(target: int, reached: int | None) -> None:
    goal = Goal("account", 2026, target, reached)
    assert 0 <= goal.distance <= 1
    assert (goal.distance == 0) is (reached is not None and reached >= target)


@pytest.mark.parametrize(
    ("goals", "first"),
    [
        ({}, "without_account"),
        ({"account": (10, 9)}, "without_nib"),  # 100 firms × 10% < 60 firms
        ({"account": (10, 10)}, "without_nib"),
        ({"account": (10, 1)}, "without_account"),  # 100 × 90% > 60
        ({"account": (10, None)}, "without_account"),
    ],
)
def test_decisions_are_ranked_by_firms_times_distance_from_target(
    goals: dict[str, tuple[int, int | None]], first: str
) -> None:
    rows = dict.fromkeys(counts.MEASURES, 0)
    tally = counts.Tally({"32.09": {**rows, "without_account": 100, "without_nib": 60}})
    told = {name: Goal(name, 2026, *value) for name, value in goals.items()}
    within = Within(Regency(pk="32.09", slug="kab-cirebon"))
    found = decisions(tally, [], within, told)
    assert found[0].count == tally.of(first)
    assert len(found) == 2


@pytest.mark.django_db
class TestPages:
    """Dashboard and the page of targets say what is set, what is reached, and what is not set."""

    def test_without_targets_the_pages_say_so(self, client: Any, people: dict[str, User]) -> None:
        make_firm(nib="0220001234567")
        client.force_login(people["official_all"])
        assert "belum ditetapkan" in client.get("/kerja/dasbor/").content.decode()
        assert "target belum ditetapkan" in client.get("/kerja/dasbor/target/").content.decode()

    def test_target_and_reached_stand_side_by_side(
        self, client: Any, people: dict[str, User]
    ) -> None:
        year = timezone.localdate().year
        account_of("Baru", dt.date(year, 1, 1))
        make_target(value=4)
        Target.objects.update(year=year)
        client.force_login(people["cirebon_staff"])
        for page in ("/kerja/dasbor/", "/kerja/dasbor/target/"):
            html = client.get(page).content.decode()
            assert f"target {year}: 4, tercapai 1 (25%)" in html
        assert "SK 5/2026" in html

    def test_target_of_another_region_stays_with_that_region(
        self, client: Any, people: dict[str, User]
    ) -> None:
        make_target("32.08", value=4)
        Target.objects.update(year=timezone.localdate().year)
        client.force_login(people["cirebon_staff"])
        assert "SK 5/2026" not in client.get("/kerja/dasbor/target/").content.decode()

    def test_anonymous_is_sent_to_the_sign_in(self, client: Any) -> None:
        assert client.get("/kerja/dasbor/target/").status_code == 302

    def test_pages_have_a_query_budget(
        self, client: Any, people: dict[str, User], django_assert_max_num_queries: Any
    ) -> None:
        for regency in Regency.objects.all():
            for measure in Measure.values:
                make_target(regency.pk, measure)
        Target.objects.update(year=timezone.localdate().year)
        make_period()
        make_firm(nib="0220001234567", siinas=COMPLETE)
        client.force_login(people["province"])
        with django_assert_max_num_queries(28):
            client.get("/kerja/dasbor/target/")
        with django_assert_max_num_queries(48):
            client.get("/kerja/dasbor/")
