"""An officer calls a firm and takes it up the ladder; the official's numbers follow at once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from registry.models import Certificate, Contact, Firm, SiinasAccount
from tests.browser.test_walks import page_of, sign_in
from tests.registry.factories import make_firm

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def firm(register: Firm) -> Firm:
    """A firm with a NIB and what TKDN-IK asks for, of whose account nothing is known."""
    return make_firm(
        "Kursi Tangga",
        nib="0220009876543",
        scale_on_nib="small",
        profile={"business_capital": 90_000_000},
    )


def rungs(page: Any) -> dict[str, str]:
    """The numbers of the chain on the dashboard, by the words beside them."""
    page.goto("/kerja/dasbor/")
    found = {}
    for line in page.locator(".corong .atas").all():
        label, number = line.locator("span").first, line.locator("b")
        found[label.inner_text()] = number.inner_text().split()[0]
    return found


def record(page: Any, target: str, **evidence: str) -> None:
    """Record one step; what was recorded is said on the next page."""
    page.get_by_label("Keadaan berikutnya").select_option(target)
    for name, value in evidence.items():
        page.locator(f"#id_{name}").fill(value)
    page.get_by_role("button", name="Catat langkah ini").click()


def test_officer_takes_a_firm_from_no_account_to_a_certificate(
    chromium: Any, live_server: Any, firm: Firm, people: dict[str, User]
) -> None:
    ends = timezone.localdate() + dt.timedelta(days=400)
    with page_of(chromium, live_server, 1280) as official:
        sign_in(official, people["official_all"])
        before = rungs(official)
        assert before["Usaha memenuhi syarat dengan sertifikat TKDN berlaku"] == "0"
        with page_of(chromium, live_server, 1280) as page:
            sign_in(page, people["cirebon_staff"])
            page.goto("/kerja/tugas/?antrean=akun")
            page.get_by_role("link", name="Kursi Tangga", exact=True).click()
            page.locator("#tkdn .simpulan").filter(has_text="akun SIINas belum diisi").wait_for()
            page.get_by_label("Cara", exact=True).select_option(label="Telepon")
            page.get_by_label("Hasil", exact=True).select_option(label="Sepakat langkah berikutnya")
            page.get_by_role("button", name="Simpan, kembali ke daftar").click()
            page.get_by_text("Kontak dengan Kursi Tangga dicatat.").wait_for()

            page.get_by_role("link", name="Kursi Tangga", exact=True).click()
            page.get_by_role("link", name="Pantau akun").click()
            page.get_by_role("button", name="Pantau akun").click()
            page.get_by_role("heading", name="Langkah yang mungkin").wait_for()
            assert "Kata sandi SIINas tidak pernah disimpan" in page.locator("main").inner_text()
            record(page, "submitted")
            page.get_by_text("→ Registrasi diajukan").first.wait_for()
            record(page, "issued")
            page.get_by_text("→ Akun terbit").first.wait_for()
            record(page, "complete")
            page.get_by_text("Langkah ini masih memerlukan").wait_for()
            record(page, "complete", evidence_number="BKA-77", evidence_year="2026")
            page.get_by_text("→ Lengkap").first.wait_for()

            page.goto(f"/kerja/usaha/{firm.pk}/")
            page.locator("#tkdn .simpulan").filter(has_text="Memenuhi syarat").wait_for()
            middle = rungs(official)
            page.get_by_role("link", name="Ubah di Kelola data").click()
            page.wait_for_url("**/change/")
            part = page.locator("#certificates-group")
            part.locator("summary").first.click()
            part.locator(".add-row a").click()
            page.locator("#id_certificates-0-kind").select_option("tkdn_ik")
            page.locator("#id_certificates-0-number").fill("TKDN-77")
            page.locator("#id_certificates-0-product").fill("Kursi rotan")
            page.locator("#id_certificates-0-tkdn_percent").fill("38")
            page.locator("#id_certificates-0-valid_until").fill(f"{ends:%d/%m/%Y}")
            page.get_by_role("button", name="Simpan", exact=True).click()
            page.wait_for_url("**/kelola/registry/firm/")
        after = rungs(official)
    assert Contact.objects.get(firm=firm).outcome == "agreed"
    account = SiinasAccount.objects.get(site__firm=firm)
    assert (account.state, account.steps.count()) == ("complete", 3)
    assert Certificate.objects.get(firm=firm).product == "Kursi rotan"
    for label in ("Lokasi dengan akun SIINas", "Akun dengan profil lengkap"):
        assert int(middle[label]) == int(before[label]) + 1
    assert after["Usaha memenuhi syarat dengan sertifikat TKDN berlaku"] == "1"
