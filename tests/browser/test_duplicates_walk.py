"""An officer's way through the duplicates: compare, choose, merge, be led on, undo; and saving."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from registry.models import DuplicatePair, Firm
from registry.services import firm_save, firms_merge, pairs_refresh
from tests.browser.test_walks import page_of, sign_in
from tests.registry.factories import CIGUGUR, make_firm

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIST = "/en/kerja/tugas/ganda/"
PHONE = "+6281200004321"


@pytest.fixture
def twins(register: Firm) -> tuple[Firm, Firm]:
    """Two firms that may be one: one is public, the other knows more."""
    one = make_firm("Anyaman Sekar", phone=PHONE, address="Blok Kliwon", consents=("catalogue",))
    other = make_firm(
        "Anyaman Sekar", phone=PHONE, address="Blok Manis", email="sekar@contoh.id", owner="Bu Sri"
    )
    pairs_refresh(Firm.objects.filter(pk__in=[one.pk, other.pk]))
    return one, other


@pytest.mark.parametrize("script", [True, False])
def test_officer_compares_merges_and_undoes(
    chromium: Any,
    live_server: Any,
    twins: tuple[Firm, Firm],
    people: dict[str, User],
    script: bool,
) -> None:
    one, other = twins
    with page_of(chromium, live_server, 390, java_script_enabled=script) as page:
        sign_in(page, people["cirebon_staff"])
        page.goto("/en/kelola/")
        page.get_by_role("link", name="Pairs of firms that may be one").click()
        page.get_by_role("heading", name="1 pair", exact=True).wait_for()
        page.get_by_role("link", name="Compare pair").click()
        page.get_by_role("heading", name="Are both the same firm?").wait_for()
        assert "same phone" in page.locator(".mirip").inner_text()
        if page.locator("input[name=pertahankan]").input_value() != str(one.pk):
            page.get_by_role("link", name="Keep the other one instead").click()
            page.wait_for_url(f"**?pertahankan={one.pk}")
        address = page.get_by_role("radiogroup", name="Address")
        address.get_by_label("Blok Manis").check()
        page.get_by_label("Reason").fill("visit of 24 November")
        page.get_by_role("button", name="Merge", exact=True).click()
        page.get_by_text("is merged into").wait_for()
        page.get_by_text("No pair waits for a decision").wait_for()
        page.goto(f"/en/kerja/usaha/{other.pk}/")
        assert page.url.endswith(f"/en/kerja/usaha/{one.pk}/")
        assert "sekar@contoh.id" in page.content()
        page.goto(other.get_absolute_url())
        assert page.url.endswith(one.get_absolute_url())
        page.goto(f"{LIST}gabungan/")
        page.get_by_role("link", name="Anyaman Sekar").click()
        page.get_by_text("Nothing that the merge changed was changed since").wait_for()
        page.get_by_role("button", name="Undo the merge").click()
        page.get_by_text("are two firms again").wait_for()
        page.goto(LIST)
        page.get_by_role("heading", name="1 pair", exact=True).wait_for()
        page.get_by_role("link", name="Compare pair").click()
        page.get_by_role("button", name="Not a duplicate").click()
        page.get_by_text("They are not asked about again").wait_for()
    one.refresh_from_db()
    assert (one.address, one.email, other.owners.count()) == ("Blok Kliwon", "", 1)


def test_save_that_would_make_a_duplicate_is_stopped_once(
    chromium: Any, live_server: Any, twins: tuple[Firm, Firm], people: dict[str, User]
) -> None:
    third = make_firm("Rotan Lain", phone=PHONE)
    with page_of(chromium, live_server, 390, java_script_enabled=False) as page:
        sign_in(page, people["cirebon_staff"])
        page.goto(f"/en/kelola/registry/firm/{third.pk}/change/")
        page.locator("#id_name").fill("Anyaman Sekar")
        page.get_by_role("button", name="Save", exact=True).click()
        page.get_by_role("heading", name="Firms that this one may be").wait_for()
        page.get_by_label("Not a duplicate: save it").check()
        page.get_by_role("button", name="Save", exact=True).click()
        page.wait_for_url("**/kelola/registry/firm/")
    third.refresh_from_db()
    assert third.name == "Anyaman Sekar"
    assert DuplicatePair.objects.filter(state="not_duplicate").count() == 2


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_pages_of_duplicates_hold_the_rules_of_accessibility(
    chromium: Any,
    live_server: Any,
    twins: tuple[Firm, Firm],
    people: dict[str, User],
    width: int,
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    kept, gone = (make_firm(f"Kerajinan Melati {n}", email=f"{n}@contoh.id") for n in "XY")
    merge = firms_merge(kept=kept, gone=gone, by=people["cirebon_staff"], choices={"email": "gone"})
    changed = Firm.objects.get(pk=kept.pk)
    changed.email = "baru@contoh.id"
    firm_save(changed, by=people["cirebon_staff"], reason="uji")
    far = make_firm("Anyaman Sekar", village=CIGUGUR, phone=PHONE)
    pairs_refresh(Firm.objects.filter(pk=far.pk))
    pairs = list(DuplicatePair.objects.order_by("pk").filter(state="open"))
    assert len(pairs) == 3
    base = "/kerja/tugas/ganda/"
    addresses = [base, f"{base}gabungan/", f"{base}gabungan/{merge.pk}/"]
    addresses += [f"{base}{pair.pk}/" for pair in pairs]
    faults: dict[str, list[str]] = {}
    with page_of(chromium, live_server, width) as page:

        def look(name: str) -> None:
            found = [f"{v['id']}: {v['help']}" for v in Axe().run(page).response["violations"]]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append("scrolls sideways")
            if page.locator("h1").count() != 1:
                found.append("not one h1")
            if found:
                faults[name] = found

        sign_in(page, people["cirebon_staff"])
        for address in [*addresses, *(f"/en{address}" for address in addresses)]:
            page.goto(address)
            look(address)
        page.goto("/en/kelola/registry/firm/add/")
        page.locator("#id_name").fill("Anyaman Sekar")
        page.locator("#id_phone").evaluate("e => { e.closest('details')?.setAttribute('open','') }")
        page.locator("#id_phone").fill(PHONE)
        page.locator("#id_village").evaluate(
            "(e, v) => e.add(new Option(v, v, true, true))", twins[0].village_id
        )
        page.get_by_role("button", name="Save", exact=True).click()
        page.get_by_role("heading", name="Firms that this one may be").wait_for()
        look("form with firms that it may be")
    assert faults == {}
