"""Partnerships with local government: from when to when they count, and the jobs they brought."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from registry import counts
from registry.chain import chain_of, with_chain
from registry.filters import narrowed
from registry.help_given import help_given
from registry.history import history_of
from registry.jobs import Jobs, jobs_added
from registry.models import Facilitation, Firm, Partnership
from registry.services import SYSTEM, NotAllowed, save_row
from tests.registry.factories import CIGUGUR, make_firm

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def tie(firm: Firm, by: Any = SYSTEM, **given: Any) -> Partnership:
    """A partnership of the firm that began in January, unless told otherwise."""
    fields = {"kind": "contract", "partner": "Dinas Uji", "started_on": dt.date(2026, 1, 5)}
    return save_row(Partnership(firm=firm, **fields | given), by=by, reason="uji")


@pytest.mark.parametrize(
    ("begins", "ends", "counts_today"),
    [
        (-10, None, True),
        (0, 0, True),
        (-10, 0, True),
        (-10, -1, False),
        (1, None, False),
    ],
)
def test_partnership_counts_from_its_first_to_its_last_day(
    people: dict[str, User], begins: int, ends: int | None, counts_today: bool
) -> None:
    today = timezone.localdate()
    firm = make_firm()
    made = tie(
        firm,
        started_on=today + begins * DAY,
        ended_on=None if ends is None else today + ends * DAY,
    )
    assert made.in_force(today) is counts_today
    assert Partnership.objects.in_force().exists() is counts_today
    found = with_chain(Firm.objects.filter(pk=firm.pk)).get()
    reached = {rung.key: rung.mark == "sudah" for rung in chain_of(found)}
    assert reached["partner"] is counts_today
    rungs = {rung.key: rung.count for rung in counts.ladder(people["province"])}
    assert rungs["partner"] == int(counts_today)


@pytest.mark.parametrize(
    ("before", "after", "added"),
    [(4, 7, 3), (4, 4, 0), (5, 3, -2), (None, 7, None), (4, None, None), (None, None, None)],
)
def test_jobs_are_known_only_with_both_counts(
    before: int | None, after: int | None, added: int | None
) -> None:
    assert Partnership(jobs_before=before, jobs_after=after).jobs_added == added


def test_jobs_are_summed_with_their_coverage_and_inside_the_scope(people: dict[str, User]) -> None:
    firm = make_firm("Satu")
    tie(firm, jobs_before=4, jobs_after=9)
    tie(firm, kind="mentoring", jobs_before=4)
    tie(firm, kind="offtaker", jobs_before=1, jobs_after=50, ended_on=dt.date(2026, 2, 1))
    tie(make_firm("Dua", village=CIGUGUR), jobs_before=3, jobs_after=2)
    assert jobs_added(people["province"]) == Jobs(4, known=2, firms=2, proven=0)
    assert jobs_added(people["cirebon_staff"]) == Jobs(5, known=1, firms=1, proven=0)


def test_two_ties_of_a_firm_tell_of_the_same_workers(people: dict[str, User]) -> None:
    firm = make_firm("Satu")
    tie(firm, jobs_before=10, jobs_after=15, evidence="12/SPK/2026")
    tie(firm, kind="catalogue", jobs_before=10, jobs_after=15)
    assert jobs_added(people["province"]) == Jobs(5, known=1, firms=1, proven=1)
    tie(firm, kind="offtaker", started_on=dt.date(2026, 3, 1), jobs_before=15, jobs_after=18)
    assert jobs_added(people["province"]).added == 8


def test_help_is_counted_by_firm_district_and_programme(
    people: dict[str, User], django_assert_num_queries: Any
) -> None:
    one, two, far = make_firm("Satu"), make_firm("Dua"), make_firm("Jauh", village=CIGUGUR)
    make_firm("Belum")
    day = timezone.localdate()
    for firm, program, on in (
        (one, "Pelatihan", day),
        (one, "Mesin", dt.date(2020, 1, 1)),
        (two, "Pelatihan", dt.date(2020, 1, 1)),
        (far, "Pelatihan", day),
    ):
        Facilitation.objects.create(firm=firm, kind="training", program=program, given_on=on)
    with django_assert_num_queries(2):
        found = help_given(people["cirebon_staff"], on=day)
    assert (found.ever, found.this_year, found.districts, found.more) == (2, 1, 1, False)
    assert [(line.program, line.firms) for line in found.lines] == [("Pelatihan", 2), ("Mesin", 1)]
    assert help_given(people["province"], on=day, most=1).more


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("pernah", {"Dulu", "Kini"}),
        ("belum", {"Tidak"}),
        ("pernah-2026", {"Kini"}),
        ("belum-2026", {"Dulu", "Tidak"}),
    ],
)
def test_firms_are_found_by_whether_they_were_helped(value: str, names: set[str]) -> None:
    make_firm("Tidak")
    for name, year in (("Dulu", 2024), ("Kini", 2026)):
        day = dt.date(year, 5, 1)
        Facilitation.objects.create(
            firm=make_firm(name), kind="training", program="Uji", given_on=day
        )
    found = narrowed(Firm.objects.all(), {"bantuan": value})
    assert {firm.name for firm in found} == names


def test_firm_with_every_step_has_no_next_one() -> None:
    firm = make_firm(
        nib="0220001234567",
        siinas={"state": "complete", "evidence_number": "1", "evidence_year": 2026},
    )
    tie(firm)
    from registry.models import Certificate

    Certificate.objects.create(
        firm=firm, kind="tkdn_ik", number="T1", valid_until=dt.date(2099, 1, 1)
    )
    marks = {rung.mark.value for rung in chain_of(with_chain(Firm.objects.all()).get())}
    assert marks == {"sudah"}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"ended_on": dt.date(2026, 1, 4)}, "berakhir sebelum"),
        ({"value": -1}, "0"),
    ],
)
def test_impossible_partnership_is_refused_with_a_sentence(
    given: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        tie(make_firm(), **given)
    assert sentence in " ".join(refused.value.messages)


def test_same_facilitation_is_recorded_once() -> None:
    firm = make_firm()
    fields: dict[str, Any] = {
        "kind": "training",
        "program": "Kemasan",
        "given_on": dt.date(2026, 3, 2),
    }
    save_row(Facilitation(firm=firm, **fields), by=SYSTEM, reason="uji")
    with pytest.raises(ValidationError, match="sudah"):
        save_row(Facilitation(firm=firm, **fields), by=SYSTEM, reason="uji")


@pytest.mark.parametrize("who", ["kuningan_staff", "official_all", "left"])
def test_nobody_records_a_partnership_outside_scope_or_role(
    people: dict[str, User], who: str
) -> None:
    with pytest.raises(NotAllowed):
        tie(make_firm(), people[who])


def test_partnership_stands_in_the_history_of_the_firm(people: dict[str, User]) -> None:
    firm = make_firm()
    tie(firm, people["cirebon_staff"])
    latest = history_of(firm, people["cirebon_staff"])[0]
    assert "Dinas Uji" in latest.entries[0].sentence


def test_staff_page_shows_the_partnership_and_the_help(
    client: Any, people: dict[str, User]
) -> None:
    firm = make_firm()
    tie(firm, value=12_000_000, jobs_before=2, jobs_after=5)
    save_row(
        Facilitation(
            firm=firm, kind="training", program="Pelatihan Kemasan", given_on=dt.date(2026, 3, 2)
        ),
        by=SYSTEM,
        reason="uji",
    )
    client.force_login(people["official_all"])
    html = client.get(f"/kerja/usaha/{firm.pk}/").content.decode()
    assert "Dinas Uji" in html
    assert "12.000.000" in html
    assert "Pelatihan Kemasan" in html


def test_dashboard_tells_the_jobs_with_their_coverage(client: Any, people: dict[str, User]) -> None:
    tie(make_firm(), jobs_before=2, jobs_after=5)
    client.force_login(people["official_all"])
    html = client.get("/kerja/dasbor/").content.decode()
    assert (
        "tambahan 3 tenaga kerja, tercatat pada 1 dari 1 usaha bermitra, 0 dengan dokumen" in html
    )
    assert client.get("/kerja/usaha/?mitra=ya").context["page"].rows[0].name == "Rotan Uji"
