"""A real browser on a real server, with a register of a few firms."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache

from tests.registry.factories import CIGUGUR, PAOMAN, make_firm


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One browser for all walks."""
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread; the ORM is still called from one thread only.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"], args=["--no-sandbox"]
        )
        yield browser
        browser.close()


@pytest.fixture
def register(transactional_db: None, reference_data: None) -> Any:
    """Firms in three regions."""
    cache.clear()
    shown = make_firm(
        "Rotan Jalan",
        products="kursi rotan",
        nib="0220001234567",
        phone="+6281200001234",
        latitude="-6.70001",
        longitude="108.40001",
        siinas={"state": "issued"},
        consents=("catalogue", "whatsapp", "exact_location", "siinas_badge"),
    )
    make_firm("Batik Paoman", village=PAOMAN, kbli="2020-13134", consents=("catalogue",))
    for n in range(30):
        make_firm(f"Kuningan {n:02d}", village=CIGUGUR, consents=("catalogue",))
    make_firm("Tanpa Izin", kbli=None)
    return shown
