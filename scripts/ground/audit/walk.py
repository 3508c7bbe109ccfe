"""The pages in a real browser: rules of accessibility, smallest screen, without script.

Runs in the environment of the checks as `python -m scripts.ground.audit.walk JOB RESULT`, two JSON
files. Rule: one context for each page and size, so that no page leaves anything to the next one.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
SHOWN = 3  # places of one fault that the table has room for
HEIGHT = 800

# The texts past the edge that no scrolling region of their own holds.
REACHING = """width => {
  const held = e => {
    for (let p = e; p && p !== document.body; p = p.parentElement)
      if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(p).overflowX)) return true;
    return false;
  };
  const name = e => [e.localName, ...e.classList].join('.') + (e.id ? '#' + e.id : '');
  const found = [], range = document.createRange();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    range.selectNodeContents(texts.currentNode);
    const right = Math.round(range.getBoundingClientRect().right);
    const parent = texts.currentNode.parentElement;
    if (right > width && !held(parent))
      found.push(`${name(parent)} reaches ${right} px: ${range.toString().trim().slice(0, 40)}`);
  }
  return found.slice(0, 5);
}"""

Found = dict[str, Any]


def differing(with_script: str, without: str) -> list[str]:
    """The words that only one of the two shows."""
    one, other = Counter(with_script.split()), Counter(without.split())
    return sorted(((one - other) + (other - one)).elements())


def said(violation: dict[str, Any]) -> str:
    """One fault of axe with the first places where."""
    places = [" ".join(map(str, node["target"])) for node in violation["nodes"]]
    more = f" and {len(places) - SHOWN} more" if len(places) > SHOWN else ""
    return f"{violation['id']}: {violation['help']} [{'; '.join(places[:SHOWN])}{more}]"


class Walk:
    """One browser that visits the pages of a job."""

    def __init__(self, browser: Any, base: str, cookies: dict[str, str]) -> None:
        self._browser = browser
        self._base = base
        self._cookies = [{"name": n, "value": v, "url": base} for n, v in cookies.items()]

    def _open(self, target: Found, width: int, *, script: bool = True) -> tuple[Any, Any]:
        context = self._browser.new_context(
            viewport={"width": width, "height": HEIGHT}, java_script_enabled=script
        )
        if target["staff"]:
            context.add_cookies(self._cookies)
        return context, context.new_page()

    def rules(self, target: Found, width: int) -> Found:
        """What axe says at this width, and who else was asked for anything."""
        from axe_playwright_python.sync_playwright import Axe

        context, page = self._open(target, width)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        try:
            page.goto(target["url"])
            violations = Axe().run(page).response["violations"]
        finally:
            context.close()
        strangers = [u for u in asked if not u.startswith((f"{self._base}/", "data:", "blob:"))]
        return {"faults": [said(each) for each in violations], "strangers": strangers}

    def picture(self, target: Found) -> None:
        """Draw the first screen of the page where its target says so."""
        if path := target.get("picture"):
            context, page = self._open(target, 1280)
            try:
                page.goto(target["url"])
                page.screenshot(path=path)
            finally:
                context.close()

    def overflow(self, target: Found, width: int) -> Found:
        """How many pixels the page is wider than the screen, and what reaches out.

        Seen with our font and with the fallback, which is wider and comes first on a slow line.
        """
        over, faults = 0, []
        for font in (True, False):
            context, page = self._open(target, width)
            if not font:
                context.route("**/*.woff2", lambda route: route.abort())
            try:
                page.goto(target["url"])
                page.evaluate("document.fonts.ready.then(() => true)")
                wide = page.evaluate("document.documentElement.scrollWidth") - width
                over = max(over, wide)
                if wide > 0:
                    where = "" if font else "with the fallback font: "
                    faults += [where + each for each in page.evaluate(REACHING, width)]
            finally:
                context.close()
        return {"over": over, "faults": faults}

    def text(self, target: Found, *, script: bool) -> str:
        """What the page shows as text."""
        context, page = self._open(target, 1280, script=script)
        try:
            page.goto(target["url"])
            words: str = page.inner_text("body")
            return words
        finally:
            context.close()

    def needs_script(self, target: Found) -> list[str]:
        """The words that differ without script; asked twice, since a clock may tick between."""
        for _ in range(2):
            words = differing(self.text(target, script=True), self.text(target, script=False))
            if not words:
                break
        return words


def visit(walk: Walk, target: Found, widths: list[int], narrowest: int) -> Found:
    """All that is asked of one page; an error of the browser is told in its place."""
    try:
        walk.picture(target)
        return {
            "rules": {str(width): walk.rules(target, width) for width in widths},
            "overflow": walk.overflow(target, narrowest),
            "script": walk.needs_script(target),
        }
    except Exception as error:
        return {"error": str(error).splitlines()[0]}


def main(job: Path, result: Path) -> None:
    """Visit the pages of the job and write what was found, page after page."""
    from playwright.sync_api import sync_playwright

    order = json.loads(job.read_text(encoding="utf-8"))
    found = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=order["chromium"], args=list(FLAGS), timeout=60_000
        )
        walk = Walk(browser, order["base"], order["cookies"])
        for target in order["targets"]:
            print(target["url"], flush=True)
            found.append(visit(walk, target, order["widths"], order["narrowest"]))
        browser.close()
    result.write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
