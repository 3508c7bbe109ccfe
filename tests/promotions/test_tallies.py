"""The numbers beside the filters: each is the list that a tick would show."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache

from promotions import tallies as module
from promotions.filters import FACETS, narrowed
from promotions.tallies import Tally, tallies
from registry.models import Centre, Certificate, Consent, Firm
from registry.services import SYSTEM, consent_withdraw, firm_close, save_row
from tests.registry.factories import CIGUGUR, PAOMAN, make_firm

pytestmark = pytest.mark.django_db
LIST = "/katalog/usaha/"
VALUES = {
    "wilayah": ["kota-cirebon", "kab-cirebon", "indramayu", "kuningan"],
    "kecamatan": ["32.09.19", "32.09.21"],
    "komoditas": ["rotan-bambu", "batik-tenun", "mebel-kayu"],
    "sertifikat": ["tkdn_ik", "halal", "sni"],
    "keadaan": ["terdaftar", "diperiksa", "terverifikasi"],
    "kelompok": ["kayu-rotan-mebel", "tekstil-pakaian", "makanan-minuman"],
    "sentra": [],
}


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def centre(db: None) -> Centre:
    found: Centre = Centre.objects.public().filter(regency="32.09").first()
    return found


@pytest.fixture
def firms(centre: Centre) -> None:
    """A few firms of each kind; two of them hold several certificates or activities."""
    shown = {"consents": ("catalogue",)}
    rattan = make_firm("Rotan Satu", **shown)
    second = make_firm("Rotan Dua", village="32.09.21.2001", **shown)
    batik = make_firm("Batik Satu", village=PAOMAN, kbli="2020-13134", **shown)
    make_firm("Rotan Tiga", village=CIGUGUR, **shown)
    make_firm("Tanpa Kegiatan", kbli=None, **shown)
    make_firm("Tanpa Izin")
    for number in ("A1", "A2"):
        _certificate(rattan, "halal", number)
    _certificate(rattan, "sni", "B1")
    _certificate(second, "halal", "A3", ends=dt.date(2020, 1, 1))
    _certificate(batik, "halal", "A4")
    Firm.objects.filter(pk=second.pk).update(confirmed_on="2026-05-02", confirmed_how="visit")
    Firm.objects.filter(pk=batik.pk).update(verified_on="2026-05-02", verified_document="nib")
    site = rattan.sites.get()
    site.centre = centre
    save_row(site, by=SYSTEM, reason="uji")


def _certificate(firm: Firm, kind: str, number: str, ends: dt.date = dt.date(2099, 1, 1)) -> None:
    row = Certificate(firm=firm, kind=kind, number=number, valid_until=ends)
    save_row(row, by=SYSTEM, reason="uji")


def numbers(html: str, name: str) -> dict[str, str]:
    """Value and number of the boxes of a group, as the page shows them."""
    found = re.findall(rf'name="{name}" value="([^"]+)".*?<small>([^<]*)</small>', html)
    return dict(found)


@pytest.mark.parametrize(
    ("asked", "q"),
    [
        ({}, ""),
        ({}, "rotan"),
        ({"wilayah": ["kab-cirebon", "indramayu"]}, ""),
        ({"wilayah": ["kab-cirebon"], "kecamatan": ["32.09.19"], "sertifikat": ["halal"]}, ""),
        ({"komoditas": ["batik-tenun"], "keadaan": ["terverifikasi", "diperiksa"]}, "paoman"),
        ({"kelompok": ["kayu-rotan-mebel"], "sertifikat": ["sni"]}, ""),
    ],
)
def test_number_is_what_the_list_shows_when_only_this_value_is_ticked(
    firms: None, centre: Centre, asked: dict[str, list[str]], q: str
) -> None:
    values = VALUES | {"sentra": [centre.slug]}
    counted = tallies(Firm.objects.public(), asked, q, values)
    for facet in FACETS:
        for value in values[facet.name]:
            tick = {k: v for k, v in asked.items() if k not in facet.inner} | {facet.name: [value]}
            shown = narrowed(Firm.objects.public(), tick, q).count()
            assert counted[facet.name][value] == Tally(shown), (facet.name, value)


def test_own_group_does_not_lower_its_numbers_and_others_do(client: Any, firms: None) -> None:
    html = unescape(client.get(f"{LIST}?wilayah=indramayu&sertifikat=halal").content.decode())
    assert numbers(html, "wilayah") == {
        "kota-cirebon": "0",
        "kab-cirebon": "1",
        "indramayu": "1",
        "majalengka": "0",
        "kuningan": "0",
    }
    assert numbers(html, "sertifikat")["halal"] == "1"
    assert numbers(html, "sertifikat")["sni"] == "0"
    assert numbers(html, "komoditas")["batik-tenun"] == "1"


def test_firm_that_is_not_shown_is_not_counted(client: Any, firms: None) -> None:
    closed, withdrawn = Firm.objects.get(name="Rotan Tiga"), Firm.objects.get(name="Rotan Dua")
    firm_close(firm=closed, by=SYSTEM, reason="uji")
    consent_withdraw(consent=Consent.objects.get(firm=withdrawn), by=SYSTEM)
    html = client.get(f"{LIST}?q=rotan").content.decode()
    assert numbers(html, "wilayah")["kuningan"] == "0"
    assert numbers(html, "wilayah")["kab-cirebon"] == "1"


def test_number_beyond_the_limit_says_more_than(client: Any, firms: None, monkeypatch: Any) -> None:
    monkeypatch.setattr(module, "COUNT_LIMIT", 1)
    shown = numbers(
        client.get(f"{LIST}?sertifikat=halal&sertifikat=sni").content.decode(), "keadaan"
    )
    assert shown == {"terdaftar": "1", "diperiksa": "0", "terverifikasi": "1"}
    shown = numbers(client.get(LIST).content.decode(), "wilayah")
    assert (shown["kab-cirebon"], shown["kuningan"]) == ("1+", "1")


def test_whole_catalogue_is_counted_once_a_minute_and_a_filtered_one_each_time(
    client: Any, firms: None, django_assert_max_num_queries: Any
) -> None:
    first = numbers(client.get(LIST).content.decode(), "wilayah")
    make_firm("Baru", village=CIGUGUR, consents=("catalogue",))
    with django_assert_max_num_queries(10):
        assert numbers(client.get(LIST).content.decode(), "wilayah") == first
    filtered = client.get(f"{LIST}?keadaan=terdaftar").content.decode()
    assert numbers(filtered, "wilayah")["kuningan"] == "2"
    cache.clear()
    assert numbers(client.get(LIST).content.decode(), "wilayah")["kuningan"] == "2"


def test_larger_catalogue_is_read_in_part_and_says_at_least(
    firms: None, centre: Centre, monkeypatch: Any
) -> None:
    values = VALUES | {"sentra": [centre.slug]}
    exact = tallies(Firm.objects.public(), {}, "", values)
    cache.clear()
    monkeypatch.setattr(module, "SCAN_LIMIT", 3)  # of five public firms
    part = tallies(Firm.objects.public(), {}, "", values)
    for name, numbers_of_group in part.items():
        assert all(t.more and t.count <= exact[name][v].count for v, t in numbers_of_group.items())
    assert sum(tally.count for tally in part["wilayah"].values()) == 3
    narrow = tallies(Firm.objects.public(), {"wilayah": ["kab-cirebon"]}, "", values)
    assert narrow["sertifikat"]["halal"] == Tally(1)


@pytest.mark.parametrize(("limit", "budget"), [(50_000, 1), (3, 2)], ids=["usual", "large"])
def test_counting_costs_one_query_a_group(
    firms: None,
    centre: Centre,
    monkeypatch: Any,
    django_assert_num_queries: Any,
    limit: int,
    budget: int,
) -> None:
    monkeypatch.setattr(module, "SCAN_LIMIT", limit)
    public, values = Firm.objects.public(), VALUES | {"sentra": [centre.slug]}
    with django_assert_num_queries(len(FACETS) * budget + 1):
        tallies(public, {"wilayah": ["kab-cirebon"]}, "a", values)


def test_list_with_everything_ticked_keeps_the_budget(
    client: Any, firms: None, centre: Centre, django_assert_max_num_queries: Any
) -> None:
    asked = (
        "q=rotan&wilayah=kab-cirebon&kecamatan=32.09.19&komoditas=rotan-bambu&sertifikat=halal"
        f"&keadaan=terdaftar&kelompok=kayu-rotan-mebel&sentra={centre.slug}"
    )
    with django_assert_max_num_queries(27):
        html = client.get(f"{LIST}?{asked}").content.decode()
    assert "Rotan Satu" in html
