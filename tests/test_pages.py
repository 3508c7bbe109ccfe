"""Every page: two languages each whole, addresses for search engines, errors that help."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.test import RequestFactory
from django.utils.translation import override

from accounts.models import User
from ciayumajakuning import messages, views
from registry.models import Firm
from tests.registry.factories import make_firm

PUBLIC = [
    "/",
    "/katalog/usaha/",
    "/katalog/usaha/?q=tidak-ada-sama-sekali",
    "/sentra/",
    "/sentra/?wilayah=kota-cirebon",
    "/sentra/kerupuk-kenanga/",
    "/sentra/rotan-tegalwangi/",
    "/wilayah/",
    "/wilayah/kab-cirebon/",
    "/wilayah/kota-cirebon/",
    "/tentang/",
    "/privasi/",
    "/aksesibilitas/",
    "/arti-terverifikasi/",
    "/tidak-ada/",
]
STAFF = [
    "/kerja/dasbor/",
    "/kerja/dasbor/?layar=1",
    "/kerja/dasbor/?cetak=1",
    "/kerja/usaha/",
    "/kerja/tugas/ganda/",
    "/kerja/tugas/ganda/gabungan/",
    "/kerja/usaha/?q=tidak-ada&nib=tidak",
    "/kerja/lapor/",
    "/kerja/dasbor/target/",
    "/kerja/sentra/",
    "/kerja/sentra/?status=inactive",
    "/kerja/sentra/usul/",
    "/kerja/sentra/usul/?kecamatan=32.09.19",
    "/kerja/impor/",
    "/kerja/impor/baru/",
    "/kerja/impor/unduh/",
    "/akun/2fa/",
    "/akun/kata-sandi/",
    "/keluar/",
]


@pytest.fixture
def firm(db: None) -> Firm:
    return make_firm(
        "Rotan Uji",
        products="kursi rotan",
        phone="+6281200001234",
        nib="0220001234567",
        siinas={"state": "issued"},
        consents=("catalogue", "whatsapp", "siinas_badge"),
    )


def shown(html: str) -> str:
    """What a person reads or hears: text, and the attributes that are spoken or shown."""
    spoken = re.findall(r'(?:aria-label|placeholder|alt|content)="([^"]*)"', html)
    text = re.sub(r"<(style|script).*?</\1>", " ", html, flags=re.S)
    return unescape(" ".join([re.sub(r"<[^>]+>", " ", text), *spoken]))


def texts() -> Iterator[tuple[str, str]]:
    """The plain texts of the screen that differ between English and Indonesian."""
    for message in messages.stored():
        said, written = message.string, message.id
        if not isinstance(written, str) or not isinstance(said, str) or written in ("", said):
            continue
        if "%" not in written and "<" not in written:
            yield written, said


def strangers(html: str, words: list[str]) -> list[str]:
    page = re.sub(r"\s+", " ", shown(html))
    return [w for w in words if len(w) > 11 and re.search(rf"\b{re.escape(w)}\b", page)]


@pytest.mark.parametrize("address", PUBLIC + STAFF)
def test_each_language_is_whole(
    client: Any, people: dict[str, User], firm: Firm, address: str
) -> None:
    if address in STAFF:
        client.force_login(people["province"])
    pairs = list(texts())
    assert len(pairs) > 300
    indonesian = client.get(address).content.decode()
    english = client.get(f"/en{address}").content.decode()
    assert '<html lang="id"' in indonesian
    assert '<html lang="en"' in english
    assert strangers(indonesian, [text for text, _said in pairs]) == []
    both = {text for text, _said in pairs}
    assert strangers(english, [said for _text, said in pairs if said not in both]) == []


@pytest.mark.parametrize("language", ["id", "en"])
def test_page_of_a_firm_is_whole_in_each_language(client: Any, firm: Firm, language: str) -> None:
    with override(language):
        html = client.get(firm.get_absolute_url()).content.decode()
    pairs = list(texts())
    foreign = [pair[0] if language == "id" else pair[1] for pair in pairs]
    own = {pair[1] if language == "id" else pair[0] for pair in pairs}
    assert strangers(html, [text for text in foreign if text not in own]) == []


def test_language_switch_keeps_page_and_filters(client: Any, firm: Firm) -> None:
    asked = "?wilayah=kab-cirebon&wilayah=kuningan&q=rotan&hal=2"
    html = unescape(client.get(f"/katalog/usaha/{asked}").content.decode())
    assert f'href="/en/katalog/usaha/{asked}"' in html
    english = unescape(client.get(f"/en/katalog/usaha/{asked}").content.decode())
    assert f'href="/katalog/usaha/{asked}"' in english


def test_language_switch_works_where_there_is_no_page(client: Any, db: None) -> None:
    assert 'href="/en/tidak-ada/"' in client.get("/tidak-ada/").content.decode()
    assert 'href="/tidak-ada/"' in client.get("/en/tidak-ada/").content.decode()


def test_search_engines_get_one_address_and_both_languages(client: Any, firm: Firm) -> None:
    html = client.get("/katalog/usaha/?q=rotan").content.decode()
    assert '<link rel="canonical" href="http://testserver/katalog/usaha/">' in html
    assert 'hreflang="id" href="http://testserver/katalog/usaha/?q=rotan"' in html
    assert 'hreflang="en" href="http://testserver/en/katalog/usaha/?q=rotan"' in html
    for address in ("/", "/katalog/usaha/", firm.get_absolute_url()):
        assert '<meta name="description" content="' in client.get(address).content.decode()


@pytest.mark.parametrize("address", ["/masuk/", "/tidak-ada/", *STAFF])
def test_staff_and_error_pages_stay_out_of_search_engines(
    client: Any, people: dict[str, User], address: str
) -> None:
    if address in STAFF:
        client.force_login(people["province"])
    assert '<meta name="robots" content="noindex">' in client.get(address).content.decode()


@pytest.mark.parametrize("address", [*PUBLIC, "/masuk/", *STAFF])
def test_frame_of_a_page(client: Any, people: dict[str, User], address: str) -> None:
    if address in STAFF:
        client.force_login(people["official_kuningan"])
    html = client.get(address).content.decode()
    assert html.count("<h1") == 1
    assert html.count("<main ") == 1
    assert html.index('class="lewati"') < html.index("<main ")
    used = set(re.findall(r'<use href="#([^"]+)"', html))
    drawn = set(re.findall(r'<symbol id="([^"]+)"', html))
    assert used <= drawn
    outside = re.findall(r'(?:src|href|action)="(https?://[^"]*)"', html)
    assert [link for link in outside if "//testserver/" not in link] == []


def test_home_shows_regions_in_their_order_with_counts(client: Any, firm: Firm) -> None:
    answer = client.get("/")
    regions = [(r.slug, totals.firms.count) for r, totals, _what in answer.context["regions"]]
    assert regions == [
        ("kota-cirebon", 0),
        ("kab-cirebon", 1),
        ("indramayu", 0),
        ("majalengka", 0),
        ("kuningan", 0),
    ]
    html = answer.content.decode()
    assert "Kab. Cirebon: 1 usaha" in html
    assert "Rotan, bambu, dan anyaman" in html


def test_mistake_of_ours_is_told_without_database() -> None:
    request = RequestFactory().get("/")
    answer = views.broken(request)
    html = answer.content.decode()
    assert answer.status_code == 500
    assert "style" not in html.replace('rel="stylesheet"', "")
    assert settings.STATIC_URL + "css/gaya.css" in html


def test_person_without_the_right_is_told_who_can_give_it(
    client: Any, people: dict[str, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    from accounts import policy

    client.force_login(people["province"])
    monkeypatch.setattr(policy, "may_kind", lambda *_args: False)
    answer = client.get("/kerja/dasbor/")
    assert answer.status_code == 403
    assert "admin provinsi" in answer.content.decode().lower()
