"""The PostgreSQL server of one data folder, as it can be seen from outside.

Rule: a process counts as this server only while it works inside the data folder; a pid in a file
is a hint, never a proof. So nothing of another program is ever stopped.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from scripts.ground.trouble import Trouble

PREFIX = "ciayu-"
SOCKET = ".s.PGSQL.5432"
LONGEST = 100  # bytes; the path of a socket has room for 107


def works_inside(pid: int, folder: Path) -> bool:
    """Whether the process lives and its working folder is this one."""
    if Path("/proc/self").exists():
        try:
            return os.path.samefile(f"/proc/{pid}/cwd", folder)
        except OSError:
            return False
    told = subprocess.run(
        ["ps", "-p", str(pid), "-o", "command="], capture_output=True, text=True, check=False
    )
    return str(folder) in told.stdout


def somebody_inside(folder: Path) -> bool:
    """Whether any process at all works inside the folder (a left-over of a killed server)."""
    if not Path("/proc/self").exists():
        return False
    return any(works_inside(int(name), folder) for name in os.listdir("/proc") if name.isdigit())


@dataclass(frozen=True)
class Seen:
    """What the server wrote about itself."""

    pid: int
    home: Path
    ready: bool


def read_pid_file(data: Path) -> Seen | None:
    """The server's own file; None when there is none or it is only half written."""
    try:
        lines = (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        return Seen(int(lines[0]), Path(lines[4]), len(lines) > 7 and lines[7].strip() == "ready")
    except (OSError, ValueError, IndexError):
        return None


def running(data: Path) -> Seen | None:
    """The living server of the folder, whether it is ready or not."""
    seen = read_pid_file(data)
    return seen if seen and works_inside(seen.pid, data) else None


def answers(home: Path) -> bool:
    """Whether somebody accepts connections on the socket in `home`."""
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(5)
        try:
            probe.connect(str(home / SOCKET))
        except OSError:
            return False
    return True


def stop(data: Path) -> None:
    """End the server of the folder: finish quickly, harder when it does not listen."""
    for way, patience in ((signal.SIGINT, 30.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 5.0)):
        seen = running(data)
        if seen is None:
            return
        try:
            os.kill(seen.pid, way)
        except ProcessLookupError:
            return
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if not works_inside(seen.pid, data):
                remove_home(seen.home)
                return
            time.sleep(0.02)


def make_home() -> Path:
    """A private temporary folder whose path is short enough for a socket."""
    for base in (tempfile.gettempdir(), "/tmp", "/var/tmp", "/dev/shm"):
        if len(os.fsencode(base)) + len(PREFIX) + len(SOCKET) + 10 > LONGEST:
            continue
        try:
            return Path(tempfile.mkdtemp(prefix=PREFIX, dir=base))
        except OSError:
            continue
    raise Trouble(
        "Tidak ada folder sementara yang pendek dan dapat ditulis untuk PostgreSQL: "
        "isi TMPDIR dengan folder seperti itu, misalnya /tmp."
    )


def remove_home(home: Path) -> None:
    """Take away a temporary folder of ours; anything else is left alone."""
    if home.name.startswith(PREFIX) and not home.is_symlink():
        shutil.rmtree(home, ignore_errors=True)


def forget_dead(data: Path) -> None:
    """Clear what a killed server left, so that the next one is not kept from starting.

    PostgreSQL itself passes over the pid of a dead process. Only a pid that another program got
    meanwhile would stop it.
    """
    seen = read_pid_file(data)
    if seen is None or running(data):
        return
    if not answers(seen.home):
        remove_home(seen.home)
    if not somebody_inside(data):
        (data / "postmaster.pid").unlink(missing_ok=True)
