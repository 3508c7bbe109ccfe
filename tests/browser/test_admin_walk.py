"""An officer's way through the admin: from the work list to a mended firm, and back again."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from registry.models import Firm
from registry.services import firm_save
from tests.browser.test_walks import page_of, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_officer_mends_a_firm_reads_the_history_and_brings_the_state_back(
    chromium: Any, live_server: Any, register: Firm, people: dict[str, User]
) -> None:
    with page_of(chromium, live_server, 1280) as page:
        sign_in(page, people["cirebon_staff"])
        page.goto("/kelola/")
        queue = page.locator(".kekurangan li").filter(has_text="Tahun berdiri")
        waiting = int(queue.locator("b").inner_text())
        queue.get_by_role("link").click()
        page.wait_for_url("**kurang=mulai")
        assert page.locator("#result_list tbody tr").count() == waiting == 2
        page.get_by_role("link", name="Rotan Jalan").click()
        page.get_by_label("Tahun berdiri").fill("1998")
        page.get_by_label("Alasan perubahan ini").fill("kunjungan 24 November")
        page.get_by_role("button", name="Simpan, lanjut ke berikutnya").click()
        page.get_by_text("Rotan Jalan disimpan").wait_for()
        assert page.get_by_label("Nama usaha").input_value() == "Tanpa Izin"
        page.goto("/kelola/")
        page.get_by_text("tahun berdiri: dari belum diisi menjadi 1998").wait_for()
        page.get_by_role("link", name="Riwayat Rotan Jalan").first.click()
        page.wait_for_url("**/history/")
        latest = page.locator(".riwayat > li").first
        assert "cirebon_staff" in latest.inner_text()
        assert "dari belum diisi menjadi 1998" in latest.inner_text()
        assert "kunjungan 24 November" in latest.inner_text()
        page.get_by_role("link", name="Bandingkan keadaan ini dengan sekarang").last.click()
        page.get_by_role("heading", name="Kembalikan keadaan ini?").wait_for()
        assert "1998" in page.locator(".banding").inner_text()
        page.get_by_label("Alasan").fill("salah usaha")
        page.get_by_role("button", name="Kembalikan keadaan ini").click()
        page.get_by_text("Keadaan terdahulu sudah kembali").wait_for()
        assert "menjadi belum diisi" in page.locator(".riwayat > li").first.inner_text()
    register.refresh_from_db()
    assert register.start_year is None


def test_admin_works_without_script(
    chromium: Any, live_server: Any, register: Firm, people: dict[str, User]
) -> None:
    with page_of(chromium, live_server, 390, java_script_enabled=False) as page:
        sign_in(page, people["cirebon_staff"])
        page.goto(f"/kelola/registry/firm/{register.pk}/change/")
        page.get_by_label("NIB", exact=False).first.fill("9120304")
        page.get_by_role("button", name="Simpan", exact=True).click()
        summary = page.get_by_role("alert")
        assert "NIB harus 13 angka" in summary.inner_text()
        assert page.title().startswith("Galat:")
        page.get_by_label("NIB", exact=False).first.fill("0220.0012.34567")
        page.get_by_role("button", name="Simpan", exact=True).click()
        page.wait_for_url("**/kelola/registry/firm/")
        page.goto(f"/kelola/registry/firm/{register.pk}/change/")
        page.get_by_role("link", name="Tutup usaha…").click()
        page.get_by_label("Alasan penutupan").fill("pemilik pensiun")
        page.get_by_role("button", name="Tutup usaha").click()
        page.get_by_role("link", name="Buka lagi…").click()
        page.get_by_label("Alasan").fill("dilanjutkan anaknya")
        page.get_by_role("button", name="Buka lagi usaha ini").click()
        page.get_by_role("link", name="Tutup usaha…").wait_for()
        page.get_by_role("link", name="EN, English version").click()
        page.get_by_role("heading", name="Change firm").wait_for()


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_pages_of_the_admin_hold_the_rules_of_accessibility(
    chromium: Any, live_server: Any, register: Firm, people: dict[str, User], width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    officer = people["cirebon_staff"]
    first = register.events.order_by("pgh_id").first()  # type: ignore[attr-defined]
    register.brand = "Merek Jalan"
    firm_save(register, by=officer, reason="kunjungan")
    base = f"/kelola/registry/firm/{register.pk}"
    addresses = [
        "/kelola/",
        "/kelola/registry/firm/?kurang=nib",
        "/kelola/registry/firm/add/",
        f"{base}/change/",
        f"{base}/change/?_changelist_filters=kurang%3Dmulai",
        f"{base}/history/",
        f"{base}/history/firm-{first.pgh_id}/",
        f"{base}/tutup/",
        f"{base}/dokumen/",
        "/en/kelola/",
        f"/en{base}/change/",
        f"/en{base}/history/",
    ]
    faults: dict[str, list[str]] = {}
    noise: list[str] = []
    with page_of(chromium, live_server, width) as page:
        page.on("console", lambda m: noise.append(m.text) if m.type == "error" else None)

        def look(name: str) -> None:
            found = noise.copy()  # before axe, which makes some of its own
            found += [f"{v['id']}: {v['help']}" for v in Axe().run(page).response["violations"]]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append("scrolls sideways")
            if page.locator("h1").count() != 1:
                found.append("not one h1")
            if found:
                faults.setdefault(name, []).extend(found)
            noise.clear()

        sign_in(page, officer)
        for address in addresses:
            page.goto(address)
            if "/change/" in address:
                page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            look(address)
        page.goto(f"{base}/change/")
        page.get_by_label("NIB", exact=False).first.fill("9120304")
        page.get_by_role("button", name="Simpan", exact=True).click()
        page.get_by_role("alert").wait_for()
        look("form with an error")
        page.goto(f"{base}/tutup/")
        page.locator("form.lembar input[type=submit]").click()
        look("step with an error")
    assert faults == {}
