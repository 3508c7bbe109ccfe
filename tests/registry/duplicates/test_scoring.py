"""Likeness of two firms as a table of cases, and what holds for any two."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from registry.duplicates import sentences
from registry.duplicates.scoring import CERTAIN, Facts, Reason, likeness, owner_key, score

HERE: dict[str, Any] = {"regency": "32.09", "district": "32.09.19", "village": "32.09.19.2009"}
NEXT: dict[str, Any] = {**HERE, "village": "32.09.19.2001"}
DISTRICT: dict[str, Any] = {**HERE, "village": ""}
AWAY: dict[str, Any] = {"regency": "32.08", "district": "32.08.18", "village": "32.08.18.1001"}
PHONE = ["+6281200001234"]
OWNER = ["Siti Aminah"]


def facts(name: str, place: dict[str, Any] = HERE, **more: Any) -> Facts:
    return Facts.of(name, **place, **more)


ASKED = [
    ("the same name in a village", facts("Rotan Lestari"), facts("CV Rotan Lestari")),
    ("words in another order", facts("Rotan Contoh Lestari CV"), facts("Lestari Contoh Rotan")),
    ("a spelling", facts("Sumber Rejeki"), facts("Sumber Rezeki")),
    ("village unknown in one", facts("Rotan Lestari"), facts("Rotan Lestari", DISTRICT)),
    (
        "generic, same owner",
        facts("Tenun", owners=OWNER),
        facts("TENUN", owners=["H. SITI AMINAH"]),
    ),
    ("generic, one word", facts("Tenun", owners=["Wati"]), facts("Tenun", owners=["Bu Wati"])),
    ("generic, same phone", facts("Meubel", phones=PHONE), facts("Meubel", phones=PHONE)),
    ("no name, owner", facts("-", owners=OWNER), facts("Rotan Lestari", owners=OWNER)),
    (
        "moved away with its phone",
        facts("Rotan Lestari", phones=PHONE),
        facts("Rotan Lestari", AWAY, phones=PHONE),
    ),
    (
        "another owner, same phone",
        facts("Rotan Lestari", owners=OWNER, phones=PHONE),
        facts("Rotan Lestari", owners=["Budi Santoso"], phones=PHONE),
    ),
]
NOT_ASKED = [
    ("generic names alone", facts("Tenun"), facts("Tenun")),
    ("no names at all", facts("-"), facts("-")),
    ("nothing known", Facts(), Facts()),
    ("generic, away", facts("Meubel", phones=PHONE), facts("Meubel", AWAY, phones=PHONE)),
    ("name in the next village", facts("Rotan Lestari"), facts("Rotan Lestari", NEXT)),
    ("name in another regency", facts("Rotan Lestari"), facts("Rotan Lestari", AWAY)),
    ("two makers of batik", facts("Batik Salma"), facts("Batik Salwa")),
    ("shared phone", facts("Rotan Lestari", phones=PHONE), facts("Kue Bu Yati", phones=PHONE)),
    (
        "two owners",
        facts("Rotan Lestari", owners=OWNER),
        facts("Rotan Lestari", owners=["Budi Santoso"]),
    ),
    (
        "one owner, two trades",
        facts("Batik Kencana", owners=OWNER),
        facts("Kerupuk Udang Barokah", owners=OWNER),
    ),
    (
        "two NIBs",
        facts("Rotan Lestari", phones=PHONE, nibs=["0220001234567"]),
        facts("Rotan Lestari", phones=PHONE, nibs=["0220001234568"]),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("case", "a", "b"), ASKED, ids=[case[0] for case in ASKED])
def test_person_is_asked(case: str, a: Facts, b: Facts) -> None:
    assert score(a, b).asks
    assert not score(a, b).certain


@pytest.mark.parametrize(("case", "a", "b"), NOT_ASKED, ids=[case[0] for case in NOT_ASKED])
def test_person_is_not_asked(case: str, a: Facts, b: Facts) -> None:
    assert not score(a, b).asks


def test_same_nib_is_the_same_firm_whatever_else_differs() -> None:
    nib = ["0220001234567"]
    answer = score(facts("Rotan Lestari", nibs=nib), facts("Batik Salma", AWAY, nibs=nib))
    assert answer.certain
    assert answer.reasons[0] == Reason("nib")


def test_firm_with_several_nibs_is_known_by_each() -> None:
    merged = facts("Rotan Lestari", nibs=["0220001234567", "0220001234568"])
    assert score(merged, facts("Lain", AWAY, nibs=["0220001234568"])).certain


def test_reasons_tell_what_counted() -> None:
    answer = score(facts("Sumber Rejeki", phones=PHONE), facts("Sumber Rezeki", phones=PHONE))
    with override("en"):
        told = sentences.in_words(answer.reasons)
    assert told == "name 92% alike, same village, same phone"
    assert sentences.read(sentences.stored(answer.reasons)) == answer.reasons


def test_hundred_percent_are_the_same_words_only() -> None:
    assert likeness("rotan lestari", "lestari rotan") == 100
    assert likeness("a" * 400, "a" * 399 + "b") == 99


@pytest.mark.parametrize(
    ("written", "key"),
    [("H. Siti Aminah", "siti aminah"), ("Hj. Ibu Yati", "yati"), ("Haji", "haji"), ("", "")],
)
def test_titles_are_no_part_of_an_owner(written: str, key: str) -> None:
    assert owner_key(written) == key


# --- what holds for any two ----------------------------------------------------------------------

codes = st.sampled_from(["", "32.09", "32.09.19", "32.09.19.2009", "32.08"])
some = st.frozensets(st.text(max_size=12), max_size=3)
any_facts = st.one_of(
    st.builds(Facts, st.text(max_size=30), st.booleans(), some, some, some, codes, codes, codes),
    st.builds(
        lambda name, owners, village: Facts.of(name, owners=owners, village=village),
        st.text(max_size=40),
        st.lists(st.text(max_size=20), max_size=2),
        codes,
    ),
)


@given(any_facts, any_facts)
def test_score_is_symmetric_bounded_and_never_raises(a: Facts, b: Facts) -> None:
    there, back = score(a, b), score(b, a)
    assert there == back
    assert 0 <= there.points <= CERTAIN
    assert {reason.code for reason in there.reasons} <= sentences.CODES
    assert all(0 <= (reason.percent or 0) <= 100 for reason in there.reasons)


@given(any_facts, any_facts)
def test_two_nibs_are_two_firms(a: Facts, b: Facts) -> None:
    one = dataclasses.replace(a, nibs=frozenset({"1"}))
    other = dataclasses.replace(b, nibs=frozenset({"2"}))
    assert score(one, other).points == 0


@given(any_facts)
def test_only_a_nib_is_certain(a: Facts) -> None:
    bare = dataclasses.replace(a, nibs=frozenset())
    assert not score(bare, bare).certain
