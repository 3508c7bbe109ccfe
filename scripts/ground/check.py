"""`scripts/test` and `scripts/rehearse`: every check of the project on a real PostgreSQL.

Rule: all checks run even when one fails, the output of a check is shown only when it fails, and
pytest's own summary stands among the last lines.
"""

from __future__ import annotations

import argparse
import os
import re
import secrets
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from scripts.ground import chromium, environment
from scripts.ground.children import LINEAGE
from scripts.ground.database import CARELESS, NAME, Cluster
from scripts.ground.places import ROOT, VENV_PYTHON
from scripts.ground.prepared import database
from scripts.ground.steps import Steps, duration

HELP = """Prepares the environment and a PostgreSQL of its own, then runs {what}.

With pytest arguments only pytest runs, with these arguments; without -m it keeps to its tier of
tests, and without a path, -k, -x or -n it uses up to four cores.

Environment: TEST_DATABASE_URL (a PostgreSQL to use instead of its own), CHROMIUM (path of the
browser), VAR_DIR, PYTHON."""

PYTHON = str(VENV_PYTHON)
LEAST = {"APP_MODE": "production", "ALLOWED_HOSTS": "example.org"}
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as run; run()"
NOTHING = 5  # pytest's status when it found no test


@dataclass(frozen=True)
class Check:
    """One program to run; `settings` are added to its environment."""

    name: str
    command: Sequence[str]
    settings: dict[str, str]


def checks() -> list[Check]:
    """All checks besides the tests, in the order of their lines."""
    test = {"APP_MODE": "test"}
    deploy = LEAST | {"SECRET_KEY": secrets.token_urlsafe(60)}
    manage = [PYTHON, "manage.py"]
    return [
        Check("ruff check", [PYTHON, "-m", "ruff", "check", "."], {}),
        Check("ruff format", [PYTHON, "-m", "ruff", "format", "--check", "."], {}),
        Check("mypy", [PYTHON, "-m", "mypy"], test),
        Check("import-linter", [PYTHON, "-c", LINT_IMPORTS], {}),
        Check("djlint", [PYTHON, "-m", "djlint", "--lint", "templates"], {}),
        Check("migrations", [*manage, "makemigrations", "--check", "--dry-run"], test),
        Check("deploy check", [*manage, "check", "--deploy", "--fail-level", "WARNING"], deploy),
        Check("messages", [*manage, "messages", "--check"], test),
    ]


@dataclass(frozen=True)
class Result:
    """How a check ended."""

    name: str
    seconds: float
    status: int
    output: str


def _run(check: Check, env: dict[str, str]) -> Result:
    started = time.monotonic()
    done = subprocess.run(
        check.command,
        cwd=ROOT,
        env=env | check.settings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    return Result(check.name, time.monotonic() - started, done.returncode, done.stdout)


def run_checks(wanted: list[Check], env: dict[str, str], steps: Steps) -> list[Result]:
    """Run the checks, as many at a time as there are cores, and print a line for each."""
    results = []
    with ThreadPoolExecutor(min(cores(), 4)) as pool:
        for result in pool.map(lambda check: _run(check, env), wanted):
            steps.line(result.seconds, f"{result.name}: {'FAILED' if result.status else 'ok'}")
            if result.status:
                print(result.output.rstrip(), flush=True)
            results.append(result)
    return results


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(arguments: list[str]) -> list[str]:
    """The pytest options for several cores, unless the arguments pick single tests."""
    single = ("-n", "-k", "-x", "--numprocesses", "--pdb", "--lf", "--ff", "--sw")
    for argument in arguments:
        if argument.startswith(single) or (ROOT / argument.split("::")[0]).exists():
            return []
    return ["-n", str(min(cores(), 4))]


def chosen(arguments: list[str], tier: str) -> list[str]:
    """The pytest option for the tier, unless the arguments choose marks themselves."""
    return [] if any(each.startswith("-m") for each in arguments) else ["-m", tier]


COUNTED = r"\d+ (?:passed|failed|errors?|skipped|deselected|xfailed|xpassed|warnings?)"
SUMMARY = re.compile(rf"^=*\s*((?:{COUNTED}|no tests ran)\b.* in [\d.]+s.*?)\s*=*$")
SKIPPED = re.compile(r"^SKIPPED \[(\d+)\].*chromium", re.IGNORECASE)


@dataclass
class Told:
    """What pytest said that belongs among the last lines."""

    summary: str = ""
    without_browser: int = 0

    def hear(self, line: str) -> None:
        """Take in one line of pytest's output."""
        plain = re.sub(r"\x1b\[[0-9;]*m", "", line.rstrip())
        if match := SUMMARY.match(plain):
            self.summary = match[1]
        if match := SKIPPED.match(plain):
            self.without_browser += int(match[1])


def run_pytest(arguments: list[str], env: dict[str, str]) -> tuple[int, Told]:
    """Run pytest, its output passing through; its status and what it told."""
    told = Told()
    colour = ["--color=yes"] if sys.stdout.isatty() else []
    with subprocess.Popen(
        [PYTHON, LINEAGE, str(os.getpid()), "-m", "pytest", *colour, *arguments],
        cwd=ROOT,
        env=env | {"APP_MODE": "test"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as child:
        assert child.stdout is not None
        try:
            for line in child.stdout:
                told.hear(line)
                print(line, end="", flush=True)
        except BaseException:
            child.terminate()
            raise
    return child.returncode, told


def _all(arguments: list[str], *, tier: str, with_checks: bool) -> int:
    started = time.monotonic()
    steps = Steps()
    environment.ready(steps, environment.CHECKS)
    browser, reason = chromium.ready(steps)
    cluster = Cluster("postgres-test", CARELESS)
    with database(steps, cluster, "TEST_DATABASE_URL") as env:
        settings = env | {"CHROMIUM": browser}
        results = run_checks(checks(), settings, steps) if with_checks else []
        failed = [result.name for result in results if result.status]
        options = [*spread(arguments), *chosen(arguments, tier), *arguments]
        if cluster.held:  # so that two test runs at once do not share their databases
            cluster.forget_tests()
            settings |= cluster.environment(f"{NAME}_{os.getpid()}")
        status, told = run_pytest(options, settings)
    if status:
        failed.append("pytest (no test was found)" if status == NOTHING else "pytest")
    print()
    if told.without_browser:
        print(f"{told.without_browser} browser tests skipped: {reason}")
    print(f"pytest: {told.summary or 'ended without a summary'}")
    passed = "All checks passed" if with_checks else "Tests passed"
    print("FAILED: " + ", ".join(failed) if failed else passed, end=" ")
    print(f"({duration(time.monotonic() - started)})", flush=True)
    return 1 if failed else 0


def _help(arguments: list[str], name: str, what: str) -> bool:
    if arguments not in (["--help"], ["-h"]):
        return False
    parser = argparse.ArgumentParser(
        prog=f"scripts/{name}",
        usage=f"scripts/{name} [pytest arguments]",
        description=HELP.format(what=what),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        add_help=False,
    )
    parser.print_help()
    return True


def test(arguments: list[str]) -> int:
    """`scripts/test`."""
    if _help(arguments, "test", "every check and the quick tests"):
        return 0
    return _all(arguments, tier="not slow", with_checks=not arguments)


def rehearse(arguments: list[str]) -> int:
    """`scripts/rehearse`."""
    if _help(arguments, "rehearse", "the slow tests"):
        return 0
    return _all(arguments, tier="slow", with_checks=False)
