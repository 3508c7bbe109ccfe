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
from scripts.ground.bench import desk_rows
from scripts.ground.bench import rows as figures
from scripts.ground.database import CARELESS, Cluster
from scripts.ground.places import ROOT, VENV_PYTHON, child_environment, var_dir
from scripts.ground.prepared import database, prepare
from scripts.ground.steps import Steps
from scripts.ground.trouble import Trouble

PEERS = "requirements-bench.txt"
DRY, COMMIT, PEER, MEMORY, GROWTH, CROWDED = 5_000, 2_500, 6, 500, 0.67, 0.67
# A server that holds the indexes of a million firms in memory.
ROOMY = ("shared_buffers=1GB", "maintenance_work_mem=512MB")
Measure = Callable[..., dict[str, Any]]


def main(arguments: list[str]) -> int:
    """Measure one thing and tell the figures."""
    asked = _arguments(arguments)
    path = asked.json.absolute() if asked.json else None
    os.environ["VAR_DIR"] = str(var_dir() / "bench")
    os.environ.pop("DATABASE_URL", None)
    steps = Steps(sys.stderr)
    environment.ready(steps)
    rows = BENCHES[asked.name](asked, steps)
    print(figures.table(rows))
    if path:
        figures.write_json(path, rows)
    return 0


def _arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__.partition("\n")[0])
    parser.add_argument("name", choices=sorted(BENCHES))
    parser.add_argument("--sizes", help="rows of the sheets, or firms on record")
    parser.add_argument("--firms", type=int, default=0, help="intake: also with so many on record")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args(arguments)
    asked.sizes = list(map(int, (asked.sizes or SIZES[asked.name]).split(",")))
    return asked


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


def _intake(asked: argparse.Namespace, steps: Steps) -> list[figures.Row]:
    peers = _peers(steps)
    with database(steps, Cluster()) as env:
        prepare(env, "--no-static", quiet=True)
        return _taken_in(env, peers, asked, steps)


def _desk(asked: argparse.Namespace, steps: Steps) -> list[figures.Row]:
    """A cluster for each size, so that none of them warms the other's memory."""
    seen: dict[int, dict[str, Any]] = {}
    for size in asked.sizes:
        cluster = Cluster(f"desk-{size}", CARELESS + ROOMY)
        with database(steps, cluster) as env:
            prepare(env, quiet=True)
            for what in ("fill", "measure"):
                with steps.step(f"{what} {size}"):
                    seen[size] = _child(env, "desk", what, str(size))
    return desk_rows.rows(seen)


def _taken_in(
    env: dict[str, str], peers: Path, asked: argparse.Namespace, steps: Steps
) -> list[figures.Row]:
    told: list[figures.Row] = []
    paces: dict[int, float] = {}

    def measure(what: str, sheet: Path, *more: str) -> dict[str, Any]:
        with steps.step(f"{what} {sheet.stem}"):
            return _child(
                {**env, "PYTHONPATH": f"{ROOT}{os.pathsep}{peers}"},
                "intake",
                what,
                str(sheet),
                *more,
            )

    for size in asked.sizes:
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


BENCHES = {"intake": _intake, "desk": _desk}
SIZES = {"intake": "20000,100000", "desk": "100000,1000000"}


def _child(env: dict[str, str], module: str, what: str, *more: str) -> dict[str, Any]:
    """One measurement in a process of its own: what it used of memory is its own too."""
    command: list[str | Path] = [
        VENV_PYTHON,
        "-m",
        f"scripts.ground.bench.{module}",
        what,
        *more,
    ]
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:]
        raise Trouble(f"{what} tidak dapat diukur: {''.join(last)}")
    told: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return told
