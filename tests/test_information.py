"""Pages that explain: the rules they tell are the rules of the code."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from ciayumajakuning import context
from registry.completeness import FACTS
from registry.counts import last_change
from registry.models import ConsentText
from registry.models.consents import Purpose
from registry.services import SYSTEM, firm_save
from tests.registry.factories import make_firm

pytestmark = pytest.mark.django_db
PAGES = ["/tentang/", "/privasi/", "/aksesibilitas/", "/arti-terverifikasi/"]


def text_of(client: Any, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def test_about_names_every_fact_that_orders_the_list(client: Any) -> None:
    html = client.get("/tentang/").content.decode()
    assert 'id="urutan"' in html
    listed = re.findall(r"<li>([^<]+)</li>", html.partition('id="urutan"')[2].partition("</ol>")[0])
    assert listed == [str(fact.label) for fact in FACTS if fact.own]


def test_privacy_shows_the_words_in_force_and_no_later_ones(client: Any) -> None:
    ConsentText.objects.create(
        purpose="catalogue",
        version=9,
        effective_on="2099-01-01",
        body_id="Kalimat yang belum berlaku",
        body_en="Words not yet in force",
    )
    text = text_of(client, "/privasi/")
    for purpose in Purpose.values:
        words = ConsentText.objects.get(purpose=purpose, version=1).body_id
        assert words in text
    assert "belum berlaku" not in text
    assert "27 Tahun 2022" in text
    english = text_of(client, "/en/privasi/")
    assert ConsentText.objects.get(purpose="whatsapp", version=1).body_en in english


def test_meaning_has_a_paragraph_for_each_state(client: Any) -> None:
    html = client.get("/arti-terverifikasi/").content.decode()
    for state in ("terdaftar", "diperiksa", "terverifikasi"):
        assert f'id="{state}"' in html


@pytest.mark.parametrize("address", PAGES)
def test_contact_shows_only_when_there_is_one(client: Any, settings: Any, address: str) -> None:
    assert "mailto:" not in client.get(address).content.decode()
    settings.CONTACT_EMAIL = "layanan@contoh.id"
    assert 'href="mailto:layanan@contoh.id"' in client.get(address).content.decode()


@pytest.mark.parametrize("address", ["/", "/katalog/usaha/", "/sentra/", "/wilayah/", *PAGES])
def test_public_pages_set_no_cookie(client: Any, address: str) -> None:
    assert not client.get(address).cookies


@pytest.mark.parametrize("address", PAGES)
def test_pages_ask_little_of_the_database(
    client: Any, django_assert_max_num_queries: Any, address: str
) -> None:
    with django_assert_max_num_queries(5):
        client.get(address)


def test_footer_tells_when_the_data_changed_and_not_the_day_of_today(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = dt.datetime(2026, 3, 4, 5, 0, tzinfo=dt.UTC)
    monkeypatch.setattr(context, "last_change", lambda: day)
    assert "Data terakhir berubah 4 Mar 2026" in text_of(client, "/tentang/")


def test_last_change_is_that_of_the_newest_line_of_history() -> None:
    before = timezone.now()
    firm = make_firm("Rotan")
    first = last_change()
    firm.brand = "Merek"
    firm_save(firm, by=SYSTEM, reason="uji")
    second = last_change()
    assert first is not None
    assert second is not None
    assert before - dt.timedelta(minutes=5) < first <= second


def test_maintenance_page_needs_nothing_but_the_style_sheet(tmp_path: Any) -> None:
    target = tmp_path / "deep" / "pemeliharaan.html"
    call_command("maintenance_page", str(target), verbosity=0)
    page = target.read_text(encoding="utf-8")
    assert len(page.encode()) < 3 * 1024
    assert "Tutup sebentar" in page
    assert "Closed for a moment" in page
    assert re.findall(r'(?:href|src)="([^"]+)"', page) == [
        "/static/css/gaya.css",
        "/static/img/tanda.svg",
    ]
