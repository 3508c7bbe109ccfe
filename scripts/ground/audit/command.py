"""`scripts/audit`: serves the sample register and measures its pages with every tool there is.

Rule: exit status 0 when all that ran reached its goal, 1 when anything did not, 2 when the
measuring could not start or broke off.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from scripts.ground import check, children, chromium, environment
from scripts.ground.audit import lighthouse, markup, pages, site, tools, weights
from scripts.ground.audit.rows import Key, NotRun, Row, judged, missed, summary, table, write
from scripts.ground.audit.visitor import Visitor
from scripts.ground.places import ROOT, child_environment, log_file, var_dir
from scripts.ground.steps import Step, Steps, duration
from scripts.ground.trouble import Trouble

TOOLS = ("weights", "html", "axe", "lighthouse")
HELP = """Serves the sample register from a database of its own and measures the pages: transfer
weights, HTML (Nu validator), accessibility (axe, Lighthouse), speed (Lighthouse). What is missing
on this machine (Node, Java, Chromium) is said and left out.

Environment: VAR_DIR (all lies in its folder audit/), AUDIT_DATABASE_URL (an empty PostgreSQL, or
one with the sample register), CHROMIUM (path of the browser), PYTHON."""


def _arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/audit",
        description=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures as JSON")
    parser.add_argument(
        "--pictures", type=Path, metavar="FOLDER", help="draw the pictures of the documents (axe)"
    )
    parser.add_argument("--runs", type=int, default=5, help="speed is the median of so many (5)")
    parser.add_argument("--quick", action="store_true", help="the main pages, each once")
    parser.add_argument(
        "--only", action="append", default=[], metavar="PAGE", help="name or address of a page"
    )
    parser.add_argument(
        "--width",
        action="append",
        type=int,
        choices=pages.WIDTHS,
        help="a screen for Lighthouse (both)",
    )
    parser.add_argument(
        "--tools", default=",".join(TOOLS), help=f"some of {','.join(TOOLS)} (all of them)"
    )
    asked = parser.parse_args(arguments)
    asked.tools = asked.tools.split(",")
    if unknown := set(asked.tools) - set(TOOLS):
        parser.error(f"unknown tools: {', '.join(sorted(unknown))}")
    if asked.runs < 1:
        parser.error("--runs must be 1 or more")
    asked.pages = pages.chosen(quick=asked.quick, only=asked.only)
    if not asked.pages:
        parser.error(f"no such page; there are: {', '.join(p.name for p in pages.PAGES)}")
    if asked.quick:
        asked.runs = 1
    return asked


def commit() -> str:
    """The commit measured, with a plus when files differ from it."""

    def git(*words: str) -> str:
        try:
            done = subprocess.run(
                ["git", "-C", ROOT, *words], capture_output=True, text=True, check=False
            )
        except OSError:
            return ""
        return done.stdout.strip() if done.returncode == 0 else ""

    found = git("rev-parse", "--short=12", "HEAD")
    return found + ("+" if git("status", "--porcelain", "-uno") else "") if found else "unknown"


def machine(benchmarks: list[float]) -> str:
    """What it was measured on; `benchmarks` are Lighthouse's marks for its speed at that time."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    parts = [f"{check.cores()} cores", f"{memory:.0f} GB", platform.system(), platform.machine()]
    if benchmarks:
        parts.append(f"Lighthouse benchmark {statistics.median(benchmarks):.0f}")
    return ", ".join(parts)


def slow(benchmarks: list[float]) -> str:
    """A warning where the times come from a machine too slow or too busy to trust them."""
    if not benchmarks or statistics.median(benchmarks) >= lighthouse.EXPECTED:
        return ""
    return (
        f"The machine was slow or busy (Lighthouse benchmark {statistics.median(benchmarks):.0f}, "
        f"{lighthouse.EXPECTED} expected): times and performance points are worse than the pages.\n"
    )


class Audit:
    """One run: its pages as they answered, the rows so far, and what could not be run."""

    def __init__(self, steps: Steps, asked: argparse.Namespace) -> None:
        self.steps = steps
        self.asked = asked
        self.rows: list[Row] = []
        self.not_run: list[NotRun] = []
        self.targets: list[site.Target] = []
        self.cookies: dict[str, str] = {}
        self.benchmarks: list[float] = []

    def leave_out(self, measure: str, reason: str) -> None:
        """Say that something cannot be measured here."""
        self.not_run.append(NotRun(measure, reason))

    def find(self, base: str) -> None:
        """Ask for each page once."""
        with self.steps.step("Pages") as step:
            staff = site.signed_in(base)
            self.cookies = staff.cookies() if staff else {}
            if staff is None and any(page.staff for page in self.asked.pages):
                self.leave_out("pages of staff", "The sample account could not sign in.")
            visitor = Visitor(base)
            self.targets, rows = site.targets_of(self.asked.pages, visitor, staff)
            self.rows += rows
            step.label = f"Pages: {len(self.targets)} of {len(rows)} are there"

    def weigh(self, base: str) -> None:
        """The weights of pages and files."""
        visitor = Visitor(base)
        known: dict[str, int] = {}

        def weight_of(address: str) -> int:
            if address not in known:
                known[address] = visitor.get(address).weight
            return known[address]

        with self.steps.step("Weights"):
            for target in self.targets:
                found = weights.weigh(target, weight_of)
                self.rows += found

    def validate(self, found: tools.Tools) -> None:
        """The HTML before the validator."""
        if found.no_validator:
            self.leave_out("HTML", found.no_validator)
            return
        with self.steps.step("HTML"):
            html = {target.key: target.answer.html for target in self.targets}
            folder = var_dir() / "html"
            self.rows += markup.validate(found.java, found.validator, folder, html)

    def walk(self, base: str, browser: str) -> None:
        """The pages in a browser, in a process of the checks' environment."""
        job, result = var_dir() / "walk.json", var_dir() / "walked.json"
        result.unlink(missing_ok=True)
        order = {
            "base": base,
            "chromium": browser,
            "cookies": self.cookies,
            "widths": pages.WIDTHS,
            "narrowest": pages.NARROWEST,
            "targets": [
                {"url": t.url, "staff": t.page.staff, "picture": self._picture(t)}
                for t in self.targets
            ],
        }
        job.write_text(json.dumps(order), encoding="utf-8")
        job.chmod(0o600)
        with self.steps.step("axe") as step:
            with log_file("walk").open("wb") as log:
                module = ["-m", "scripts.ground.audit.walk"]
                child = children.start([*module, job, result], child_environment(), log)
            try:
                while child.poll() is None:
                    step.note(_last_line(log_file("walk")))
                    time.sleep(0.2)
            finally:
                children.stop(child)
                job.unlink()
        if not result.exists():
            raise Trouble(f"The browser's walk broke off: see the end of {log_file('walk')}.")
        for target, seen in zip(self.targets, json.loads(result.read_text()), strict=True):
            self.rows += walked(target.key, seen, admin=target.page.admin)

    def _picture(self, target: site.Target) -> str:
        """Where the picture of a page belongs; empty where none is wanted."""
        wanted = self.asked.pictures and target.page.picture and target.language == "id"
        return str(self.asked.pictures / f"{target.page.picture}.png") if wanted else ""

    def light(self, found: tools.Tools, browser: str) -> None:
        """Lighthouse over all pages, one after the other."""
        tool = lighthouse.Lighthouse(
            found.node, found.lighthouse, browser, self.asked.runs, self.benchmarks
        )
        with self.steps.step("Lighthouse") as step:
            for number, target in enumerate(self.targets, 1):
                self._light_page(tool, target, step, f"{number} of {len(self.targets)}")

    def _light_page(
        self, tool: lighthouse.Lighthouse, target: site.Target, step: Step, place: str
    ) -> None:
        cookies = self.cookies if target.page.staff else {}
        for width in self.asked.width or pages.WIDTHS:
            step.note(f"{place}, {' '.join(target.key)} {width}")
            self.rows += tool.measure(target, width, cookies)


def _last_line(path: Path) -> str:
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return lines[-1] if lines else "begins"


def walked(key: Key, seen: dict[str, object], *, admin: bool = False) -> list[Row]:
    """The rows of one page from what the browser saw."""
    if error := seen.get("error"):
        return [judged(key, None, "axe violations", None, (str(error),))]
    rows = []
    for width, found in seen["rules"].items():  # type: ignore[attr-defined]
        faults, strangers = tuple(found["faults"]), tuple(found["strangers"])
        rows.append(judged(key, int(width), "axe violations", len(faults), faults))
        rows.append(judged(key, int(width), "requests to other hosts", len(strangers), strangers))
    wide: dict[str, Any] = seen["overflow"]  # type: ignore[assignment]
    words: list[str] = seen["script"]  # type: ignore[assignment]
    rows.append(
        judged(key, pages.NARROWEST, "sideways scroll", wide["over"], tuple(wide["faults"]))
    )
    why = (" ".join(words[:20]),) if words else ()
    measure = "words that the admin's script adds" if admin else "words that need script"
    rows.append(judged(key, None, measure, len(words), why))
    return rows


def _measure(audit: Audit, base: str, found: tools.Tools, browser: str, no_browser: str) -> None:
    audit.find(base)
    asked = audit.asked.tools
    if "weights" in asked:
        audit.weigh(base)
    if "html" in asked:
        audit.validate(found)
    for tool, part in (("axe", "axe"), ("lighthouse", "Lighthouse")):
        if tool not in asked:
            continue
        reason = no_browser or (found.no_lighthouse if tool == "lighthouse" else "")
        if reason:
            audit.leave_out(part, reason)
        elif tool == "axe":
            audit.walk(base, browser)
        else:
            audit.light(found, browser)


def _all(asked: argparse.Namespace) -> int:
    started = time.monotonic()
    steps = Steps()
    environment.ready(steps, environment.CHECKS)
    browser, no_browser = chromium.ready(steps)
    needed = {"html", "lighthouse"} & set(asked.tools)
    found = tools.ready(steps) if needed else tools.Tools()
    audit = Audit(steps, asked)
    with site.served(steps) as base:
        _measure(audit, base, found, browser, no_browser and f"{no_browser}.")
    print(f"\n{table(audit.rows)}\n\n{slow(audit.benchmarks)}", end="")
    print(summary(audit.rows, audit.not_run), end=" ")
    print(f"({duration(time.monotonic() - started)})", flush=True)
    if asked.json:
        write(
            asked.json,
            audit.rows,
            audit.not_run,
            commit=commit(),
            machine=machine(audit.benchmarks),
        )
    return 1 if missed(audit.rows) else 0


def main(arguments: list[str]) -> int:
    """Measure, and say in one status how it went."""
    asked = _arguments(arguments)
    for name in ("json", "pictures"):
        if path := getattr(asked, name):
            setattr(asked, name, path.absolute())
    os.environ["VAR_DIR"] = str(var_dir() / "audit")
    try:
        return _all(asked)
    except Trouble as trouble:
        print(f"\n{trouble}", file=sys.stderr, flush=True)
        return 2
