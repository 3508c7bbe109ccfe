"""Brings a copy of the register up to date in one process: tables, messages, files, data.

Rule: a step whose inputs are unchanged is passed over, and who prepares does so alone, so that any
number of commands can start at the same time. `scripts/run` and `scripts/manage` call it.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import io
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

UNREACHABLE = (
    "Basis data tidak dapat dihubungi: periksa DATABASE_URL dan apakah servernya berjalan."
)
LOCK = 0x63696179  # the advisory lock of those who prepare one database
PATIENCE = 10.0  # seconds between two signs of life


def digest(paths: list[Path], *words: str) -> str:
    """One hash over the names and contents of files."""
    found = hashlib.sha256("\n".join(words).encode())
    for path in sorted(paths):
        found.update(f"\n{path}\n".encode())
        found.update(path.read_bytes())
    return found.hexdigest()


class Stamp:
    """What a step worked on the last time it was finished."""

    def __init__(self, name: str) -> None:
        self._path = Path(settings.VAR_DIR) / "stamps" / name

    def says(self, text: str) -> bool:
        """Whether the last finished work was on exactly this."""
        return self._path.exists() and self._path.read_text(encoding="utf-8") == text

    def write(self, text: str) -> None:
        """Remember it."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.touch(mode=0o600)
        self._path.write_text(text, encoding="utf-8")


class Command(BaseCommand):
    """`manage.py prepare [--sample N] [--no-static] [--quiet]`."""

    help = "Migrates, compiles messages, collects static files, loads reference and sample data."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--sample", type=int, default=0, help="firms for an empty register")
        parser.add_argument("--no-static", action="store_true", help="leave the static files")
        parser.add_argument("--quiet", action="store_true", help="only steps that had work to do")

    def handle(self, *args: Any, **options: Any) -> None:
        self.quiet = options["quiet"]
        try:
            connection.ensure_connection()
        except OperationalError as error:
            raise CommandError(f"{UNREACHABLE} ({str(error).strip().splitlines()[0]})") from error
        with self.alone():
            self.migrate()
            self.compile_messages()
            if not options["no_static"]:
                self.collect_static()
            self.load_reference()
            if options["sample"]:
                self.load_sample(options["sample"])
                self.write_accounts()

    # --- the steps ------------------------------------------------------------------------------

    def migrate(self) -> None:
        """Bring the tables to the newest migration."""
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        label = f"Tabel basis data: {len(plan)} perubahan" if plan else "Tabel basis data"
        with self.step(label, done=bool(plan)):
            if plan:
                call_command("migrate", interactive=False, verbosity=0)

    def compile_messages(self) -> None:
        """Compile the translations; the result lies in the checkout, which copies may share."""
        folder = os.open(settings.BASE_DIR, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            sources = [path for root in settings.LOCALE_PATHS for path in Path(root).rglob("*.po")]
            current = self._messages(sources)
            done = bool(sources) and not Stamp("messages").says(current)
            with self.step("Terjemahan", done=done):
                if done:
                    call_command("messages", compile=True, stdout=io.StringIO())
                    Stamp("messages").write(self._messages(sources))
        finally:
            os.close(folder)

    def _messages(self, sources: list[Path]) -> str:
        compiled = [path.with_suffix(".mo") for path in sources]
        missing = [path.name for path in compiled if not path.exists()]
        return digest([*sources, *(path for path in compiled if path.exists())], *missing)

    def collect_static(self) -> None:
        """Collect the static files when any source has another size or time than before."""
        words = [django.__version__, settings.STORAGES["staticfiles"]["BACKEND"]]
        for finder in get_finders():
            for name, storage in finder.list([]):
                stat = os.stat(storage.path(name))
                words.append(f"{name} {stat.st_size} {stat.st_mtime_ns}")
        current = digest([], *words)
        done = not (Stamp("static").says(current) and Path(settings.STATIC_ROOT).exists())
        with self.step("Berkas statis", done=done):
            if done:
                call_command("collectstatic", interactive=False, verbosity=0)
                Stamp("static").write(current)

    def load_reference(self) -> None:
        """Load the reference tables when their files changed or this database has none."""
        base = Path(settings.BASE_DIR) / "registry"
        sources = [path for path in (base / "data").rglob("*") if path.is_file()]
        sources += [path for path in base.rglob("*reference*.py") if path.is_file()]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT oid, (SELECT system_identifier FROM pg_control_system())"
                " FROM pg_database WHERE datname = current_database()"
            )
            current = digest(sources, str(cursor.fetchone()))
        regencies = apps.get_model("registry", "Regency")._default_manager
        done = not (Stamp("reference").says(current) and regencies.exists())
        with self.step("Data rujukan", done=done):
            if done:
                call_command("load_reference", stdout=io.StringIO())
                Stamp("reference").write(current)

    def load_sample(self, firms: int) -> None:
        """Fill an empty register with sample firms and accounts."""
        said = io.StringIO()
        empty = not apps.get_model("registry", "Firm")._default_manager.exists()
        done = empty or self.password_differs()
        with self.step(f"Data contoh ({firms} usaha bila register kosong)", done=done):
            if done:
                call_command("load_sample", firms=firms, seed=1, if_empty=True, stdout=said)

    def password_differs(self) -> bool:
        """Whether the sample accounts have another password than the one asked for."""
        asked = os.environ.get("SAMPLE_PASSWORD", "")
        user = get_user_model()._default_manager.filter(is_sample=True).first()
        return bool(asked) and user is not None and not user.check_password(asked)

    def write_accounts(self) -> None:
        """Leave the list of sample accounts of this database for `scripts/run` to show."""
        password = os.environ.get("SAMPLE_PASSWORD", "")
        users = list(
            get_user_model()
            ._default_manager.filter(email__endswith="@contoh.id", is_active=True)
            .order_by("pk")
        )
        lines = [str(user.get_username()) for user in users]
        if users:
            known = bool(password) and users[0].check_password(password)
            lines.append(
                f"kata sandi: {password}"
                if known
                else "kata sandi: sudah diganti; yang baru dibuat dengan "
                f"scripts/manage changepassword {lines[0]}"
            )
        Stamp("accounts").write("".join(f"{line}\n" for line in lines))

    # --- how they are told ----------------------------------------------------------------------

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Wait for others who prepare the same database, then keep them out."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
            if not cursor.fetchone()[0]:
                with self.step("Menunggu perintah lain yang sedang menyiapkan"):
                    cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            if connection.connection is not None and connection.is_usable():
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])

    @contextmanager
    def step(self, label: str, *, done: bool = True) -> Iterator[None]:
        """Print the step as one line with its time, and signs of life while it is long."""
        started = time.monotonic()
        over = threading.Event()

        def tell() -> None:
            while not over.wait(PATIENCE):
                self.line(time.monotonic() - started, f"{label} ... berjalan")

        teller = threading.Thread(target=tell, daemon=True)
        teller.start()
        try:
            yield
        except BaseException:
            label = f"{label} ... gagal"
            done = True
            raise
        finally:
            over.set()
            teller.join()
            if done or not self.quiet:
                self.line(time.monotonic() - started, label)

    def line(self, seconds: float, text: str) -> None:
        """The same look as the lines of the scripts."""
        told = f"{seconds:.1f} dtk".replace(".", ",")
        self.stdout.write(f"{told:>14}  {text}")
        sys.stdout.flush()
