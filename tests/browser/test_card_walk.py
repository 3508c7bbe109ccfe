"""A firm with its card on a phone, the officer who decides, and the public page that follows."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from accounts.models import User
from registry import services
from registry.models import Firm, PublicationDecision
from registry.services import SYSTEM, card_issue, save_row
from tests.browser.test_walks import page_of, sign_in
from tests.registry.factories import make_firm

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("script", [False, True])
def test_firm_confirms_corrects_and_withdraws_and_the_public_page_follows(
    chromium: Any, live_server: Any, register: Firm, people: dict[str, User], script: bool
) -> None:
    card = card_issue(firm=register, way="print", by=SYSTEM)
    own = f"/en/kartu/{card.token}/"
    public = f"/en/{register.get_absolute_url().removeprefix('/en').lstrip('/')}"
    with page_of(chromium, live_server, 390, java_script_enabled=script) as page:
        page.goto(own)
        page.get_by_role("heading", name="Rotan Jalan").wait_for()
        page.get_by_role("heading", name="Your next step").wait_for()
        page.get_by_role("button", name="My data are right").click()
        page.get_by_text("your data are right as of today").wait_for()
        page.get_by_role("link", name="Correct my data").click()
        page.get_by_label("Phone").fill("12")
        page.get_by_label("Main products").fill("kursi rotan, meja rotan")
        page.get_by_role("button", name="Send the corrections").click()
        page.get_by_role("heading", name="There is something to mend").wait_for()
        assert page.get_by_label("Main products").input_value() == "kursi rotan, meja rotan"
        page.get_by_label("Phone").fill("0812 9999 8888")
        page.get_by_role("button", name="Send the corrections").click()
        page.get_by_text("2 corrections were sent").wait_for()
        page.locator("#izin-exact_location").get_by_role("button", name="Withdraw").click()
        page.get_by_text("It holds at once").wait_for()
        page.goto(public)
        assert "Open in a map application" not in page.content()
        assert "+6281200001234" in page.content()
        assert "meja rotan" not in page.content()
    with page_of(chromium, live_server, 390, java_script_enabled=script) as page:
        sign_in(page, people["cirebon_staff"])
        page.goto("/en/kelola/")
        page.get_by_role("link", name="Correction proposed by the firm").click()
        page.get_by_role("heading", name="1 firm with corrections").wait_for()
        page.get_by_role("group", name="Phone").get_by_label("Accept", exact=True).check()
        page.get_by_role("group", name="Main products").get_by_label("Refuse", exact=True).check()
        page.get_by_role("button", name="Save the decisions").click()
        page.get_by_text("Say why main products is refused").wait_for()
        assert (
            page.get_by_role("group", name="Phone").get_by_label("Accept", exact=True).is_checked()
        )
        products = page.get_by_role("group", name="Main products")
        products.get_by_label("Reason when refused").fill("Meja belum dibuat, kata pemilik.")
        page.get_by_role("button", name="Save the decisions").click()
        page.get_by_text("2 corrections of Rotan Jalan decided").wait_for()
        page.goto(f"/en/kerja/usaha/{register.pk}/")
        assert "the firm itself, by its card" in page.content()
    with page_of(chromium, live_server, 390, java_script_enabled=script) as page:
        page.goto(public)
        assert "+6281299998888" in page.content()
        assert "+6281200001234" not in page.content()
        page.goto(own)
        page.get_by_text("Meja belum dibuat, kata pemilik.").wait_for()


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_pages_of_cards_hold_the_rules_of_accessibility(
    chromium: Any, live_server: Any, register: Firm, people: dict[str, User], width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    card = card_issue(firm=register, way="link", by=SYSTEM)
    wanted = {"brand": {"brand": "Baru" * 20}, "website": {"website": "https://" + "a" * 90}}
    services.corrections_propose(card=card.card, wanted=wanted)
    services.card_ask(firm=make_firm("Peminta"))
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

        own = f"/kartu/{card.token}/"
        public = register.get_absolute_url().removeprefix("/en")
        for address in (own, f"{own}perbaiki/", "/kartu/x/", f"{public}perbaiki/"):
            for prefix in ("", "/en"):
                page.goto(prefix + address)
                look(prefix + address)
        page.goto(f"/en{own}perbaiki/")
        page.get_by_label("Phone").fill("12")
        page.get_by_role("button", name="Send the corrections").click()
        page.get_by_role("heading", name="There is something to mend").wait_for()
        look("corrections with an error")
        body = make_firm("Badan", legal_form="pt")
        decision = PublicationDecision(
            regency_id="32.09", number="1", decided_on=dt.date(2026, 1, 2), reason="uji"
        )
        save_row(decision, by=SYSTEM, reason="uji")
        page.goto(f"/en/kartu/{card_issue(firm=body, way='link', by=SYSTEM).token}/")
        look("shown by decision")
        page.get_by_label("Why not").fill("Under repair")
        page.get_by_role("button", name="Do not show my firm").click()
        page.get_by_role("button", name="Take that back").wait_for()
        look("asked not to be shown")
        sign_in(page, people["cirebon_staff"])
        for address in ("/kerja/tugas/usulan/", f"/kerja/tugas/usulan/{register.pk}/"):
            page.goto(f"/en{address}")
            look(address)
        page.goto("/en/kerja/usaha/kartu/?kecamatan=32.09.19")
        look("print")
        page.goto(f"/en/kerja/usaha/{register.pk}/kartu/")
        page.get_by_role("button", name="Make a card link").click()
        page.get_by_role("heading", name="The new card").wait_for()
        look("new card")
    assert faults == {}
