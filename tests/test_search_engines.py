"""What search engines read: open and closed addresses, every public page in both languages."""

from __future__ import annotations

import re
from typing import Any
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest

from ciayumajakuning import search_engines
from registry.models import Consent
from registry.services import SYSTEM, consent_withdraw
from tests.registry.factories import make_firm

pytestmark = pytest.mark.django_db
SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def tree(client: Any, address: str) -> ElementTree.Element:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)


def addresses(client: Any, address: str) -> list[str]:
    found = [loc.text or "" for loc in tree(client, address).findall(".//s:loc", SPACE)]
    return [one.removeprefix("http://testserver") for one in found]


def test_robots_close_the_staff_side_and_open_the_rest(client: Any) -> None:
    answer = client.get("/robots.txt")
    assert answer["Content-Type"].startswith("text/plain")
    rules = RobotFileParser()
    rules.parse(answer.content.decode().splitlines())
    for path in ("/", "/en/", "/katalog/usaha/", "/sentra/", "/privasi/"):
        assert rules.can_fetch("*", path), path
    for path in ("/kerja/dasbor/", "/en/kelola/", "/masuk/", "/en/akun/2fa/"):
        assert not rules.can_fetch("*", path), path
    assert rules.site_maps() == ["http://testserver/sitemap.xml"]


def test_every_page_of_the_list_answers_in_both_languages(client: Any) -> None:
    make_firm("Rotan", consents=("catalogue",))
    found = [page for part in addresses(client, "/sitemap.xml") for page in addresses(client, part)]
    assert len(found) == len(set(found))
    for wanted in ("/", "/en/", "/tentang/", "/wilayah/kuningan/", "/en/sentra/rotan-tegalwangi/"):
        assert wanted in found
    assert {page for page in found if client.get(page).status_code != 200} == set()


def test_each_page_names_its_other_language(client: Any) -> None:
    make_firm("Rotan", consents=("catalogue",))
    [part] = [a for a in addresses(client, "/sitemap.xml") if "usaha" in a]
    for url in tree(client, part).findall("s:url", SPACE):
        links = {link.get("hreflang"): link.get("href") for link in url.findall("x:link", SPACE)}
        assert set(links) == {"id", "en"}
        assert "/en/usaha/rotan-u" in str(links["en"])
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", url.findtext("s:lastmod", "", SPACE))


def test_only_public_firms_are_listed(client: Any) -> None:
    shown = make_firm("Rotan Terbuka", consents=("catalogue",))
    make_firm("Rotan Tertutup")
    block = shown.pk // search_engines.BLOCK
    html = client.get(f"/sitemap-usaha-{block}.xml").content.decode()
    assert "rotan-terbuka" in html
    assert "rotan-tertutup" not in html
    consent_withdraw(consent=Consent.objects.get(firm=shown), by=SYSTEM)
    assert client.get(f"/sitemap-usaha-{block}.xml").status_code == 404


def test_firms_stand_in_blocks_by_their_key(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_engines, "BLOCK", 2)
    firms = [make_firm(f"Rotan {n}", consents=("catalogue",)) for n in range(5)]
    parts = [a for a in addresses(client, "/sitemap.xml") if "usaha" in a]
    assert parts == [f"/sitemap-usaha-{n}.xml" for n in sorted({f.pk // 2 for f in firms})]
    listed = [page for part in parts for page in addresses(client, part)]
    assert len(listed) == 2 * len(firms)


def test_no_request_grows_with_the_firms(client: Any, django_assert_max_num_queries: Any) -> None:
    for n in range(20):
        make_firm(f"Rotan {n}", consents=("catalogue",))
    parts = addresses(client, "/sitemap.xml")
    for address in ["/robots.txt", "/sitemap.xml", *parts]:
        with django_assert_max_num_queries(2):
            client.get(address)
