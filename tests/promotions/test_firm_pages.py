"""Public list and page of firms: consent decides, an allow-list shows, filters filter."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.cache import cache

from registry.models import Certificate, Consent, Firm, PublicationDecision
from registry.services import SYSTEM, consent_withdraw, save_row
from tests.registry.factories import CIGUGUR, PAOMAN, make_firm

pytestmark = pytest.mark.django_db
LIST = "/katalog/usaha/"
PLANTED = {
    "owner": "Pemilik Rahasia",
    "phone": "+6281200001234",
    "npwp": "012345678901234",
    "address": "Gang Tersembunyi 7",
    "latitude": "-6.71234",
    "workers": 17,
    "investment": 123456789,
}


def planted_firm(**more: Any) -> Firm:
    return make_firm(
        "Rotan Terbuka",
        owner=PLANTED["owner"],
        phone=PLANTED["phone"],
        npwp=PLANTED["npwp"],
        address=PLANTED["address"],
        latitude=PLANTED["latitude"],
        longitude="108.48765",
        products="kursi rotan",
        profile={"workers_total": 17, "investment": 123456789},
        **more,
    )


def page(client: Any, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_firm_without_consent_is_nowhere(client: Any) -> None:
    firm = planted_firm()
    assert "Rotan Terbuka" not in page(client, LIST)
    assert client.get(firm.get_absolute_url()).status_code == 404


def test_firm_with_consent_shows_and_withdrawing_takes_it_down_at_once(client: Any) -> None:
    firm = planted_firm(consents=("catalogue",))
    assert "Rotan Terbuka" in page(client, LIST)
    consent_withdraw(consent=Consent.objects.get(firm=firm), by=SYSTEM)
    assert "Rotan Terbuka" not in page(client, LIST)
    assert client.get(firm.get_absolute_url()).status_code == 410


def test_internal_values_never_leave(client: Any) -> None:
    firm = planted_firm(consents=("catalogue",))
    for address in ("/", LIST, f"{LIST}?q=rotan", firm.get_absolute_url(), "/en" + LIST):
        html = page(client, address)
        for secret in ("Rahasia", "1200001234", "012345678901234", "Tersembunyi", "6.71234"):
            assert secret not in html, (address, secret)
        assert "123456789" not in html
        assert "123.456.789" not in html


def test_contact_and_point_show_with_their_own_consents(client: Any) -> None:
    firm = planted_firm(consents=("catalogue", "whatsapp"))
    html = page(client, firm.get_absolute_url())
    assert "wa.me/6281200001234" in html
    assert "6.71234" not in html
    other = make_firm(
        "Lain", latitude="-6.70001", longitude="108.40001", consents=("catalogue", "exact_location")
    )
    assert "geo:-6.70001,108.40001" in page(client, other.get_absolute_url())


def test_office_decision_publishes_bodies_but_never_against_a_withdrawal(client: Any) -> None:
    body = make_firm("Badan", legal_form="cv")
    person = make_firm("Orang", legal_form="perorangan")
    refused = make_firm("Menolak", legal_form="pt", consents=("catalogue",))
    consent_withdraw(consent=Consent.objects.get(firm=refused), by=SYSTEM)
    assert not Firm.objects.public().exists()
    decision = PublicationDecision(
        regency_id="32.09", number="1/2026", decided_on=dt.date(2026, 11, 1), reason="uji"
    )
    save_row(decision, by=SYSTEM, reason="uji")
    assert set(Firm.objects.public()) == {body}
    assert person not in Firm.objects.public()


def test_page_says_that_the_firm_confirmed_and_not_that_the_office_did(client: Any) -> None:
    firm = make_firm("Rotan", consents=("catalogue",))
    Firm.objects.filter(pk=firm.pk).update(self_confirmed_on=dt.date(2026, 11, 3))
    html = page(client, f"/en{firm.get_absolute_url()}")
    assert "Confirmed by the firm itself on 3 November 2026." in html
    assert "has not yet gone through the data" in html


def test_old_name_in_the_address_leads_to_the_present_one(client: Any) -> None:
    firm = make_firm("Nama Baru", consents=("catalogue",))
    answer = client.get(f"/usaha/nama-lama-u{firm.pk}/")
    assert (answer.status_code, answer["Location"]) == (301, firm.get_absolute_url())


def test_filters_widen_inside_a_group_and_narrow_between(client: Any) -> None:
    make_firm("Rotan Cirebon", consents=("catalogue",))
    make_firm("Batik Indramayu", village=PAOMAN, kbli="2020-13134", consents=("catalogue",))
    make_firm("Rotan Kuningan", village=CIGUGUR, consents=("catalogue",))
    both = page(client, f"{LIST}?wilayah=kab-cirebon&wilayah=indramayu")
    assert ("Rotan Cirebon" in both, "Batik Indramayu" in both) == (True, True)
    assert "Rotan Kuningan" not in both
    narrowed = page(client, f"{LIST}?wilayah=kab-cirebon&wilayah=indramayu&komoditas=batik-tenun")
    assert ("Rotan Cirebon" in narrowed, "Batik Indramayu" in narrowed) == (False, True)


def test_only_valid_certificates_count(client: Any) -> None:
    good, old = (
        make_firm("Masih", consents=("catalogue",)),
        make_firm("Sudah", consents=("catalogue",)),
    )
    for firm, ends in ((good, dt.date(2099, 1, 1)), (old, dt.date(2020, 1, 1))):
        row = Certificate(firm=firm, kind="halal", number=f"H{firm.pk}", valid_until=ends)
        save_row(row, by=SYSTEM, reason="uji")
    html = page(client, f"{LIST}?sertifikat=halal")
    assert ("Masih" in html, "Sudah" in html) == (True, False)
    assert f"H{old.pk}" not in page(client, old.get_absolute_url())


def test_unknown_filter_value_is_told_and_left_out(client: Any) -> None:
    make_firm("Rotan Cirebon", consents=("catalogue",))
    html = page(client, f"{LIST}?wilayah=atlantis")
    assert "atlantis" in html
    assert "Rotan Cirebon" in html


@pytest.mark.parametrize("number", ["0", "999", "abc", "-1", "٣"])
def test_page_number_that_does_not_exist_still_answers(client: Any, number: str) -> None:
    make_firm("Rotan Cirebon", consents=("catalogue",))
    assert "Rotan Cirebon" in page(client, f"{LIST}?hal={number}")


def test_english_side_says_the_same_in_english(client: Any) -> None:
    make_firm("Rotan Cirebon", consents=("catalogue",))
    english, indonesian = page(client, f"/en{LIST}?wilayah=kab-cirebon"), page(client, LIST)
    assert '<html lang="en">' in english
    assert "Apply filters" in english
    assert "Terapkan saringan" in indonesian
    assert "Terapkan" not in english
    assert f'href="{LIST}?wilayah=kab-cirebon"' in english


@pytest.mark.parametrize(("address", "budget"), [("/", 28), (LIST, 20), (LIST + "?q=rotan", 20)])
def test_queries_do_not_grow_with_the_register(
    client: Any, address: str, budget: int, django_assert_max_num_queries: Any
) -> None:
    for n in range(30):
        make_firm(f"Rotan {n}", consents=("catalogue",))
    cache.clear()
    with django_assert_max_num_queries(budget):
        client.get(address)


def test_firm_page_has_a_query_budget(client: Any, django_assert_max_num_queries: Any) -> None:
    firm = planted_firm(consents=("catalogue", "siinas_badge"))
    for n in range(12):
        make_firm(f"Rotan {n}", village=[CIGUGUR, PAOMAN][n % 2], consents=("catalogue",))
    with django_assert_max_num_queries(19):
        client.get(firm.get_absolute_url())
