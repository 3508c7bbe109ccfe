"""The parent of the database server: ends it when nobody needs it any more.

Rule: the server lives as long as somebody holds the users' lock, however they end: a command that
is killed leaves no server behind, and one that still works keeps it.
"""

from __future__ import annotations

import json
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

from scripts.ground import server
from scripts.ground.identity import Identity
from scripts.ground.locks import Users
from scripts.ground.places import child_environment
from scripts.ground.trouble import Stopped

PAUSE = 0.25  # seconds between two looks at the lock


def server_environment() -> dict[str, str]:
    """The environment without the caller's own connection settings."""
    return {name: value for name, value in child_environment().items() if name[:2] != "PG"}


def main(arguments: list[str]) -> int:
    """Start the server described in the first argument and stay until it ends."""
    for each in (signal.SIGINT, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    order = json.loads(arguments[0])
    identity = Identity(*order["identity"])
    data, home, users = Path(order["data"]), Path(order["home"]), Path(order["users"])
    command = [order["program"], "-D", identity.path(data), "-k", str(home), *order["settings"]]
    # A group of its own: Ctrl-C on the terminal is for the commands, not for the server.
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        preexec_fn=identity.entry(data),  # noqa: PLW1509 - the keeper has one thread
        start_new_session=True,
        env=server_environment(),
    ) as child:
        try:
            _watch(child, data, users)
        except Stopped:
            server.stop(data)
    server.remove_home(home)
    return child.returncode


def _ended(child: subprocess.Popen[bytes]) -> bool:
    """Wait a moment; whether the server ended meanwhile."""
    with suppress(subprocess.TimeoutExpired):
        child.wait(PAUSE)
    return child.returncode is not None


def _watch(child: subprocess.Popen[bytes], data: Path, users: Path) -> None:
    door = Users(users)
    while not _ended(child):
        if door.last():
            # Held until the server is gone: who comes now waits and starts a new one.
            while child.poll() is None:
                server.stop(data)
                if server.running(data) is None and not _ended(child):
                    child.terminate()  # it has not written its own file yet
        door.leave()
