"""Walks through the wizard: a messy sheet from upload to undo, by mouse and without script."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from accounts.models import User
from registry.models import Firm, IntakeBatch
from tests.browser.test_walks import page_of, sign_in
from tests.registry.imports.conftest import ANSWERS, HEADINGS, MESSY
from tests.registry.intake.conftest import make_workbook

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HOME = "/kerja/impor/"


@pytest.fixture
def messy(tmp_path: Path) -> Path:
    """A sheet with titles, a column of identity numbers, a short NIB and a misspelt place."""
    path = tmp_path / "usaha-rotan.xlsx"
    path.write_bytes(make_workbook([["DATA IKM TAHUN 2025"], [None], *MESSY]))
    return path


def upload(page: Any, path: Path) -> None:
    page.goto(HOME)
    page.get_by_role("link", name="Impor baru").click()
    page.get_by_role("heading", level=1, name="Impor lembar kerja").wait_for()
    page.get_by_label("Berkas").set_input_files(path)
    page.get_by_role("button", name="Unggah dan lanjutkan").click()
    page.get_by_role("heading", level=1, name="Cocokkan kolom").wait_for()


def match(page: Any) -> None:
    page.get_by_label("Tahun data").fill("2025")
    page.get_by_label("KBLI 2020").check()
    page.get_by_role("button", name="Baca barisnya").click()
    page.get_by_role("heading", level=1, name="Periksa sebelum disimpan").wait_for()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_messy_sheet_goes_through_the_wizard(
    chromium: Any,
    live_server: Any,
    register: Firm,
    people: dict[str, User],
    messy: Path,
    script: bool,
) -> None:
    before = Firm.objects.count()
    with page_of(chromium, live_server, 1280, java_script_enabled=script) as page:
        sign_in(page, people["cirebon_staff"])
        upload(page, messy)
        page.get_by_role("button", name="Baca barisnya").click()
        page.get_by_role("heading", name="Ada yang perlu dijawab dahulu").wait_for()
        match(page)
        page.get_by_role("heading", name="Ada 1 baris yang belum bisa disimpan").wait_for()

        page.get_by_text("1 sebab, dengan cara memperbaikinya").click()
        page.get_by_role("link", name=re.compile("Petakan sekali untuk semua baris")).click()
        page.get_by_role("heading", level=1, name=re.compile("maksudnya apa")).wait_for()
        page.get_by_label(re.compile("^Weru")).check()
        page.get_by_role("button", name="Petakan 2 baris").click()
        page.get_by_text("dipetakan di 2 baris").wait_for()

        page.get_by_role("link", name=re.compile(r"^5 ?, Rotan Jaya")).click()
        page.locator("main").get_by_label("NIB").fill("2103000779773")
        page.get_by_role("button", name="Simpan sel").click()
        page.get_by_text("Baris 5 sudah benar").wait_for()

        page.get_by_role("button", name="Simpan 4 baris").click()
        page.get_by_role("heading", level=1, name="Hasil impor").wait_for()
        assert Firm.objects.count() == before + 4

        page.get_by_role("link", name="Batalkan impor ini").click()
        page.get_by_label("Alasan").fill("Lembar yang salah")
        page.get_by_role("button", name="Batalkan impor ini").click()
        page.get_by_role("heading", level=1, name="Impor ini sudah dibatalkan").wait_for()
        assert Firm.objects.count() == before


def test_progress_is_followed_to_its_end(
    chromium: Any, live_server: Any, register: Firm, people: dict[str, User]
) -> None:
    batch = staged(people["cirebon_staff"])
    IntakeBatch.objects.filter(pk=batch.pk).update(state="saving", done=212, total=385)
    with page_of(chromium, live_server, 390) as page:
        sign_in(page, people["cirebon_staff"])
        page.goto(f"{HOME}{batch.pk}/simpan/")
        page.get_by_text("212 dari 385 baris (55%)").wait_for()
        IntakeBatch.objects.filter(pk=batch.pk).update(done=300)
        page.get_by_text("300 dari 385 baris (78%)").wait_for()
        IntakeBatch.objects.filter(pk=batch.pk).update(state="saved")
        page.wait_for_url(f"**{HOME}{batch.pk}/hasil/")


def staged(officer: User, rows: list[list[Any]] | None = None) -> IntakeBatch:
    from registry.services.intake import intake_match_columns, intake_upload

    batch = intake_upload(name="data.xlsx", content=make_workbook(rows or MESSY), by=officer)
    planned: IntakeBatch = intake_match_columns(batch=batch, by=officer, **ANSWERS)
    return planned


@pytest.mark.parametrize("width", [1280, 320])
def test_pages_of_the_wizard_hold_the_rules_of_accessibility(
    chromium: Any, live_server: Any, register: Firm, people: dict[str, User], width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    from registry.services.intake import intake_save, intake_upload

    officer = people["cirebon_staff"]
    columns = intake_upload(name="lain.xlsx", content=make_workbook(MESSY), by=officer)
    twin = [HEADINGS, ["Rotan Jalan", None, "Kab. Cirebon", "Weru", "Tegalwangi", None, None, None]]
    review, twins, saved = staged(officer), staged(officer, twin), staged(officer)
    intake_save(batch=saved, by=officer)
    work = staged(officer)
    IntakeBatch.objects.filter(pk=work.pk).update(state="saving", done=2, total=4)
    pages = [
        "", "baru/", "unduh/", f"{columns.pk}/kolom/", f"{review.pk}/periksa/",
        f"{review.pk}/periksa/?saring=semua", f"{review.pk}/baris/3/",
        f"{twins.pk}/baris/2/", f"{review.pk}/petakan/?kolom=D&isi=Weroe+Lor",
        f"{review.pk}/perbaikan/", f"{review.pk}/buang/", f"{work.pk}/simpan/",
        f"{saved.pk}/hasil/", f"{saved.pk}/batalkan/",
    ]  # fmt: skip
    found: dict[str, Any] = {}
    noise: list[str] = []
    with page_of(chromium, live_server, width) as page:
        page.on("console", lambda m: noise.append(m.text) if m.type == "error" else None)
        sign_in(page, officer)
        for address in [*(HOME + rest for rest in pages), f"/en{HOME}{review.pk}/periksa/"]:
            page.goto(address)
            faults = [f"{v['id']}: {v['help']}" for v in Axe().run(page).response["violations"]]
            wide = page.evaluate("document.documentElement.scrollWidth")
            if faults or wide > width:
                found[address] = (faults, wide)
    assert found == {}
    assert noise == []


def test_office_edits_its_part_of_the_register_in_its_own_sheet(
    chromium: Any, live_server: Any, register: Firm, people: dict[str, User], tmp_path: Path
) -> None:
    with page_of(chromium, live_server, 1280, java_script_enabled=False) as page:
        sign_in(page, people["cirebon_staff"])
        page.goto(HOME)
        page.get_by_role("link", name="Unduh registri untuk disunting di Excel").click()
        with page.expect_download() as download:
            page.get_by_role("link", name="Unduh (.xlsx)").click()
        path = tmp_path / "registri.xlsx"
        path.write_bytes(edited(Path(download.value.path()).read_bytes()))
        upload(page, path)
        page.get_by_label("KBLI 2020").check()
        page.get_by_role("button", name="Baca barisnya").click()
        page.get_by_role("heading", level=1, name="Periksa sebelum disimpan").wait_for()
        page.get_by_role("link", name="Diperbarui 1").click()
        page.get_by_role("row", name=re.compile("Rotan Jalan")).wait_for()
        assert page.locator("del.lama").first.inner_text() == "+6281200001234"
        page.get_by_role("button", name="Simpan 1 baris").click()
        page.get_by_role("heading", level=1, name="Hasil impor").wait_for()
    register.refresh_from_db()
    assert register.phone == "+6281299990000"


def edited(content: bytes) -> bytes:
    """The downloaded sheet with another telephone number of one firm."""
    from registry.intake.reading import read_sheets

    head, *rows = [list(row.cells) for row in read_sheets(content)[0].rows]
    phone = head.index("Nomor HP")
    next(row for row in rows if row[0] == "Rotan Jalan")[phone] = "0812 9999 0000"
    return make_workbook([head, *rows])
