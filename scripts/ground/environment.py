"""The Python environment in `.venv`: made once, filled from a pinned list, left alone after that.

Rule: packages come by hash and only by pip's own settings (index, proxy, cache); an environment of
another Python, or one left half-made, is made again.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import IO

from scripts.ground.children import LINEAGE
from scripts.ground.locks import alone
from scripts.ground.places import ROOT, VENV, VENV_PYTHON, child_environment, log_file
from scripts.ground.requirements import Requirements
from scripts.ground.steps import Step, Steps
from scripts.ground.trouble import Trouble

PRODUCT = "requirements.txt"
CHECKS = "requirements-dev.txt"
# Exists while pip writes. Found at a start it tells of a killed pip, which may have left a package
# by halves that looks whole to the next one.
UNFINISHED = VENV / "pip-unfinished"

UNREACHABLE = re.compile(
    r"NewConnectionError|ConnectTimeout|ReadTimeout|Max retries exceeded|ProxyError"
    r"|name resolution|Name or service not known|Connection (refused|reset|aborted|broken)"
    r"|Network is unreachable|SSLError|Could not fetch URL|IncompleteRead"
)
FULL = "No space left on device"
CHANGED = "THESE PACKAGES DO NOT MATCH THE HASHES"


def reason(log: str, where: Path) -> str:
    """The sentence for a pip run that failed with this log."""
    if CHANGED in log:
        return (
            "Isi sebuah paket Python tidak cocok dengan hash yang tercatat, jadi tidak dipasang: "
            f"coba lagi, dan bila tetap begitu laporkan bersama {where}."
        )
    if FULL in log:
        return f"Ruang disk habis saat memasang paket Python: kosongkan dahulu (catatan: {where})."
    if UNREACHABLE.search(log):
        return (
            "Indeks paket Python tidak dapat dihubungi: periksa sambungan internet atau proxy "
            f"(HTTPS_PROXY), atau isi PIP_INDEX_URL dengan indeks lain (catatan: {where})."
        )
    return f"Paket Python gagal dipasang: lihat sebabnya di akhir {where}."


def _version() -> str:
    """The version of the Python in the environment; empty when there is none that runs."""
    settings = child_environment()
    try:
        answer = subprocess.run(
            [VENV_PYTHON, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
            capture_output=True,
            text=True,
            check=False,
            env=settings,
        )
    except OSError:
        return ""
    return answer.stdout.strip() if answer.returncode == 0 else ""


def _has_pip() -> bool:
    return (
        subprocess.run(
            [VENV_PYTHON, "-m", "pip", "--version"],
            capture_output=True,
            check=False,
            env=child_environment(),
        ).returncode
        == 0
    )


def _make() -> None:
    log = log_file("pip")
    with log.open("w", encoding="utf-8") as output:
        made = subprocess.run(
            [sys.executable, LINEAGE, str(os.getpid()), "-m", "venv", "--clear", VENV],
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
            env=child_environment(),
        )
    if made.returncode:
        raise Trouble(
            "Lingkungan Python (.venv) gagal dibuat: pasang modul venv Python, misalnya paket "
            f"python3-venv, lalu jalankan lagi (catatan: {log})."
        )


def _follow(lines: IO[str], log: IO[str], step: Step, count: int) -> None:
    """Copy pip's words to the log and show how many packages it has got so far."""
    got = 0
    for line in lines:
        log.write(line)
        log.flush()
        if line.startswith(("Collecting ", "Requirement already satisfied")):
            got += 1
            step.note(f"{min(got, count)} dari {count} diunduh")
        elif "Retrying" in line:
            step.note("indeks paket belum menjawab, dicoba lagi")
        elif line.startswith("Installing collected"):
            step.note("ditulis ke .venv")


def _install(wanted: Requirements, step: Step) -> None:
    path = log_file("pip")
    # Bound to this command: a killed one must not leave a pip that writes beside the next one's.
    command: list[str | Path] = [VENV_PYTHON, LINEAGE, str(os.getpid()), "-m", "pip", "install"]
    command += ["--no-input", "--progress-bar", "off"]
    command += ["--disable-pip-version-check", "--no-warn-script-location"]
    command += ["--require-hashes", "--requirement", wanted.path]
    UNFINISHED.touch()
    with (
        path.open("w", encoding="utf-8") as log,
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=child_environment(PIP_ROOT_USER_ACTION="ignore"),
            cwd=ROOT,
            start_new_session=True,
        ) as pip,
    ):
        assert pip.stdout is not None
        try:
            _follow(pip.stdout, log, step, wanted.count)
        except BaseException:
            pip.terminate()
            raise
    if pip.returncode >= 0:  # it ended by itself and has put back what it could not finish
        UNFINISHED.unlink()
    if pip.returncode:
        raise Trouble(reason(path.read_text(encoding="utf-8", errors="replace"), path))


def ready(steps: Steps, name: str = PRODUCT) -> None:
    """Make `.venv` hold the pinned list `name`; at once when it does already."""
    with (
        steps.step("Lingkungan Python (.venv)") as step,
        alone(ROOT, lambda: step.note("menunggu perintah lain selesai memasang")),
    ):
        wanted = Requirements(name)
        own = ".".join(map(str, sys.version_info[:2]))
        version = _version()
        if version == own and wanted.installed():
            step.skip()
            return
        if version != own or UNFINISHED.exists() or not _has_pip():
            step.note("dibuat")
            _make()
        step.done(f"Lingkungan Python: {wanted.count} paket dipasang")
        others = [Requirements(each) for each in {PRODUCT, CHECKS} - {name}]
        for each in [wanted, *(other for other in others if not other.covers(wanted))]:
            each.unstamp()
        _install(wanted, step)
        for each in [wanted, *(other for other in others if wanted.covers(other))]:
            each.stamp()
