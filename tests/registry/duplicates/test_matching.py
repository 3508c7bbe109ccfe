"""Rows against the register: what is found, what is told to whom, and in how many questions."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from registry.duplicates.candidates import Candidate
from registry.duplicates.matching import Match, matches
from registry.models import DuplicatePair, Firm
from tests.registry.factories import CIGUGUR, TEGALWANGI, make_firm

pytestmark = pytest.mark.django_db
NIB = "0220001234567"
PHONE = "+6281200001234"
NEXT_DOOR = "32.09.19.2008"


def row(name: str, village: str = TEGALWANGI, **more: Any) -> Candidate:
    place = {"regency": village[:5], "district": village[:8], "village": village}
    return Candidate(name, **{**place, **more})


def only(by: Any, candidate: Candidate) -> list[Match]:
    return matches([candidate], by).get(0, [])


def test_name_is_found_in_its_village_with_spelling_and_order_forgiven(
    people: dict[str, Any],
) -> None:
    firm = make_firm("Sumber Rejeki Lestari")
    make_firm("Anyaman Barokah")
    for name in ("CV SUMBER REZEKI LESTARI", "Lestari Sumber Rejeki", "sumber rejeki lestri"):
        (match,) = only(people["cirebon_staff"], row(name))
        assert (match.firm, match.label, match.certain) == (firm.pk, "Sumber Rejeki Lestari", False)
    assert only(people["cirebon_staff"], row("Sumber Rejeki Lestari", NEXT_DOOR)) == []


@pytest.mark.parametrize(
    ("stored", "written"),
    [
        ("Kerupuk Ibu Yati", "Krupuk Bu Yati Jaya"),
        ("Kerupuk Ibu Yati", "Kerupuk Bu Yati"),
        ("Bu Yati Sejahtera", "Ibu Yati Sejahtera"),
        ("Sanggar Batik Kencana", "Batik Kencana Sanggar"),
        ("Putra Mandiri Sejahtera", "Putra Mandri Sejahtera"),
        ("Nova", "NOVA"),
        ("Eka Jaya", "Eka Jaya 2"),
        ("Usaha Mak’nyus", "Mak'nyus"),
    ],
)
def test_way_of_writing_a_name_that_a_person_is_asked_about_is_found(
    people: dict[str, Any], stored: str, written: str
) -> None:
    from registry.duplicates.scoring import score

    firm = make_firm(stored)
    candidate = row(written)
    asks = score(row(stored).facts(), candidate.facts()).asks
    assert (firm.pk in [m.firm for m in only(people["cirebon_staff"], candidate)]) is asks


def test_name_is_found_where_one_side_knows_only_the_district(people: dict[str, Any]) -> None:
    firm = make_firm("Rotan Lestari")
    district = row("Rotan Lestari", village="32.09.19", regency="32.09", district="32.09.19")
    bare = Candidate("Rotan Lestari", regency="32.09", district="32.09.19")
    assert [m.firm for m in only(people["cirebon_staff"], bare)] == [firm.pk]
    assert district.village == "32.09.19"
    Firm.objects.filter(pk=firm.pk).update(village=None)
    assert [m.firm for m in only(people["cirebon_staff"], row("Rotan Lestari"))] == [firm.pk]


def test_generic_name_is_found_by_owner_or_phone_only(people: dict[str, Any]) -> None:
    firm = make_firm("Tenun", owner="H. Wati", phone=PHONE)
    by = people["cirebon_staff"]
    assert only(by, row("Tenun")) == []
    assert [m.firm for m in only(by, row("Tenun", owners=("h. wati",)))] == [firm.pk]
    assert [m.firm for m in only(by, row("Tenun", phones=(PHONE,)))] == [firm.pk]


def test_phone_is_found_anywhere_also_as_whatsapp(people: dict[str, Any]) -> None:
    firm = make_firm("Rotan Lestari", whatsapp=PHONE)
    moved = row("Rotan Lestari", NEXT_DOOR, phones=(PHONE,))
    assert [m.firm for m in only(people["cirebon_staff"], moved)] == [firm.pk]


def test_same_nib_is_certain_whatever_the_name(people: dict[str, Any]) -> None:
    firm = make_firm("Rotan Lestari", nib=NIB)
    (match,) = only(people["province"], row("Batik Kencana", CIGUGUR, nib=NIB))
    assert (match.firm, match.certain, match.reasons[0].code) == (firm.pk, True, "nib")


def test_firm_of_another_regency_is_told_by_its_regency_and_nothing_else(
    people: dict[str, Any],
) -> None:
    make_firm("Rotan Lestari", village=CIGUGUR, nib=NIB, phone=PHONE)
    for candidate in (row("Rotan Lestari", nib=NIB), row("Rotan Lestari", phones=(PHONE,))):
        (match,) = only(people["cirebon_staff"], candidate)
        assert (match.firm, match.label, match.reasons) == (None, "Kab. Kuningan", ())
        assert match.certain is bool(candidate.nib)


def test_pair_that_was_decided_is_not_told_again(people: dict[str, Any]) -> None:
    from django.utils import timezone

    one, other = make_firm("Rotan Lestari"), make_firm("Rotan Lestari")
    candidate = row("Rotan Lestari", firm=other.pk)
    assert [m.firm for m in only(people["cirebon_staff"], candidate)] == [one.pk]
    pair = DuplicatePair(first=one, second=other, state="not_duplicate", decided_at=timezone.now())
    pair.save()
    assert only(people["cirebon_staff"], candidate) == []


def test_what_was_decided_about_a_firm_holds_for_the_one_it_was_merged_into(
    people: dict[str, Any],
) -> None:
    from django.utils import timezone

    one, two, three = (make_firm("Rotan Lestari", nib=f"022000123456{n}") for n in range(3))
    Firm.objects.update(nib=None)
    DuplicatePair.objects.create(
        first=one, second=two, state="not_duplicate", decided_at=timezone.now()
    )
    Firm.objects.filter(pk=two.pk).update(merged_into=three)
    candidate = row("Rotan Lestari", firm=three.pk)
    assert only(people["cirebon_staff"], candidate) == []


def test_nib_of_a_merged_firm_leads_to_the_one_it_was_merged_into(people: dict[str, Any]) -> None:
    gone, kept = make_firm("Rotan Lama", nib=NIB), make_firm("Rotan Baru")
    Firm.objects.filter(pk=gone.pk).update(merged_into=kept)
    (match,) = only(people["cirebon_staff"], row("Rotan Lama", nib=NIB))
    assert (match.firm, match.certain) == (kept.pk, True)


def test_questions_are_as_many_for_one_row_as_for_a_thousand(
    people: dict[str, Any], django_assert_num_queries: Any
) -> None:
    firm = make_firm("Rotan Lestari", village=CIGUGUR, nib=NIB)
    own = make_firm("Anyaman Barokah")
    rows = [row("Anyaman Barokah", firm=own.pk + 10**6), row("Rotan Lestari", nib=NIB)]
    rows += [row(f"Anyaman Barokah {n}", phones=(PHONE,)) for n in range(998)]
    for asked in (rows[:2], rows):
        # Pairs, firms, owners, NIBs of merged ones, decisions, names; regencies for the hidden.
        with django_assert_num_queries(7):
            answer = matches(asked, people["cirebon_staff"])
        assert answer[1][0].firm is None
    assert firm.pk != own.pk


def test_nothing_is_asked_of_the_database_for_no_rows(
    people: dict[str, Any], django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        assert matches([], people["cirebon_staff"]) == {}


@pytest.mark.parametrize(
    "name",
    ["Rotan Lestari", "Batik Mak’nyus d'Jogja", "Kué  Élok", "Ayu_dan-Putra/2", "CV 3 Putra"],
)
def test_database_folds_a_name_as_the_code_does(name: str) -> None:
    from registry.names import clean_firm_name, name_key

    stored = clean_firm_name(name)[0]
    with connection.cursor() as cursor:
        cursor.execute("SELECT registry_key(%s)", [stored])
        assert cursor.fetchone()[0] == name_key(stored)
