"""The tools from npm: found, installed at their pinned versions, or done without.

Rule: nothing here is needed by the product; a tool that is missing costs its rows, not the run.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from scripts.ground.locks import alone
from scripts.ground.places import child_environment, log_file, var_dir
from scripts.ground.steps import Steps

PINNED = Path(__file__).with_name("tools")
LISTS = ("package.json", "package-lock.json")
LEAST_NODE = (18, 16)
SETTINGS = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier")


@dataclass(frozen=True)
class Tools:
    """Where the tools are; an empty path stands beside the reason why there is none."""

    node: str = ""
    lighthouse: Path = Path()
    no_lighthouse: str = ""
    java: str = ""
    validator: Path = Path()
    no_validator: str = ""


def new_enough(said: str) -> bool:
    """Whether `node --version` names a version that Lighthouse runs on."""
    found = re.match(r"v(\d+)\.(\d+)", said)
    return bool(found) and tuple(map(int, found.groups())) >= LEAST_NODE if found else False


def _node() -> tuple[str, str]:
    path = shutil.which("node") or ""
    if not path:
        return "", "Node is not on this machine."
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    if not new_enough(said):
        return "", f"Node {said.strip()} is older than {'.'.join(map(str, LEAST_NODE))}."
    return path, ""


def _java() -> tuple[str, str]:
    path = shutil.which("java") or ""
    if not path:
        return "", "Java is not on this machine."
    works = subprocess.run([path, "-version"], capture_output=True, check=False).returncode == 0
    return (path, "") if works else ("", "Java does not start.")


def _install(steps: Steps, folder: Path) -> str:
    """Fill the folder from the pinned lists; the reason when that failed."""
    npm = shutil.which("npm")
    if not npm:
        return "npm is not on this machine."
    stamp = folder / "installed"
    digest = hashlib.sha256(b"".join((PINNED / name).read_bytes() for name in LISTS)).hexdigest()
    folder.mkdir(parents=True, exist_ok=True)
    with steps.step("Packages of npm") as step, alone(folder.with_suffix(".lock")):
        if stamp.exists() and stamp.read_text(encoding="utf-8") == digest:
            step.skip()
            return ""
        stamp.unlink(missing_ok=True)
        for name in LISTS:
            shutil.copyfile(PINNED / name, folder / name)
        with log_file("npm").open("wb") as log:
            done = subprocess.run(
                [npm, "ci", *SETTINGS],
                cwd=folder,
                env=child_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                check=False,
            )
        if done.returncode:
            return f"npm could not install its packages, see {log_file('npm')}."
        stamp.write_text(digest, encoding="utf-8")
    return ""


def ready(steps: Steps) -> Tools:
    """Have the tools installed as far as this machine can."""
    node, no_node = _node()
    java, no_java = _java()
    folder = var_dir() / "tools"
    failed = _install(steps, folder) if node or java else ""
    modules = folder / "node_modules"
    return Tools(
        node,
        modules / "lighthouse" / "cli" / "index.js",
        no_node or failed,
        java,
        modules / "vnu-jar" / "build" / "dist" / "vnu.jar",
        no_java or failed,
    )
