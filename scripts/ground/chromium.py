"""The browser for the browser tests: found, installed where that is ours to do, or done without.

Rule: never a download of our own: the system's Chromium, or the package of a Debian where the
caller is root.
"""

from __future__ import annotations

import os
import shutil
import subprocess

from scripts.ground.places import log_file
from scripts.ground.steps import Steps

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGE = "chromium"


def find() -> str:
    """The path of an installed browser; empty when there is none."""
    given = os.environ.get("CHROMIUM", "")
    return given or next((path for name in NAMES if (path := shutil.which(name))), "")


def _apt(*arguments: str) -> bool:
    with log_file("apt").open("ab") as log:
        return (
            subprocess.run(
                ["apt-get", "-q", *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                check=False,
                env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
            ).returncode
            == 0
        )


def ready(steps: Steps) -> tuple[str, str]:
    """The path of a browser, or an empty one and the reason."""
    if found := find():
        return found, ""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return "", "no Chromium on this machine (install chromium to run them)"
    with steps.step("Chromium") as step:
        step.note("apt-get update")
        _apt("update")
        step.note("apt-get install chromium")
        _apt("install", "--yes", "--no-install-recommends", PACKAGE)
        step.label = "Chromium installed" if find() else "Chromium could not be installed"
    found = find()
    return found, "" if found else f"Chromium could not be installed, see {log_file('apt')}"
