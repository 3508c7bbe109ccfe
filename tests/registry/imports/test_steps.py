"""The steps of the wizard from the file to the result: each an address, nothing lost on the way."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from registry.models import Firm, IntakeBatch
from registry.models.intake import BatchState
from tests.registry.imports.conftest import GOOD, HEADINGS, MESSY
from tests.registry.intake.conftest import make_workbook

pytestmark = pytest.mark.django_db
HOME = "/kerja/impor/"


@pytest.fixture
def site(client: Any, officer: Any) -> Any:
    """The site, with the officer signed in."""
    client.force_login(officer)
    return client


def page(batch: IntakeBatch, rest: str = "periksa/") -> str:
    return f"{HOME}{batch.pk}/{rest}"


def sheet(content: bytes | None = None, name: str = "data.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, make_workbook(MESSY) if content is None else content)


def columns(**said: str) -> dict[str, str]:
    fields = ["name", "nib", "regency_code", "district_code", "village_code", "phone"]
    told = dict(zip(("kolom_A", "kolom_B", "kolom_C", "kolom_D", "kolom_E", "kolom_F"), fields,
                    strict=True))  # fmt: skip
    return {**told, "kolom_H": "kbli", "kbli": "2020", "tahun": "2025", **said}


def test_uploaded_file_goes_on_to_its_columns(site: Any) -> None:
    answer = site.post(f"{HOME}baru/", {"kind": "firms", "file": sheet()}, follow=True)
    batch = IntakeBatch.objects.get()
    assert answer.redirect_chain == [(page(batch, "kolom/"), 302)]
    html = answer.content.decode()
    assert "identitas" in html or "NIK" in html
    assert '<option value="nib" selected>' in html


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"bukan lembar kerja \x00\x01", "xlsx"), (b"", "0"), (None, "")],
)
def test_refusal_keeps_the_form_and_says_why(site: Any, content: bytes | None, said: str) -> None:
    sent = {"kind": "firms"} | ({"file": sheet(content)} if content is not None else {})
    answer = site.post(f"{HOME}baru/", sent)
    assert answer.status_code == 200
    html = answer.content.decode()
    assert 'role="alert"' in html
    assert said in html
    assert not IntakeBatch.objects.exists()


def test_region_is_asked_only_where_there_is_a_choice(client: Any, people: dict[str, Any]) -> None:
    client.force_login(people["cirebon_staff"])
    assert 'name="regency"' not in client.get(f"{HOME}baru/").content.decode()
    client.force_login(people["province"])
    answer = client.post(f"{HOME}baru/", {"kind": "firms", "regency": "32.08"})
    assert '<option value="32.08" selected>' in answer.content.decode()


def test_same_file_is_told_with_a_link(site: Any, take: Any) -> None:
    first, second = take(MESSY), take(MESSY)
    html = site.get(page(second, "kolom/")).content.decode()
    assert f'href="{page(first, "kolom/")}"' in html


def test_open_questions_keep_what_was_chosen(site: Any, take: Any) -> None:
    batch = take(MESSY)
    answer = site.post(page(batch, "kolom/"), columns(kolom_F="email", kbli="", tahun="20x5"))
    html = answer.content.decode()
    assert answer.status_code == 200
    assert 'href="#tahun"' in html
    assert 'href="#kbli-2020"' in html
    assert 'value="20x5"' in html
    assert '<option value="email" selected>' in html
    batch.refresh_from_db()
    assert batch.state == BatchState.COLUMNS


def test_unit_of_money_is_asked_at_its_column(site: Any, take: Any) -> None:
    batch = take([[*HEADINGS, "Omzet"], [*GOOD, 45]])
    answer = site.post(page(batch, "kolom/"), columns(kolom_I="annual_sales"))
    html = answer.content.decode()
    assert 'id="satuan_I"' in html
    assert 'href="#satuan_I"' in html
    site.post(page(batch, "kolom/"), columns(kolom_I="annual_sales", satuan_I="million"))
    assert batch.rows.get().values["annual_sales"] == 45_000_000


def test_matched_columns_lead_to_the_check(site: Any, take: Any) -> None:
    batch = take(MESSY)
    answer = site.post(page(batch, "kolom/"), columns(ingat="1"), follow=True)
    assert answer.redirect_chain[-1][0] == page(batch)
    assert "1 baris belum bisa disimpan" in answer.content.decode() or answer.status_code == 200


def test_another_sheet_can_be_chosen(site: Any, officer: Any) -> None:
    import io

    import xlsxwriter

    from registry.services.intake import intake_upload

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        for name in ("Satu", "Dua"):
            sheet = book.add_worksheet(name)
            for row, cells in enumerate([HEADINGS, [f"Usaha {name}", *GOOD[1:]]]):
                sheet.write_row(row, 0, cells)
    batch = intake_upload(name="dua.xlsx", content=buffer.getvalue(), by=officer)
    site.post(page(batch, "kolom/lembar/"), {"lembar": "Dua"})
    batch.refresh_from_db()
    assert batch.sheet == "Dua"
    assert "Usaha Dua" in site.get(page(batch, "kolom/")).content.decode()


@pytest.mark.parametrize(
    ("state", "leads_to"),
    [
        ("columns", "kolom/"), ("planning", "periksa/"), ("review", "periksa/"),
        ("saving", "simpan/"), ("saved", "hasil/"), ("undone", "hasil/"), ("discarded", "hasil/"),
    ],
)  # fmt: skip
def test_page_of_another_step_leads_to_the_step_it_is(
    site: Any, planned: IntakeBatch, state: str, leads_to: str
) -> None:
    IntakeBatch.objects.filter(pk=planned.pk).update(state=state, saved_at=timezone.now())
    answer = site.get(page(planned, "simpan/"), follow=True)
    last = answer.redirect_chain[-1][0] if answer.redirect_chain else page(planned, "simpan/")
    assert last == page(planned, leads_to)
    assert answer.status_code == 200


def test_right_rows_are_saved_and_the_others_wait(site: Any, planned: IntakeBatch) -> None:
    answer = site.post(page(planned, "simpan/"), {"galat": "lewati"}, follow=True)
    assert answer.redirect_chain[-1][0] == page(planned, "hasil/")
    result = answer.context["result"]
    assert (result.added, result.waiting) == (3, 1)
    assert Firm.objects.count() == 3
    listed = site.get(f"/kerja/usaha/?impor={planned.pk}")
    assert listed.context["page"].total == 3
    assert listed.context["filters"].ignored == []
    assert site.get(page(planned)).context["tallies"].error == 1


def test_nothing_is_saved_until_all_is_right(site: Any, planned: IntakeBatch) -> None:
    answer = site.post(page(planned, "simpan/"), {"galat": "semua-benar"}, follow=True)
    assert answer.redirect_chain[-1][0] == page(planned)
    assert 'role="alert"' in answer.content.decode()
    assert not Firm.objects.exists()


def test_rows_mended_after_saving_are_saved_too(site: Any, planned: IntakeBatch) -> None:
    site.post(page(planned, "simpan/"), {"galat": "lewati"})
    site.post(page(planned, "baris/3/"), {"sel_B": "2103000779773"})
    answer = site.post(page(planned, "simpan/"), {"galat": "lewati"}, follow=True)
    assert answer.context["result"].added == 4


@pytest.mark.parametrize("state", ["planning", "saving", "undoing"])
def test_progress_can_be_watched_with_and_without_script(
    site: Any, planned: IntakeBatch, state: str
) -> None:
    IntakeBatch.objects.filter(pk=planned.pk).update(state=state, done=212, total=385)
    address = {"planning": "periksa/", "saving": "simpan/", "undoing": "hasil/"}[state]
    html = site.get(page(planned, address)).content.decode()
    assert '<noscript><meta http-equiv="refresh" content="4"></noscript>' in html
    assert 'max="385" value="212"' in html
    moving = site.get(page(planned, "kemajuan/"))
    assert "X-Next" not in moving
    IntakeBatch.objects.filter(pk=planned.pk).update(state="saved")
    assert site.get(page(planned, "kemajuan/"))["X-Next"] == page(planned, "hasil/")


def test_page_that_does_not_work_in_the_background_does_not_reload(
    site: Any, planned: IntakeBatch
) -> None:
    for rest in ("periksa/", "kolom/", "baris/2/", "buang/"):
        assert "refresh" not in site.get(page(planned, rest)).content.decode()


def test_discarding_asks_first_and_keeps_the_history(site: Any, planned: IntakeBatch) -> None:
    assert site.get(page(planned, "buang/")).status_code == 200
    planned.refresh_from_db()
    assert planned.state == "review"
    answer = site.post(page(planned, "buang/"), follow=True)
    assert "data.xlsx" in answer.content.decode()
    planned.refresh_from_db()
    assert (planned.state, planned.rows.count()) == ("discarded", 0)


def test_undo_is_offered_for_seven_days(site: Any, planned: IntakeBatch) -> None:
    site.post(page(planned, "simpan/"), {"galat": "lewati"})
    assert page(planned, "batalkan/") in site.get(page(planned, "hasil/")).content.decode()
    IntakeBatch.objects.filter(pk=planned.pk).update(saved_at=timezone.now() - dt.timedelta(days=8))
    assert page(planned, "batalkan/") not in site.get(page(planned, "hasil/")).content.decode()
    assert site.get(page(planned, "batalkan/")).status_code == 302


def test_template_is_a_workbook(site: Any) -> None:
    answer = site.get(f"{HOME}templat/")
    assert answer.content[:2] == b"PK"
    assert "attachment" in answer["Content-Disposition"]


def test_history_says_what_waits(site: Any, planned: IntakeBatch) -> None:
    html = site.get(HOME).content.decode()
    assert 'id="tunggu"' in html
    site.post(page(planned, "buang/"))
    assert 'id="tunggu"' not in site.get(HOME).content.decode()


def test_undo_names_what_was_changed_since_and_leaves_it(site: Any, planned: IntakeBatch) -> None:
    site.post(page(planned, "simpan/"), {"galat": "lewati"})
    kept = Firm.objects.get(name="Batik Sekar")
    firm_save_phone(kept)
    html = site.get(page(planned, "batalkan/")).content.decode()
    assert f'href="/kerja/usaha/{kept.pk}/"' in html
    assert 'name="confirmed"' in html
    refused = site.post(page(planned, "batalkan/"), {"reason": ""})
    assert 'role="alert"' in refused.content.decode()
    answer = site.post(page(planned, "batalkan/"), {"reason": "Lembar yang salah"}, follow=True)
    assert answer.redirect_chain[-1][0] == page(planned, "hasil/")
    assert (answer.context["result"].undone, answer.context["result"].kept) == (2, 1)
    assert list(Firm.objects.all()) == [kept]


def firm_save_phone(firm: Firm) -> None:
    from registry.services import SYSTEM
    from registry.services.firms import firm_save

    firm.phone = "+6281277778888"
    firm_save(firm, by=SYSTEM, reason="telepon baru")
