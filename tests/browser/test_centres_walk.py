"""An officer's way with a centre: propose, link its firms, designate, report, see the gap."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from accounts.models import User
from registry.models import Centre, Firm
from registry.services import SYSTEM, centre_members_refuse, centre_step
from tests.browser.test_walks import page_of, sign_in
from tests.registry.factories import make_firm

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIST = "/en/kerja/sentra/"


@pytest.fixture
def weavers(register: Firm) -> list[Firm]:
    """Seven firms of rattan in one village, each with a yearly profile."""
    village = register.village.district.villages.exclude(pk=register.village_id).first()
    return [
        make_firm(f"Anyaman {n}", village=village.pk, profile={"workers_total": 4})
        for n in range(7)
    ]


def test_officer_proposes_links_designates_and_sees_the_gap(
    chromium: Any, live_server: Any, weavers: list[Firm], people: dict[str, User]
) -> None:
    village = weavers[0].village
    with page_of(chromium, live_server, 390, java_script_enabled=False) as page:
        sign_in(page, people["cirebon_staff"])
        page.goto(LIST)
        page.get_by_role("link", name="Propose a centre").click()
        page.get_by_label("District").select_option(label=village.district.name)
        page.get_by_role("button", name="Go on").click()
        page.get_by_label("Name", exact=True).fill("Sentra Anyaman Uji")
        page.get_by_label("Product group").select_option("rotan-bambu")
        page.get_by_label("Source").fill("survei dinas")
        page.get_by_label(village.name, exact=True).check()
        page.get_by_role("button", name="Propose this centre").click()
        page.get_by_text("Sentra Anyaman Uji is proposed").wait_for()
        page.get_by_role("link", name="7 proposals to decide").click()
        page.get_by_role("link", name="Tick all on this page").click()
        page.get_by_label("Choose Anyaman 6").uncheck()
        page.get_by_role("button", name="Link the ticked ones…").click()
        page.get_by_role("heading", name="Link 6 firms to the centre?").wait_for()
        page.get_by_role("button", name="Link them").click()
        page.get_by_text("6 firms are linked").wait_for()
        page.get_by_label("Choose Anyaman 6").check()
        page.get_by_role("button", name="They do not belong here…").click()
        page.get_by_label("Reason").fill("only sells")
        page.get_by_role("button", name="They do not belong here", exact=True).click()
        page.get_by_text("No firm waits for a decision").wait_for()
        page.get_by_role("link", name="Back to the centre").click()
        page.get_by_text("At least one criterion is met").wait_for()
        page.get_by_role("link", name="Designated by decree").click()
        page.get_by_label("Criterion").select_option("five_firms")
        page.get_by_label("Decree number").fill("500/12/2026")
        page.get_by_label("Decree date").fill("2026-02-03")
        page.get_by_role("button", name="Record the step").click()
        page.get_by_text("is “Designated by decree” now").wait_for()
        page.get_by_role("link", name="Add a year").click()
        page.get_by_label("Year", exact=True).fill("2025")
        page.get_by_label("Firms", exact=True).fill("10")
        page.get_by_label("Workers", exact=True).fill("40")
        page.get_by_label("Source", exact=True).fill("pendataan dinas")
        page.get_by_role("button", name="Save the figures").click()
        page.get_by_text("Figures of 2025 are recorded").wait_for()
        workers = page.get_by_role("row", name="Workers").inner_text()
        assert "40" in workers
        assert "24" in workers
        assert "-16" in workers
        assert "filled in by 6 of 6 firms" in workers
        page.goto("/en/sentra/sentra-anyaman-uji/")
        page.get_by_text("500/12/2026").wait_for()
    centre = Centre.objects.get(slug="sentra-anyaman-uji")
    assert (centre.status, centre.sites.count(), centre.steps.count()) == ("designated", 6, 1)


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_pages_of_centres_hold_the_rules_of_accessibility(
    chromium: Any, live_server: Any, weavers: list[Firm], people: dict[str, User], width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    centre = Centre.objects.get(slug="rotan-tegalwangi")
    site = Firm.objects.get(name="Rotan Jalan").sites.get()
    site.centre = centre
    site.save()
    refused, _waiting = (make_firm(f"Rotan {n}").sites.get() for n in "XY")
    centre_members_refuse(centre=centre, sites=[refused], by=people["cirebon_staff"], reason="toko")
    centre_step(
        centre=centre,
        target="designated",
        by=SYSTEM,
        criterion="decree",
        decree_number="1/26",
        decree_date=dt.date(2026, 1, 2),
    )
    base = f"/kerja/sentra/{centre.pk}/"
    addresses = [
        "/kerja/sentra/",
        "/kerja/sentra/usul/",
        "/kerja/sentra/usul/?kecamatan=32.09.19",
        base,
        *(f"{base}{page}" for page in ("usaha/", "usulan/", "angka/", "rumah-tangga/")),
        f"{base}langkah/?ke=assisted",
    ]
    faults: dict[str, list[str]] = {}
    with page_of(chromium, live_server, width) as page:
        sign_in(page, people["cirebon_staff"])
        for address in addresses:
            page.goto(address)
            if "langkah" in address:
                page.locator("main button[type=submit]").click()
                page.locator(".ringkas-galat").wait_for()
            found = [f"{v['id']}: {v['help']}" for v in Axe().run(page).response["violations"]]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append("scrolls sideways")
            if page.locator("h1").count() != 1:
                found.append("not one h1")
            if found:
                faults[address] = found
    assert faults == {}
