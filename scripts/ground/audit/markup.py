"""The HTML of the pages before the Nu validator, all in one start of Java.

Rule: an error fails its page; a warning is told.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from scripts.ground.audit.rows import Key, Row, judged

SHOWN = 5  # messages of one page that the table has room for


def name_of(key: Key) -> str:
    """The file name for a page."""
    return f"{key[0].replace(' ', '-')}.{key[1]}.html"


def said(message: dict[str, Any]) -> str:
    """One message with its place."""
    extract = " ".join(str(message.get("extract", "")).split())
    return f"line {message.get('lastLine', '?')}: {message.get('message', '')} [{extract[:90]}]"


def rows_of(keys: list[Key], messages: list[dict[str, Any]]) -> list[Row]:
    """The rows of all pages from the validator's messages."""
    rows = []
    for key in keys:
        own = [m for m in messages if str(m.get("url", "")).endswith(f"/{name_of(key)}")]
        errors = [m for m in own if m["type"] != "info"]
        warnings = [m for m in own if m["type"] == "info"]
        for measure, found in (("HTML errors", errors), ("HTML warnings", warnings)):
            why = tuple(map(said, found[:SHOWN]))
            rows.append(judged(key, None, measure, len(found), why))
    return rows


def validate(java: str, jar: Path, folder: Path, pages: dict[Key, str]) -> list[Row]:
    """Write the pages into the folder and let the validator read them."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for key, html in pages.items():
        file = folder / name_of(key)
        file.write_text(html, encoding="utf-8")
        files.append(file)
    options = ["--format", "json", "--stdout", "--exit-zero-always", "--html"]
    done = subprocess.run(
        [java, "-Xss1m", "-jar", jar, *options, *files],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    try:
        messages = json.loads(done.stdout)["messages"]
    except (ValueError, KeyError):
        why = (f"the validator ended with {done.returncode}: {done.stderr.strip()[-200:]}",)
        return [judged(key, None, "HTML errors", None, why) for key in pages]
    return rows_of(list(pages), messages)
