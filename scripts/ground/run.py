"""`scripts/run`: from nothing to a register that answers in the browser.

Rule: whatever was started is ended with this command, and when one part ends by itself all end: a
half-running register helps nobody.
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import time

from scripts.ground import children, environment, port, server, web
from scripts.ground.database import Cluster
from scripts.ground.places import log_file, var_dir
from scripts.ground.prepared import database, prepare, sample_password
from scripts.ground.steps import Steps, duration
from scripts.ground.trouble import Stopped, Trouble

FIRMS = 2500
PAGES = (
    ("/", "halaman depan"),
    ("/katalog/usaha/", "katalog usaha"),
    ("/kelola/", "kelola data"),
    ("/kerja/dasbor/", "dasbor kerja"),
)
HELP = """Menyiapkan dan menjalankan register dari nol; Ctrl-C menghentikan semuanya.

Lingkungan: PORT (8000), HOST (127.0.0.1), VAR_DIR (var/), DATABASE_URL (PostgreSQL sendiri),
SAMPLE_PASSWORD (kata sandi akun contoh), PYTHON (letak Python)."""


def _worker(env: dict[str, str]) -> subprocess.Popen[bytes]:
    with log_file("worker").open("ab") as log:
        return children.start(["manage.py", "qcluster"], env, log)


def _welcome(base: str, seconds: float) -> None:
    print(f"\nSiap dalam {duration(seconds)}. Buka di peramban:\n")
    for path, name in PAGES:
        print(f"  {base + path:<44} {name}")
    accounts = var_dir() / "stamps" / "accounts"
    if accounts.exists() and (lines := accounts.read_text(encoding="utf-8").splitlines()):
        print("\nAkun contoh:\n")
        for line in lines:
            print(f"  {line}")
    print(f"\nCatatan server: {var_dir() / 'log'}")
    print("Ctrl-C untuk berhenti.", flush=True)


def _watch(parts: dict[str, subprocess.Popen[bytes]], cluster: Cluster | None) -> None:
    """Stay until a part ends."""
    while True:
        for name, child in parts.items():
            if child.poll() is not None:
                raise Trouble(
                    f"{name} berhenti sendiri, jadi semuanya dihentikan: jalankan lagi "
                    f"scripts/run (catatan: {var_dir() / 'log'})."
                )
        if cluster is not None and server.running(cluster.data) is None:
            raise Trouble(
                "PostgreSQL berhenti sendiri, jadi semuanya dihentikan: jalankan lagi "
                f"scripts/run (catatan: {var_dir() / 'log'})."
            )
        time.sleep(0.5)


def _serve(started: float) -> None:
    steps = Steps()
    host, number = port.wanted()
    with port.take(host, number) as listener:
        number = listener.getsockname()[1]
        environment.ready(steps)
        cluster = Cluster()
        with database(steps, cluster) as env:
            env |= {"SAMPLE_PASSWORD": sample_password(), "HOST": host, "PORT": str(number)}
            # A register in production keeps to its own firms and accounts.
            prepare(env, *(["--sample", str(FIRMS)] if env["APP_MODE"] != "production" else []))
            parts = {}
            try:
                with steps.step("Server web dan pekerja latar") as step:
                    parts["Server web"] = served = web.serve(env, listener)
                    web.wait_for_answer(served, host, number, step)
                    parts["Pekerja latar"] = _worker(env)
                _welcome(port.address(host, number), time.monotonic() - started)
                _watch(parts, cluster if cluster.held else None)
            finally:
                children.stop(*parts.values())


def main(arguments: list[str]) -> int:
    """Serve until Ctrl-C, SIGTERM or trouble."""
    argparse.ArgumentParser(
        prog="scripts/run",
        description=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    ).parse_args(arguments)
    try:
        _serve(time.monotonic())
    except Stopped as stopped:
        print("\nBerhenti.", flush=True)
        return 0 if stopped.signum in {signal.SIGINT, signal.SIGTERM} else 128 + stopped.signum
    return 0
