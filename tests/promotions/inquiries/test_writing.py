"""A buyer writes: form, check page, sent, status; and what keeps machines out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from promotions import services
from promotions.inquiries import stamps
from promotions.inquiries.stamps import new_stamp
from promotions.models import Inquiry, InquiryFirm
from registry.models import Firm
from registry.services import SYSTEM, consent_withdraw, firm_close
from tests.promotions.inquiries.conftest import WORDS
from tests.registry.factories import CIGUGUR, PAOMAN, make_firm

pytestmark = pytest.mark.django_db
Send = Callable[..., Inquiry]


def html(answer: Any) -> str:
    text: str = answer.content.decode()
    return text


def form_of(answer: Any) -> dict[str, list[str]]:
    """The hidden fields of a page, as a browser would send them."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(
        r'<input type="hidden" name="(\w+)" value="([^"]*)"', html(answer)
    ):
        found.setdefault(name, []).append(value)
    return found


def address(firm: Firm) -> str:
    return f"{firm.get_absolute_url()}tanya/"


def test_form_check_and_sent(client: Any, firm: Firm, unhurried: None) -> None:
    page = client.get(firm.get_absolute_url())
    assert f'href="{address(firm)}"' in html(page)
    form = client.get(address(firm))
    assert "Rotan Tujuan" in html(form)
    stamp = form_of(form)["cap"][0]
    check = client.post(address(firm), {**WORDS, "cap": stamp, "langkah": "periksa"})
    assert check.status_code == 200
    assert "1.200" in html(check)
    assert "Belanda" in html(check)
    assert not Inquiry.objects.exists()
    again = client.post(address(firm), {**form_of(check), "langkah": "ubah"})
    assert 'value="J. Pembeli"' in html(again)
    sent = client.post(address(firm), {**form_of(check), "langkah": "kirim"})
    status = client.get(sent["Location"])
    inquiry = Inquiry.objects.get()
    assert inquiry.number == f"P-{timezone.localdate().year}-{inquiry.pk:06d}"
    assert inquiry.number in html(status)
    assert (inquiry.quantity, inquiry.unit_id, inquiry.country) == (1200, "pcs", "NL")
    assert inquiry.language == "id"
    assert "usaha@contoh.example" not in html(status)
    assert "pembeli@contoh.example" not in html(status)
    assert status["X-Robots-Tag"].startswith("noindex")


def test_english_buyer_is_known_as_one(client: Any, firm: Firm, unhurried: None) -> None:
    where = f"/en{address(firm)}"
    data = {**WORDS, "cap": new_stamp(), "langkah": "kirim"}
    sent = client.post(where, data)
    assert sent["Location"].startswith("/en/pertanyaan/")
    assert Inquiry.objects.get().language == "en"
    assert "Where it stands" in html(client.get(sent["Location"]))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"email": ""}, "satu saja cukup|one is enough"),
        ({"quantity": "seratus dua puluh"}, "seratus dua puluh"),
        ({"phone": "12"}, "“12”"),
        ({"text": "x" * 1001}, "1001|1.001"),
        ({"text": "NIK saya 3209190101900001"}, "16"),
        ({"agreed": ""}, "id_agreed"),
        ({"name": ""}, "id_name"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    client: Any, firm: Firm, typed: dict[str, str], sentence: str
) -> None:
    data = {**WORDS, "cap": new_stamp(), "langkah": "kirim", **typed}
    answer = client.post(address(firm), data)
    assert answer.status_code == 400
    assert re.search(sentence, html(answer))
    assert 'class="ringkas-galat"' in html(answer)
    assert 'value="Contoh Interiors"' in html(answer)
    assert not Inquiry.objects.exists()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("0812 3456 7890", "+6281234567890"), ("+31 20 123 4567", "+31201234567")],
)
def test_number_of_any_country_is_enough(firm: Firm, send: Send, typed: str, kept: str) -> None:
    assert send(firm, email="", phone=typed).phone == kept


def test_sent_twice_is_one_inquiry(client: Any, firm: Firm, send: Send) -> None:
    stamp = new_stamp()
    first = send(firm, cap=stamp)
    assert send(firm, cap=stamp) == first
    assert Inquiry.objects.count() == 1
    assert len(mail.outbox) == 1


def test_letter_goes_to_the_firm_with_the_buyers_words(firm: Firm, send: Send) -> None:
    inquiry = send(firm)
    letter = mail.outbox[0]
    assert letter.to == ["usaha@contoh.example"]
    assert letter.reply_to == ["pembeli@contoh.example"]
    assert "Apakah bantal bisa warna netral?" in letter.body
    assert "/kartu/" in letter.body
    row = inquiry.firms.get()
    assert (row.state, row.way, row.tries) == ("sent", "mail", 1)
    assert row.mailed_at is not None


def test_firm_without_email_is_told_by_its_office(reference_data: None, send: Send) -> None:
    silent = make_firm("Tanpa Surel", consents=("catalogue",))
    row = send(silent).firms.get()
    assert (row.state, row.way) == ("desk", "desk")
    assert mail.outbox == []


def test_without_a_mail_server_the_office_tells_the_firm(
    firm: Firm, send: Send, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert send(firm).firms.get().state == "desk"


def test_similar_firms_get_it_only_when_ticked(client: Any, firm: Firm, send: Send) -> None:
    one = make_firm("Rotan Kuningan", village=CIGUGUR, consents=("catalogue",))
    other = make_firm("Rotan Indramayu", village=PAOMAN, consents=("catalogue",))
    hidden = make_firm("Rotan Tersembunyi", village=PAOMAN)
    form = html(client.get(address(firm)))
    assert "Rotan Kuningan" in form
    assert "Rotan Indramayu" in form
    assert "Rotan Tersembunyi" not in form
    inquiry = send(firm, also=[str(one.pk)])
    assert set(inquiry.firms.values_list("firm", flat=True)) == {firm.pk, one.pk}
    for smuggled in (other, hidden):
        answer = client.post(
            address(one),
            {**WORDS, "cap": new_stamp(), "langkah": "kirim", "also": [str(hidden.pk)]},
        )
        assert answer.status_code == 400, smuggled


def test_general_request_waits_for_an_officer(
    client: Any, reference_data: None, send: Send
) -> None:
    inquiry = send(None, commodity="rotan-bambu", regency="32.09")
    assert inquiry.state == "routing"
    assert not inquiry.firms.exists()
    assert inquiry.number in html(client.get(f"/pertanyaan/{inquiry.token}/"))


def test_firms_that_are_not_shown_take_no_inquiries(client: Any, firm: Firm) -> None:
    where = address(firm)
    consent_withdraw(consent=firm.consents.get(), by=SYSTEM)
    assert client.get(where).status_code == 410
    answer = client.post(where, {**WORDS, "cap": new_stamp(), "langkah": "kirim"})
    assert answer.status_code == 410
    never = make_firm("Belum Tampil")
    assert client.get(address(never)).status_code == 404
    closed = make_firm("Tutup", consents=("catalogue",))
    firm_close(firm=closed, by=SYSTEM, reason="uji")
    assert client.get(address(closed)).status_code == 410
    assert not Inquiry.objects.exists()


def test_trap_holds_the_message(firm: Firm, send: Send) -> None:
    inquiry = send(firm, situs="http://x.example")
    assert inquiry.state == "held"
    assert inquiry.held_for == ["trap"]
    assert inquiry.firms.get().state == "held"
    assert mail.outbox == []


def test_form_sent_sooner_than_anybody_types_is_held(
    firm: Firm, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stamps, "SOONEST", 60)
    assert send(firm).held_for == ["fast"]


@pytest.mark.parametrize("stamp", ["", "dibuat-sendiri"])
def test_form_without_its_stamp_is_refused_and_keeps_what_was_typed(
    client: Any, firm: Firm, stamp: str
) -> None:
    answer = client.post(address(firm), {**WORDS, "cap": stamp, "langkah": "kirim"})
    assert answer.status_code == 400
    assert "J. Pembeli" in html(answer)
    assert form_of(answer)["cap"][0]
    assert not Inquiry.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sign"),
    [
        ({"text": "Lihat https://contoh.example"}, "link"),
        ({"company": "www.contoh.com"}, "link"),
        ({"text": "Pinjaman dana cepat"}, "words"),
    ],
)
def test_advertising_is_held_not_lost(
    firm: Firm, send: Send, typed: dict[str, str], sign: str
) -> None:
    inquiry = send(firm, **typed)
    assert (inquiry.state, inquiry.held_for) == ("held", [sign])
    assert mail.outbox == []


def test_fourth_inquiry_within_an_hour_waits_and_keeps_what_was_typed(
    client: Any, firm: Firm, send: Send
) -> None:
    for number in range(3):
        send(firm, text=f"Pertanyaan nomor {number}")
    answer = client.post(
        address(firm), {**WORDS, "cap": new_stamp(), "langkah": "kirim", "text": "Keempat"}
    )
    assert answer.status_code == 429
    assert form_of(answer)["text"] == ["Keempat"]
    assert Inquiry.objects.count() == 3


def test_same_words_again_and_again_are_held(
    reference_data: None, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    from accounts.limits import Limit
    from promotions import inquiry_views

    monkeypatch.setattr(inquiry_views, "SENT_PER_ADDRESS", Limit("many", 100, 3600))
    firms = [make_firm(f"Rotan {n}", consents=("catalogue",)) for n in range(4)]
    states = [send(firm, text="Tolong  KIRIM katalog").state for firm in firms[:3]]
    assert states == ["sent", "sent", "sent"]
    assert send(firms[3], text="tolong kirim katalog!").held_for == ["repeated"]


def test_unknown_secret_tells_nothing(client: Any, reference_data: None) -> None:
    for token in ("x", "a" * 24):
        answer = client.get(f"/pertanyaan/{token}/")
        assert answer.status_code == 404


def test_buyer_is_erased_on_the_stated_day_everywhere(
    client: Any, firm: Firm, send: Send, settings: Any
) -> None:
    settings.INQUIRY_KEEP_MONTHS = 12
    inquiry = send(firm)
    today = timezone.localdate()
    assert inquiry.erase_on == services.erase_day(today)
    assert services.inquiries_erase(on=inquiry.erase_on - dt.timedelta(days=1)) == 0
    assert services.inquiries_erase(on=inquiry.erase_on) == 1
    inquiry.refresh_from_db()
    assert (inquiry.name, inquiry.email, inquiry.phone, inquiry.text) == ("", "", "", "")
    assert inquiry.country == "NL"
    page = html(client.get(f"/pertanyaan/{inquiry.token}/"))
    assert "bantal" not in page
    kept = {field.name for field in Inquiry.pgh_event_model._meta.get_fields()}
    assert not kept & {"name", "company", "email", "phone", "text", "token_hash", "content_hash"}


@pytest.mark.parametrize(
    ("sent", "months", "erased"),
    [
        ("2026-11-25", 12, "2027-11-25"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
    ],
)
def test_day_of_erasing(settings: Any, sent: str, months: int, erased: str) -> None:
    settings.INQUIRY_KEEP_MONTHS = months
    assert services.erase_day(dt.date.fromisoformat(sent)) == dt.date.fromisoformat(erased)


def test_firm_says_by_its_card_what_the_buyer_then_reads(
    client: Any, firm: Firm, send: Send
) -> None:
    from registry.services import card_issue

    inquiry = send(firm)
    row = inquiry.firms.get()
    card = f"/kartu/{card_issue(firm=firm, way='print', by=SYSTEM).token}/"
    other = make_firm("Usaha Lain")
    strange = f"/kartu/{card_issue(firm=other, way='print', by=SYSTEM).token}/"
    assert inquiry.number in html(client.get(card))
    assert "pembeli@contoh.example" in html(client.get(card))
    assert inquiry.number not in html(client.get(strange))
    assert client.post(f"{strange}pertanyaan/{row.pk}/").status_code == 404
    assert client.get(f"{card}pertanyaan/{row.pk}/").status_code == 405
    assert client.post(f"{card}pertanyaan/{row.pk}/").status_code == 302
    row.refresh_from_db()
    assert (row.state, row.answered_by_firm, row.decided_by) == ("answered", True, None)
    assert inquiry.number not in html(client.get(card)).partition('id="pertanyaan"')[2]
    assert InquiryFirm.pgh_event_model.objects.filter(
        pgh_obj=row, state="answered", pgh_context__metadata__card__isnull=False
    ).exists()


def test_card_shows_nothing_that_is_held(client: Any, firm: Firm, send: Send) -> None:
    from registry.services import card_issue

    inquiry = send(firm, text="Lihat https://contoh.example")
    card = f"/kartu/{card_issue(firm=firm, way='print', by=SYSTEM).token}/"
    assert inquiry.number not in html(client.get(card))
    row = inquiry.firms.get()
    assert client.post(f"{card}pertanyaan/{row.pk}/").status_code == 404
