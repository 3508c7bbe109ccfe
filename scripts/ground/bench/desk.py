"""One measurement of the staff's desk: queues, counts, search, lists of the admin, a firm's page.

Rule: pages are asked for like a browser does, through every middleware; what they are compared
with is asked in the same process and turn by turn, so that both feel the same machine.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import django

TIMES = 25
QUEUES = ("nib", "akun", "izin", "konfirmasi", "berakhir", "segera", "terkendala")
LIST, ADMIN, STOCK = "/kerja/usaha/", "/kelola/registry/firm/", "/stock/registry/firm/"
# The first page and the capped count of a queue, as one would write them by hand.
RAW_QUEUE = """
SELECT f.* FROM registry_firm f JOIN (
    SELECT firm_id, workers FROM registry_standing
    WHERE working AND NOT has_nib AND regency_id = %(regency)s
    ORDER BY workers DESC NULLS LAST, firm_id LIMIT 50
) s ON s.firm_id = f.id ORDER BY s.workers DESC NULLS LAST, s.firm_id
"""
RAW_COUNT = """
SELECT count(*) FROM (SELECT FROM registry_standing
WHERE working AND NOT has_nib AND regency_id = %(regency)s LIMIT 10001) AS counted
"""
RAW_SEARCH = """
SELECT * FROM registry_firm WHERE search_staff LIKE %(found)s AND regency_id = %(regency)s
AND merged_into_id IS NULL AND status IN ('active', 'unverified') ORDER BY name, id LIMIT 50
"""
RAW_LIST = """
SELECT * FROM registry_firm WHERE regency_id = %(regency)s AND merged_into_id IS NULL
ORDER BY name, id LIMIT 50
"""
Told = dict[str, dict[str, float]]


def main(what: str, size: int) -> None:
    """Fill the database, or measure and print milliseconds as JSON."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "ciayumajakuning.settings"
    django.setup()
    if what == "fill":
        from registry.mending import gather_all
        from scripts.ground.bench.desk_data import fill

        if fill(size):
            gather_all()
        print("{}")
        return
    print(json.dumps(_measure()))


def _measure() -> Told:
    from django.conf import settings
    from django.test import Client

    from accounts.models import User
    from registry.models import Firm

    settings.ALLOWED_HOSTS, settings.ROOT_URLCONF = ["*"], "scripts.ground.bench.desk_urls"
    staff = User.objects.filter(role="regency_staff", regency="32.09").earliest("pk")
    everywhere = User.objects.filter(role="province_admin").earliest("pk")
    client, admin = Client(), Client()
    client.force_login(staff)
    admin.force_login(everywhere)  # the stock admin knows no regions either
    firm = Firm.objects.visible_to(staff).working().latest("pk")
    part = firm.name.split()[-1].lower()  # a word that few firms share
    wrong = part[:2] + part[3:]
    turns: dict[str, Callable[[], Any]] = {
        "bare page": lambda: _ask(client, "/bare/"),
        **_queues(staff),
        **_raw(staff, part),
        "firm page": lambda: _ask(client, f"{LIST}{firm.pk}/"),
        "list, first page": lambda: _ask(client, LIST),
        "search, hit": partial(_search, staff, part),
        "search, typing error": partial(_search, staff, wrong),
        "page of a search, hit": lambda: _ask(client, f"{LIST}?q={part}"),
        "page of a search, typing error": lambda: _ask(client, f"{LIST}?q={wrong}"),
    }
    for name, query in (("first page", ""), ("search", f"?q={part}"), ("page 100", "?p=100")):
        turns[f"admin list, {name}"] = partial(_ask, admin, ADMIN + query)
        turns[f"stock admin, {name}"] = partial(_ask, admin, STOCK + query)
    return _timed(turns)


def _queues(staff: Any) -> dict[str, Callable[[], Any]]:
    from registry.chain import chain_of, with_chain
    from registry.models import Firm
    from registry.queue_pages import queue_page
    from registry.worklist import queue_counts

    def page(key: str) -> None:
        firms = with_chain(Firm.objects.visible_to(staff))
        firms = firms.select_related("regency", "district", "village")
        for each in queue_page(staff, key, None, size=50, firms=firms).rows:
            chain_of(each)

    return {
        "counts of all queues": lambda: queue_counts(staff),
        **{f"queue {key}, first page": partial(page, key) for key in QUEUES},
    }


def _search(staff: Any, question: str) -> None:
    """The rows and the count that the staff's list shows for a question."""
    from django.test import RequestFactory

    from registry.chain import with_chain
    from registry.filters import StaffFirmFilter
    from registry.models import Firm
    from registry.paging import by_key, page_of

    request = RequestFactory().get(LIST, {"q": question})
    request.user = staff
    visible = Firm.objects.visible_to(staff)
    filters = StaffFirmFilter(request.GET, visible, request=request)
    keys = filters.qs.order_by("name", "pk").values_list("pk", flat=True)
    firms = with_chain(visible).select_related("regency", "district", "village")
    if not page_of(filters.counted, None, 50, by_key(keys, firms)).rows:
        raise SystemExit(f"{question}: nothing found")


def _raw(staff: Any, part: str) -> dict[str, Callable[[], Any]]:
    from django.db import connection

    values = {"regency": staff.regency_id, "found": f"%{part}%"}

    def ask(*statements: str) -> None:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement, values)
                cursor.fetchall()

    return {
        "raw SQL of a queue": lambda: ask(RAW_QUEUE, RAW_COUNT),
        "raw SQL of a search": lambda: ask(RAW_SEARCH),
        "raw SQL of a list": lambda: ask(RAW_LIST),
    }


def _ask(client: Any, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address}: {answer.status_code}")


def _timed(turns: dict[str, Callable[[], Any]]) -> Told:
    """Median and 95th percentile of each, turn by turn, after two turns that warm up."""
    seen: dict[str, list[float]] = {name: [] for name in turns}
    for turn in range(TIMES + 2):
        for name, call in turns.items():
            if turn >= 2 and sum(seen[name]) > 20_000:
                continue  # slow ones are known well enough
            began = time.perf_counter()
            call()
            if turn >= 2:
                seen[name].append(1000 * (time.perf_counter() - began))
    return {
        name: {
            "median": statistics.median(times),
            "p95": sorted(times)[max(0, round(0.95 * len(times)) - 1)],
        }
        for name, times in seen.items()
    }


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
