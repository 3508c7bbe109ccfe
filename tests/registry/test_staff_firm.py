"""The staff's page of a firm: own regions, owners only for whom they are, what is next."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from registry.advice import FOR_OFFICER
from registry.chain import RUNGS, chain_of, with_chain
from registry.models import Certificate, Firm, ProductionSite, SiinasAccount
from registry.models.siinas import SiinasBlocker, SiinasState
from tests.registry.factories import CIGUGUR, make_firm

pytestmark = pytest.mark.django_db
COMPLETE = {"state": "complete", "evidence_number": "1", "evidence_year": 2026}


@pytest.fixture
def firm(people: dict[str, User]) -> Firm:
    return make_firm(
        "Rotan Uji",
        nib="0220001234567",
        owner="Siti Rahasia",
        phone="+6281200001234",
        notes="catatan dinas",
        siinas={"state": "blocked", "blocker": "email_lost"},
        profile={"workers_total": 14},
        consents=("catalogue",),
    )


def page(firm: Firm) -> str:
    return f"/kerja/usaha/{firm.pk}/"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("province", 200),
        ("cirebon_staff", 200),
        ("official_all", 200),
        ("kuningan_staff", 404),
        ("official_kuningan", 404),
    ],
)
def test_page_opens_in_scope_and_does_not_exist_outside(
    client: Any, people: dict[str, User], firm: Firm, who: str, status: int
) -> None:
    client.force_login(people[who])
    assert client.get(page(firm)).status_code == status


def test_anonymous_and_unknown_number_get_no_page(
    client: Any, people: dict[str, User], firm: Firm
) -> None:
    assert client.get(page(firm)).status_code == 302
    client.force_login(people["province"])
    assert client.get("/kerja/usaha/99999999999999999999999/").status_code == 404


@pytest.mark.parametrize(
    ("who", "owner", "changes"),
    [("cirebon_staff", True, True), ("province", True, True), ("official_all", False, False)],
)
def test_owner_and_change_links_follow_the_policy(
    client: Any, people: dict[str, User], firm: Firm, who: str, owner: bool, changes: bool
) -> None:
    client.force_login(people[who])
    html = client.get(page(firm)).content.decode()
    assert ("Siti Rahasia" in html) is owner
    assert ("catatan dinas" in html) is changes
    assert (f"/kelola/registry/firm/{firm.pk}/change/" in html) is changes
    assert ("/langkah/" in html) is changes
    assert firm.get_absolute_url() in html


def test_page_says_what_blocks_what_is_next_and_what_is_missing(
    client: Any, people: dict[str, User], firm: Firm
) -> None:
    client.force_login(people["official_all"])
    answer = client.get(page(firm))
    html = answer.content.decode()
    assert "mengganti surel di OSS" in html
    assert answer.context["dossier"].reached == 1
    missing = [fact.key for fact in answer.context["dossier"].missing]
    assert missing == ["bentuk", "produk", "alamat", "mulai"]
    assert "6 dari 10 isian" in html


def test_certificate_says_how_long_it_lasts(
    client: Any, people: dict[str, User], firm: Firm
) -> None:
    today = timezone.localdate()
    for number, days in (("A", 14), ("B", -3), ("C", 900)):
        Certificate.objects.create(
            firm=firm,
            kind="halal",
            number=number,
            product=number,
            valid_until=today + dt.timedelta(days),
        )
    Certificate.objects.create(firm=firm, kind="sni", number="D")
    client.force_login(people["official_all"])
    html = client.get(page(firm)).content.decode()
    for words in ("14 hari lagi", "Berakhir 3 hari lalu", "Berlaku", "belum diisi"):
        assert words in html


def test_site_of_another_region_stays_with_that_region(
    client: Any, people: dict[str, User], firm: Firm
) -> None:
    ProductionSite.objects.create(
        firm=firm,
        regency_id=CIGUGUR[:5],
        district_id=CIGUGUR[:8],
        village_id=CIGUGUR,
        address="Jalan Kuningan 9",
    )
    client.force_login(people["cirebon_staff"])
    assert "Jalan Kuningan 9" not in client.get(page(firm)).content.decode()
    client.force_login(people["province"])
    assert "Jalan Kuningan 9" in client.get(page(firm)).content.decode()


def test_breadcrumb_leads_back_to_the_list_as_it_was(
    client: Any, people: dict[str, User], firm: Firm
) -> None:
    client.force_login(people["province"])
    html = client.get(f"{page(firm)}?nib=ya&urut=-nama").content.decode()
    assert 'href="/kerja/usaha/?nib=ya&amp;urut=-nama"' in html


def test_page_has_a_query_budget(
    client: Any, people: dict[str, User], firm: Firm, django_assert_max_num_queries: Any
) -> None:
    for n in range(10):
        Certificate.objects.create(firm=firm, kind="brand", number=str(n))
    client.force_login(people["province"])
    with django_assert_max_num_queries(57):
        client.get(page(firm))


@pytest.mark.parametrize(
    ("fields", "marks"),
    [
        ({}, "kini nanti nanti nanti nanti"),
        ({"nib": "0220001234568"}, "sudah kini nanti nanti nanti"),
        (
            {"nib": "0220001234568", "siinas": {"state": "blocked", "blocker": "other"}},
            "sudah kendala nanti nanti nanti",
        ),
        (
            {"nib": "0220001234568", "siinas": {"state": "issued"}},
            "sudah sudah kini nanti nanti",
        ),
        ({"nib": "0220001234568", "siinas": COMPLETE}, "sudah sudah sudah kini nanti"),
        ({"siinas": COMPLETE}, "kini sudah sudah nanti nanti"),
    ],
)
def test_chain_marks_what_is_reached_and_what_is_next(
    people: dict[str, User], fields: dict[str, Any], marks: str
) -> None:
    made = make_firm("Rantai", **fields)
    chain = chain_of(with_chain(Firm.objects.filter(pk=made.pk)).get())
    assert [rung.mark.value for rung in chain] == marks.split()
    assert [rung.key for rung in chain] == [key for key, _name in RUNGS]


def test_every_state_and_blocker_has_advice() -> None:
    for state in SiinasState:
        if state not in (SiinasState.COMPLETE, SiinasState.BLOCKED):
            assert FOR_OFFICER.on("account", SiinasAccount(state=state.value))
    for blocker in SiinasBlocker:
        assert FOR_OFFICER.on("account", SiinasAccount(state="blocked", blocker=blocker.value))
    for rung in ("nib", "tkdn", "partner"):
        assert FOR_OFFICER.on(rung, None)
    assert FOR_OFFICER.on("account", None)
    late = SiinasAccount(state="submitted", registered_on=dt.date(2026, 1, 2))
    assert "helpdesk" in FOR_OFFICER.on("account", late)
