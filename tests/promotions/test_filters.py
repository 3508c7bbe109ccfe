"""The filter panel: what it shows, what it takes out, what helps when nothing is left."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache

from promotions.pages import COUNT_LIMIT, Page
from registry.models import Centre
from registry.services import SYSTEM, centre_step, save_row
from tests.registry.factories import CIGUGUR, make_firm

pytestmark = pytest.mark.django_db
LIST = "/katalog/usaha/"


def page(client: Any, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return unescape(answer.content.decode())


def test_one_bad_value_leaves_the_good_ones_in_force(client: Any) -> None:
    make_firm("Rotan Cirebon", consents=("catalogue",))
    make_firm("Rotan Kuningan", village=CIGUGUR, consents=("catalogue",))
    html = page(client, f"{LIST}?wilayah=kuningan&wilayah=atlantis&sertifikat=emas")
    assert "atlantis, emas" in html
    assert ("Rotan Kuningan" in html, "Rotan Cirebon" in html) == (True, False)


def test_unknown_values_are_shown_as_text_and_not_without_end(client: Any) -> None:
    many = "&".join(f"wilayah=x{n}" for n in range(200))
    html = client.get(f"{LIST}?wilayah=<script>alert(1)</script>&{many}").content.decode()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    told = re.search(r'class="pesan awas[^>]*>(.*?)</p>', html, re.S)
    assert told
    assert "x3" in told.group(1)
    assert "x4" not in told.group(1)


@pytest.mark.parametrize("question", ["a" * 5000, "rotan\x00", "' OR 1=1 --", "%_%", "  "])
def test_question_of_any_kind_answers(client: Any, question: str) -> None:
    assert client.get(LIST, {"q": question}).status_code == 200


def test_clearing_filters_keeps_the_question(client: Any) -> None:
    html = page(client, f"{LIST}?q=rotan&wilayah=kuningan&urut=terbaru")
    assert f'href="{LIST}?q=rotan&urut=terbaru#hasil">Hapus semua' in html


def test_chip_leaves_out_one_value_only(client: Any) -> None:
    html = page(client, f"{LIST}?wilayah=kuningan&wilayah=indramayu&hal=3")
    assert f'href="{LIST}?wilayah=indramayu#hasil"' in html
    assert f'href="{LIST}?wilayah=kuningan#hasil"' in html
    assert re.search(r">\s*atau\s*<", html)


def test_group_with_a_ticked_value_stands_open(client: Any) -> None:
    folded = page(client, LIST)
    assert "<details open" not in folded
    assert "<details open" in page(client, f"{LIST}?keadaan=terverifikasi")
    assert 'class="sisa" open' in page(client, f"{LIST}?komoditas=kemasan-cetak")


def test_empty_list_names_what_to_leave_out_and_what_one_then_gets(client: Any) -> None:
    make_firm("Rotan Kuningan", village=CIGUGUR, consents=("catalogue",))
    html = page(client, f"{LIST}?wilayah=kuningan&sertifikat=halal")
    assert f'href="{LIST}?wilayah=kuningan#hasil"' in html
    assert "(1 usaha)" in html


def test_empty_catalogue_says_how_firms_get_in(client: Any) -> None:
    html = page(client, LIST)
    assert 'class="kosong"' in html
    assert "menyetujui" in html or "setuju" in html


def test_order_by_newest(client: Any) -> None:
    for name in ("Aneka", "Beta"):
        make_firm(name, consents=("catalogue",))
    by_name, newest = page(client, f"{LIST}?urut=nama"), page(client, f"{LIST}?urut=terbaru")
    assert by_name.index("Aneka") < by_name.index("Beta")
    assert newest.index("Beta") < newest.index("Aneka")


def test_order_of_the_list_is_by_completeness_then_name(client: Any) -> None:
    make_firm("Aneka", consents=("catalogue",))
    make_firm("Cipta", products="kursi", start_year=1998, consents=("catalogue",))
    make_firm("Beta", products="kursi", consents=("catalogue",))
    make_firm("Bagus", products="meja", consents=("catalogue",))
    html = page(client, LIST)
    places = [html.index(f">{name}</a>") for name in ("Cipta", "Bagus", "Beta", "Aneka")]
    assert places == sorted(places)
    assert 'value="lengkap" selected' in html


@pytest.mark.parametrize("order", ["lengkap", "terbaru", "nama"])
def test_pages_of_firms_alike_show_each_once(client: Any, order: str) -> None:
    for _n in range(30):
        make_firm("Sama", consents=("catalogue",))
    shown = [
        address
        for number in (1, 2)
        for address in re.findall(
            r'<h3><a href="(/usaha/[^"]+)"', page(client, f"{LIST}?urut={order}&hal={number}")
        )
    ]
    assert (len(shown), len(set(shown))) == (30, 30)


def test_districts_appear_once_one_region_is_chosen(client: Any) -> None:
    assert 'name="kecamatan"' not in page(client, LIST)
    assert 'name="kecamatan"' not in page(client, f"{LIST}?wilayah=kuningan&wilayah=indramayu")
    one = page(client, f"{LIST}?wilayah=kab-cirebon")
    assert one.count('name="kecamatan"') == 40
    assert "Semua 40 kecamatan" in one


def test_district_narrows_within_its_region(client: Any) -> None:
    make_firm("Rotan Weru", consents=("catalogue",))
    make_firm("Rotan Lain", village="32.09.21.2001", consents=("catalogue",))
    html = page(client, f"{LIST}?wilayah=kab-cirebon&kecamatan=32.09.19")
    assert ("Rotan Weru" in html, "Rotan Lain" in html) == (True, False)
    assert page(client, f"{LIST}?kecamatan=32.09.19").count("checked") == 2  # with its region


def test_district_beside_several_regions_is_told_and_left_out(client: Any) -> None:
    make_firm("Rotan Lain", village="32.09.21.2001", consents=("catalogue",))
    html = page(client, f"{LIST}?wilayah=kab-cirebon&wilayah=kuningan&kecamatan=32.09.19")
    assert "Rotan Lain" in html
    assert "yang ini dilewati: " in html
    assert "32.09.99" in page(client, f"{LIST}?wilayah=kuningan&kecamatan=32.09.99")


def test_region_taken_out_takes_its_district_along(client: Any) -> None:
    html = page(client, f"{LIST}?wilayah=kab-cirebon&kecamatan=32.09.19&urut=nama")
    assert f'class="hapus" href="{LIST}?urut=nama#hasil"' in html


def test_centre_narrows_and_shows_only_while_it_means_something(client: Any) -> None:
    firm = make_firm("Di Sentra", consents=("catalogue",))
    make_firm("Di Luar", consents=("catalogue",))
    centre = Centre.objects.public().filter(regency="32.09").first()
    site = firm.sites.get()
    site.centre = centre
    save_row(site, by=SYSTEM, reason="uji")
    assert 'name="sentra"' not in page(client, LIST)
    html = page(client, f"{LIST}?sentra={centre.slug}")
    assert ("Di Sentra" in html, "Di Luar" in html) == (True, False)
    assert centre.name in page(client, firm.get_absolute_url())
    assert 'name="sentra"' in page(client, f"{LIST}?wilayah=kab-cirebon")


def test_centre_that_is_not_public_is_unknown(client: Any) -> None:
    centre = Centre.objects.public().first()
    centre_step(centre=centre, target="inactive", by=SYSTEM, note="uji")
    firm = make_firm("Di Sentra", consents=("catalogue",))
    type(firm.sites.get()).objects.filter(firm=firm).update(centre=centre)
    assert "lewati" in page(client, f"{LIST}?sentra={centre.slug}")
    assert centre.name not in page(client, f"{LIST}?sentra={centre.slug}").replace(centre.slug, "")
    assert centre.name not in page(client, firm.get_absolute_url())


def test_long_list_says_more_than_and_that_one_must_filter() -> None:
    long = Page([1] * 24, 100, 100, 24, COUNT_LIMIT, True)
    assert long.truncated
    assert not Page([1] * 3, 1, 1, 24, 3, False).truncated


def test_sample_firm_wears_its_mark(client: Any) -> None:
    make_firm("Nyata", consents=("catalogue",))
    assert "lencana belum" not in page(client, LIST)
    made_up = make_firm("Rekaan", consents=("catalogue",))
    type(made_up).objects.filter(pk=made_up.pk).update(is_sample=True)
    assert "lencana belum" in page(client, LIST)


def test_empty_list_with_every_filter_keeps_the_budget_of_queries(
    client: Any, django_assert_max_num_queries: Any
) -> None:
    make_firm("Rotan Kuningan", village=CIGUGUR, consents=("catalogue",))
    asked = "q=zzz&wilayah=kuningan&komoditas=batik-tenun&kelompok=logam-mesin&sertifikat=svlk"
    cache.clear()
    with django_assert_max_num_queries(27):
        assert "kosong" in page(client, f"{LIST}?{asked}")
