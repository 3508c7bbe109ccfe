"""`scripts/bench NAME [--sizes 20000,100000] [--json FILE]`: measure, then show a table.

Rule: each benchmark has a database of its own, under `VAR_DIR/bench`, and what it compares with is
installed there too, never into the product. Exit status 0 when it could measure.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from scripts.ground import environment
from scripts.ground.bench import rows as figures
from scripts.ground.database import Cluster
from scripts.ground.places import ROOT, VENV_PYTHON, child_environment, var_dir
from scripts.ground.prepared import database, prepare
from scripts.ground.steps import Steps
from scripts.ground.trouble import Trouble

PEERS = "requirements-bench.txt"
DRY, COMMIT, PEER, MEMORY, GROWTH, CROWDED = 5_000, 2_500, 6, 500, 0.67, 0.67
Measure = Callable[..., dict[str, Any]]


def main(arguments: list[str]) -> int:
    """Measure one thing and tell the figures."""
    asked = _arguments(arguments)
    path = asked.json.absolute() if asked.json else None
    os.environ["VAR_DIR"] = str(var_dir() / "bench")
    os.environ.pop("DATABASE_URL", None)
    steps = Steps(sys.stderr)
    environment.ready(steps)
    peers = _peers(steps)
    with database(steps, Cluster()) as env:
        prepare(env, "--no-static", quiet=True)
        rows = _intake(env, peers, asked, steps)
    print(figures.table(rows))
    if path:
        figures.write_json(path, rows)
    return 0


def _arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__.partition("\n")[0])
    parser.add_argument("name", choices=["intake"])
    parser.add_argument("--sizes", default="20000,100000", help="rows of the sheets")
    parser.add_argument("--firms", type=int, default=0, help="also with so many firms on record")
    parser.add_argument("--json", type=Path)
    return parser.parse_args(arguments)


def _peers(steps: Steps) -> Path:
    """The folder of what is only compared with."""
    folder = var_dir() / "peers"
    wanted = ROOT / PEERS
    stamp = folder / "installed"
    with steps.step("Pembanding dipasang") as step:
        if stamp.exists() and stamp.read_text() == wanted.read_text():
            step.skip()
            return folder
        command: list[str | Path] = [
            VENV_PYTHON,
            "-m",
            "pip",
            "install",
            "-q",
            "--no-deps",
            "--upgrade",
        ]
        command += ["--require-hashes", "--target", folder, "-r", wanted]
        done = subprocess.run(command, env=child_environment(), capture_output=True, check=False)
        if done.returncode:
            raise Trouble("Pembanding gagal dipasang: periksa sambungan ke indeks paket Python.")
        stamp.write_text(wanted.read_text())
    return folder


def _intake(
    env: dict[str, str], peers: Path, asked: argparse.Namespace, steps: Steps
) -> list[figures.Row]:
    told: list[figures.Row] = []
    paces: dict[int, float] = {}

    def measure(what: str, sheet: Path, *more: str) -> dict[str, Any]:
        with steps.step(f"{what} {sheet.stem}"):
            return _child({**env, "PYTHONPATH": f"{ROOT}{os.pathsep}{peers}"}, what, sheet, *more)

    for size in map(int, asked.sizes.split(",")):
        sheet = var_dir() / f"lembar-{size}.xlsx"
        if not sheet.exists():
            measure("sheet", sheet, f"rows={size}")
        plain = measure("baseline", sheet)
        peer = measure("peer", sheet)
        ours = measure("product", sheet, "keep")
        told += _rows(size, plain, peer, ours)
        paces[size] = size / (ours["dry"] + ours["commit"])
        if asked.firms:
            crowded = measure("product", sheet, f"firms={asked.firms}")
            pace = size / (crowded["dry"] + crowded["commit"])
            name = f"whole path with {asked.firms} firms on record"
            told.append(figures.against(name, size, pace, "rows/s", paces[size], goal=CROWDED))
    if len(paces) > 1:
        small, large = min(paces), max(paces)
        name = f"pace against {small} rows"
        told.append(figures.against(name, large, paces[large], "rows/s", paces[small], goal=GROWTH))
    return told


def _rows(
    size: int, plain: dict[str, Any], peer: dict[str, Any], ours: dict[str, Any]
) -> list[figures.Row]:
    whole, theirs = ours["dry"] + ours["commit"], peer["dry"] + peer["commit"]
    return [
        figures.Row("calamine and COPY alone", size, round(plain["seconds"], 2), "s"),
        figures.at_least("dry run", size, size / ours["dry"], "rows/s", DRY),
        figures.at_least("commit", size, size / ours["commit"], "rows/s", COMMIT),
        figures.against("whole path, times of calamine and COPY", size, whole, "s",
                        plain["seconds"]),
        figures.Row("django-import-export, dry run", size, round(size / peer["dry"], 2), "rows/s"),
        figures.Row("django-import-export, commit", size, round(size / peer["commit"], 2),
                    "rows/s"),
        figures.against("whole path against django-import-export", size, size / whole, "rows/s",
                        size / theirs, goal=PEER),
        figures.at_most("peak memory", size, ours["memory"], "MB",
                        MEMORY if size >= 100_000 else None),
    ]  # fmt: skip


def _child(env: dict[str, str], what: str, sheet: Path, *more: str) -> dict[str, Any]:
    """One measurement in a process of its own: what it used of memory is its own too."""
    command: list[str | Path] = [
        VENV_PYTHON,
        "-m",
        "scripts.ground.bench.intake",
        what,
        str(sheet),
        *more,
    ]
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:]
        raise Trouble(f"{what} tidak dapat diukur: {''.join(last)}")
    told: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return told
