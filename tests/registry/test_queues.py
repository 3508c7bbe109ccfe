"""Each queue holds the firms of its definition, in its order, and pages cost what they show.

The definitions are written here a second time, firm by firm over the source tables.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.completeness import missing_of
from registry.models import Certificate, Firm
from registry.queue_pages import queue_page
from registry.services import SYSTEM
from registry.worklist import QUEUES, in_queue, queue_counts
from tests.registry.factories import CIGUGUR, PAOMAN, make_firm
from tests.registry.test_standing import WRITES, write

pytestmark = pytest.mark.django_db


def states(firm: Firm) -> set[str]:
    return {site.siinas.state for site in firm.sites.all() if hasattr(site, "siinas")}


def reached(firm: Firm) -> set[str]:
    """The same, looking past a block to what is on record from before it."""
    found = set()
    for account in (site.siinas for site in firm.sites.all() if hasattr(site, "siinas")):
        if account.state == "blocked" and account.evidence_number:
            found.add("complete")
        elif account.state == "blocked" and account.issued_on:
            found.add("issued")
        else:
            found.add(account.state)
    return found


def ends(firm: Firm) -> list[int]:
    """Days until the dated certificates of the firm end."""
    every = list(firm.certificates.filter(status="issued"))
    dated = [each for each in every if each.valid_until]
    return [
        (each.valid_until - timezone.localdate()).days
        for each in dated
        if not any(renews(other, each) for other in every)
    ]


def renews(later: Certificate, one: Certificate) -> bool:
    same = (later.kind, later.product.upper()) == (one.kind, one.product.upper())
    return same and (
        later.open_ended or bool(later.valid_until and later.valid_until > one.valid_until)
    )


def catalogue(firm: Firm) -> list[Any]:
    return [each.withdrawn_on for each in firm.consents.all() if each.purpose == "catalogue"]


def unconfirmed(firm: Firm) -> bool:
    day = firm.confirmed_on
    return day is None or (timezone.localdate() - day).days > 365


HELD = {"issued", "profile_incomplete", "complete"}
DEFINED: dict[str, Any] = {
    "segera": lambda f: any(0 <= days <= 90 for days in ends(f)),
    "berakhir": lambda f: any(days < 0 for days in ends(f)),
    "terkendala": lambda f: "blocked" in states(f),
    "periksa": lambda f: f.data_state == "terdaftar" and f.is_public,
    "konfirmasi": unconfirmed,
    "akun": lambda f: f.nib is not None and not reached(f) & HELD,
    "profil": lambda f: bool(reached(f) & HELD) and "complete" not in reached(f),
    "izin": lambda f: not catalogue(f),
    "kurang": lambda f: bool(missing_of(f)),
}


def waits(firm: Firm, key: str) -> bool:
    if firm.status not in {"active", "unverified"} or firm.merged_into_id:
        return False
    if key in DEFINED:
        return bool(DEFINED[key](firm))
    return key in {fact.key for fact in missing_of(firm)}


def page(key: str, user: Any = SYSTEM, **more: Any) -> Any:
    firms = Firm.objects.visible_to(user)
    return queue_page(user, key, None, **{"size": 50, "firms": firms, **more})


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(writes=st.lists(WRITES, min_size=3, max_size=12))
def test_every_queue_equals_its_definition(writes: list[tuple[str, int, Any]]) -> None:
    with transaction.atomic():
        for each in writes:
            write(*each)
        firms, counts = list(Firm.objects.all()), queue_counts(SYSTEM)
        for key in QUEUES:
            expected = {firm.pk for firm in firms if waits(firm, key)}
            assert set(in_queue(Firm.objects.all(), key).values_list("pk", flat=True)) == expected
            listed = page(key)
            assert {firm.pk for firm in listed.rows} == expected, key
            assert counts[key] == listed.total == len(listed.rows)
        transaction.set_rollback(True)


def test_largest_come_first_and_unknown_sizes_last_over_all_regencies() -> None:
    sizes = {"B": 3, "A": 20, "C": None, "D": 7}
    for at, (name, workers) in enumerate(sizes.items()):
        profile = {"workers_total": workers} if workers else None
        make_firm(name, village=(CIGUGUR, PAOMAN)[at % 2], profile=profile)
    assert [firm.name for firm in page("nib").rows] == ["A", "D", "B", "C"]
    second = page("nib", size=3)
    assert (second.pages, len(second.rows)) == (2, 3)


def test_deadline_comes_before_size(people: dict[str, Any]) -> None:
    today = timezone.localdate()
    for name, days in (("Nanti", (60, 80)), ("Besok", (1, 30)), ("Lewat", (-2,))):
        firm = make_firm(name)
        for each in days:
            until = today + dt.timedelta(each)
            Certificate.objects.create(firm=firm, kind="halal", valid_until=until)
    assert [firm.name for firm in page("segera").rows] == ["Besok", "Nanti"]
    assert [firm.name for firm in page("berakhir").rows] == ["Lewat"]
    assert page("segera", people["kuningan_staff"]).rows == []


def test_day_passes_and_the_queue_follows_without_a_write(monkeypatch: pytest.MonkeyPatch) -> None:
    firm = make_firm()
    until = timezone.localdate() + dt.timedelta(5)
    Certificate.objects.create(firm=firm, kind="halal", valid_until=until)
    assert (page("segera").total, page("berakhir").total) == (1, 0)
    monkeypatch.setattr(timezone, "localdate", lambda: until + dt.timedelta(1))
    assert (page("segera").total, page("berakhir").total) == (0, 1)


def test_counts_of_all_queues_take_few_queries(
    people: dict[str, Any], django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2):
        queue_counts(people["cirebon_staff"])


def test_nobody_without_a_region_waits_for_anything(people: dict[str, Any]) -> None:
    make_firm()
    assert set(queue_counts(people["left"]).values()) == {0}
    assert page("nib", people["left"]).rows == []
