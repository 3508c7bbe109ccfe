"""The pages of duplicates: who sees what, what is told, what a click does."""

from __future__ import annotations

from typing import Any

import pytest

from registry.models import DuplicatePair, Firm, FirmMerge
from registry.services import SYSTEM, duplicate_dismiss, firm_save, firms_merge, pairs_refresh
from registry.worklist import work_list
from tests.registry.factories import CIGUGUR, make_firm

pytestmark = pytest.mark.django_db
LIST = "/en/kerja/tugas/ganda/"
MERGES = f"{LIST}gabungan/"
PHONE = "+6281200001234"


@pytest.fixture
def pair(people: dict[str, Any]) -> DuplicatePair:
    """Two firms of Kab. Cirebon that may be one."""
    make_firm("Rotan Lestari", phone=PHONE, nib="0220001234567")
    # A number that would get a mark for thousands where it is shown carelessly.
    make_firm("Rotan Lestari", phone=PHONE, email="b@contoh.id", owner="Budi", id=1234567)
    pairs_refresh(Firm.objects.all())
    return DuplicatePair.objects.select_related("first", "second").get()


@pytest.fixture
def across(people: dict[str, Any]) -> DuplicatePair:
    """A firm of Kab. Cirebon and one of Kuningan that may be one."""
    make_firm("Anyaman Barokah", phone=PHONE)
    make_firm("Anyaman Barokah", village=CIGUGUR, phone=PHONE, email="jauh@contoh.id")
    pairs_refresh(Firm.objects.all())
    return DuplicatePair.objects.select_related("first", "second").get()


def form_of(client: Any, address: str) -> dict[str, str]:
    """What the comparison would send as it stands."""
    context = client.get(address).context
    lines = [*context["different"], *context["same"]]
    return {
        "pertahankan": str(context["kept"].pk),
        "dilihat": context["asked"].stamp,
        **{
            f"pilih-{line.choice.key}": "kept" if line.kept.taken else "gone"
            for line in lines
            if line.differs
        },
    }


# --- who may -------------------------------------------------------------------------------------

STAFF, OTHERS = ("province", "cirebon_staff"), ("official_all", "official_kuningan")


@pytest.mark.parametrize("who", [*STAFF, "kuningan_staff", *OTHERS, "left", None])
def test_role_by_route(client: Any, pair: DuplicatePair, people: dict[str, Any], who: str) -> None:
    merge = firms_merge(
        kept=make_firm("Batik Kencana"), gone=make_firm("Batik Kencana Dua"), by=SYSTEM
    )
    own = [LIST, MERGES, f"{LIST}{pair.pk}/", f"{MERGES}{merge.pk}/"]
    answers = {
        "province": [200] * 4,
        "cirebon_staff": [200] * 4,
        "kuningan_staff": [200, 200, 404, 404],
        "official_all": [403] * 4,
        "official_kuningan": [403] * 4,
    }
    if who:
        client.force_login(people[who])
    got = [client.get(address).status_code for address in own]
    assert got == answers.get(who, [302] * 4)
    posted = [
        client.post(address).status_code
        for address in (f"{LIST}{pair.pk}/", f"{MERGES}{merge.pk}/", f"{LIST}banding/")
    ]
    if who not in STAFF:
        assert not {200, 409} & set(posted)
        assert FirmMerge.objects.filter(undone_at=None).count() == 1
        assert DuplicatePair.objects.get(pk=pair.pk).state == "open"


def test_firm_elsewhere_is_told_by_its_regency_and_nothing_else(
    client: Any, across: DuplicatePair, people: dict[str, Any]
) -> None:
    client.force_login(people["cirebon_staff"])
    for address in (LIST, f"{LIST}{across.pk}/"):
        html = client.get(address).content.decode()
        assert "A firm in Kab. Kuningan" in html
        for secret in ("Cigugur", "jauh@contoh.id", "same phone", "same name"):
            assert secret not in html
    assert client.post(f"{LIST}{across.pk}/", {"aksi": "gabung"}).status_code == 404
    assert work_list(people["cirebon_staff"]).pairs == 0
    assert work_list(people["province"]).pairs == 1
    client.force_login(people["province"])
    assert "same phone" in client.get(LIST).content.decode()


# --- the list ------------------------------------------------------------------------------------


def test_list_tells_why_and_is_filtered_by_region(
    client: Any, pair: DuplicatePair, people: dict[str, Any]
) -> None:
    client.force_login(people["province"])
    html = client.get(LIST).content.decode()
    assert "same name, same village, same phone" in html
    assert "1 pair<" in html
    assert "No pair waits" in client.get(f"{LIST}?wilayah=kuningan").content.decode()
    assert client.get(f"{LIST}?wilayah=kab-cirebon&hal=9").context["page"].total == 1


def test_queries_are_as_many_however_many_pairs(
    client: Any, pair: DuplicatePair, people: dict[str, Any], django_assert_max_num_queries: Any
) -> None:
    for n in range(12):
        make_firm(f"Kerajinan Melati Jaya {chr(97 + n)}", phone="+6281200005678")
    pairs_refresh(Firm.objects.all())
    assert DuplicatePair.objects.count() > 12
    client.force_login(people["province"])
    client.get(LIST)
    with django_assert_max_num_queries(24):
        client.get(LIST)
    with django_assert_max_num_queries(24):
        client.get(f"{LIST}{pair.pk}/")
    with django_assert_max_num_queries(24):
        client.get(MERGES)


def test_work_list_counts_the_pairs_and_leads_there(
    client: Any, pair: DuplicatePair, people: dict[str, Any]
) -> None:
    client.force_login(people["cirebon_staff"])
    assert f'href="{LIST}"' in client.get("/en/kelola/").content.decode()
    duplicate_dismiss(first=pair.first, second=pair.second, by=people["cirebon_staff"])
    assert work_list(people["cirebon_staff"]).pairs == 0


# --- one pair ------------------------------------------------------------------------------------


def test_comparison_proposes_the_fuller_firm_and_fills_what_it_lacks(
    client: Any, pair: DuplicatePair, people: dict[str, Any]
) -> None:
    client.force_login(people["cirebon_staff"])
    answer = client.get(f"{LIST}{pair.pk}/")
    assert answer.context["kept"] == pair.first  # it has the NIB
    html = answer.content.decode()
    assert "1 owners" in html.replace("\n", " ")
    assert form_of(client, f"{LIST}{pair.pk}/")["pilih-email"] == "gone"
    other = client.get(f"{LIST}{pair.pk}/?pertahankan={pair.second.pk}")
    assert other.context["kept"] == pair.second


def test_merging_takes_what_was_chosen_and_offers_undoing(
    client: Any, pair: DuplicatePair, people: dict[str, Any]
) -> None:
    client.force_login(people["cirebon_staff"])
    data = form_of(client, f"{LIST}{pair.pk}/")
    answer = client.post(
        f"{LIST}{pair.pk}/", {**data, "aksi": "gabung", "alasan": " kunjungan "}, follow=True
    )
    merge = FirmMerge.objects.get()
    assert (merge.kept, merge.gone, merge.reason) == (pair.first, pair.second, "kunjungan")
    assert merge.kept.email == "b@contoh.id"
    assert f'<a href="{MERGES}{merge.pk}/">' in answer.content.decode()
    assert client.get(f"{LIST}{pair.pk}/").url == f"{MERGES}{merge.pk}/"


def test_decision_on_states_that_changed_meanwhile_is_not_taken(
    client: Any, pair: DuplicatePair, people: dict[str, Any]
) -> None:
    client.force_login(people["cirebon_staff"])
    data = form_of(client, f"{LIST}{pair.pk}/")
    pair.first.brand = "Baru"
    firm_save(pair.first, by=SYSTEM, reason="uji")
    answer = client.post(f"{LIST}{pair.pk}/", {**data, "aksi": "gabung"})
    assert answer.status_code == 409
    assert "changed meanwhile" in answer.content.decode()
    assert not FirmMerge.objects.exists()


def test_not_a_duplicate_is_remembered_and_not_asked_again(
    client: Any, pair: DuplicatePair, people: dict[str, Any]
) -> None:
    client.force_login(people["cirebon_staff"])
    data = form_of(client, f"{LIST}{pair.pk}/")
    answer = client.post(
        f"{LIST}{pair.pk}/", {**data, "aksi": "bukan", "alasan": "dua cabang"}, follow=True
    )
    assert "No pair waits" in answer.content.decode()
    assert pairs_refresh(Firm.objects.all()) == 0
    pair.refresh_from_db()
    assert (pair.state, pair.reason, pair.decided_by) == (
        "not_duplicate", "dua cabang", people["cirebon_staff"],
    )  # fmt: skip
    assert "dua cabang" in client.get(f"{LIST}{pair.pk}/").content.decode()


def test_two_nibs_can_be_merged_when_a_person_says_so(client: Any, people: dict[str, Any]) -> None:
    one = make_firm("Rotan Lestari", nib="0220001234567")
    two = make_firm("Rotan Lestari", nib="0220001234568")
    assert pairs_refresh(Firm.objects.all()) == 0
    client.force_login(people["cirebon_staff"])
    answer = client.post(
        f"{LIST}banding/", {"a": "0220.0012.34567", "b": f"https://x.id/kerja/usaha/{two.pk}/"}
    )
    address = answer.url
    assert "different NIB" in client.get(address).content.decode()
    pairs_refresh(Firm.objects.all())
    client.post(address, {**form_of(client, address), "aksi": "gabung"})
    assert FirmMerge.objects.get().kept == one


@pytest.mark.parametrize("b", ["", "abc", "999999", "0" * 300, "jauh"])
def test_firm_that_is_not_there_or_elsewhere_is_not_compared(
    client: Any, people: dict[str, Any], b: str
) -> None:
    here, there = make_firm("Rotan Lestari"), make_firm("Jauh", village=CIGUGUR)
    client.force_login(people["cirebon_staff"])
    for other in (str(there.pk) if b == "jauh" else b, str(here.pk)):
        client.post(f"{LIST}banding/", {"a": str(here.pk), "b": other})
    assert not DuplicatePair.objects.exists()


# --- undoing -------------------------------------------------------------------------------------


def test_undo_shows_conflicts_and_leaves_them_unless_ticked(
    client: Any, pair: DuplicatePair, people: dict[str, Any]
) -> None:
    merge = firms_merge(kept=pair.first, gone=pair.second, by=people["cirebon_staff"])
    kept = Firm.objects.get(pk=pair.first.pk)
    kept.email = "baru@contoh.id"
    firm_save(kept, by=SYSTEM, reason="uji")
    client.force_login(people["cirebon_staff"])
    html = client.get(f"{MERGES}{merge.pk}/").content.decode()
    assert "baru@contoh.id" in html
    assert "Changed since the merge" in html
    answer = client.post(f"{MERGES}{merge.pk}/", {"alasan": "keliru"}, follow=True)
    assert "two firms again" in answer.content.decode()
    kept.refresh_from_db()
    assert kept.email == "baru@contoh.id"
    assert client.post(f"{MERGES}{merge.pk}/", follow=True).status_code == 200
    assert "undone on" in client.get(MERGES).content.decode()


# --- old addresses -------------------------------------------------------------------------------


def test_old_addresses_lead_to_the_kept_firm(
    client: Any, pair: DuplicatePair, people: dict[str, Any]
) -> None:
    kept, gone = pair.first, pair.second
    public_gone = gone.get_absolute_url()
    firms_merge(kept=kept, gone=gone, by=SYSTEM)
    assert client.get(public_gone).status_code == 404  # the kept firm is not public
    client.force_login(people["cirebon_staff"])
    answer = client.get(f"/kerja/usaha/{gone.pk}/")
    assert (answer.status_code, answer.url) == (301, f"/kerja/usaha/{kept.pk}/")
    answer = client.get(f"/kelola/registry/firm/{gone.pk}/change/")
    assert (answer.status_code, answer.url) == (301, f"/kelola/registry/firm/{kept.pk}/change/")
    client.force_login(people["kuningan_staff"])
    assert client.get(f"/kerja/usaha/{gone.pk}/").status_code == 404


def test_public_address_leads_on_where_the_kept_firm_is_public_and_is_gone_after(
    client: Any, people: dict[str, Any]
) -> None:
    from registry.services import consent_withdraw

    kept, gone = make_firm("Rotan A"), make_firm("Rotan B", consents=("catalogue",))
    old = gone.get_absolute_url()
    firms_merge(kept=kept, gone=gone, by=SYSTEM)
    answer = client.get(old)
    assert (answer.status_code, answer.url) == (301, kept.get_absolute_url())
    consent_withdraw(consent=kept.consents.get(), by=SYSTEM)
    assert client.get(old).status_code == 410
