"""Each queue holds the firms of its definition, in its order, and pages cost what they show.

The definitions are written a second time in `queue_register`, firm by firm over the source tables.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.completeness import FACTS
from registry.desk.queues import DESK
from registry.models import Certificate, Firm
from registry.queue_pages import queue_page
from registry.services import SYSTEM
from registry.worklist import QUEUES, in_queue, queue_counts
from tests.registry.factories import CIGUGUR, PAOMAN, make_firm
from tests.registry.queue_register import DEFINED, EACH, MORE, waits, write
from tests.registry.test_tkdn import add_tkdn_rules

pytestmark = pytest.mark.django_db


def page(key: str, user: Any = SYSTEM, **more: Any) -> Any:
    firms = Firm.objects.visible_to(user)
    return queue_page(user, key, None, **{"size": 50, "firms": firms, **more})


def check_every_queue() -> None:
    """Count, list and page of each queue hold the firms that its definition names."""
    firms, counts = list(Firm.objects.all()), queue_counts(SYSTEM)
    for key in QUEUES:
        expected = {firm.pk for firm in firms if waits(firm, key)}
        assert set(in_queue(Firm.objects.all(), key).values_list("pk", flat=True)) == expected, key
        listed = page(key)
        assert {firm.pk for firm in listed.rows} == expected, key
        assert counts[key] == listed.total == len(listed.rows)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(writes=st.lists(MORE, min_size=3, max_size=14))
def test_every_queue_equals_its_definition(writes: list[tuple[str, int, Any]]) -> None:
    with transaction.atomic():
        add_tkdn_rules()
        for each in writes:
            write(*each)
        check_every_queue()
        transaction.set_rollback(True)


def test_in_every_queue_somebody_waits_at_some_moment() -> None:
    """So that the definitions are compared where they say yes as well."""
    add_tkdn_rules()
    waited: set[str] = set()
    with transaction.atomic():
        for each in EACH:
            write(*each)
            counts, firms = queue_counts(SYSTEM), list(Firm.objects.all())
            assert counts == {key: sum(waits(firm, key) for firm in firms) for key in QUEUES}
            waited |= {key for key, count in counts.items() if count}
        check_every_queue()
        transaction.set_rollback(True)
    assert waited == set(QUEUES)


def test_every_queue_of_the_desk_is_defined_here() -> None:
    assert {queue.key for queue in DESK} <= set(DEFINED)
    assert set(QUEUES) == set(DEFINED) | {fact.key for fact in FACTS}


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
