"""Lighthouse over one page at a time, in a Chrome that is new for each run.

Rule: the browser is ours: an empty folder of its own, and it never outlives its run. Figures that
differ from run to run are told as the median.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from scripts.ground import children
from scripts.ground.audit.pages import Page
from scripts.ground.audit.rows import KB, Key, Row, judged
from scripts.ground.audit.site import Target
from scripts.ground.places import child_environment, log_file, var_dir

BECOME = Path(__file__).with_name("become.py")
COOKIES = Path(__file__).with_name("cookies.mjs")
PATIENCE = 180.0  # seconds for one run
EXPECTED = 1000  # the benchmark of a machine on which Lighthouse trusts its times
CHROME = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)
LOOK = {"accessibility": "accessibility", "best-practices": "best practices", "seo": "SEO"}
PHOTOS = ("image/webp", "image/jpeg", "image/png", "image/avif")
# Phones: Lighthouse's own slow 4G and slowed processor, on the narrow screen of the design.
SCREENS = {
    390: ["--form-factor=mobile", "--screenEmulation.width=390", "--screenEmulation.height=844"],
    1280: ["--preset=desktop", "--screenEmulation.width=1280", "--screenEmulation.height=900"],
}
Report = dict[str, Any]


@contextmanager
def chrome(program: str) -> Iterator[int]:
    """A new Chrome with an empty folder; the port on which it takes orders."""
    folder = Path(tempfile.mkdtemp(prefix="chrome-", dir=var_dir()))
    arguments = [*CHROME, "--remote-debugging-port=0", f"--user-data-dir={folder}", "about:blank"]
    with log_file("chrome").open("ab") as log:
        child = children.start([BECOME, program, *arguments], child_environment(), log)
    try:
        told = folder / "DevToolsActivePort"
        deadline = time.monotonic() + 30
        while not (told.exists() and (lines := told.read_text().splitlines())):
            if child.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the browser did not start, see {log_file('chrome')}")
            time.sleep(0.05)
        yield int(lines[0])
    finally:
        children.stop(child, patience=3)
        shutil.rmtree(folder, ignore_errors=True)


def categories_of(page: Page) -> list[str]:
    """What the page is judged on: no search engine is meant to find the staff's pages."""
    wanted = ["accessibility", "best-practices"]
    if page.searched:
        wanted.append("seo")
    return [*wanted, *([] if page.staff else ["performance"])]


def read(path: Path) -> Report:
    """The report of a run that went well."""
    if not path.exists():
        raise RuntimeError(f"no report, see {log_file('lighthouse')}")
    report: Report = json.loads(path.read_text(encoding="utf-8"))
    if error := report.get("runtimeError"):
        raise RuntimeError(str(error.get("message", error)))
    return report


def _score(report: Report, category: str) -> float:
    score = report["categories"][category]["score"]
    if score is None:
        raise RuntimeError(f"no score for {category}")
    return round(100 * float(score))


def _figure(report: Report, audit: str) -> float:
    value = report["audits"][audit].get("numericValue")
    if value is None:
        raise RuntimeError(f"{audit} was not measured")
    return float(value)


def _requests(report: Report) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = report["audits"]["network-requests"]["details"]["items"]
    return [item for item in items if not item["url"].startswith("data:")]


def without_photos(report: Report) -> int:
    """The bytes that travel until the first view stands, photos left out, drawings counted."""
    kept = (r for r in _requests(report) if r.get("mimeType") not in PHOTOS)
    return sum(int(r.get("transferSize", 0)) for r in kept)


def before_paint(report: Report) -> int:
    """How many requests the first paint may wait for: page, style, font, script at once."""
    kinds = {"Document", "Stylesheet", "Font", "Script"}
    return sum(
        r.get("resourceType") in kinds and r.get("priority") in {"VeryHigh", "High"}
        for r in _requests(report)
    )


SPEED = {
    "Lighthouse performance": lambda report: _score(report, "performance"),
    "largest paint": lambda report: _figure(report, "largest-contentful-paint") / 1000,
    "layout shift": lambda report: _figure(report, "cumulative-layout-shift"),
    "blocking time": lambda report: _figure(report, "total-blocking-time"),
    "first view without photos": lambda report: without_photos(report) / KB,
    "requests before first paint": before_paint,
}


def faults(report: Report, category: str) -> tuple[str, ...]:
    """The audits that cost points in a category, each with the first place where."""
    found = []
    for reference in report["categories"][category]["auditRefs"]:
        audit = report["audits"][reference["id"]]
        if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
            items = (audit.get("details") or {}).get("items") or [{}]
            node = items[0].get("node") or {}
            where = node.get("selector") or items[0].get("description") or ""
            found.append(f"{audit['id']}: {audit.get('displayValue') or where}".rstrip(": "))
    return tuple(found)


def reasons(measure: str, reports: list[Report]) -> tuple[str, ...]:
    """What lies behind a slow figure: the audits that cost points, or the long pieces of work."""
    if measure == "Lighthouse performance":
        return faults(reports[0], "performance")
    if measure == "blocking time":
        tasks = reports[0]["audits"].get("long-tasks", {}).get("details", {}).get("items", [])
        return tuple(f"{task['duration']:.0f} ms at once for {task['url']}" for task in tasks[:3])
    return ()


def _median_row(key: Key, width: int, name: str, reports: list[Report]) -> Row:
    try:
        value = statistics.median(SPEED[name](report) for report in reports)
    except RuntimeError as error:
        return judged(key, width, name, None, (str(error),))
    row = judged(key, width, name, value)
    return replace(row, why=reasons(name, reports)) if row.reached is False else row


def rows_of(key: Key, width: int, reports: list[Report]) -> list[Row]:
    """The rows of a page: looks from the first report, speed as the median of all."""
    rows = []
    for category, label in LOOK.items():
        if category in reports[0]["categories"]:
            why = faults(reports[0], category)
            score = reports[0]["categories"][category]["score"]
            value = None if score is None else round(100 * score)
            rows.append(judged(key, width, f"Lighthouse {label}", value, why))
    if "performance" in reports[0]["categories"]:
        rows += [_median_row(key, width, name, reports) for name in SPEED]
    return rows


@dataclass(frozen=True)
class Lighthouse:
    """How to start it: Node, its program, the browser, and how often speed is measured."""

    node: str
    program: Path
    chromium: str
    runs: int
    benchmarks: list[float] = field(default_factory=list)

    def measure(self, target: Target, width: int, cookies: dict[str, str]) -> list[Row]:
        """The rows of a page at one width."""
        reports: list[Report] = []
        wanted = categories_of(target.page)
        try:
            for _ in range(self.runs if target.page.speed else 1):
                reports.append(self._patiently(target.url, width, wanted, cookies))
                wanted = ["performance"]
                self.benchmarks.append(reports[-1]["environment"]["benchmarkIndex"])
        except RuntimeError as error:
            name = "Lighthouse performance" if reports else "Lighthouse accessibility"
            return [judged(target.key, width, name, None, (str(error),))]
        return rows_of(target.key, width, reports)

    def _patiently(
        self, url: str, width: int, categories: list[str], cookies: dict[str, str]
    ) -> Report:
        """One run, and another when the first gave no report."""
        try:
            return self.run(url, width, categories, cookies)
        except RuntimeError:
            return self.run(url, width, categories, cookies)

    def run(self, url: str, width: int, categories: list[str], cookies: dict[str, str]) -> Report:
        """One run; `RuntimeError` with the reason when it gave no report."""
        program = shutil.which(self.chromium) or self.chromium
        output = var_dir() / "lighthouse.json"
        output.unlink(missing_ok=True)
        options = [f"--output-path={output}", "--output=json", "--quiet", *SCREENS[width]]
        options += [f"--only-categories={','.join(categories)}", "--ignore-status-code"]
        options += ["--no-enable-error-reporting"]
        settings = child_environment(CHROME_PATH=program, CI="1")
        with chrome(program) as port, log_file("lighthouse").open("wb") as log:
            if cookies:
                options.append("--disable-storage-reset")
                self._sign_in(port, url, cookies, log)
            command: list[str | Path] = [
                BECOME,
                self.node,
                self.program,
                url,
                f"--port={port}",
                *options,
            ]
            child = children.start(command, settings, log)
            try:
                child.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                raise RuntimeError(f"no report within {PATIENCE:.0f} seconds") from None
            finally:
                children.stop(child, patience=2)
        return read(output)

    def _sign_in(self, port: int, url: str, cookies: dict[str, str], log: Any) -> None:
        packages = self.program.resolve().parents[2]
        given: list[str | Path] = [packages, str(port), url, json.dumps(cookies)]
        child = children.start([BECOME, self.node, COOKIES, *given], child_environment(), log)
        try:
            if child.wait(30):
                raise RuntimeError(f"nobody was signed in, see {log_file('lighthouse')}")
        except subprocess.TimeoutExpired:
            raise RuntimeError("signing in took more than 30 seconds") from None
        finally:
            children.stop(child, patience=2)
