"""The page of components in a real browser: accessible, and never wider than the screen."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from registry.models import Firm
from tests.browser.test_walks import page_of, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_every_component_holds_the_rules_of_accessibility(
    chromium: Any, live_server: Any, register: Firm, people: dict[str, User], width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    found: list[str] = []
    with page_of(chromium, live_server, width) as page:
        sign_in(page, people["province"])
        for address in ("/gaya/", "/gaya/?cetak=1", "/en/gaya/"):
            page.goto(address)
            for summary in page.locator("details > summary").all():
                summary.click()
            found += [
                f"{address} {fault['id']}: {[node['html'][:120] for node in fault['nodes'][:3]]}"
                for fault in Axe().run(page).response["violations"]
            ]
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    assert found == []
