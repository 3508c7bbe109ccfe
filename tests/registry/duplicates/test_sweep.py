"""The register looked through: pairs found once, let go when they fit no more, decisions kept."""

from __future__ import annotations

from typing import Any

import pytest
from django_q.models import Schedule

from registry.duplicates import sweep
from registry.models import District, DuplicatePair, Firm, Regency
from registry.services import SYSTEM, duplicate_dismiss, firm_save, firms_merge, pair_open
from tests.registry.factories import CIGUGUR, TEGALWANGI, make_firm

pytestmark = pytest.mark.django_db
DISTRICT = TEGALWANGI[:8]


def pairs() -> list[tuple[int, int, str]]:
    return list(DuplicatePair.objects.order_by("pk").values_list("first", "second", "state"))


def test_pair_is_found_once_however_often_one_looks(people: dict[str, Any]) -> None:
    one, two = make_firm("Rotan Lestari"), make_firm("Lestari Rotan")
    make_firm("Anyaman Barokah")
    make_firm("Rotan Lestari", village=CIGUGUR)
    assert sweep.sweep_place(DISTRICT) == 1
    assert sweep.sweep_place(DISTRICT) == 0
    assert pairs() == [(one.pk, two.pk, "open")]
    kept = DuplicatePair.objects.get()
    assert (kept.score, kept.reasons[0]) == (74, {"code": "name", "percent": 100})


def test_firm_without_district_is_looked_at_with_its_regency(people: dict[str, Any]) -> None:
    make_firm("Rotan Lestari", phone="+6281200001234")
    other = make_firm("Rotan Lestari", phone="+6281200001234")
    Firm.objects.filter(pk=other.pk).update(village=None, district=None)
    assert sweep.sweep_place("32.09") == 1


def test_pair_that_fits_no_more_goes_and_its_score_follows_the_data(people: dict[str, Any]) -> None:
    one, two = make_firm("Rotan Lestari"), make_firm("Rotan Lestari")
    sweep.sweep_place(DISTRICT)
    two.phone = one.phone = "+6281200001234"
    for firm in (one, two):
        firm_save(firm, by=SYSTEM, reason="uji")
    sweep.sweep_place(DISTRICT)
    assert DuplicatePair.objects.get().score == 99
    two.name, two.phone = "Anyaman Barokah", ""
    firm_save(two, by=SYSTEM, reason="uji")
    sweep.sweep_place(DISTRICT)
    assert pairs() == []


def test_decision_is_kept_also_for_the_firm_that_one_was_merged_into(
    people: dict[str, Any],
) -> None:
    one, two, three = (make_firm("Rotan Lestari") for _ in range(3))
    sweep.sweep_place(DISTRICT)
    assert len(pairs()) == 3
    duplicate_dismiss(first=one, second=two, by=SYSTEM)
    firms_merge(kept=three, gone=two, by=SYSTEM)
    sweep.sweep_place(DISTRICT)
    assert set(pairs()) == {
        (one.pk, two.pk, "not_duplicate"),
        (two.pk, three.pk, "merged"),
    }


def test_pair_put_side_by_side_by_hand_is_not_swept_away(people: dict[str, Any]) -> None:
    one, two = make_firm("Rotan Lestari"), make_firm("Anyaman Barokah")
    pair_open(first=one, second=two, by=SYSTEM)
    sweep.sweep_place(DISTRICT)
    assert pairs() == [(one.pk, two.pk, "open")]


def test_queries_do_not_grow_with_the_firms(
    people: dict[str, Any], django_assert_max_num_queries: Any
) -> None:
    for n in range(20):
        make_firm(f"Kerajinan Melati Jaya {chr(97 + n)}")
    with django_assert_max_num_queries(16):
        sweep.sweep_place(DISTRICT)
    assert len(pairs()) > 12
    with django_assert_max_num_queries(16):
        sweep.sweep_place(DISTRICT)


def test_every_place_gets_a_task_of_its_own_every_night(
    people: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(sweep, "async_task", lambda _task, code, **_how: asked.append(code))
    assert sweep.sweep() == len(asked) == District.objects.count() + Regency.objects.count()
    Schedule.objects.filter(name=sweep.NAME).delete()
    sweep.keep_schedule()
    sweep.keep_schedule()
    assert Schedule.objects.get(name=sweep.NAME).func == "registry.duplicates.sweep.sweep"
