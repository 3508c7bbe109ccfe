"""A firm that is taken down: 410 and others like it, without its name; never shown ones are 404."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.utils.translation import override

from promotions.similar import similar_to
from registry.models import Consent, Firm
from registry.services import SYSTEM, consent_withdraw, firm_close
from tests.registry.factories import CIGUGUR, PAOMAN, TEGALWANGI, make_firm

pytestmark = pytest.mark.django_db


def path_of(firm: Firm) -> str:
    with override("id"):
        return firm.get_absolute_url()


def take_down(firm: Firm, how: str) -> None:
    if how == "withdrawn":
        consent_withdraw(consent=Consent.objects.get(firm=firm, purpose="catalogue"), by=SYSTEM)
    elif how == "closed":
        firm_close(firm=firm, by=SYSTEM, reason="uji")
    else:
        Firm.objects.filter(pk=firm.pk).update(status="inactive")


@pytest.mark.parametrize("how", ["withdrawn", "closed", "at rest"])
@pytest.mark.parametrize("language", ["", "/en"])
def test_firm_taken_down_answers_gone_without_its_name(
    client: Any, how: str, language: str
) -> None:
    firm = make_firm("Sembunyi Sekarang", products="rotan langka", consents=("catalogue",))
    make_firm("Rotan Lain", village=CIGUGUR, consents=("catalogue",))
    path = path_of(firm)
    take_down(firm, how)
    for asked in (language + path, f"{language}/usaha/x-u{firm.pk}/"):
        answer = client.get(asked)
        html = unescape(answer.content.decode())
        assert answer.status_code == 410
        assert "Rotan Lain" in html
        assert "noindex" in html
        # The address itself stands in the links to the other language, as it was asked.
        assert "sembunyi" not in html.replace(path, "").lower()
        assert "rotan langka" not in html


@pytest.mark.parametrize("language", ["", "/en"])
def test_firm_that_never_agreed_is_not_found(client: Any, language: str) -> None:
    firm = make_firm("Tidak Pernah", consents=("whatsapp",))
    assert client.get(language + path_of(firm)).status_code == 404
    assert client.get(f"{language}/usaha/x-u{10**17}/").status_code == 404


def test_firm_that_agrees_again_is_back(client: Any) -> None:
    firm = make_firm("Kembali", consents=("catalogue",))
    take_down(firm, "at rest")
    Firm.objects.filter(pk=firm.pk).update(status="active")
    assert client.get(path_of(firm)).status_code == 200


def test_gone_page_has_a_query_budget(client: Any, django_assert_max_num_queries: Any) -> None:
    firm = make_firm("Pergi", consents=("catalogue",))
    for n in range(12):
        make_firm(f"Rotan {n}", village=[CIGUGUR, PAOMAN][n % 2], consents=("catalogue",))
    take_down(firm, "closed")
    with django_assert_max_num_queries(16):
        assert client.get(path_of(firm)).status_code == 410


def test_similar_firms_come_from_other_regions_by_turns_first() -> None:
    own = make_firm("Sendiri", village=TEGALWANGI, consents=("catalogue",))
    near = make_firm("Dekat", village=TEGALWANGI, consents=("catalogue",))
    north = [make_firm(f"Utara {n}", village=PAOMAN, consents=("catalogue",)) for n in range(3)]
    south = make_firm("Selatan", village=CIGUGUR, consents=("catalogue",))
    make_firm("Batik", village=PAOMAN, kbli="2020-13134", consents=("catalogue",))
    make_firm("Tanpa Izin", village=CIGUGUR)
    assert similar_to(Firm.objects.public(), own, 3) == [north[0], south, north[1]]
    assert similar_to(Firm.objects.public(), own, 6)[-1] == near


def test_similar_firms_go_round_so_that_none_stands_beside_all() -> None:
    firms = [make_firm(f"Rotan {n}", consents=("catalogue",)) for n in range(6)]
    beside = [found.pk for firm in firms for found in similar_to(Firm.objects.public(), firm, 2)]
    assert sorted(beside) == sorted([firm.pk for firm in firms] * 2)


def test_firm_of_unknown_kind_has_no_similar_ones() -> None:
    make_firm("Rotan", consents=("catalogue",))
    assert (
        similar_to(Firm.objects.public(), make_firm("Tanpa", kbli=None, consents=("catalogue",)), 3)
        == []
    )
