"""The firm's own page: what stands on it and what never does, what it does, whom it turns away."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import pghistory.models
import pytest
from django.core import mail
from django.core.cache import cache
from django.utils import timezone, translation

from promotions import card_views
from promotions.cards import PUBLIC_LABELS, TOLD_ELSEWHERE
from promotions.profiles import FirmProfile
from registry import services
from registry.models import (
    CardRequest,
    ChangeProposal,
    Consent,
    ConsentText,
    Firm,
    FirmCard,
    Objection,
    PublicationDecision,
)
from registry.services import SYSTEM, card_issue, consent_withdraw
from tests.registry.factories import make_firm

pytestmark = pytest.mark.django_db
SECRETS = [
    "Pemilik Rahasia", "Catatan Rahasia", "0987654321", "Sumber Rahasia", "918273645",
    "918,273,645", "TIKET-RAHASIA", "Usaha Tetangga", "0220001234567", "Alasan Petugas",
    "+6281288880001", "Petugas Tersembunyi",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def firm() -> Firm:
    firm = make_firm(
        "Rotan Kartu",
        nib="0220001234567",
        npwp="098765432109876",
        phone="+6281200001234",
        email="rotan@contoh.id",
        address="Blok Kliwon",
        notes="Catatan Rahasia",
        source="Sumber Rahasia",
        owner="Pemilik Rahasia",
        siinas={"state": "blocked", "blocker": "email_lost", "ticket": "TIKET-RAHASIA"},
        profile={"workers_total": 14, "investment": 918273645},
        consents=("catalogue", "whatsapp"),
    )
    firm.owners.update(phone="+6281288880001")
    make_firm("Usaha Tetangga", consents=("catalogue",))
    return firm


@pytest.fixture
def address(firm: Firm) -> str:
    return f"/en/kartu/{card_issue(firm=firm, way='link', by=SYSTEM).token}/"


def html(answer: Any) -> str:
    return str(answer.content.decode())


# --- what stands on it ----------------------------------------------------------------------------


def test_card_shows_the_firms_own_and_nothing_foreign(
    client: Any, firm: Firm, address: str, people: dict[str, Any]
) -> None:
    people["cirebon_staff"].name = "Petugas Tersembunyi"
    people["cirebon_staff"].save()
    firm.address = "Blok Manis"
    services.firm_save(firm, by=people["cirebon_staff"], reason="Alasan Petugas")
    for part in ("", "perbaiki/"):
        page = html(client.get(address + part))
        assert "Rotan Kartu" in page
        assert "Blok Manis" in page
        assert [secret for secret in SECRETS if secret in page] == []
    page = html(client.get(address))
    assert "•••••••••4567" in page
    assert "Change the e-mail of your NIB" in page


def test_every_field_of_the_public_profile_is_told_or_known_to_be_told_elsewhere() -> None:
    told = set(PUBLIC_LABELS) - {"place"} | TOLD_ELSEWHERE
    assert told == {field.name for field in fields(FirmProfile)}


def test_card_tells_what_is_public_exactly_as_the_profile_does(
    client: Any, firm: Firm, address: str
) -> None:
    shown = {str(f.label): f.text for f in client.get(address).context["card"].public}
    assert shown["Phone"] == "+6281200001234"
    assert "Address" not in shown  # no consent for it
    consent_withdraw(consent=Consent.objects.get(firm=firm, purpose="catalogue"), by=SYSTEM)
    card = client.get(address).context["card"]
    assert (card.public, card.public_url) == ((), "")
    assert "not in the catalogue" in html(client.get(address))


@pytest.mark.parametrize("part", ["", "perbaiki/", "benar/", "persetujuan/"])
def test_answers_are_kept_by_nobody(client: Any, address: str, part: str) -> None:
    for where in (address, "/en/kartu/tidak-ada/"):
        answer = client.post(where + part) if part in ("benar/",) else client.get(where + part)
        if answer.status_code == 405:
            answer = client.post(where + part, {"untuk": "catalogue", "aksi": "tarik"})
        assert "no-store" in answer["Cache-Control"]
        assert "noindex" in answer["X-Robots-Tag"]
        assert answer["Referrer-Policy"] == "same-origin"


# --- who is turned away ---------------------------------------------------------------------------


def test_unknown_ended_and_revoked_cards_get_one_and_the_same_page(
    client: Any, firm: Firm, address: str, people: dict[str, Any]
) -> None:
    ended = card_issue(firm=firm, way="mail", by=SYSTEM)
    ended.card.expires_on = timezone.localdate() - dt.timedelta(days=1)
    ended.card.save()
    revoked = card_issue(firm=firm, way="link", by=SYSTEM)
    services.card_revoke(card=revoked.card, by=people["cirebon_staff"])
    pages = []
    for token in ("tidak-ada-kartu", "A" * 24, ended.token, revoked.token):
        answer = client.get(f"/en/kartu/{token}/")
        assert answer.status_code == 404
        pages.append(html(answer).replace(token, "…"))
    assert len(set(pages)) == 1
    assert "Ask the industry office" in pages[0]
    assert "Rotan Kartu" not in pages[0]


@pytest.mark.parametrize("part", ["benar/", "perbaiki/", "persetujuan/"])
def test_revoked_card_does_nothing(
    client: Any, firm: Firm, address: str, people: dict[str, Any], part: str
) -> None:
    services.cards_revoke(firm=firm, by=people["cirebon_staff"])
    form = {"brand": "Baru", "untuk": "catalogue", "aksi": "tarik"}
    assert client.post(address + part, form).status_code == 404
    firm.refresh_from_db()
    assert firm.confirmed_on is None
    assert not ChangeProposal.objects.exists()
    assert Consent.objects.in_force().filter(firm=firm).count() == 2


def test_who_asks_too_often_waits(client: Any, address: str, monkeypatch: Any) -> None:
    monkeypatch.setattr(card_views, "PER_CARD", card_views.Limit("card", 3, 10**9))
    assert [client.get(address).status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    cache.clear()
    monkeypatch.setattr(card_views, "UNKNOWN_PER_ADDRESS", card_views.Limit("u", 2, 10**9))
    guesses = [client.get(f"/en/kartu/{n}/").status_code for n in range(4)]
    assert guesses == [404, 404, 429, 429]
    assert client.get(address).status_code == 200  # others at the same address go on


def test_forms_are_protected_and_work_with_the_referrer_that_is_sent(
    firm: Firm, address: str
) -> None:
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"{address}benar/").status_code == 403
    token = strict.get(address).context["csrf_token"]
    assert strict.post(f"{address}benar/", {"csrfmiddlewaretoken": str(token)}).status_code == 302


def test_secret_stands_in_no_log_and_no_history(client: Any, address: str, caplog: Any) -> None:
    from ciayumajakuning.requests import RequestIdFilter, without_secret

    token = address.split("/")[3]
    caplog.handler.addFilter(RequestIdFilter())
    with caplog.at_level(logging.INFO):
        client.post(f"{address}benar/")
        client.post(f"{address}perbaiki/", {"phone": "12"})
        client.get(f"/en/kartu/{token[:-1]}/")
    assert token[:-1] not in caplog.text
    assert not [r for r in caplog.records if token[:-1] in str(getattr(r, "path", ""))]
    contexts = pghistory.models.Context.objects.values_list("metadata", flat=True)
    assert not [each for each in contexts if token in str(each)]
    assert without_secret(f"/kartu/{token}/benar/") == "/kartu/…/benar/"
    assert without_secret("/kerja/usaha/5/kartu/") == "/kerja/usaha/5/kartu/"


# --- what it does ---------------------------------------------------------------------------------


def test_opening_is_noted_once_a_sitting(client: Any, address: str) -> None:
    client.head(address)
    client.get(address, headers={"User-Agent": "WhatsApp/2.23.20.0"})  # draws its preview
    assert FirmCard.objects.get().last_used_at is None
    client.get(address)
    first = FirmCard.objects.get().last_used_at
    client.get(address)
    assert FirmCard.objects.get().last_used_at == first
    FirmCard.objects.update(last_used_at=timezone.now() - dt.timedelta(hours=1))
    client.get(address)
    assert FirmCard.objects.get().last_used_at > first


def test_confirming_sets_day_and_way(client: Any, firm: Firm, address: str) -> None:
    page = html(client.post(f"{address}benar/", follow=True))
    assert "data are right as of today" in page
    firm.refresh_from_db()
    assert (firm.confirmed_on, firm.self_confirmed_on) == (None, timezone.localdate())


def form_of(client: Any, address: str) -> dict[str, Any]:
    """The corrections as the page would send them untouched."""
    form = client.get(f"{address}perbaiki/").context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def test_untouched_form_proposes_nothing(client: Any, address: str) -> None:
    page = html(client.post(f"{address}perbaiki/", form_of(client, address), follow=True))
    assert "Nothing differs" in page
    assert not ChangeProposal.objects.exists()


def test_corrections_are_mended_and_wait(client: Any, firm: Firm, address: str) -> None:
    form = form_of(client, address) | {"phone": "0812-9999-8888", "brand": "  Rotan   Baru "}
    page = html(client.post(f"{address}perbaiki/", form, follow=True))
    assert "2 corrections were sent" in page
    assert "+6281299998888" in page
    news = {row.what: row.new for row in ChangeProposal.objects.all()}
    assert news == {"phone": {"phone": "+6281299998888"}, "brand": {"brand": "Rotan Baru"}}
    firm.refresh_from_db()
    assert (firm.phone, firm.brand) == ("+6281200001234", "")
    assert form_of(client, address)["phone"] == "+6281299998888"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("phone", "12", "not a complete telephone number"),
        ("email", "bukan surel", "bukan surel"),
        ("website", "@akun", "@akun"),
        ("workers_male", "tiga", "whole number"),
        ("workers_female", "-1", "whole number"),
        ("brand", "x" * 121, "at most 120"),
        ("address", "NIK 3209190101800001", "keeps no NIK"),
    ],
)
def test_what_can_not_be_kept_is_told_and_nothing_typed_is_lost(
    client: Any, address: str, name: str, value: str, sentence: str
) -> None:
    form = form_of(client, address) | {"products": "kursi goyang", name: value}
    answer = client.post(f"{address}perbaiki/", form)
    page = html(answer)
    assert answer.status_code == 400
    assert sentence in page
    assert value in page
    assert "kursi goyang" in page
    assert not ChangeProposal.objects.exists()


def test_village_of_another_regency_is_no_choice(client: Any, address: str) -> None:
    form = form_of(client, address) | {"village": "32.08.18.1001"}
    assert client.post(f"{address}perbaiki/", form).status_code == 400


def test_refusal_is_told_with_its_reason(
    client: Any, firm: Firm, address: str, people: dict[str, Any]
) -> None:
    client.post(f"{address}perbaiki/", form_of(client, address) | {"brand": "Merek Orang"})
    row = ChangeProposal.objects.get()
    decision = services.Decision(row.pk, False, "", "Merek ini milik usaha lain.")
    services.proposals_decide(firm=firm, decisions=[decision], by=people["cirebon_staff"])
    page = html(client.get(address))
    assert "Merek ini milik usaha lain." in page
    assert "cirebon_staff" not in page


def test_consent_is_withdrawn_and_given_and_the_public_page_follows(
    client: Any, firm: Firm, address: str
) -> None:
    public = firm.get_absolute_url()
    assert "+6281200001234" in html(client.get(public))
    client.post(f"{address}persetujuan/", {"untuk": "whatsapp", "aksi": "tarik"})
    assert "+6281200001234" not in html(client.get(public))
    client.post(f"{address}persetujuan/", {"untuk": "catalogue", "aksi": "tarik"})
    assert client.get(public).status_code == 410
    text = ConsentText.objects.filter(purpose="catalogue").order_by("version").last()
    client.post(
        f"{address}persetujuan/", {"untuk": "catalogue", "aksi": "setuju", "teks": str(text.pk)}
    )
    assert client.get(public).status_code == 200
    given = Consent.objects.in_force().get(firm=firm, purpose="catalogue")
    assert (given.channel, given.recorded_by, given.text) == ("card", None, text)


def test_firm_shown_by_decision_of_its_office_is_told_so(client: Any, firm: Firm) -> None:
    sentence = "written decision of the office"
    body = make_firm("Badan", legal_form="pt")
    PublicationDecision.objects.create(
        regency_id="32.09", number="1/2026", decided_on=dt.date(2026, 1, 2), reason="uji"
    )
    pages = [
        html(client.get(f"/en/kartu/{card_issue(firm=each, way='link', by=SYSTEM).token}/"))
        for each in (body, firm)
    ]
    assert [sentence in page for page in pages] == [True, False]


def test_firm_shown_by_decision_asks_not_to_be_and_takes_it_back(client: Any) -> None:
    body = make_firm("Badan", legal_form="pt")
    PublicationDecision.objects.create(
        regency_id="32.09", number="1/2026", decided_on=dt.date(2026, 1, 2), reason="uji"
    )
    public = body.get_absolute_url()
    address = f"/kartu/{card_issue(firm=body, way='link', by=SYSTEM).token}/"
    assert client.get(public).status_code == 200
    client.post(f"{address}keberatan/", {"aksi": "minta", "alasan": "Sedang renovasi"})
    assert client.get(public).status_code == 410
    wish = Objection.objects.get(firm=body)
    assert (wish.way, wish.reason, wish.said_on) == (
        "card",
        "Sedang renovasi",
        timezone.localdate(),
    )
    assert 'name="aksi" value="batal"' in html(client.get(address))
    client.post(f"{address}keberatan/", {"aksi": "batal"})
    assert client.get(public).status_code == 200


def test_words_are_shown_whole_and_agreeing_to_older_ones_does_not_count(
    client: Any, firm: Firm, address: str
) -> None:
    old = ConsentText.objects.filter(purpose="siinas_badge").order_by("version").last()
    assert old.body_en in client.get(address).content.decode().replace("&#x27;", "'")
    ConsentText.objects.create(
        purpose="siinas_badge",
        version=old.version + 1,
        effective_on=timezone.localdate(),
        body_id="baru",
        body_en="new",
    )
    form = {"untuk": "siinas_badge", "aksi": "setuju", "teks": str(old.pk)}
    page = html(client.post(f"{address}persetujuan/", form, follow=True))
    assert "words have changed" in page
    assert not Consent.objects.filter(firm=firm, purpose="siinas_badge").exists()
    form["teks"] = "x" * 30
    client.post(f"{address}persetujuan/", form)
    assert client.post(f"{address}persetujuan/", {"untuk": "apa"}).status_code == 404
    assert not Consent.objects.filter(firm=firm, purpose="siinas_badge").exists()


def test_queries_are_few(client: Any, address: str, django_assert_max_num_queries: Any) -> None:
    client.get(address)
    with django_assert_max_num_queries(26):
        client.get(address)
    with django_assert_max_num_queries(10):
        client.get(f"{address}perbaiki/")


# --- asking for a card ----------------------------------------------------------------------------


def test_link_goes_to_the_contact_on_record_and_the_visitor_learns_nothing(
    client: Any, firm: Firm
) -> None:
    silent = make_firm("Tanpa Surel", consents=("catalogue",))
    pages = []
    for each in (firm, silent):
        where = f"/en{translation_free(each)}perbaiki/"
        assert where.removeprefix("/en") in html(client.get(translation_free(each)))
        assert "rotan@contoh.id" not in html(client.get(where))
        page = html(client.post(where))
        pages.append(page.partition("<main")[2].replace(each.slug, "").replace(f"u{each.pk}", ""))
    assert pages[0].replace("Rotan Kartu", "") == pages[1].replace("Tanpa Surel", "")
    (letter,) = mail.outbox
    assert letter.to == ["rotan@contoh.id"]
    link = next(word for word in letter.body.split() if "/kartu/" in word)
    assert client.get(link.replace("http://testserver", "")).status_code == 200
    assert dict(CardRequest.objects.values_list("firm__name", "state")) == {
        "Rotan Kartu": "mailed",
        "Tanpa Surel": "waiting",
    }


def test_where_no_letter_leaves_the_office_brings_the_card(
    client: Any, firm: Firm, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    client.post(f"/en{translation_free(firm)}perbaiki/")
    assert CardRequest.objects.get().state == "waiting"
    assert not FirmCard.objects.exists()


def translation_free(firm: Firm) -> str:
    with translation.override("id"):
        return str(firm.get_absolute_url())


def test_asking_is_limited_by_firm_without_saying_so(client: Any, firm: Firm) -> None:
    where = f"/en{translation_free(firm)}perbaiki/"
    pages = {html(client.post(where)).partition("<main")[2] for _ in range(5)}
    assert len(pages) == 1
    assert len(mail.outbox) == 3


def test_firm_that_is_not_public_can_not_be_asked_for(client: Any, firm: Firm) -> None:
    hidden = make_firm("Tersembunyi", email="x@contoh.id")
    assert client.post(f"/en{translation_free(hidden)}perbaiki/").status_code == 404
    assert mail.outbox == []
