"""A buyer on a phone without script: firm, form, check, sent, status; then the firm's card."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from promotions import services
from promotions.inquiries import stamps
from promotions.inquiries.stamps import new_stamp
from promotions.models import CloseReason, Inquiry
from registry.models import Firm
from registry.services import SYSTEM, card_issue
from tests.browser.test_walks import page_of, sign_in
from tests.registry.factories import PAOMAN, make_firm

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser types faster than people do."""
    monkeypatch.setattr(stamps, "SOONEST", 0)


@pytest.mark.parametrize("language", ["id", "en"])
def test_buyer_writes_and_reads_that_the_firm_has_answered(
    chromium: Any, live_server: Any, register: Firm, unhurried: None, language: str
) -> None:
    make_firm("Rotan Pesisir", village=PAOMAN, consents=("catalogue",))
    said = WORDS[language]
    public = register.get_absolute_url()
    prefix = "" if language == "id" else "/en"
    with page_of(chromium, live_server, 390, java_script_enabled=False) as page:
        page.goto(prefix + public)
        page.get_by_role("link", name=said["write"]).click()
        page.get_by_role("heading", name=said["write"]).wait_for()
        page.get_by_label(said["quantity"]).fill("seratus")
        page.get_by_label(said["message"], exact=True).fill("Berapa harga FOB?")
        page.get_by_label(said["name"], exact=True).fill("J. Pembeli")
        page.get_by_label("Rotan Pesisir").check()
        page.get_by_role("button", name=said["check"]).click()
        page.get_by_role("heading", name=said["mend"]).wait_for()
        assert page.get_by_label(said["message"], exact=True).input_value() == "Berapa harga FOB?"
        assert page.get_by_label("Rotan Pesisir").is_checked()
        page.get_by_label(said["quantity"]).fill("120")
        page.get_by_label("WhatsApp").fill("+31 20 123 4567")
        page.locator("#id_agreed").check()
        page.get_by_role("button", name=said["check"]).click()
        page.get_by_role("heading", name=said["check-page"]).wait_for()
        page.get_by_role("button", name=said["change"]).click()
        page.get_by_label(said["message"], exact=True).fill("Berapa harga FOB untuk dua kontainer?")
        page.get_by_role("button", name=said["check"]).click()
        page.get_by_text("untuk dua kontainer").wait_for()
        assert not Inquiry.objects.exists()
        page.get_by_role("button", name=said["send"], exact=True).click()
        page.get_by_role("heading", name="P-20").wait_for()
        status = page.url
        page.get_by_text("Rotan Pesisir").wait_for()
        assert "+6281200001234" not in page.content()
    card = card_issue(firm=register, way="print", by=SYSTEM)
    with page_of(chromium, live_server, 390, java_script_enabled=False) as page:
        page.goto(f"/kartu/{card.token}/")
        page.get_by_text("untuk dua kontainer").wait_for()
        page.get_by_text("+31201234567").wait_for()
        page.get_by_role("button", name="Sudah saya jawab").click()
        page.get_by_text("Anda sudah menjawab").wait_for()
        assert "untuk dua kontainer" not in page.content()
        page.goto(status)
        page.get_by_text(said["answered"]).wait_for()


def test_officer_tells_a_firm_and_closes_for_another(
    chromium: Any, live_server: Any, register: Firm, people: dict[str, User]
) -> None:
    sent_to(register)
    with page_of(chromium, live_server, 390, java_script_enabled=False) as page:
        sign_in(page, people["cirebon_staff"])
        page.goto("/en/kerja/tugas/")
        page.get_by_role("link", name="Inquiries").click()
        page.get_by_role("heading", name="Inquiries of buyers").wait_for()
        page.get_by_role("link", name="P-20").click()
        page.get_by_role("link", name="Tell the firm by WhatsApp").wait_for()
        page.get_by_role("button", name="Close").click()
        page.get_by_text("Say why the inquiry is closed").wait_for()
        page.get_by_role("button", name="The firm knows").click()
        page.get_by_text("Rotan Jalan knows").wait_for()
        page.get_by_role("button", name="Already answered").click()
        page.get_by_text("Rotan Jalan has answered").wait_for()


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_pages_of_inquiries_hold_the_rules_of_accessibility(
    chromium: Any,
    live_server: Any,
    register: Firm,
    people: dict[str, User],
    unhurried: None,
    width: int,
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    make_firm("Rotan Pesisir", village=PAOMAN, consents=("catalogue",))
    sent, token = sent_to(register)
    held, _held_token = sent_to(register, held_for=["link", "words"])
    closed, closed_token = sent_to(register, held_for=["trap"])
    services.inquiry_close(inquiry=closed, reason=CloseReason.SPAM, by=SYSTEM)
    sent_to(None)
    card = card_issue(firm=register, way="link", by=SYSTEM)
    faults: dict[str, list[str]] = {}
    with page_of(chromium, live_server, width) as page:

        def look(name: str) -> None:
            found = [f"{v['id']}: {v['help']}" for v in Axe().run(page).response["violations"]]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append("scrolls sideways")
            if page.locator("h1").count() != 1:
                found.append("not one h1")
            if found:
                faults[name] = found

        write = f"{register.get_absolute_url()}tanya/"
        status = [f"/pertanyaan/{each}/" for each in (token, closed_token, "x")]
        for address in (write, "/pertanyaan/", *status, f"/kartu/{card.token}/"):
            for prefix in ("", "/en"):
                page.goto(prefix + address)
                look(prefix + address)
        page.goto(f"/en{write}")
        page.get_by_role("button", name="Check the inquiry").click()
        page.get_by_role("heading", name="There is something to mend").wait_for()
        look("form with errors")
        page.get_by_label("Message", exact=True).fill("Panjang" * 100)
        page.get_by_label("Name", exact=True).fill("J. Pembeli")
        page.get_by_label("E-mail").fill("pembeli@contoh.example")
        page.locator("#id_agreed").check()
        page.get_by_role("button", name="Check the inquiry").click()
        page.get_by_role("heading", name="Check your inquiry").wait_for()
        look("check page")
        sign_in(page, people["province"])
        queues = [f"?antrean={key}" for key in ("hubungi", "periksa", "arahkan", "selesai")]
        pages = [f"{each.pk}/" for each in (sent, held, closed)]
        for address in (*queues, *pages):
            page.goto(f"/en/kerja/pertanyaan/{address}")
            look(address)
    assert faults == {}


def sent_to(firm: Firm | None, **held: Any) -> tuple[Inquiry, str]:
    """An inquiry to a firm, or to whichever an officer chooses, with its secret."""
    inquiry = Inquiry(
        language="en",
        country="NL",
        name="J. Pembeli",
        email="pembeli@contoh.example",
        text="Berapa harga 120 kursi?",
        site="http://testserver/",
        commodity_id=None if firm else "rotan-bambu",
    )
    stamp = stamps.read_stamp(new_stamp())
    assert stamp is not None
    draft = services.InquiryDraft(inquiry, [firm] if firm else [], stamp.token, **held)
    return services.inquiry_send(draft=draft), stamp.token


WORDS = {
    "id": {
        "write": "Tulis ke usaha ini",
        "quantity": "Jumlah yang diperkirakan",
        "message": "Pesan",
        "name": "Nama",
        "check": "Periksa pertanyaan",
        "mend": "Ada yang perlu diperbaiki",
        "check-page": "Periksa pertanyaan Anda",
        "change": "Ubah isian",
        "send": "Kirim",
        "answered": "usaha menyatakan sudah menjawab Anda",
    },
    "en": {
        "write": "Write to this firm",
        "quantity": "Expected quantity",
        "message": "Message",
        "name": "Name",
        "check": "Check the inquiry",
        "mend": "There is something to mend",
        "check-page": "Check your inquiry",
        "change": "Change something",
        "send": "Send",
        "answered": "that it has answered you",
    },
}
