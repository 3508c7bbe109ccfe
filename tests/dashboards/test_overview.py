"""The officials' page: own regions only, parts that make the whole, numbers from one place."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from registry import counts
from tests.registry.factories import CIGUGUR, make_firm

pytestmark = pytest.mark.django_db
PAGE = "/kerja/dasbor/"


def test_anonymous_is_sent_to_the_sign_in(client: Any) -> None:
    answer = client.get(PAGE)
    assert (answer.status_code, answer["Location"]) == (302, f"/masuk/?next={PAGE}")


def test_official_sees_own_region_and_no_other(client: Any, people: dict[str, User]) -> None:
    client.force_login(people["official_kuningan"])
    html = client.get(PAGE).content.decode()
    assert "Kab. Kuningan" in html
    assert "Kab. Cirebon" not in html
    assert client.get(f"{PAGE}?wilayah=kab-cirebon").status_code == 404
    assert client.get(f"{PAGE}?wilayah=atlantis").status_code == 404


def test_matrix_parts_make_the_whole(people: dict[str, User]) -> None:
    make_firm("Rotan")
    make_firm("Rotan lain", village=CIGUGUR)
    make_firm("Tanpa KBLI", kbli=None)
    make_firm("Pedagang", kbli="2020-47242")
    make_firm("Tutup", status="closed", closed_reason="uji")
    matrix = counts.group_matrix(people["province"])
    assert matrix.total == counts.ladder(people["province"])[0].count == 4
    assert matrix.rows[-1].group is None
    assert matrix.rows[-1].total == 2
    assert sum(row.total for row in matrix.rows) == sum(matrix.column_totals)


def test_ladder_counts_each_step_in_its_own_unit(people: dict[str, User]) -> None:
    complete = {"state": "complete", "evidence_number": "1", "evidence_year": 2026}
    ready: dict[str, Any] = {
        "scale_on_nib": "micro",
        "profile": {"business_capital": 90_000_000},
    }
    make_firm("Layak", nib="0220001234567", siinas=complete, **ready)
    make_firm("Lengkap", nib="0220001234566", siinas=complete)
    make_firm("Terbit", nib="0220001234568", siinas={"state": "issued"})
    make_firm("Ber-NIB", nib="0220001234569")
    make_firm("Tanpa NIB")
    rungs = {rung.key: (rung.count, rung.base) for rung in counts.ladder(people["province"])}
    assert rungs == {
        "firms": (5, None),
        "nib": (4, 5),
        "account": (3, 4),
        "complete": (2, 3),
        "tkdn": (0, 1),
        "partner": (0, 5),
    }


def test_an_edit_shows_at_the_next_request(client: Any, people: dict[str, User]) -> None:
    client.force_login(people["province"])
    assert client.get(PAGE).context["matrix"].total == 0
    make_firm("Rotan")
    assert client.get(PAGE).context["matrix"].total == 1


def test_dashboard_has_a_query_budget(
    client: Any, people: dict[str, User], django_assert_max_num_queries: Any
) -> None:
    client.force_login(people["province"])
    for n in range(20):
        make_firm(f"Rotan {n}")
    with django_assert_max_num_queries(22):
        client.get(PAGE)
