"""Walks through the pages as people use them: phone and desk, keyboard, without script."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from accounts.models import User
from registry.models import Firm

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "kata-sandi-uji"
LIST = "/katalog/usaha/"
PUBLIC = ["/", LIST, f"{LIST}?wilayah=kuningan&sertifikat=halal", "/masuk/", "/tidak-ada/"]
PUBLIC += ["/sentra/", "/sentra/kerupuk-kenanga/", "/sentra/rotan-tegalwangi/"]
PUBLIC += ["/wilayah/", "/wilayah/kuningan/", "/wilayah/kota-cirebon/"]
PUBLIC += ["/pertanyaan/", "/tentang/", "/privasi/", "/aksesibilitas/", "/arti-terverifikasi/"]
ENGLISH = ["/en/", f"/en{LIST}?wilayah=kuningan"]
STAFF = ["/kerja/dasbor/", "/akun/2fa/", "/akun/kata-sandi/", "/keluar/"]


@contextmanager
def page_of(browser: Any, server: Any, width: int, **options: Any) -> Iterator[Any]:
    context = browser.new_context(
        base_url=server.url, viewport={"width": width, "height": 800}, **options
    )
    context.set_default_timeout(20_000)
    try:
        yield context.new_page()
    finally:
        context.close()


def sign_in(page: Any, user: User) -> None:
    page.goto("/masuk/")
    page.locator("[name=login]").fill(user.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url("**/kerja/dasbor/")


@pytest.mark.parametrize("width", [1280, 390])
def test_pages_hold_the_rules_of_accessibility(
    chromium: Any, live_server: Any, register: Firm, people: dict[str, User], width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    found: dict[str, list[str]] = {}
    noise: list[str] = []
    with page_of(chromium, live_server, width) as page:
        page.on("console", lambda m: noise.append(m.text) if m.type == "error" else None)
        page.on(
            "request",
            lambda r: None if r.url.startswith(live_server.url) else noise.append(r.url),
        )

        def look(address: str) -> None:
            page.goto(address)
            for fault in Axe().run(page).response["violations"]:
                found.setdefault(address, []).append(f"{fault['id']}: {fault['help']}")

        for address in [*PUBLIC, *ENGLISH, register.get_absolute_url()]:
            look(address)
        page.goto("/masuk/")
        page.get_by_role("button", name="Masuk").click()
        page.get_by_role("alert").first.wait_for()
        found |= {"/masuk/ (galat)": [v["id"] for v in Axe().run(page).response["violations"]]}
        sign_in(page, people["province"])
        for address in STAFF:
            look(address)
    assert {address: faults for address, faults in found.items() if faults} == {}
    # The page that is not there answers 404, and the browser says so.
    assert [line for line in noise if "404" not in line] == []


def test_nothing_scrolls_sideways_on_the_smallest_screen(
    chromium: Any, live_server: Any, register: Firm, people: dict[str, User]
) -> None:
    wide = []
    with page_of(chromium, live_server, 320) as page:

        def look(address: str) -> None:
            page.goto(address)
            if page.evaluate("document.documentElement.scrollWidth") > 320:
                wide.append(address)

        for address in [*PUBLIC, *ENGLISH, register.get_absolute_url(), f"{LIST}#saring"]:
            look(address)
        sign_in(page, people["province"])
        for address in [*STAFF, "/kelola/", "/kelola/registry/firm/"]:
            look(address)
    assert wide == []


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_visitor_finds_a_firm_on_a_phone(
    chromium: Any, live_server: Any, register: Firm, script: bool
) -> None:
    with page_of(chromium, live_server, 390, java_script_enabled=script) as page:
        page.goto("/")
        page.get_by_label("Cari usaha dan produknya").fill("kuningan")
        page.get_by_role("button", name="Cari").click()
        page.get_by_role("heading", name="30 usaha").wait_for()
        assert not page.locator("#saring").is_visible()
        page.get_by_role("link", name="Saring dan urutkan").click()
        panel = page.locator("#saring")
        panel.wait_for()
        panel.get_by_label("Kab. Cirebon").check()
        panel.get_by_role("button", name="Terapkan saringan").click()
        page.get_by_role("heading", name="0 usaha").wait_for()
        page.locator(".kosong").get_by_role("link", name="Cari: kuningan").click()
        page.get_by_role("heading", name="1 usaha").wait_for()
        page.get_by_role("link", name="EN, English version").click()
        page.get_by_role("heading", name="1 firm", exact=True).wait_for()
        assert "wilayah=kab-cirebon" in page.url
        page.get_by_role("link", name="Rotan Jalan").click()
        page.get_by_role("heading", name="Rotan Jalan", level=1).wait_for()
        contact = page.get_by_role("link", name="WhatsApp").get_attribute("href")
        assert contact == "https://wa.me/6281200001234"
        assert page.get_by_role("link", name="Open in a map application").is_visible()


def test_visitor_turns_pages(chromium: Any, live_server: Any, register: Firm) -> None:
    with page_of(chromium, live_server, 1280, java_script_enabled=False) as page:
        page.goto(f"{LIST}?wilayah=kuningan")
        page.get_by_text("Menampilkan 1–24 dari 30").wait_for()
        page.get_by_role("link", name="Berikutnya").click()
        page.get_by_text("Menampilkan 25–30 dari 30").wait_for()
        assert "wilayah=kuningan" in page.url
        assert page.locator("#saring").get_by_label("Kab. Kuningan").is_checked()


def test_official_signs_in_narrows_and_signs_out_without_script(
    chromium: Any, live_server: Any, register: Firm, people: dict[str, User]
) -> None:
    from playwright.sync_api import expect

    with page_of(chromium, live_server, 1280, java_script_enabled=False) as page:
        page.goto("/kerja/dasbor/")
        assert "/masuk/" in page.url
        sign_in(page, people["official_all"])
        assert page.locator(".kpi .n").first.inner_text() == "33"
        page.get_by_label("Wilayah", exact=True).select_option(label="Kab. Kuningan")
        page.get_by_role("button", name="Terapkan").click()
        expect(page.locator(".kpi .n").first).to_have_text("30", timeout=20_000)
        assert "?wilayah=kuningan" in page.url
        assert page.locator("tfoot .jumlah").inner_text() == "33"
        page.get_by_role("link", name="Keluar").click()
        page.wait_for_url("**/keluar/")
        page.get_by_role("button", name="Keluar").click()
        page.wait_for_url(f"{live_server.url}/")
        page.goto("/kerja/dasbor/")
        assert "/masuk/" in page.url


def test_first_tab_skips_to_the_content(chromium: Any, live_server: Any, register: Firm) -> None:
    with page_of(chromium, live_server, 1280) as page:
        page.goto(LIST)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "lewati"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "isi"
