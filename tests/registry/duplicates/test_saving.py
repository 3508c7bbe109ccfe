"""An ordinary save warns before it makes a duplicate, and remembers what the person says."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import override

from registry.models import DuplicatePair, Firm
from registry.services import pairs_refresh
from tests.registry.factories import CIGUGUR, TEGALWANGI, make_firm
from tests.registry.test_admin import ADD, typed

pytestmark = pytest.mark.django_db
PHONE = "+6281200001234"


@pytest.fixture
def officer(client: Any, people: dict[str, Any]) -> Any:
    client.force_login(people["cirebon_staff"])
    return client


def form(**fields: Any) -> dict[str, Any]:
    return typed(**{"name": "Rotan Lestari", "village": TEGALWANGI, "_save": "1", **fields})


def test_new_firm_that_may_be_there_already_is_stopped_with_the_reasons(officer: Any) -> None:
    there = make_firm("Rotan Lestari", phone=PHONE)
    with override("en"):
        answer = officer.post(f"/en{ADD}", form(phone="0812 0000 1234"))
    html = answer.content.decode()
    assert Firm.objects.count() == 1
    assert "same name, same village, same phone" in html
    assert f'href="/en/kerja/usaha/{there.pk}/"' in html
    assert f'name="bukan_ganda" value="{there.pk}"' in html
    assert 'value="Rotan Lestari"' in html  # what was typed stays


def test_tick_saves_and_is_remembered(officer: Any, people: dict[str, Any]) -> None:
    there = make_firm("Rotan Lestari")
    officer.post(ADD, form(bukan_ganda=str(there.pk)))
    new = Firm.objects.exclude(pk=there.pk).get()
    pair = DuplicatePair.objects.get()
    assert (pair.first, pair.second, pair.state) == (there, new, "not_duplicate")
    assert pair.decided_by == people["cirebon_staff"]
    assert pairs_refresh(Firm.objects.all()) == 0
    officer.post(f"/kelola/registry/firm/{new.pk}/change/", form(phone="0812 0000 1234"))
    new.refresh_from_db()
    assert new.phone == PHONE  # not asked again


def test_tick_for_one_firm_is_none_for_another(officer: Any) -> None:
    first = make_firm("Rotan Lestari")
    make_firm("Rotan Lestari Baru")
    make_firm("Lestari Rotan")
    officer.post(ADD, form(bukan_ganda=str(first.pk)))
    assert Firm.objects.count() == 3


def test_owner_typed_in_the_same_form_counts(officer: Any) -> None:
    make_firm("Tenun", owner="Siti Aminah")
    owners = {"owners-TOTAL_FORMS": "1", "owners-0-name": "SITI AMINAH", "owners-0-gender": ""}
    officer.post(ADD, form(name="Tenun", **owners))
    assert Firm.objects.count() == 1


def test_change_that_tells_nothing_new_is_not_stopped(officer: Any) -> None:
    make_firm("Rotan Lestari")
    other = make_firm("Rotan Lestari")
    officer.post(f"/kelola/registry/firm/{other.pk}/change/", form(brand="Merek"))
    other.refresh_from_db()
    assert other.brand == "Merek"


def test_change_into_a_likeness_is_stopped_with_a_way_to_compare(officer: Any) -> None:
    there, other = make_firm("Rotan Lestari"), make_firm("Anyaman Barokah")
    answer = officer.post(f"/kelola/registry/firm/{other.pk}/change/", form())
    assert f"usaha={other.pk}&amp;dengan={there.pk}#banding" in answer.content.decode()
    other.refresh_from_db()
    assert other.name == "Anyaman Barokah"


def test_firm_of_another_region_is_told_by_its_regency_only(officer: Any) -> None:
    make_firm("Rotan Lestari", village=CIGUGUR, phone=PHONE, email="jauh@contoh.id")
    with override("en"):
        html = officer.post(f"/en{ADD}", form(phone=PHONE)).content.decode()
    assert "A firm in Kab. Kuningan" in html
    assert "Cigugur" not in html
    assert "same phone" not in html
    officer.post(ADD, form(phone=PHONE, bukan_ganda="x"))
    assert Firm.objects.count() == 2
    assert not DuplicatePair.objects.exists()
