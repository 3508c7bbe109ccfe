"""Walks around reports: an officer types and records one, the dashboard shows it; many; paper."""

from __future__ import annotations

import re
from typing import Any

import pytest

from accounts.models import User
from registry.models import Firm, ReportingPeriod, SiinasReport
from tests.browser.test_walks import page_of, sign_in
from tests.registry.factories import make_firm
from tests.registry.test_reporting import COMPLETE, make_period

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def firm(register: Firm) -> Firm:
    """A firm that must report, among others of its region."""
    make_period()
    for n in range(3):
        make_firm(f"Anyaman {n}", siinas=COMPLETE)
    return make_firm("Rotan Lapor", siinas=COMPLETE, products="kursi rotan")


@pytest.mark.parametrize("scripts", [True, False])
def test_officer_opens_the_period_the_sheet_records_and_the_dashboard_shows_it(
    chromium: Any, live_server: Any, firm: Firm, people: dict[str, User], scripts: bool
) -> None:
    with page_of(chromium, live_server, 390, java_script_enabled=scripts) as page:
        sign_in(page, people["cirebon_staff"])
        page.get_by_role("link", name="0 dari 4 akun wajib lapor").wait_for()
        page.get_by_role("link", name="Laporan", exact=True).click()
        page.get_by_role("heading", name="Laporan SIINas", level=1).wait_for()
        page.locator("tr", has_text="Rotan Lapor").get_by_role("link", name="Lembar ketik").click()
        page.get_by_role("heading", name="Lembar ketik, Semester I 2026").wait_for()
        page.get_by_label("Keadaan di SIINas").select_option(label="Sudah dikirim")
        page.get_by_label("Tanggal").fill("2026-07-20")
        page.get_by_role("button", name="Catat laporan").click()
        page.get_by_text("Tercatat: Semester I 2026: Sudah dikirim").wait_for()
        page.goto("/kerja/dasbor/")
        page.get_by_role("link", name="1 dari 4 akun wajib lapor").click()
        page.get_by_role("heading", name="4 akun", exact=True).wait_for()


def test_officer_records_all_of_a_list_after_seeing_how_many(
    chromium: Any, live_server: Any, firm: Firm, people: dict[str, User]
) -> None:
    with page_of(chromium, live_server, 1280) as page:
        sign_in(page, people["cirebon_staff"])
        page.goto("/kerja/lapor/?lapor=belum")
        page.get_by_label("semua 4 akun").check()
        page.get_by_role("button", name="Lanjut, periksa dahulu").click()
        page.get_by_role("heading", name="untuk 4 akun").wait_for()
        assert SiinasReport.objects.count() == 0
        page.get_by_label("Tanggal").fill("2026-07-20")
        page.get_by_role("button", name="Catat 4 laporan").click()
        page.get_by_text("4 laporan Semester I 2026 tercatat").wait_for()
        assert SiinasReport.objects.count() == 4


def test_sheets_take_one_page_each(
    chromium: Any, live_server: Any, firm: Firm, people: dict[str, User]
) -> None:
    with page_of(chromium, live_server, 1280) as page:
        sign_in(page, people["official_all"])
        for address, sheets in (
            (f"/kerja/usaha/{firm.pk}/lapor/2026-s1/", 1),
            ("/kerja/lapor/cetak/", 4),
        ):
            page.goto(address)
            paper = page.pdf(format="A4", prefer_css_page_size=True)
            assert len(re.findall(rb"/Type\s*/Page\b", paper)) == sheets


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_pages_of_reports_hold_the_rules_of_accessibility(
    chromium: Any, live_server: Any, firm: Firm, people: dict[str, User], width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    found: dict[str, Any] = {}
    with page_of(chromium, live_server, width) as page:
        sign_in(page, people["province"])

        def look(name: str) -> None:
            faults = [f"{v['id']}: {v['help']}" for v in Axe().run(page).response["violations"]]
            wide = page.evaluate("document.documentElement.scrollWidth")
            if faults or wide > width:
                found[name] = (faults, wide)

        sheet = f"/kerja/usaha/{firm.pk}/lapor/2026-s1/"
        for address in ("/kerja/lapor/", sheet, "/kerja/lapor/cetak/", "/kerja/dasbor/target/"):
            page.goto(address)
            look(address)
        page.goto("/kerja/lapor/")
        page.get_by_label("semua 4 akun").check()
        page.get_by_role("button", name="Lanjut, periksa dahulu").click()
        page.get_by_role("heading", name="untuk 4 akun").wait_for()
        look("many")
        ReportingPeriod.objects.all().delete()
        page.goto("/kerja/lapor/")
        look("no period")
    assert found == {}
