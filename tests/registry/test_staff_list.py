"""The staff's list of firms: every filter by count, own regions only, no way to guess owners."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from registry.filters import days_of, months_ahead
from registry.models import AnnualProfile, Certificate, Firm
from tests.registry.factories import CIGUGUR, PAOMAN, make_firm

pytestmark = pytest.mark.django_db
LIST = "/kerja/usaha/"
COMPLETE = {"state": "complete", "evidence_number": "1", "evidence_year": 2026}


@pytest.fixture
def firms(people: dict[str, User]) -> dict[str, Firm]:
    """A small register in which every filter has something to keep and something to leave."""
    today = timezone.localdate()
    made = {
        "complete": make_firm(
            "Rotan Lengkap", nib="0220001234567", siinas=COMPLETE, owner="Siti Rahasia"
        ),
        "issued": make_firm("Rotan Terbit", nib="0220001234568", siinas={"state": "issued"}),
        "blocked": make_firm(
            "Rotan Macet",
            nib="0220001234569",
            siinas={"state": "blocked", "blocker": "email_lost"},
            phone="+6281200001234",
        ),
        "batik": make_firm("Batik Paoman", village=PAOMAN, kbli="2020-13134", products="batik"),
        "unmapped": make_firm("Tanpa KBLI", village=CIGUGUR, kbli=None, status="unverified"),
        "closed": make_firm("Tutup", status="closed", closed_reason="uji"),
        "resting": make_firm("Istirahat", status="inactive"),
    }
    Certificate.objects.create(
        firm=made["complete"], kind="tkdn_ik", number="T1", valid_until=today + dt.timedelta(89)
    )
    Certificate.objects.create(
        firm=made["batik"], kind="halal", number="H1", valid_until=today + dt.timedelta(91)
    )
    Certificate.objects.create(
        firm=made["issued"], kind="tkdn_ik", number="T0", valid_until=today - dt.timedelta(1)
    )
    Firm.objects.filter(pk=made["issued"].pk).update(confirmed_on=today, confirmed_how="visit")
    AnnualProfile.objects.create(firm=made["batik"], year=2025, workers_total=3)
    return made


def names(client: Any, query: str) -> list[str]:
    answer = client.get(f"{LIST}{query}")
    assert answer.status_code == 200
    page = answer.context["page"]
    assert page.total == len(page.rows)
    return sorted(firm.name for firm in page.rows)


ROTAN = ["Rotan Lengkap", "Rotan Macet", "Rotan Terbit"]
WORKING = ["Batik Paoman", *ROTAN, "Tanpa KBLI"]


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", WORKING),
        ("?wilayah=kab-cirebon", ROTAN),
        ("?wilayah=indramayu", ["Batik Paoman"]),
        ("?wilayah=kab-cirebon&kecamatan=32.09.19", ROTAN),
        ("?wilayah=kab-cirebon&kecamatan=32.09.20", []),
        ("?kelompok=tanpa", ["Tanpa KBLI"]),
        ("?status=semua", sorted([*WORKING, "Tutup", "Istirahat"])),
        ("?status=closed", ["Tutup"]),
        ("?status=inactive", ["Istirahat"]),
        ("?status=unverified", ["Tanpa KBLI"]),
        ("?data=diperiksa", ["Rotan Terbit"]),
        ("?data=terverifikasi", []),
        ("?nib=ya", ROTAN),
        ("?nib=tidak", ["Batik Paoman", "Tanpa KBLI"]),
        ("?siinas=ya", ["Rotan Lengkap", "Rotan Terbit"]),
        ("?siinas=tidak", ["Batik Paoman", "Rotan Macet", "Tanpa KBLI"]),
        ("?siinas=lengkap", ["Rotan Lengkap"]),
        ("?siinas=belum-lengkap", ["Rotan Terbit"]),
        ("?siinas=terkendala", ["Rotan Macet"]),
        ("?tkdn=ya", ["Rotan Lengkap"]),
        ("?tkdn=tidak&nib=ya", ["Rotan Macet", "Rotan Terbit"]),
        ("?berakhir=90-hari", ["Rotan Lengkap"]),
        ("?kurang=telepon&nib=ya", ["Rotan Lengkap", "Rotan Terbit"]),
        ("?kurang=pekerja&wilayah=indramayu", []),
        ("?kurang=kbli", ["Tanpa KBLI"]),
        ("?q=batik", ["Batik Paoman"]),
        ("?q=0220001234567", ["Rotan Lengkap"]),
        ("?q=siti+rahasia", ["Rotan Lengkap"]),
        ("?q=rotan&siinas=ya&urut=-nama", ["Rotan Lengkap", "Rotan Terbit"]),
    ],
)
def test_filter_keeps_the_firms_it_names(
    client: Any, people: dict[str, User], firms: dict[str, Firm], query: str, kept: list[str]
) -> None:
    client.force_login(people["province"])
    assert names(client, query) == sorted(kept)


def test_group_filter_goes_by_the_primary_activity(
    client: Any, people: dict[str, User], firms: dict[str, Firm]
) -> None:
    client.force_login(people["province"])
    activity = firms["batik"].activities.select_related("kbli").get()
    assert names(client, f"?kelompok={activity.kbli.group_id}") == ["Batik Paoman"]


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("province", 5),
        ("official_all", 5),
        ("cirebon_staff", 3),
        ("kuningan_staff", 1),
        ("official_kuningan", 1),
    ],
)
def test_list_ends_at_the_border_of_the_scope(
    client: Any, people: dict[str, User], firms: dict[str, Firm], who: str, seen: int
) -> None:
    client.force_login(people[who])
    assert len(names(client, "")) == seen
    if seen < 3:
        answer = client.get(f"{LIST}?wilayah=kab-cirebon")
        assert "kab-cirebon" in answer.context["filters"].ignored
        assert "Kab. Cirebon" not in answer.content.decode()


@pytest.mark.parametrize("address", [LIST, f"{LIST}?nib=ya", "/kerja/"])
def test_anonymous_is_sent_to_the_sign_in_and_back(client: Any, db: None, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/masuk/?next=")


def test_workroom_begins_with_the_dashboard(client: Any, people: dict[str, User]) -> None:
    client.force_login(people["official_all"])
    assert client.get("/kerja/")["Location"] == "/kerja/dasbor/"


@pytest.mark.parametrize("question", ["siti", "rahasia", "siti rahasia", "rotan siti", "iti raha"])
def test_search_tells_an_official_nothing_of_owners(
    client: Any, people: dict[str, User], firms: dict[str, Firm], question: str
) -> None:
    client.force_login(people["official_all"])
    assert names(client, f"?q={question}") == []
    client.force_login(people["cirebon_staff"])
    assert names(client, f"?q={question}") in ([], ["Rotan Lengkap"])


def test_search_of_an_official_reaches_what_the_page_of_the_firm_shows(
    client: Any, people: dict[str, User], firms: dict[str, Firm]
) -> None:
    client.force_login(people["official_all"])
    assert names(client, "?q=rotan") == ROTAN
    assert names(client, "?q=0220001234568") == ["Rotan Terbit"]
    html = client.get(LIST).content.decode()
    assert "0220001234568" not in html
    assert "81200001234" not in html
    assert "Siti Rahasia" not in html


@pytest.mark.parametrize(
    "query",
    [
        "?wilayah=atlantis",
        "?kelompok=%00",
        "?nib=mungkin",
        "?kurang=segalanya",
        "?berakhir=2020-01",
        "?status=merged-nonsense",
        "?kecamatan=32.09.19",
    ],
)
def test_unknown_value_is_told_and_left_out(
    client: Any, people: dict[str, User], firms: dict[str, Firm], query: str
) -> None:
    client.force_login(people["province"])
    answer = client.get(f"{LIST}{query}")
    assert answer.context["page"].total == 5
    assert "tidak dikenal" in answer.content.decode()


def test_chips_take_out_one_filter_each(
    client: Any, people: dict[str, User], firms: dict[str, Firm]
) -> None:
    client.force_login(people["province"])
    listing = client.get(f"{LIST}?q=rotan&nib=ya&siinas=ya&urut=-dicatat&hal=3").context["listing"]
    assert [chip.without for chip in listing.chips] == [
        "?nib=ya&siinas=ya&urut=-dicatat",
        "?q=rotan&siinas=ya&urut=-dicatat",
        "?q=rotan&nib=ya&urut=-dicatat",
    ]
    assert listing.cleared == "?q=rotan&urut=-dicatat"


def test_sorting_again_turns_the_order_round(
    client: Any, people: dict[str, User], firms: dict[str, Firm]
) -> None:
    client.force_login(people["province"])
    head = client.get(f"{LIST}?nib=ya").context["listing"].heads["nama"]
    assert (head.sort, head.href) == ("ascending", "?nib=ya&urut=-nama")
    answer = client.get(f"{LIST}{head.href}")
    assert [firm.name for firm in answer.context["page"].rows] == ROTAN[::-1]
    assert 'aria-sort="descending"' in answer.content.decode()


def test_empty_list_offers_to_leave_out_each_filter(
    client: Any, people: dict[str, User], firms: dict[str, Firm]
) -> None:
    client.force_login(people["province"])
    html = client.get(f"{LIST}?kelompok=tanpa&siinas=lengkap").content.decode()
    assert 'href="/kerja/usaha/?siinas=lengkap"' in html
    assert 'href="/kerja/usaha/?kelompok=tanpa"' in html


def test_empty_register_says_how_to_begin(client: Any, people: dict[str, User]) -> None:
    client.force_login(people["province"])
    assert "/kelola/" in client.get(LIST).content.decode()


def test_list_has_a_query_budget_and_pages_of_fifty(
    client: Any, people: dict[str, User], django_assert_max_num_queries: Any
) -> None:
    client.force_login(people["province"])
    for n in range(55):
        make_firm(f"Rotan {n:02d}")
    with django_assert_max_num_queries(14):
        answer = client.get(f"{LIST}?wilayah=kab-cirebon&nib=tidak&q=rotan")
    assert len(answer.context["page"].rows) == 50
    assert 'rel="next"' in answer.content.decode()


def test_months_ahead_cross_the_year_and_begin_today() -> None:
    months = months_ahead(dt.date(2026, 11, 24))
    assert [f"{m:%Y-%m}" for m in months] == [
        "2026-11", "2026-12", "2027-01", "2027-02", "2027-03", "2027-04"
    ]  # fmt: skip
    today = dt.date(2026, 11, 24)
    assert days_of(months[0], today) == (today, dt.date(2026, 11, 30))
    assert days_of(months[3], today) == (dt.date(2027, 2, 1), dt.date(2027, 2, 28))
