"""Transfer weights: the page itself and the files it names, compressed as they travel.

Rule: gzip is what every client understands, so gzip is what is weighed, also where a file is there
with brotli too.
"""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser

from scripts.ground.audit.rows import KB, Row, judged
from scripts.ground.audit.site import Target


class Named(HTMLParser):
    """The files that a page names in its head and its scripts, by kind."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.files: dict[str, list[str]] = {"css": [], "font": [], "script": []}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in one tag."""
        has = {name: value or "" for name, value in attrs}
        if tag == "link" and has.get("rel") == "stylesheet":
            self.files["css"].append(has["href"])
        elif tag == "link" and has.get("rel") == "preload" and has.get("as") == "font":
            self.files["font"].append(has["href"])
        elif tag == "script" and has.get("src"):
            self.files["script"].append(has["src"])


def weigh(target: Target, weight_of: Callable[[str], int]) -> list[Row]:
    """The rows of one page; `weight_of` tells the bytes of a file."""
    page, key, answer = target.page, target.key, target.answer
    files = Named(answer.html).files
    bytes_of = {kind: sum(map(weight_of, names)) for kind, names in files.items()}
    names = {"css": "CSS", "font": "font", "script": "script"}
    if page.staff or len(files["css"]) > 1:
        names |= {"css": "CSS with staff's", "script": "script of staff"}
    if page.admin:
        names["script"] = "script of the admin"
    rows = [judged(key, None, "HTML", answer.weight / KB)]
    for kind, measure in names.items():
        rows.append(judged(key, None, measure, bytes_of[kind] / KB))
    return rows
