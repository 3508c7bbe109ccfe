"""A visitor's whole way on a phone without script: home, search, filter, firm, centre, English."""

from __future__ import annotations

import re
from typing import Any

import pytest

from registry.models import Centre, Firm
from registry.services import SYSTEM, firm_verify, save_row
from tests.browser.test_walks import page_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def centre(register: Firm, people: dict[str, Any]) -> Centre:
    """The centre of the firm that the visitor looks for, verified by its office."""
    found: Centre = Centre.objects.public().filter(regency=register.regency_id).first()
    site = register.sites.get()
    site.centre = found
    save_row(site, by=SYSTEM, reason="uji")
    firm_verify(firm=register, document="nib", by=people["cirebon_staff"])
    return found


def test_visitor_walks_from_home_to_a_centre_and_into_english(
    chromium: Any, live_server: Any, register: Firm, centre: Centre
) -> None:
    with page_of(chromium, live_server, 390, java_script_enabled=False) as page:
        page.goto("/")
        page.get_by_role("searchbox").first.fill("jalan")
        page.get_by_role("button", name="Cari").first.click()
        page.get_by_role("heading", name="1 usaha", exact=True).wait_for()

        page.get_by_role("link", name="Cari: jalan").click()
        page.get_by_role("heading", name="32 usaha").wait_for()
        page.get_by_role("link", name="Saring dan urutkan").click()
        panel = page.locator("#saring")
        assert panel.get_by_label("Kab. Kuningan 30").is_visible()
        panel.get_by_label("Kab. Cirebon 1").check()
        panel.get_by_role("button", name="Terapkan saringan").click()
        page.get_by_role("heading", name="1 usaha", exact=True).wait_for()
        assert page.url.endswith("#hasil")

        page.get_by_role("link", name="Saring dan urutkan (1 aktif)").click()
        panel.locator("summary", has_text="Semua 40 kecamatan").click()
        panel.get_by_label("Weru 1").check()
        panel.locator("summary", has_text="Sentra industri").click()
        panel.locator("summary", has_text=re.compile(r"^Semua \d+ sentra")).click()
        panel.get_by_label(f"{centre.name} 1").check()
        panel.get_by_role("button", name="Terapkan saringan").click()
        page.get_by_role("link", name=f"Sentra industri: {centre.name}").wait_for()
        assert panel.get_by_label(f"{centre.name} 1").is_checked()

        page.get_by_role("link", name="Rotan Jalan").click()
        page.get_by_role("heading", name="Rotan Jalan", level=1).wait_for()
        assert page.get_by_text("Terverifikasi").first.is_visible()
        contact = page.get_by_role("link", name="Tulis lewat WhatsApp")
        assert contact.get_attribute("href") == "https://wa.me/6281200001234"
        made = page.get_by_role("heading", name="Yang dibuat")
        assert contact.bounding_box()["y"] < made.bounding_box()["y"]

        page.get_by_role("link", name=centre.name).first.click()
        page.get_by_role("link", name="Rotan Jalan").first.wait_for()
        page.get_by_role("link", name="EN, English version").click()
        page.wait_for_url("**/en/**")
        page.get_by_role("link", name="Rotan Jalan").first.click()
        page.get_by_role("heading", name="What it makes").wait_for()
        assert page.get_by_text("Verified").first.is_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_catalogue_pages_hold_the_rules_of_accessibility(
    chromium: Any, live_server: Any, register: Firm, centre: Centre, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    gone = Firm.objects.get(name="Batik Paoman")
    Firm.objects.filter(pk=gone.pk).update(status="closed", closed_reason="uji")
    found = {}
    with page_of(chromium, live_server, width) as page:
        for address in (
            f"/katalog/usaha/?wilayah=kab-cirebon&kecamatan=32.09.19&sentra={centre.slug}#saring",
            "/katalog/usaha/?wilayah=kuningan&wilayah=indramayu&kecamatan=32.09.19",
            register.get_absolute_url(),
            f"/usaha/x-u{gone.pk}/",
        ):
            page.goto(address)
            faults = [f["id"] for f in Axe().run(page).response["violations"]]
            wide = page.evaluate("document.documentElement.scrollWidth") > width
            found[address] = faults + (["sideways"] if wide else [])
    assert {address: faults for address, faults in found.items() if faults} == {}


def test_page_of_a_firm_is_one_sheet_and_a_list_of_24_too(
    chromium: Any, live_server: Any, register: Firm, centre: Centre
) -> None:
    with page_of(chromium, live_server, 1280) as page:
        for address in (register.get_absolute_url(), "/katalog/usaha/?wilayah=kuningan"):
            page.goto(address)
            sheet = page.pdf(format="A4", prefer_css_page_size=True)
            assert re.findall(rb"/Count (\d+)", sheet)[:1] == [b"1"], address
        page.emulate_media(media="print")
        assert page.get_by_text("Wilayah: Kab. Kuningan.").is_visible()
        assert page.get_by_text("kontak tidak ditampilkan").first.is_visible()
        assert not page.locator("#saring").is_visible()
