"""Centres and regions: public facts with their sources, public firms only, nothing internal."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache

from promotions import centres
from registry.models import Centre, CentreFigure, Consent, Firm, Regency
from registry.services import (
    SYSTEM,
    centre_propose,
    centre_step,
    consent_withdraw,
    firm_verify,
    save_row,
)
from tests.registry.factories import CIGUGUR, PAOMAN, TEGALWANGI, make_firm

pytestmark = pytest.mark.django_db
LIST = "/sentra/"
ROTAN = "/sentra/rotan-tegalwangi/"


def text_of(client: Any, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def member(name: str, centre: str = "rotan-tegalwangi", **fields: Any) -> Firm:
    """A firm with its site in a centre."""
    firm = make_firm(name, **fields)
    site = firm.sites.get()
    site.centre = Centre.objects.get(slug=centre)
    save_row(site, by=SYSTEM, reason="uji")
    return firm


def test_list_shows_every_public_centre_with_place_and_number(client: Any) -> None:
    member("Rotan Satu", consents=("catalogue",))
    member("Rotan Dua")
    text = text_of(client, f"{LIST}?wilayah=kab-cirebon&komoditas=rotan-bambu")
    assert "6 sentra" in text
    assert re.search(
        r"Sentra Rotan Tegalwangi .*? Kec\. Weru, Kab\. Cirebon Di katalog 1 usaha", text
    )


def test_list_narrows_within_both_groups_and_counts_what_a_tick_would_show(client: Any) -> None:
    answer = client.get(f"{LIST}?komoditas=batik-tenun&wilayah=indramayu")
    assert [card.regency.slug for card in answer.context["cards"]] == ["indramayu"] * 4
    regions, commodities = answer.context["groups"]
    here = {choice.value: choice.tally.count for choice in regions.choices}
    assert here["indramayu"] == 4
    assert here["kab-cirebon"] == 3
    assert here["kota-cirebon"] == 0
    kinds = {choice.value: choice.tally.count for choice in commodities.choices}
    assert kinds["batik-tenun"] == 4
    assert kinds["kerupuk-keripik"] == 1


def test_list_tells_of_unknown_filters_and_of_nothing_found(client: Any) -> None:
    assert "tidak dikenal" in text_of(client, f"{LIST}?wilayah=atlantis")
    text = text_of(client, f"{LIST}?wilayah=kota-cirebon")
    assert "Tidak ada sentra tercatat" in text


def test_list_is_in_the_order_of_the_regions_and_turns_pages(client: Any) -> None:
    first, second = client.get(LIST), client.get(f"{LIST}?hal=2")
    cards = [*first.context["cards"], *second.context["cards"]]
    assert len(cards) == Centre.objects.public().count()
    positions = [card.regency.position for card in cards]
    assert positions == sorted(positions)


def test_potential_and_inactive_centres_are_nowhere(client: Any) -> None:
    hidden = Centre.objects.get(slug="rotan-tegalwangi")
    centre_step(centre=hidden, target="inactive", by=SYSTEM, note="tutup")
    proposal = Centre(name="Sentra Rotan Usulan", commodity_id="rotan-bambu", regency_id="32.09")
    centre_propose(centre=proposal, by=SYSTEM)
    assert client.get(f"/sentra/{proposal.slug}/").status_code == 404
    assert "Rotan Usulan" not in text_of(client, f"{LIST}?komoditas=rotan-bambu")
    assert client.get(ROTAN).status_code == 404
    assert "Sentra Rotan Tegalwangi" not in text_of(client, f"{LIST}?komoditas=rotan-bambu")
    assert ROTAN not in client.get("/sitemap-halaman.xml").content.decode()


@pytest.mark.parametrize("address", ["/sentra/tidak-ada/", "/wilayah/tidak-ada/"])
def test_place_nobody_knows_is_not_found(client: Any, address: str) -> None:
    assert client.get(address).status_code == 404


def test_centre_shows_its_public_firms_only_and_withdrawing_takes_one_down(client: Any) -> None:
    firm = member("Rotan Terbuka", consents=("catalogue",))
    member("Rotan Tertutup")
    text = text_of(client, ROTAN)
    assert "Rotan Terbuka" in text
    assert "Rotan Tertutup" not in text
    assert "Desa Tegalwangi, Kec. Weru 1 usaha" in text
    consent_withdraw(consent=Consent.objects.get(firm=firm), by=SYSTEM)
    assert "Rotan Terbuka" not in text_of(client, ROTAN)


def test_centre_counts_each_village_and_names_those_of_its_source(client: Any) -> None:
    for n in range(2):
        member(f"Lain {n}", village="32.09.19.2008", consents=("catalogue",))
    member("Rotan Satu", village=TEGALWANGI, consents=("catalogue",))
    villages = client.get(ROTAN).context["centre"].villages
    assert [(village.code, village.firms) for village in villages] == [
        ("32.09.19.2008", 2),
        (TEGALWANGI, 1),
    ]


def test_centre_shows_twelve_firms_and_leads_to_all_in_the_catalogue(client: Any) -> None:
    for n in range(13):
        member(f"Rotan {n:02d}", consents=("catalogue",))
    answer = client.get(ROTAN)
    html = answer.content.decode()
    assert len(answer.context["cards"]) == 12
    assert 'href="/katalog/usaha/?sentra=rotan-tegalwangi#hasil"' in html
    assert "Lihat 13 usaha di katalog" in html
    assert "13 usaha" in text_of(client, "/katalog/usaha/?sentra=rotan-tegalwangi")


def test_reported_figure_stands_apart_with_year_source_and_its_note(client: Any) -> None:
    text = text_of(client, "/sentra/batu-alam-dukupuntang/")
    assert "usaha menurut sumber, 2025" in text
    assert "270" in text
    assert "13.000" in text
    assert "suaracirebon.com" in text
    assert "Angka pekerja jauh di atas catatan BPS" in text


def test_figure_that_nobody_reported_is_no_data_and_not_zero(client: Any) -> None:
    text = text_of(client, ROTAN)
    assert "belum ada data usaha menurut sumber" in re.sub(r"\s+", " ", reversed_tiles(text))
    assert "sumber tidak menyebut angka" in text


def reversed_tiles(text: str) -> str:
    """Tiles have the label first in the page and the number first on the screen."""
    return re.sub(r"(usaha menurut sumber) (belum ada data)", r"\2 \1", text)


def test_centre_with_few_known_firms_is_in_the_making(client: Any) -> None:
    assert "Sentra dalam pembinaan" in text_of(client, "/sentra/tenun-gedogan-juntikebon/")
    assert "Sentra dalam pembinaan" not in text_of(client, "/sentra/kerupuk-kenanga/")
    for n in range(5):
        member(f"Rotan {n}", consents=("catalogue",))
    cache.clear()  # numbers are kept for a minute
    assert "Sentra dalam pembinaan" not in text_of(client, ROTAN)


@pytest.mark.parametrize(
    ("slug", "precision"),
    [("rotan-tegalwangi", "titik tengah desa"), ("rotan-plumbon", "diketahui sampai kecamatan")],
)
def test_point_says_how_precise_it_is(client: Any, slug: str, precision: str) -> None:
    centre = Centre.objects.get(slug=slug)
    html = client.get(f"/sentra/{slug}/").content.decode()
    assert f'href="geo:{centre.latitude},{centre.longitude}"' in html
    assert precision in html


def test_point_of_its_own_is_told_as_the_offices(client: Any) -> None:
    Centre.objects.filter(slug="rotan-tegalwangi").update(latitude="-6.70001")
    assert "seperti yang dicatat dinas" in text_of(client, ROTAN)
    Centre.objects.filter(slug="rotan-tegalwangi").update(latitude=None, longitude=None)
    assert "geo:" not in client.get(ROTAN).content.decode()


def test_decree_of_a_designated_centre_is_shown(client: Any) -> None:
    centre = Centre.objects.get(slug="rotan-tegalwangi")
    english = f"/en{ROTAN}"
    assert "Recorded after the source named below, not designated" in text_of(client, english)
    centre_step(
        centre=centre,
        target="designated",
        by=SYSTEM,
        criterion="decree",
        decree_number="SK 12/2024",
        decree_date=dt.date(2024, 3, 1),
    )
    assert "Designated by decree SK 12/2024 , 1 Mar 2024" in text_of(client, english)
    centre_step(centre=centre, target="recorded", by=SYSTEM, note="dicabut")
    assert "SK 12/2024" not in text_of(client, ROTAN)
    centre_step(centre=centre, target="inactive", by=SYSTEM, note="tutup")
    assert client.get(ROTAN).status_code == 404


def test_several_years_of_figures_stand_newest_first(client: Any) -> None:
    centre = Centre.objects.get(slug="rotan-tegalwangi")
    for year, units in ((2019, 80), (2024, 86)):
        CentreFigure.objects.create(centre=centre, year=year, units=units, source=f"Uji {year}")
    page = client.get(ROTAN).context["centre"]
    assert [figure.year for figure in page.figures] == [2024, 2019]
    assert page.figure.units == 86


def test_leading_centre_of_each_region_has_the_most_firms() -> None:
    member("Rotan Satu", centre="rotan-sumber", consents=("catalogue",))
    leading = centres.leading_centres()
    assert [card.regency.slug for card in leading] == [
        "kab-cirebon",
        "indramayu",
        "majalengka",
        "kuningan",
    ]
    assert leading[0].slug == "rotan-sumber"


def test_regions_stand_in_their_order_with_numbers(client: Any) -> None:
    make_firm("Rotan", consents=("catalogue",))
    make_firm("Batik", village=PAOMAN, kbli="2020-13134")
    rows = client.get("/wilayah/").context["regions"]
    assert [(r.slug, t.firms.count, t.centres) for r, t, _made in rows] == [
        ("kota-cirebon", 0, 0),
        ("kab-cirebon", 1, 17),
        ("indramayu", 0, 5),
        ("majalengka", 0, 7),
        ("kuningan", 0, 8),
    ]
    assert rows[1][2] == ["Rotan, bambu, dan anyaman"]


@pytest.mark.parametrize(
    "slug", ["kota-cirebon", "kab-cirebon", "indramayu", "majalengka", "kuningan"]
)
def test_every_region_has_the_same_page(client: Any, slug: str) -> None:
    html = client.get(f"/wilayah/{slug}/").content.decode()
    assert re.search(r"<h1>\w+", html)
    for heading in ("Komoditas utama", "Sentra industri", "Wilayah lain"):
        assert f">{heading}</h2>" in html
    assert "per 2" in html  # every number has its date
    assert f"/katalog/usaha/?wilayah={slug}" in html


def test_parts_of_a_region_add_up_to_its_firms(client: Any) -> None:
    make_firm("Tape", village=CIGUGUR, kbli="2020-10792", consents=("catalogue",))
    make_firm("Tanpa KBLI", village=CIGUGUR, kbli=None, consents=("catalogue",))
    make_firm("Belum Setuju", village=CIGUGUR, kbli="2020-10792")
    context = client.get("/wilayah/kuningan/").context
    bars = {label: n for label, n, _link, _note in context["bars"]}
    assert bars["Makanan dan minuman"] == 1
    assert bars["Kelompok industri belum diketahui"] == 1
    assert context["totals"].firms.count == sum(bars.values())
    districts = {code: n for code, n, _link in context["districts"]}
    assert districts[CIGUGUR[:8]] == 2
    assert sum(districts.values()) == 2
    assert [part.key for part in context["products"]] == ["roti-kue"]


def test_verified_firms_are_told_on_the_home_page(client: Any, people: dict[str, Any]) -> None:
    firm = make_firm("Rotan", consents=("catalogue",))
    firm_verify(firm=firm, document="nib", by=people["cirebon_staff"])
    assert client.get("/").context["totals"].looked_at.count == 1


@pytest.mark.parametrize("address", [ROTAN, f"/en{ROTAN}", "/wilayah/kab-cirebon/", LIST])
def test_internal_values_never_leave(client: Any, address: str) -> None:
    member(
        "Rotan Terbuka",
        owner="Pemilik Rahasia",
        phone="+6281200001234",
        address="Gang Tersembunyi 7",
        latitude="-6.71234",
        longitude="108.48765",
        profile={"workers_total": 73197, "investment": 918273645},
        consents=("catalogue",),
    )
    html = client.get(address).content.decode()
    for secret in ("Rahasia", "1200001234", "Tersembunyi", "6.71234", "73197", "918273645"):
        assert secret not in html


@pytest.mark.parametrize(
    ("address", "most"),
    [("/", 28), (LIST, 18), (ROTAN, 20), ("/wilayah/", 16), ("/wilayah/kab-cirebon/", 28)],
)
def test_queries_do_not_grow_with_the_firms(
    client: Any, django_assert_max_num_queries: Any, address: str, most: int
) -> None:
    for n in range(15):
        member(f"Rotan {n:02d}", consents=("catalogue",))
    with django_assert_max_num_queries(most):
        client.get(address)


def test_regencies_are_rows_and_a_page_needs_no_mark(client: Any) -> None:
    Regency.objects.filter(slug="kuningan").update(mark="")
    assert client.get("/wilayah/kuningan/").status_code == 200
