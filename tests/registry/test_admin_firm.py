"""The form of a firm: what it lacks, what is public, the steps beside it, the next of a list."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.utils import timezone

from registry.models import Firm, Owner
from registry.models.firms import DataState
from registry.services import firm_save
from tests.registry.factories import make_firm
from tests.registry.test_admin import ADD, typed

pytestmark = pytest.mark.django_db
LIMIT = 150 * 1024


@pytest.fixture
def officer(client: Any, people: dict[str, Any]) -> Any:
    client.force_login(people["cirebon_staff"])
    return client


def change(firm: Firm) -> str:
    return f"/kelola/registry/firm/{firm.pk}/change/"


def section(html: str, heading: str) -> str:
    """The field set under a heading."""
    parts = re.split(r"(?=<fieldset)", html)
    return next(part for part in parts if heading in part)


def test_form_says_above_what_the_firm_lacks(officer: Any) -> None:
    html = officer.get(change(make_firm(products="kursi"))).content.decode()
    assert re.search(r"<b>\d+%</b>", html)
    assert "Belum ada: bentuk usaha, NIB" in html
    assert "Tidak tampil di katalog" in html


def test_every_field_says_how_far_the_public_sees_it(officer: Any) -> None:
    html = officer.get(change(make_firm(owner="Bu Sri"))).content.decode()
    for name, words in (
        ("name", "tampil di publik"),
        ("npwp", "internal"),
        ("nib", "publik hanya melihat bahwa ini tercatat"),
        ("phone", "tampil di publik hanya dengan persetujuan"),
    ):
        label = re.search(rf'<label[^>]*for="id_{name}"[^>]*>(.*?)</label>', html, re.DOTALL)
        assert label, name
        assert f'<span class="tampil">{words}</span>' in label[1], name


def test_closed_part_stands_open_where_something_is_missing(officer: Any) -> None:
    bare = officer.get(change(make_firm("Kurang"))).content.decode()
    full = make_firm(
        "Lengkap",
        phone="+6281200001234",
        profile={"workers_total": 3},
        siinas={"state": "issued"},
    )
    whole = officer.get(change(full)).content.decode()
    for heading in ("6 Kontak", "Angka tahunan", "5 Lokasi produksi"):
        assert "<details" not in section(bare, heading)
        assert "<details" in section(whole, heading)


def test_wrong_field_is_named_in_a_summary_with_a_link(officer: Any) -> None:
    firm = make_firm(phone="+6281200001234")
    html = officer.post(change(firm), typed(phone="12", _save="1")).content.decode()
    assert "<title>Galat:" in html
    summary = html[html.index("ringkas-galat") : html.index("</ul>", html.index("ringkas-galat"))]
    assert 'href="#id_phone"' in summary
    assert "<details" not in section(html, "6 Kontak")


def test_save_goes_on_to_the_next_of_the_list(officer: Any) -> None:
    for name in ("A", "C", "B"):
        make_firm(f"Usaha {name}")
    first, last = Firm.objects.get(name="Usaha A"), Firm.objects.get(name="Usaha C")
    filters = "_changelist_filters=kurang%3Dtelepon"
    html = officer.get(f"{change(first)}?{filters}").content.decode()
    assert 'name="_next"' in html
    assert 'name="_next"' not in officer.get(change(first)).content.decode()
    sent = typed(name="Usaha A", phone="081200001234", _next="1")
    del sent["_continue"]
    answer = officer.post(f"{change(first)}?{filters}", sent)
    assert answer.url == f"{change(Firm.objects.get(name='Usaha B'))}?{filters}"
    assert Firm.objects.get(name="Usaha A").phone == "+6281200001234"
    sent = typed(name="Usaha C", _next="1")
    del sent["_continue"]
    answer = officer.post(f"{change(last)}?{filters}", sent)
    assert answer.url == "/kelola/registry/firm/?kurang=telepon"


def test_closed_firm_is_opened_again_with_a_reason(officer: Any) -> None:
    firm = make_firm(consents=("catalogue",))
    base = f"/kelola/registry/firm/{firm.pk}"
    assert f"{base}/tutup/" in officer.get(change(firm)).content.decode()
    officer.post(f"{base}/tutup/", {"reason": "pemilik pensiun", "on": "24/11/2020"})
    html = officer.get(change(firm)).content.decode()
    assert f"{base}/buka/" in html
    assert f"{base}/tutup/" not in html
    officer.post(f"{base}/buka/", {"reason": ""})
    firm.refresh_from_db()
    assert (firm.status, firm.closed_on) == ("closed", dt.date(2020, 11, 24))
    officer.post(f"{base}/buka/", {"reason": "dijalankan anaknya"})
    firm.refresh_from_db()
    assert (firm.status, firm.closed_reason) == ("active", "")
    assert Firm.objects.public().get() == firm


def test_firm_that_is_not_closed_is_not_opened(officer: Any) -> None:
    firm = make_firm(status="inactive")
    answer = officer.post(f"/kelola/registry/firm/{firm.pk}/buka/", {"reason": "x"})
    assert "tidak sedang tutup" in answer.content.decode()
    firm.refresh_from_db()
    assert firm.status == "inactive"


@pytest.mark.parametrize("step", ["tutup", "dokumen"])
def test_step_of_a_day_to_come_is_refused_in_its_form(officer: Any, step: str) -> None:
    firm = make_firm()
    day = timezone.localdate() + dt.timedelta(days=2)
    sent = {"on": day.strftime("%d/%m/%Y"), "reason": "alasan saya", "document": "nib"}
    html = officer.post(f"/kelola/registry/firm/{firm.pk}/{step}/", sent).content.decode()
    assert "belum tiba" in html
    assert 'value="alasan saya"' in html
    firm.refresh_from_db()
    assert (firm.status, firm.verified_on) == ("active", None)


def test_seen_document_makes_the_firm_verified(officer: Any, people: dict[str, Any]) -> None:
    firm = make_firm()
    address = f"/kelola/registry/firm/{firm.pk}/dokumen/"
    officer.post(address, {"document": "nib", "on": "03/11/2026", "reason": ""})
    firm.refresh_from_db()
    assert (firm.data_state, firm.verified_on) == (DataState.VERIFIED, dt.date(2026, 11, 3))
    assert firm.verified_by == people["cirebon_staff"]
    assert "Terverifikasi, 3 Nov 2026" in officer.get(change(firm)).content.decode()


@pytest.mark.parametrize("step", ["tutup", "buka", "dokumen"])
def test_steps_end_at_the_border_of_the_region(
    client: Any, people: dict[str, Any], step: str
) -> None:
    firm = make_firm()
    address = f"/kelola/registry/firm/{firm.pk}/{step}/"
    client.force_login(people["kuningan_staff"])
    assert client.get(address).status_code == 404
    client.force_login(people["official_all"])
    assert client.get(address).status_code in {302, 403}


def test_dates_are_typed_and_shown_day_first_in_both_languages(officer: Any) -> None:
    firm = make_firm(confirmed_on=dt.date(2026, 11, 3), confirmed_how="visit")
    for language in ("", "/en"):
        html = officer.get(f"{language}{change(firm)}").content.decode()
        assert 'value="03/11/2026"' in html


def test_pages_of_a_firm_stay_small_and_their_queries_few(
    officer: Any, people: dict[str, Any], django_assert_max_num_queries: Any
) -> None:
    firm = make_firm(owner="Bu Sri", profile={"workers_total": 3}, siinas={"state": "issued"})
    firm.brand = "Merek"
    firm_save(firm, by=people["province"], reason="uji")
    base = f"/kelola/registry/firm/{firm.pk}"
    for address, budget in (
        ("/kelola/", 42),
        ("/kelola/registry/firm/", 14),
        (f"{base}/change/", 54),
        (f"{base}/history/", 30),
        (f"{base}/tutup/", 8),
    ):
        with django_assert_max_num_queries(budget):
            answer = officer.get(address)
        assert len(answer.content) < LIMIT, address


def test_earlier_state_is_brought_back_by_another_person(
    client: Any, people: dict[str, Any]
) -> None:
    firm = make_firm("Rotan Lama", phone="+6281200001234", owner="Bu Sri")
    firm.name, firm.phone = "Rotan Salah", ""
    firm_save(firm, by=people["cirebon_staff"], reason="salah baris")
    client.force_login(people["province"])
    history = f"/kelola/registry/firm/{firm.pk}/history/"
    link = re.findall(rf'href="({history}firm-\d+/)"', client.get(history).content.decode())[-1]
    html = client.get(link).content.decode()
    assert html.count("berbeda</span>") == 2
    assert "isian yang sama" in html
    assert html.index("Kembali, tidak mengubah apa pun") < html.index('type="submit" value="Kemb')
    assert client.post(link, {"reason": "salah baris"}).url == history
    firm.refresh_from_db()
    assert (firm.name, firm.phone) == ("Rotan Lama", "+6281200001234")
    said = client.get(history).content.decode()
    assert "<b>province</b>" in said
    assert "<b>cirebon_staff</b>" in said
    assert "nama usaha: dari Rotan Salah menjadi Rotan Lama" in said
    assert Owner.objects.get().name == "Bu Sri"


def test_state_of_another_region_is_not_brought_back(client: Any, people: dict[str, Any]) -> None:
    firm = make_firm("Pindah", village="32.08.18.1001")
    firm.regency_id, firm.district_id, firm.village_id = "32.09", "32.09.19", "32.09.19.2009"
    firm_save(firm, by=people["province"], reason="pindah")
    client.force_login(people["cirebon_staff"])
    history = f"/kelola/registry/firm/{firm.pk}/history/"
    link = re.findall(rf'href="({history}firm-\d+/)"', client.get(history).content.decode())[-1]
    html = client.post(link, {"reason": "salah"}).content.decode()
    assert "di luar wilayah" in html
    firm.refresh_from_db()
    assert firm.regency_id == "32.09"


def test_new_firm_has_a_form_of_its_own_size(officer: Any) -> None:
    html = officer.get(ADD).content.decode()
    assert 'name="_addanother"' in html
    assert 'name="_next"' not in html
    assert len(html) < LIMIT
