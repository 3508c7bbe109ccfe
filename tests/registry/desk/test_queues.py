"""The desk: each queue lists its firms once, with all their gaps, inside the person's scope."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from registry.desk.queues import DESK
from registry.models import Certificate, Firm, SiinasAccount
from registry.services import SYSTEM, contact_log
from tests.registry.factories import CIGUGUR, PAOMAN, make_firm
from tests.registry.test_reporting import make_period
from tests.registry.test_tkdn import add_tkdn_rules

pytestmark = pytest.mark.django_db
DESK_PAGE = "/kerja/tugas/"
WHOLE: dict[str, Any] = {
    "legal_form": "cv",
    "products": "kursi",
    "address": "Blok Kliwon",
    "phone": "+6281200001234",
    "start_year": 2015,
    "confirmed_how": "visit",
}


@pytest.fixture
def firms(people: dict[str, User]) -> dict[str, Firm]:
    """One firm for each queue, most of them in Kab. Cirebon."""
    today = timezone.localdate()
    whole = {**WHOLE, "confirmed_on": today, "profile": {"workers_total": 4}}
    consents = ("catalogue",)
    complete = {"state": "complete", "evidence_number": "1", "evidence_year": 2026}
    made = {
        "nothing": make_firm(
            "Selesai", nib="0220001234561", siinas=complete, consents=consents, **whole
        ),
        "no_nib": make_firm("Tanpa NIB", consents=consents, siinas={}, **whole),
        "no_account": make_firm(
            "Tanpa Akun", nib="0220001234562", consents=consents, siinas={}, **whole
        ),
        "profile": make_firm(
            "Profil", nib="0220001234563", consents=consents, siinas={"state": "issued"}, **whole
        ),
        "blocked": make_firm(
            "Macet",
            nib="0220001234564",
            consents=consents,
            siinas={"state": "blocked", "blocker": "email_lost"},
            **whole,
        ),
        "bare": make_firm("Kosong", village=PAOMAN, kbli=None),
        "closed": make_firm("Tutup", status="closed", closed_reason="uji"),
    }
    Certificate.objects.create(
        firm=made["nothing"], kind="halal", number="H1", valid_until=today + dt.timedelta(9)
    )
    return made


def names(client: Any, query: str) -> list[str]:
    answer = client.get(f"{DESK_PAGE}{query}")
    assert answer.status_code == 200
    return [row.firm.name for row in answer.context["rows"]]


@pytest.mark.parametrize(
    ("queue", "found"),
    [
        ("hubungi", ["Profil"]),
        ("nib", ["Kosong", "Tanpa NIB"]),
        ("akun", ["Macet", "Tanpa Akun"]),
        ("profil", ["Profil"]),
        ("terkendala", ["Macet"]),
        ("lapor", ["Selesai"]),
        ("layak-tkdn", ["Selesai"]),
        ("segera", ["Selesai"]),
        ("berakhir", ["Tanpa NIB"]),
        ("izin", ["Kosong"]),
        ("konfirmasi", ["Kosong"]),
        ("kurang", ["Kosong", "Tanpa NIB"]),
    ],
)
def test_queue_lists_the_firms_that_lack_it(
    client: Any, people: dict[str, User], firms: dict[str, Firm], queue: str, found: list[str]
) -> None:
    add_tkdn_rules()
    yesterday = timezone.localdate() - dt.timedelta(1)
    spoken = {"channel": "phone", "outcome": "no_answer", "on": yesterday, "next_on": yesterday}
    contact_log(firm=firms["profile"], by=SYSTEM, **spoken)
    make_period(year=yesterday.year - 1, due_on=None)
    Firm.objects.filter(pk=firms["nothing"].pk).update(scale_on_nib="small")
    firms["nothing"].profiles.update(business_capital=1)
    SiinasAccount.objects.update(evidence_year=yesterday.year - 1)
    Certificate.objects.create(firm=firms["no_nib"], kind="svlk", valid_until=yesterday)
    client.force_login(people["province"])
    assert sorted(names(client, f"?antrean={queue}")) == found


def test_every_queue_of_the_desk_is_in_the_table_above() -> None:
    (marked,) = test_queue_lists_the_firms_that_lack_it.pytestmark  # type: ignore[attr-defined]
    assert {queue for queue, _found in marked.args[1]} == {queue.key for queue in DESK}


def test_every_number_is_the_length_of_its_list_under_the_same_filters(
    client: Any, people: dict[str, User], firms: dict[str, Firm]
) -> None:
    client.force_login(people["province"])
    for filters in ("", "&wilayah=kab-cirebon", "&wilayah=indramayu"):
        for queue in DESK:
            answer = client.get(f"{DESK_PAGE}?antrean={queue.key}{filters}")
            tab = next(tab for tab in answer.context["tabs"] if tab.current)
            assert tab.count == len(answer.context["rows"])


def test_row_names_every_gap_and_the_next_step(
    client: Any, people: dict[str, User], firms: dict[str, Firm]
) -> None:
    client.force_login(people["province"])
    answer = client.get(f"{DESK_PAGE}?antrean=izin")
    (row,) = answer.context["rows"]
    assert {queue.key for queue in row.gaps} == {"nib", "izin", "konfirmasi"}
    assert {fact.key for fact in row.missing} >= {"nib", "telepon", "kbli", "pekerja"}
    assert row.step == "Bantu pemilik mendapat NIB di OSS, lalu catat 13 angkanya." or row.step


def test_firms_come_by_deadline_then_by_size(client: Any, people: dict[str, User]) -> None:
    today = timezone.localdate()
    for name, workers, days in (("A", None, 5), ("B", 3, 5), ("C", 9, 5), ("D", 1, 2)):
        profile = {"workers_total": workers} if workers else None
        firm = make_firm(name, profile=profile)
        end = today + dt.timedelta(days)
        Certificate.objects.create(firm=firm, kind="halal", number=name, valid_until=end)
    client.force_login(people["province"])
    assert names(client, "?antrean=segera") == ["D", "C", "B", "A"]
    assert names(client, "?antrean=nib") == ["C", "B", "D", "A"]


@pytest.mark.parametrize("key", ["segera", "nib"])
def test_next_firm_follows_the_order_of_the_queue(
    client: Any, people: dict[str, User], key: str
) -> None:
    today = timezone.localdate()
    for name, workers, days in (("A", None, 5), ("B", 3, None), ("C", 9, 5), ("D", 1, 2)):
        firm = make_firm(name, profile={"workers_total": workers} if workers else None)
        end = today + dt.timedelta(days or 40)
        Certificate.objects.create(firm=firm, kind="halal", number=name, valid_until=end)
    client.force_login(people["province"])
    order = names(client, f"?antrean={key}")
    walked, firm = [order[0]], Firm.objects.get(name=order[0])
    while len(walked) < len(order):
        answer = client.get(f"/kerja/usaha/{firm.pk}/?antrean={key}")
        firm = answer.context["following"]
        walked.append(firm.name)
    assert walked == order


def test_filters_narrow_by_place_group_and_centre(
    client: Any, people: dict[str, User], firms: dict[str, Firm]
) -> None:
    client.force_login(people["province"])
    assert names(client, "?antrean=nib&wilayah=indramayu") == ["Kosong"]
    assert names(client, "?antrean=nib&wilayah=kab-cirebon&kecamatan=32.09.19") == ["Tanpa NIB"]
    assert names(client, "?antrean=nib&kelompok=tanpa") == ["Kosong"]
    assert names(client, "?antrean=terkendala&kendala=email_lost") == ["Macet"]
    assert names(client, "?antrean=terkendala&kendala=other") == []
    answer = client.get(f"{DESK_PAGE}?antrean=nib&sentra=entah")
    assert answer.context["filters"].ignored == ["entah"]


def test_empty_queue_names_the_next_one(
    client: Any, people: dict[str, User], firms: dict[str, Firm]
) -> None:
    client.force_login(people["cirebon_staff"])
    html = client.get(f"{DESK_PAGE}?antrean=izin").content.decode()
    assert "antrean=nib" in html


def test_without_a_queue_the_first_one_in_which_somebody_waits_opens(
    client: Any, people: dict[str, User], firms: dict[str, Firm]
) -> None:
    client.force_login(people["cirebon_staff"])
    assert client.get(DESK_PAGE).context["asked"].queue.key == "nib"
    yesterday = timezone.localdate() - dt.timedelta(1)
    contact_log(
        firm=firms["profile"],
        channel="phone",
        outcome="no_answer",
        by=SYSTEM,
        on=yesterday,
        next_on=yesterday,
    )
    answer = client.get(DESK_PAGE)
    assert answer.context["asked"].queue.key == "hubungi"
    assert [row.firm.name for row in answer.context["rows"]] == ["Profil"]


@pytest.mark.parametrize(
    ("who", "status"),
    [("province", 200), ("cirebon_staff", 200), ("official_all", 403), ("official_kuningan", 403)],
)
def test_the_desk_is_for_those_who_keep_the_register(
    client: Any, people: dict[str, User], who: str, status: int
) -> None:
    client.force_login(people[who])
    assert client.get(DESK_PAGE).status_code == status


def test_the_desk_ends_at_the_border_of_the_scope(
    client: Any, people: dict[str, User], firms: dict[str, Firm]
) -> None:
    make_firm("Jauh", village=CIGUGUR)
    client.force_login(people["kuningan_staff"])
    assert names(client, "?antrean=nib") == ["Jauh"]
    assert names(client, "?antrean=nib&wilayah=indramayu") == ["Jauh"]


def test_queries_do_not_grow_with_the_firms(
    client: Any, people: dict[str, User], django_assert_max_num_queries: Any
) -> None:
    client.force_login(people["cirebon_staff"])
    for n in range(30):
        make_firm(f"Usaha {n}", siinas={"state": "issued"} if n % 2 else None)
    with django_assert_max_num_queries(29):
        client.get(f"{DESK_PAGE}?antrean=kurang")


def test_duplicates_are_a_tab_of_the_desk(client: Any, people: dict[str, User]) -> None:
    client.force_login(people["cirebon_staff"])
    assert 'href="/kerja/tugas/ganda/"' in client.get(DESK_PAGE).content.decode()
    answer = client.get("/kerja/tugas/ganda/")
    assert [tab.href for tab in answer.context["tabs"] if tab.current] == ["/kerja/tugas/ganda/"]
