"""Every page by keyboard alone: each control is reached, in order, seen where it has the focus, and
left again.

Rule: WCAG 2.2, criteria 2.1.1, 2.1.2, 2.4.3, 2.4.7 and 2.4.11.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from accounts.models import User
from registry.models import Firm
from tests.browser.test_walks import ENGLISH, PUBLIC, STAFF, page_of, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OFFICE = [
    *STAFF, "/gaya/", "/kerja/usaha/", "/kerja/impor/", "/kerja/impor/baru/",
    "/kerja/tugas/ganda/", "/kerja/tugas/ganda/gabungan/", "/kelola/", "/kelola/registry/firm/",
    "/kerja/tugas/", "/kerja/tugas/?antrean=akun", "/kerja/tugas/usulan/", "/kerja/lapor/",
    "/kerja/sentra/", "/kerja/usaha/kartu/", "/kerja/dasbor/target/", "/kerja/pertanyaan/",
]  # fmt: skip

# What Tab should reach: of a group of radio buttons one, of a closed fold its summary alone.
EXPECTED = r"""() => {
  const all = document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]');
  const groups = new Set();
  return [...all].filter((e) => {
    const shown = e.checkVisibility({visibilityProperty: true});
    if (e.disabled || e.tabIndex < 0 || !shown) return false;
    const fold = e.closest('details:not([open])');
    if (fold && !(e.localName === 'summary' && e.parentElement === fold)) return false;
    if (e.type !== 'radio') return true;
    const key = e.name + (e.form ? [...document.forms].indexOf(e.form) : '');
    if (groups.has(key)) return false;
    groups.add(key);
    return true;
  }).map((e) => e.outerHTML.replace(/\s+/g, ' ').slice(0, 90));
}"""
FOCUSED = r"""() => {
  const e = document.activeElement;
  if (!e || e === document.body || e === document.documentElement) return null;
  const style = getComputedStyle(e), box = e.getBoundingClientRect();
  const ring = (s) => (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 1)
    || s.boxShadow !== 'none';
  const label = e.closest('label') || (e.labels && e.labels[0]);
  const shape = e instanceof SVGElement;
  const drawn = [...e.querySelectorAll('path, circle')].some(
    (shape) => parseFloat(getComputedStyle(shape).strokeWidth) >= 4);
  const ringed = ring(style) || ring(getComputedStyle(e, '::after'))
    || (label && ring(getComputedStyle(label))) || (shape && drawn);
  const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
  const y = Math.min(Math.max(box.top + Math.min(box.height, innerHeight) / 2, 0), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  // The middle of a shape may lie outside of it.
  const seen = box.bottom > 0 && box.top < innerHeight && top
    && (shape || e.contains(top) || top.contains(e) || (label && label.contains(top)));
  return {html: e.outerHTML.replace(/\s+/g, ' ').slice(0, 90), ringed: !!ringed, seen: !!seen};
}"""


def faults_of(page: Any) -> list[str]:
    """What goes wrong between the first Tab and the one that leaves the page."""
    expected = page.evaluate(EXPECTED)
    faults, reached = [], []
    for _ in range(len(expected) + 20):
        page.keyboard.press("Tab")
        held = page.evaluate(FOCUSED)
        if held is None or reached[:1] == [held["html"]]:
            break  # a browser without a frame begins anew
        reached.append(held["html"])
        if not held["ringed"]:
            faults.append(f"no ring: {held['html']}")
        if not held["seen"]:
            faults.append(f"covered: {held['html']}")
    else:
        faults.append("the focus does not leave the page")
    if not reached or not re.search('class="(lewati|skip-to-content-link)"', reached[0]):
        faults.append(f"the first is not the way to the content: {reached[:1]}")
    missed = [html for html in expected if html not in reached]
    return faults + [f"not reached: {html}" for html in missed]


@pytest.mark.parametrize("width", [1280, 390])
def test_every_public_page_is_walked_by_keyboard(
    chromium: Any, live_server: Any, register: Firm, width: int
) -> None:
    found = {}
    with page_of(chromium, live_server, width) as page:
        for address in [*PUBLIC, *ENGLISH, register.get_absolute_url()]:
            page.goto(address)
            found[address] = faults_of(page)
    assert [f"{address} {fault}" for address, faults in found.items() for fault in faults] == []


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_of_the_office_is_walked_by_keyboard(
    chromium: Any, live_server: Any, register: Firm, people: dict[str, User], width: int
) -> None:
    found = {}
    change = f"/kelola/registry/firm/{register.pk}/change/"
    with page_of(chromium, live_server, width) as page:
        sign_in(page, people["province"])
        for address in [*OFFICE, f"/kerja/usaha/{register.pk}/", change]:
            page.goto(address)
            found[address] = faults_of(page)
    assert [f"{address} {fault}" for address, faults in found.items() for fault in faults] == []
