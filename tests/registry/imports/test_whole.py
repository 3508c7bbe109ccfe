"""Every page of the wizard: whole in each language, and with a budget of queries."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.models import IntakeBatch
from tests.test_pages import strangers, texts

pytestmark = pytest.mark.django_db
PAGES = {
    "kolom/": 12,
    "periksa/?saring=semua": 18,
    "petakan/?kolom=D&isi=Weroe+Lor": 9,
    "baris/3/": 12,
    "perbaikan/": 6,
    "buang/": 6,
}


@pytest.fixture
def site(client: Any, officer: Any) -> Any:
    """The site, with the officer signed in."""
    client.force_login(officer)
    return client


@pytest.mark.parametrize("page", PAGES)
def test_page_is_whole_in_each_language(site: Any, planned: IntakeBatch, page: str) -> None:
    pairs = list(texts())
    indonesian = site.get(f"/kerja/impor/{planned.pk}/{page}").content.decode()
    english = site.get(f"/en/kerja/impor/{planned.pk}/{page}").content.decode()
    both = {text for text, _said in pairs}
    assert strangers(indonesian, [text for text, _said in pairs]) == []
    assert strangers(english, [said for _text, said in pairs if said not in both]) == []


@pytest.mark.parametrize("page", PAGES)
def test_page_keeps_to_its_budget_of_queries(site: Any, planned: IntakeBatch, page: str) -> None:
    address = f"/kerja/impor/{planned.pk}/{page}"
    site.get(address)
    with CaptureQueriesContext(connection) as seen:
        site.get(address)
    assert len(seen) <= PAGES[page], [query["sql"][:90] for query in seen]


def test_history_keeps_to_its_budget_of_queries(site: Any, take: Any) -> None:
    from tests.registry.imports.conftest import MESSY

    for n in range(3):
        take(MESSY, name=f"{n}.xlsx")
    site.get("/kerja/impor/")
    with CaptureQueriesContext(connection) as seen:
        site.get("/kerja/impor/")
    assert len(seen) <= 8
