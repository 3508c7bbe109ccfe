"""Walks of an official and an officer: dashboard, cell, list, firm; paper and projector."""

from __future__ import annotations

import re
from typing import Any

import pytest

from accounts.models import User
from registry.models import Certificate, Firm
from tests.browser.test_walks import page_of, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = [
    "/kerja/dasbor/",
    "/kerja/dasbor/?kelompok=tanpa&cetak=1",
    "/kerja/dasbor/?layar=1",
    "/kerja/usaha/",
    "/kerja/usaha/?wilayah=kuningan&nib=tidak&urut=-nama",
    "/kerja/usaha/?q=tidak-ada-sama-sekali&nib=mungkin",
    "/masuk/",
]


@pytest.fixture
def firm(register: Firm) -> Firm:
    """The firm of the walks, with a certificate and an owner."""
    Certificate.objects.create(firm=register, kind="halal", number="H1", open_ended=True)
    return register


def test_official_goes_from_a_cell_to_the_list_to_the_firm_without_script(
    chromium: Any, live_server: Any, firm: Firm, people: dict[str, User]
) -> None:
    with page_of(chromium, live_server, 1280, java_script_enabled=False) as page:
        sign_in(page, people["official_all"])
        cell = page.locator(".matriks tbody td a", has_text=re.compile(r"^30$"))
        cell.click()
        page.get_by_role("heading", name="30 usaha", exact=True).wait_for()
        assert "wilayah=kuningan" in page.url
        chip = page.get_by_role("link", name="Wilayah: Kab. Kuningan")
        chip.click()
        chip.wait_for(state="detached")
        page.get_by_label("Wilayah", exact=True).select_option(label="Kab. Cirebon")
        page.get_by_role("button", name="Terapkan").click()
        page.get_by_role("heading", name="1 usaha", exact=True).wait_for()
        page.get_by_role("link", name="Rotan Jalan").click()
        page.get_by_role("heading", name="Rotan Jalan", level=1).wait_for()
        assert page.get_by_role("link", name="Ubah di Kelola data").count() == 0
        page.get_by_role("link", name="Usaha, sesuai saringan").click()
        page.get_by_role("heading", name="1 usaha", exact=True).wait_for()
        assert page.get_by_label("Wilayah", exact=True).input_value() == "kab-cirebon"


def test_officer_goes_from_a_decision_to_the_form_of_the_firm(
    chromium: Any, live_server: Any, firm: Firm, people: dict[str, User]
) -> None:
    with page_of(chromium, live_server, 390) as page:
        sign_in(page, people["cirebon_staff"])
        page.get_by_role("link", name="Buka daftar usaha").first.click()
        page.get_by_role("heading", level=1, name="Usaha").wait_for()
        page.locator("th[scope=row] a").first.click()
        page.get_by_role("link", name="Ubah di Kelola data").click()
        page.wait_for_url("**/kelola/registry/firm/*/change/")


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_staff_pages_hold_the_rules_of_accessibility_and_never_scroll_sideways(
    chromium: Any, live_server: Any, firm: Firm, people: dict[str, User], width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    found: dict[str, Any] = {}
    noise: list[str] = []
    with page_of(chromium, live_server, width) as page:
        page.on("console", lambda m: noise.append(m.text) if m.type == "error" else None)
        sign_in(page, people["province"])
        for address in [*PAGES[:-1], f"/kerja/usaha/{firm.pk}/", "/en/kerja/dasbor/"]:
            page.goto(address)
            faults = [f"{v['id']}: {v['help']}" for v in Axe().run(page).response["violations"]]
            wide = page.evaluate("document.documentElement.scrollWidth")
            if faults or wide > width:
                found[address] = (faults, wide)
    assert found == {}
    assert noise == []


def test_dashboard_takes_two_sheets_of_paper(
    chromium: Any, live_server: Any, firm: Firm, people: dict[str, User]
) -> None:
    with page_of(chromium, live_server, 1280) as page:
        sign_in(page, people["official_all"])
        for address in ("/kerja/dasbor/", "/kerja/dasbor/?cetak=1&wilayah=kuningan"):
            page.goto(address)
            sheets = page.pdf(format="A4", prefer_css_page_size=True)
            assert len(re.findall(rb"/Type\s*/Page\b", sheets)) <= 2


def test_meeting_screen_fits_a_projector_panel_by_panel(
    chromium: Any, live_server: Any, firm: Firm, people: dict[str, User]
) -> None:
    with page_of(chromium, live_server, 1024) as page:
        sign_in(page, people["official_all"])
        page.set_viewport_size({"width": 1024, "height": 768})
        page.goto("/kerja/dasbor/?layar=1")
        for panel in ("s2", "s3", "s4"):
            page.locator(f'a.tombol[href="#{panel}"]').first.click()
            box = page.locator(f"#{panel}").bounding_box()
            assert abs(box["y"]) < 2
            assert box["height"] <= 769
        page.get_by_role("link", name="Tutup layar").last.click()
        page.get_by_role("heading", name="Dasbor industri").wait_for()
