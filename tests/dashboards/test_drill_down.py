"""Every number of the dashboard leads to the firms behind it: the list holds exactly so many."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from registry.models import Certificate, ProductionSite
from registry.services import SYSTEM, siinas_open, siinas_step
from tests.registry.factories import CIGUGUR, PAOMAN, make_firm

pytestmark = pytest.mark.django_db
PAGE = "/kerja/dasbor/"
COMPLETE = {"state": "complete", "evidence_number": "1", "evidence_year": 2026}
READY: dict[str, Any] = {"scale_on_nib": "small", "profile": {"business_capital": 90_000_000}}
LINK = re.compile(r'<a\b[^>]*href="(/kerja/usaha/\?[^"]*)"[^>]*>(.*?)</a>', re.S)


@pytest.fixture
def register(people: dict[str, User]) -> None:
    """Firms at every rung, closed ones, unmapped ones, one with two sites."""
    today = timezone.localdate()
    nibs = iter(range(2200012340000, 2200012349999))

    def nib() -> str:
        return f"{next(nibs):013d}"

    made = [
        make_firm("Lengkap", nib=nib(), siinas=COMPLETE, **READY),
        make_firm("Lengkap juga", nib=nib(), siinas=COMPLETE, village=PAOMAN, kbli="2020-13134"),
        make_firm("Terbit", nib=nib(), siinas={"state": "issued"}),
        make_firm("Layak", nib=nib(), siinas=COMPLETE, **READY),
        make_firm("Ber-NIB", nib=nib()),
        make_firm("Macet", nib=nib(), siinas={"state": "blocked", "blocker": "other"}),
        make_firm("Akun tanpa NIB", siinas={"state": "issued"}, village=CIGUGUR),
        make_firm("Tanpa KBLI", kbli=None, village=CIGUGUR, status="unverified"),
    ]
    make_firm("Pedagang", kbli="2020-47242", profile={"workers_total": 3})
    make_firm("Tutup", nib=nib(), siinas=COMPLETE, status="closed", closed_reason="uji")
    second = ProductionSite.objects.create(
        firm=made[0], regency_id="32.08", district_id=CIGUGUR[:8], village_id=CIGUGUR
    )
    account = siinas_open(site=second, by=SYSTEM)
    siinas_step(account=account, target="issued", by=SYSTEM)
    for position, (kind, days) in enumerate(
        [("tkdn_ik", 10), ("halal", 10), ("halal", 40), ("sni", 100), ("halal", -5)]
    ):
        Certificate.objects.create(
            firm=made[position % 2],
            kind=kind,
            number=str(position),
            valid_until=today + dt.timedelta(days),
        )


def number_in(text: str) -> int | None:
    """The last number that a link says; None where it says none, or a share like the map."""
    said = unescape(re.sub(r"<[^>]+>", " ", text))
    if said.startswith("Buka daftar"):
        return None  # a decision: its number stands beside the link
    numbers = re.findall(r"\d[\d.]*", said)
    return int(numbers[-1].replace(".", "")) if numbers and "%" not in said else None


@pytest.mark.parametrize(
    "query", ["", "?wilayah=kab-cirebon", "?kelompok=tanpa", "?wilayah=kuningan&kelompok=tanpa"]
)
@pytest.mark.parametrize("who", ["province", "official_all"])
def test_every_number_equals_the_list_behind_it(
    client: Any, people: dict[str, User], register: None, who: str, query: str
) -> None:
    client.force_login(people[who])
    html = client.get(f"{PAGE}{query}").content.decode()
    checked = 0
    for href, text in LINK.findall(html):
        said = number_in(text)
        if said is None:
            continue
        page = client.get(unescape(href)).context["page"]
        assert (href, page.total) == (href, said)
        checked += 1
    assert checked >= 60


def test_decisions_and_missing_facts_equal_their_lists(
    client: Any, people: dict[str, User], register: None
) -> None:
    client.force_login(people["province"])
    context = client.get(PAGE).context
    assert [d.count for d in context["decisions"]] == sorted(
        (d.count for d in context["decisions"]), reverse=True
    )
    assert 0 < len(context["decisions"]) <= 3
    pairs = [(d.href, d.count) for d in context["decisions"]]
    pairs += [(bar.href, bar.value) for bar in context["lacking"]]
    pairs += [(share.href, share.count) for share in context["shares"]]
    for href, count in pairs:
        assert (href, client.get(href).context["page"].total) == (href, count)


def test_person_of_one_region_gets_numbers_of_that_region(
    client: Any, people: dict[str, User], register: None
) -> None:
    client.force_login(people["official_kuningan"])
    html = client.get(PAGE).content.decode()
    for href, text in LINK.findall(html):
        said = number_in(text)
        if said is not None:
            assert client.get(unescape(href)).context["page"].total == said
    assert "Kab. Cirebon" not in html


def test_account_without_a_nib_does_not_stand_on_the_chain(
    client: Any, people: dict[str, User], register: None
) -> None:
    client.force_login(people["province"])
    rungs = {rung.label: rung for rung in client.get(PAGE).context["ladder"]}
    account = rungs["Lokasi dengan akun SIINas"]
    assert (account.count, account.base, account.firms) == (5, 7, 4)


def test_nothing_to_decide_in_an_empty_register(client: Any, people: dict[str, User]) -> None:
    client.force_login(people["province"])
    answer = client.get(PAGE)
    assert answer.context["decisions"] == []
    assert "Belum ada data" in answer.content.decode()
    assert client.get(f"{PAGE}?layar=1").status_code == 200


def test_unknown_group_does_not_exist(client: Any, people: dict[str, User]) -> None:
    client.force_login(people["province"])
    assert client.get(f"{PAGE}?kelompok=atlantis").status_code == 404


def test_meeting_screen_has_a_panel_a_screen_and_no_filters(
    client: Any, people: dict[str, User], register: None
) -> None:
    client.force_login(people["official_all"])
    html = client.get(f"{PAGE}?layar=1&wilayah=kab-cirebon").content.decode()
    assert 'class="layar-akar"' in html
    assert "<form" not in html
    assert re.findall(r'href="#(s\d)"', html) == ["s2", "s1", "s3", "s2", "s4", "s3"]
    assert 'href="/kerja/dasbor/?wilayah=kab-cirebon"' in html


def test_version_for_paper_has_tables_in_place_of_charts(
    client: Any, people: dict[str, User], register: None
) -> None:
    client.force_login(people["official_all"])
    html = client.get(f"{PAGE}?cetak=1&wilayah=kab-cirebon").content.decode()
    assert 'class="grafik"' not in html
    assert 'class="peta"' not in html
    assert "Kabupaten Cirebon" in html
    assert html.count("<table") >= 4


@pytest.mark.parametrize("query", ["", "?layar=1", "?cetak=1", "?kelompok=tanpa"])
def test_queries_do_not_grow_with_the_register(
    client: Any,
    people: dict[str, User],
    register: None,
    query: str,
    django_assert_max_num_queries: Any,
) -> None:
    client.force_login(people["province"])
    with django_assert_max_num_queries(22):
        client.get(f"{PAGE}{query}")
