"""A running `scripts/run` under test: started, asked, killed, started again."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from scripts.ground.places import ROOT

READY = "Ctrl-C untuk berhenti."
# The tests themselves run inside such an environment; what they start must begin without it.
SETTLED = (
    "DATABASE_URL",
    "TEST_DATABASE_URL",
    "APP_MODE",
    "VAR_DIR",
    "SAMPLE_PASSWORD",
    "CHROMIUM",
)


def free_port() -> int:
    """A port that nobody has at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def clean_environment(**settings: str) -> dict[str, str]:
    """The environment of a person at a shell."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in SETTLED and not name.startswith(("PG", "PYTEST", "DJANGO"))
    }
    return kept | settings


def copy_checkout(target: Path, *, environment: bool = True) -> Path:
    """The checkout at another place, with its installed packages or without."""
    leave = [
        ".git",
        "var",
        "__pycache__",
        ".*_cache",
        ".hypothesis",
        *([] if environment else [".venv"]),
    ]
    shutil.copytree(ROOT, target, symlinks=True, ignore=shutil.ignore_patterns(*leave))
    return target


def processes(mark: str) -> dict[int, str]:
    """The living processes that were started with this word in their environment."""
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            if mark.encode() in (entry / "environ").read_bytes():
                found[int(entry.name)] = (
                    (entry / "cmdline").read_bytes().decode().replace("\0", " ")
                )
        except OSError:
            continue
    return {pid: line for pid, line in found.items() if line}


class Walk:
    """One copy: its data folder, its port, and the script that serves it."""

    def __init__(self, var: Path, *, root: Path = ROOT, prefix: tuple[str, ...] = (), **env: str):
        self.var = var
        self.root = root
        self.port = free_port()
        self.mark = f"VAR_DIR={var}"
        self._prefix = prefix
        self.environment = clean_environment(VAR_DIR=str(var), PORT=str(self.port), **env)
        self.script: subprocess.Popen[str] | None = None
        self.said = ""

    def command(self, name: str, *arguments: str) -> list[str]:
        """The command line of one of the scripts."""
        return [*self._prefix, str(self.root / "scripts" / name), *arguments]

    def start(self, seconds: float = 300) -> float:
        """Start and wait for the last line; the seconds it took."""
        started = time.monotonic()
        self.var.mkdir(parents=True, exist_ok=True)
        log = self.var.with_name(f"{self.var.name}.out")
        with log.open("w") as output:
            self.script = subprocess.Popen(
                self.command("run"),
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd="/",
                text=True,
            )
        while READY not in (said := log.read_text()):
            assert self.script.poll() is None, said
            assert time.monotonic() - started < seconds, said
            time.sleep(0.05)
        self.said = said
        return time.monotonic() - started

    def page(self, path: str = "/") -> int:
        """The status of a page."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as answer:
            return answer.status

    def parts(self) -> dict[int, str]:
        """What runs for this copy."""
        return processes(self.mark)

    def pids(self, word: str) -> list[int]:
        """The processes of one part, by a word of their command line."""
        return [pid for pid, line in self.parts().items() if word in line]

    def kill(self, *words: str) -> None:
        """`kill -9` of all processes whose command line has one of the words."""
        for word in words:
            for pid in self.pids(word):
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    continue

    def stop(self, way: int = signal.SIGINT) -> int:
        """Ask the script to end; its exit status."""
        assert self.script is not None
        self.script.send_signal(way)
        return self.script.wait(60)

    def gone(self, seconds: float = 15) -> bool:
        """Whether nothing of this copy is left, after a little patience."""
        deadline = time.monotonic() + seconds
        while self.parts():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)
        return True

    def manage(self, *arguments: str, **more: object) -> subprocess.CompletedProcess[str]:
        """One `scripts/manage` on this copy."""
        return subprocess.run(
            self.command("manage", *arguments),
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
            **more,  # type: ignore[call-overload]
        )


def walking(walk: Walk) -> Iterator[Walk]:
    """Hand out a walk and end all it started afterwards."""
    try:
        yield walk
    finally:
        if walk.script is not None and walk.script.poll() is None:
            walk.stop()
        walk.gone()
        walk.kill("")
