"""An officer's morning at the desk: a firm without account, the call, the account, the evidence.

The dashboard shows each step in its numbers at the next load.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from registry.models import Contact, Firm
from registry.services import contact_log, firm_save
from tests.browser.test_walks import page_of, sign_in
from tests.registry.factories import make_firm

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NIB = "0220001239999"


@pytest.fixture
def firm(register: Firm) -> Firm:
    """A firm with NIB and without account, which can be called."""
    return make_firm("Anyaman Pagi", nib=NIB, phone="+6281200005678", profile={"workers_total": 9})


def rungs(page: Any) -> list[int]:
    """The numbers of the chain as the dashboard shows them now."""
    page.goto("/kerja/dasbor/?wilayah=kab-cirebon")
    told = page.locator(".corong").first.locator("li .atas b").all_inner_texts()
    return [int(re.sub(r"\D", "", text.split("(")[0])) for text in told]


def test_officer_finds_a_firm_calls_registers_and_records_the_evidence(
    chromium: Any, live_server: Any, firm: Firm, people: dict[str, User]
) -> None:
    with page_of(chromium, live_server, 1280, java_script_enabled=False) as page:
        sign_in(page, people["cirebon_staff"])
        before = rungs(page)
        page.get_by_role("link", name="Tugas", exact=True).click()
        page.locator(".antrean a").filter(has_text="belum punya akun SIINas").click()
        page.get_by_role("link", name="Anyaman Pagi", exact=True).click()

        page.get_by_label("Cara", exact=True).select_option(label="Telepon")
        page.get_by_label("Hasil", exact=True).select_option(label="Sepakat langkah berikutnya")
        page.get_by_label("Catatan (boleh kosong)").fill("Surel masih bisa dibuka")
        page.get_by_role("button", name="Simpan, kembali ke daftar").click()
        page.get_by_text("Kontak dengan Anyaman Pagi dicatat.").wait_for()
        row = page.locator("tr", has_text="Anyaman Pagi")
        assert "Sepakat langkah berikutnya" in row.inner_text()

        page.get_by_role("link", name="Anyaman Pagi", exact=True).click()
        page.get_by_role("link", name="Pantau akun").click()
        page.get_by_role("button", name="Pantau akun").click()
        page.get_by_label("Keadaan berikutnya").select_option(value="issued")
        page.get_by_role("button", name="Catat langkah ini").click()
        page.get_by_text("Tercatat:").wait_for()
        issued = rungs(page)
        assert [b - a for a, b in zip(before, issued, strict=True)][1:3] == [0, 1]

        page.goto(f"/kerja/usaha/{firm.pk}/?antrean=akun")
        page.get_by_role("link", name="Catat langkah").click()
        page.get_by_label("Keadaan berikutnya").select_option(value="complete")
        page.get_by_label("Nomor bukti").fill("SIINAS-1")
        page.get_by_label("Tahun bukti").fill("2026")
        page.get_by_role("button", name="Catat langkah ini").click()
        page.get_by_text("Tercatat:").wait_for()
        complete = rungs(page)
        assert [b - a for a, b in zip(issued, complete, strict=True)][2:4] == [0, 1]

        page.goto("/kerja/tugas/?antrean=akun")
        page.get_by_role("heading", name="Ber-NIB, belum punya akun SIINas").first.wait_for()
        assert page.get_by_role("link", name="Anyaman Pagi", exact=True).count() == 0
        page.goto(f"/kerja/usaha/{firm.pk}/")
        told = page.locator(".riwayat").inner_text()
        assert "Surel masih bisa dibuka" in told
        assert "cirebon_staff" in told


def test_officer_logs_a_contact_for_all_that_match_on_a_phone(
    chromium: Any, live_server: Any, firm: Firm, people: dict[str, User]
) -> None:
    with page_of(chromium, live_server, 390) as page:
        sign_in(page, people["kuningan_staff"])
        page.goto("/kerja/tugas/?antrean=nib")
        page.get_by_label("semua 30 yang sesuai").check()
        page.get_by_label("Yang dilakukan").select_option(label="Catat kontak")
        page.get_by_role("button", name="Lanjut, periksa dahulu").click()
        page.get_by_role("heading", name="Catat kontak: 30 usaha").wait_for()
        page.get_by_label("Hasil", exact=True).select_option(label="Sudah diberi tahu")
        page.get_by_role("button", name="Lakukan untuk 30 usaha").click()
        page.get_by_text("Catat kontak: 30 usaha.").wait_for()
    assert Contact.objects.count() == 30


def test_slash_finds_a_firm_by_number_and_can_be_turned_off(
    chromium: Any, live_server: Any, firm: Firm, people: dict[str, User]
) -> None:
    with page_of(chromium, live_server, 1280) as page:
        sign_in(page, people["cirebon_staff"])
        box = page.get_by_label("Cari usaha")
        page.keyboard.press("/")
        assert box.evaluate("box => box === document.activeElement")
        box.fill(NIB)
        page.keyboard.press("Enter")
        page.get_by_role("heading", level=1, name="Anyaman Pagi").wait_for()
        page.get_by_label("Catatan (boleh kosong)").focus()
        page.keyboard.type("1/2")
        assert page.get_by_label("Catatan (boleh kosong)").input_value() == "1/2"
        page.locator(".pintasan").click()
        page.reload()
        page.keyboard.press("/")
        assert not box.evaluate("box => box === document.activeElement")


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_pages_of_the_desk_hold_the_rules_of_accessibility(
    chromium: Any, live_server: Any, firm: Firm, people: dict[str, User], width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    today = timezone.localdate()
    contact_log(
        firm=firm, channel="phone", outcome="told", next_on=today, by=people["cirebon_staff"]
    )
    chosen = f"antrean=akun&siapa=tanda&usaha={firm.pk}"
    found: dict[str, Any] = {}
    noise: list[str] = []
    with page_of(chromium, live_server, width) as page:
        page.on("console", lambda m: noise.append(m.text) if m.type == "error" else None)
        sign_in(page, people["cirebon_staff"])
        for address in (
            "/kerja/tugas/",
            "/kerja/tugas/?antrean=segera",
            "/kerja/tugas/ganda/",
            f"/kerja/usaha/{firm.pk}/?antrean=akun",
            f"/kerja/tugas/banyak/?{chosen}&aksi=izin",
            f"/kerja/tugas/kunjungan/?{chosen}",
            f"/kerja/tugas/persetujuan/?{chosen}",
            f"/kelola/registry/firm/{firm.pk}/keberatan/",
        ):
            page.goto(address)
            faults = [f"{v['id']}: {v['help']}" for v in Axe().run(page).response["violations"]]
            wide = page.evaluate("document.documentElement.scrollWidth")
            if faults or wide > width:
                found[address] = (faults, wide)
        page.goto(f"/kerja/tugas/persetujuan/?{chosen}")
        page.locator("form.panel button").click()
        page.locator(".kotak-qr svg").wait_for()
        faults = [f"{v['id']}: {v['help']}" for v in Axe().run(page).response["violations"]]
        assert faults == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert found == {}
    assert noise == []


@pytest.mark.parametrize("width", [1280, 390])
def test_second_of_two_officers_chooses_and_goes_on_in_the_queue(
    chromium: Any, live_server: Any, firm: Firm, people: dict[str, User], width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    make_firm("Berikutnya", nib="0220001238888")
    with page_of(chromium, live_server, width) as page:
        sign_in(page, people["cirebon_staff"])
        page.goto(f"/kerja/usaha/{firm.pk}/?antrean=akun")
        page.get_by_role("link", name="Ubah di Kelola data").click()
        page.get_by_label("Merek tampil di publik").fill("Punya saya")
        page.get_by_label("Produk utama").fill("keranjang")
        other = Firm.objects.get(pk=firm.pk)
        other.brand = "Punya dia"
        firm_save(other, by=people["province"], reason="uji")
        page.get_by_role("button", name="Simpan dan lanjut ke berikutnya di daftar tugas").click()
        page.get_by_role("heading", name="Usaha ini diubah selagi formulir Anda terbuka").wait_for()
        faults = [f"{v['id']}: {v['help']}" for v in Axe().run(page).response["violations"]]
        assert faults == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.get_by_role("radio", name="Punya saya").check()
        page.get_by_role("button", name="Simpan dan lanjut ke berikutnya di daftar tugas").click()
        page.get_by_text("Anyaman Pagi disimpan.").wait_for()
        assert page.get_by_label("Nama usaha").input_value() == "Berikutnya"
    firm.refresh_from_db()
    assert (firm.brand, firm.products) == ("Punya saya", "keranjang")


def test_a_consent_form_takes_one_sheet(
    chromium: Any, live_server: Any, firm: Firm, people: dict[str, User]
) -> None:
    with page_of(chromium, live_server, 1280) as page:
        sign_in(page, people["cirebon_staff"])
        page.goto(f"/kerja/tugas/persetujuan/?antrean=akun&siapa=tanda&usaha={firm.pk}")
        page.locator("form.panel button").click()
        page.locator(".kotak-qr svg").wait_for()
        sheets = page.pdf(format="A4", prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", sheets)) == 1
