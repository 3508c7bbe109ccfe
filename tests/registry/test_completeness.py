"""Ten facts of a firm: there or missing, counted the same in Python and in the database."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.completeness import FACTS, missing_of, share_of
from registry.models import Firm
from tests.registry.factories import make_firm

WHOLE = {
    "legal_form": "cv",
    "products": "kursi rotan",
    "nib": "0220001234567",
    "address": "Blok Kliwon",
    "phone": "+6281200001234",
    "start_year": 1998,
    "profile": {"workers_total": 0},
    "siinas": {"state": "not_registered"},
}


@pytest.mark.django_db
def test_firm_with_every_fact_is_whole() -> None:
    firm = make_firm(**WHOLE)
    assert missing_of(firm) == []
    assert share_of([]) == 100
    assert Firm.objects.get().own_facts == 7


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("key", "changes"),
    [
        ("bentuk", {"legal_form": ""}),
        ("produk", {"products": ""}),
        ("nib", {"nib": None}),
        ("alamat", {"address": ""}),
        ("telepon", {"phone": ""}),
        ("mulai", {"start_year": None}),
        ("kbli", {"kbli": None}),
        ("pekerja", {"profile": {"workers_male": 3}}),
        ("pekerja", {"profile": None}),
        ("siinas", {"siinas": None}),
    ],
)
def test_each_fact_is_missed_alone(key: str, changes: dict[str, object]) -> None:
    firm = make_firm(**{**WHOLE, **changes})
    assert [fact.key for fact in missing_of(firm)] == [key]
    assert share_of(missing_of(firm)) == 90
    found = {fact.key: Firm.objects.lacking(fact.key).count() for fact in FACTS}
    assert found == {fact.key: int(fact.key == key) for fact in FACTS}


@pytest.mark.django_db
def test_whatsapp_alone_is_a_way_to_reach_the_firm() -> None:
    firm = make_firm(**{**WHOLE, "phone": "", "whatsapp": "+6281200009999"})
    assert missing_of(firm) == []


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    chosen=st.fixed_dictionaries(
        {
            "legal_form": st.sampled_from(["", "cv"]),
            "products": st.sampled_from(["", "batik"]),
            "address": st.sampled_from(["", "Blok A"]),
            "phone": st.sampled_from(["", "+6281200001234"]),
            "start_year": st.sampled_from([None, 2001]),
        }
    )
)
@pytest.mark.django_db
def test_kept_count_agrees_with_the_facts(chosen: dict[str, object]) -> None:
    firm = make_firm(**chosen)
    own = sum(fact.own for fact in FACTS)
    missing = sum(fact.own for fact in missing_of(firm))
    assert Firm.objects.get(pk=firm.pk).own_facts == own - missing
