"""Staff and cards: who opens which page, a link shown once, printing, deciding, query budgets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from registry import services
from registry.cards import card_of
from registry.models import CardRequest, ChangeProposal, Firm, FirmCard
from registry.paper import cards as paper
from registry.services import SYSTEM, card_issue, firm_save
from registry.worklist import work_list
from tests.registry.factories import CIGUGUR, TEGALWANGI, make_firm

pytestmark = pytest.mark.django_db
LIST = "/en/kerja/tugas/usulan/"
PRINT = "/en/kerja/usaha/kartu/"


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def firm(people: dict[str, Any]) -> Firm:
    return make_firm("Rotan Usul", phone="+6281200001234", brand="Lama")


def proposal(firm: Firm, **wanted: Any) -> ChangeProposal:
    card = card_issue(firm=firm, way="link", by=SYSTEM).card
    wanted = wanted or {"brand": {"brand": "Baru"}}
    return services.corrections_propose(card=card, wanted=wanted)[0]


def html(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("province", [200, 200, 200, 200]),
        ("cirebon_staff", [200, 200, 200, 200]),
        ("kuningan_staff", [404, 200, 200, 404]),
        ("official_all", [403] * 4),
        ("official_kuningan", [403] * 4),
        ("left", [302] * 4),
        (None, [302] * 4),
    ],
)
def test_role_by_route(
    client: Any, firm: Firm, people: dict[str, Any], who: str | None, expected: list[int]
) -> None:
    row = proposal(firm)
    services.card_ask(firm=firm)
    if who:
        client.force_login(people[who])
    own = [f"/en/kerja/usaha/{firm.pk}/kartu/", PRINT, LIST, f"{LIST}{firm.pk}/"]
    assert [client.get(address).status_code for address in own] == expected
    if 200 in (expected[0], expected[3]):
        return
    form = {"aksi": "buat", f"putusan-{row.pk}": "terima"}
    request = CardRequest.objects.get()
    posts = [own[0], own[3], f"{LIST}kartu/{request.pk}/"]
    assert {client.post(address, form).status_code for address in posts} <= {302, 403, 404}
    assert FirmCard.objects.count() == 1
    row.refresh_from_db()
    request.refresh_from_db()
    assert (row.state, request.state) == ("waiting", "waiting")


def test_officer_elsewhere_sees_and_prints_nothing_of_it(
    client: Any, firm: Firm, people: dict[str, Any]
) -> None:
    proposal(firm)
    services.card_ask(firm=firm)
    client.force_login(people["kuningan_staff"])
    assert "Rotan Usul" not in html(client.get(LIST))
    assert client.post(f"{PRINT}?kecamatan=32.09.19").context["count"] == 0
    assert FirmCard.objects.count() == 1


# --- one firm's cards -----------------------------------------------------------------------------


def test_new_link_is_shown_once_with_qr_and_words_for_whatsapp(
    client: Any, firm: Firm, people: dict[str, Any]
) -> None:
    client.force_login(people["cirebon_staff"])
    where = f"/en/kerja/usaha/{firm.pk}/kartu/"
    answer = client.post(where, {"aksi": "buat"})
    page = html(answer)
    address = re.search(r'value="http://testserver(/kartu/[^"]+/)"', page)[1]  # type: ignore[index]
    assert card_of(address.split("/")[2]).firm == firm
    assert "<svg" in page
    assert "https://wa.me/6281200001234?text=" in page
    assert "no-store" in answer["Cache-Control"]
    assert address not in html(client.get(where))


def test_cards_are_revoked_one_by_one_or_all(
    client: Any, firm: Firm, people: dict[str, Any]
) -> None:
    made = [card_issue(firm=firm, way="link", by=SYSTEM) for _ in range(3)]
    other = card_issue(firm=make_firm("Lain"), way="link", by=SYSTEM)
    client.force_login(people["cirebon_staff"])
    where = f"/en/kerja/usaha/{firm.pk}/kartu/"
    client.post(where, {"aksi": f"cabut-{made[0].card.pk}"})
    assert [bool(card_of(each.token)) for each in made] == [False, True, True]
    assert client.post(where, {"aksi": f"cabut-{other.card.pk}"}).status_code == 404
    assert "2 cards revoked" in html(client.post(where, {"aksi": "cabut-semua"}, follow=True))
    assert [bool(card_of(each.token)) for each in made] == [False] * 3
    assert card_of(other.token)


def test_firm_page_and_admin_lead_to_the_cards(
    client: Any, firm: Firm, people: dict[str, Any]
) -> None:
    where = f'href="/en/kerja/usaha/{firm.pk}/kartu/"'
    client.force_login(people["cirebon_staff"])
    assert where in html(client.get(f"/en/kerja/usaha/{firm.pk}/"))
    assert where in html(client.get(f"/en/kelola/registry/firm/{firm.pk}/change/"))
    client.force_login(people["official_all"])
    assert where not in html(client.get(f"/en/kerja/usaha/{firm.pk}/"))


def test_only_the_latest_cards_are_listed_and_all_are_revoked(
    client: Any, firm: Firm, people: dict[str, Any], monkeypatch: Any
) -> None:
    monkeypatch.setattr("registry.views.cards.LATEST", 2)
    for _ in range(4):
        card_issue(firm=firm, way="print", by=SYSTEM)
    client.force_login(people["cirebon_staff"])
    where = f"/en/kerja/usaha/{firm.pk}/kartu/"
    page = html(client.get(where))
    assert page.count('value="cabut-') == 3
    assert "Revoke all 4 valid cards" in page
    assert "Older cards are not listed" in page
    client.post(where, {"aksi": "cabut-semua"})
    assert not FirmCard.objects.usable().exists()


# --- printing -------------------------------------------------------------------------------------


def test_cards_of_a_village_are_one_pdf_and_each_opens_its_firm(
    client: Any, firm: Firm, people: dict[str, Any], monkeypatch: Any
) -> None:
    make_firm("Desa Lain", village="32.09.19.2008")
    make_firm('#strong[Nama] *aneh* \\ $x$ "kutip" ńż', village=TEGALWANGI)
    seen: dict[str, str] = {}
    told = paper._line

    def watched(number: int, each: Any, address_of: Any) -> Any:
        seen[each.card.firm.name] = address_of(each.token)
        return told(number, each, address_of)

    monkeypatch.setattr(paper, "_line", watched)
    client.force_login(people["cirebon_staff"])
    where = f"{PRINT}?kecamatan=32.09.19&desa={TEGALWANGI}"
    assert client.get(where).context["count"] == 2
    answer = client.post(where)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert "no-store" in answer["Cache-Control"]
    assert set(seen) == {"Rotan Usul", '#strong[Nama] *aneh* \\ $x$ "kutip" ńż'}
    assert all(address.startswith("http://testserver/kartu/") for address in seen.values())
    assert card_of(seen["Rotan Usul"].split("/")[-2]).firm == firm
    assert set(FirmCard.objects.values_list("way", flat=True)) == {"print"}


def test_more_than_the_limit_are_not_printed(
    client: Any, firm: Firm, people: dict[str, Any], monkeypatch: Any
) -> None:
    monkeypatch.setattr("registry.views.cards.MOST", 1)
    make_firm("Kedua")
    client.force_login(people["cirebon_staff"])
    page = html(client.post(PRINT))
    assert "At most 1 cards go into one file" in page
    assert not FirmCard.objects.exists()


def test_warning_of_the_typesetter_leaves_no_card(
    client: Any, firm: Firm, people: dict[str, Any], monkeypatch: Any
) -> None:
    answer = (b"%PDF", ["unknown font family"])
    monkeypatch.setattr(paper.typst, "compile_with_warnings", lambda *a, **k: answer)
    client.force_login(people["cirebon_staff"])
    with pytest.raises(paper.PaperFault, match="unknown font"):
        client.post(PRINT)
    assert not FirmCard.objects.exists()


# --- deciding -------------------------------------------------------------------------------------


def decisions_of(client: Any, firm: Firm, **choices: tuple[str, str]) -> dict[str, str]:
    """The form of a firm, filled: by field the decision and its reason."""
    lines = client.get(f"{LIST}{firm.pk}/").context["lines"]
    form = {}
    for line, _decision, _reason in lines:
        decision, reason = choices.get(line.row.what, ("", ""))
        pk = line.row.pk
        form |= {
            f"dilihat-{pk}": line.stamp, f"putusan-{pk}": decision, f"alasan-{pk}": reason,
        }  # fmt: skip
    return form


def test_officer_accepts_one_refuses_another_and_leaves_a_third(
    client: Any, firm: Firm, people: dict[str, Any]
) -> None:
    card = card_issue(firm=firm, way="link", by=SYSTEM).card
    services.corrections_propose(
        card=card,
        wanted={
            "brand": {"brand": "Baru"},
            "email": {"email": "baru@contoh.id"},
            "address": {"address": "Blok Baru"},
        },
    )
    client.force_login(people["cirebon_staff"])
    form = decisions_of(client, firm, brand=("terima", ""), email=("tolak", "surel orang lain"))
    page = html(client.post(f"{LIST}{firm.pk}/", form, follow=True))
    assert "2 corrections of Rotan Usul decided" in page
    firm.refresh_from_db()
    assert (firm.brand, firm.email, firm.address) == ("Baru", "", "")
    states = dict(ChangeProposal.objects.values_list("what", "state"))
    assert states == {"brand": "accepted", "email": "refused", "address": "waiting"}


def test_what_changed_meanwhile_is_shown_and_what_was_typed_stays(
    client: Any, firm: Firm, people: dict[str, Any]
) -> None:
    proposal(firm)
    client.force_login(people["cirebon_staff"])
    form = decisions_of(client, firm, brand=("terima", "catatan saya"))
    firm.brand = "Petugas Lain"
    firm_save(firm, by=SYSTEM, reason="uji")
    answer = client.post(f"{LIST}{firm.pk}/", form)
    page = html(answer)
    assert answer.status_code == 409
    assert "Brand was changed meanwhile" in page
    assert "Petugas Lain" in page
    assert "then it was “Lama”" in page
    assert "catatan saya" in page
    firm.refresh_from_db()
    assert firm.brand == "Petugas Lain"
    client.post(f"{LIST}{firm.pk}/", decisions_of(client, firm, brand=("terima", "")))
    firm.refresh_from_db()
    assert firm.brand == "Baru"


@pytest.mark.parametrize(
    "name", ["putusan-x", "putusan-999999", f"putusan-{10**30}", "putusan-٣", "putusan-", "lain"]
)
def test_nonsense_in_the_form_decides_nothing(
    client: Any, firm: Firm, people: dict[str, Any], name: str
) -> None:
    proposal(firm)
    client.force_login(people["cirebon_staff"])
    assert client.post(f"{LIST}{firm.pk}/", {name: "terima"}).status_code in (302, 409)
    assert ChangeProposal.objects.waiting().count() == 1


def test_request_for_a_card_waits_until_it_is_made_or_noted(
    client: Any, firm: Firm, people: dict[str, Any]
) -> None:
    services.card_ask(firm=firm)
    client.force_login(people["cirebon_staff"])
    assert work_list(people["cirebon_staff"]).cards == 1
    assert work_list(people["kuningan_staff"]).cards == 0
    assert f"{LIST}#kartu" in html(client.get("/en/kelola/"))
    assert "1 firm asked for its card" in html(client.get(LIST))
    client.post(f"{LIST}kartu/{CardRequest.objects.get().pk}/")
    assert "asked for its card" not in html(client.get(LIST))


def test_list_is_filtered_by_region_and_its_queries_do_not_grow(
    client: Any, firm: Firm, people: dict[str, Any], django_assert_max_num_queries: Any
) -> None:
    far = make_firm("Kuningan Jauh", village=CIGUGUR)
    proposal(far)
    for n in range(12):
        proposal(make_firm(f"Usul {n:02d}"))
        services.card_ask(firm=firm)
    client.force_login(people["province"])
    page = html(client.get(f"{LIST}?wilayah=kuningan"))
    assert "Kuningan Jauh" in page
    assert "Usul 03" not in page
    with django_assert_max_num_queries(28):
        client.get(LIST)
    with django_assert_max_num_queries(14):
        client.get(f"/en/kerja/usaha/{far.pk}/kartu/")
