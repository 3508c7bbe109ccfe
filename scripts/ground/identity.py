"""As whom the database server runs, since PostgreSQL refuses root.

Rule: an ordinary user runs it as himself. Root runs it inside a user namespace, where root goes by
another name and the files stay root's; where namespaces are forbidden, or where the data belong to
somebody already, as an unprivileged user id of its own. No user is added to the system, and no
folder on the way changes its mode: such a server is born inside its data folder and never walks
to it.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import subprocess
import sys
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

CLONE_NEWUSER = 0x10000000
NOBODY = 65534
NO_NAMESPACE = "GROUND_NO_NAMESPACE"  # set by tests: behave as where namespaces are forbidden


@dataclass(frozen=True)
class Identity:
    """`kind` is `self`, `namespace` or `uid`; `uid` owns the data seen from outside."""

    kind: str
    uid: int

    def entry(self, folder: Path) -> Callable[[], None]:
        """What the new process does before it becomes the server: step in, change its user."""
        inside = named_uid()
        library = ctypes.CDLL(None, use_errno=True) if self.kind == "namespace" else None

        def enter() -> None:
            os.chdir(folder)
            os.umask(0o077)
            if library is not None:
                if library.unshare(CLONE_NEWUSER) != 0:
                    raise OSError(ctypes.get_errno(), "unshare")
                Path("/proc/self/uid_map").write_text(f"{inside} {self.uid} 1", encoding="ascii")
            elif self.kind == "uid":
                os.setgroups([])
                os.setgid(self.uid)
                os.setuid(self.uid)

        return enter

    def path(self, folder: Path) -> str:
        """How the server itself names the folder it is born in."""
        if self.kind == "uid" and sys.platform == "linux":
            return "/proc/self/cwd"
        return str(folder)

    def own(self, folder: Path) -> None:
        """Give a folder of ours, with all in it, to this identity."""
        if self.kind == "uid" and folder.stat().st_uid != self.uid:
            for path in [folder, *folder.rglob("*")]:
                os.chown(path, self.uid, self.uid, follow_symlinks=False)

    def can_run(self, program: Path, folder: Path) -> bool:
        """Whether the program starts under this identity and finds the folder by its path."""

        def enter() -> None:
            self.entry(folder)()
            if self.kind != "uid":
                os.stat(folder)

        try:
            tried = subprocess.run(
                [program, "--version"],
                capture_output=True,
                check=False,
                preexec_fn=enter,
            )
        except (OSError, subprocess.SubprocessError):
            return False
        return tried.returncode == 0


def named_uid() -> int:
    """The lowest user id besides root's that the system's list knows."""
    return min((entry.pw_uid for entry in pwd.getpwall() if entry.pw_uid), default=1000)


def named(uid: int) -> bool:
    """Whether the system's list knows this user."""
    return any(entry.pw_uid == uid for entry in pwd.getpwall())


def founder(identity: Identity) -> Identity:
    """The identity that makes the data folder: initdb wants a user that the system's list knows."""
    if identity.kind == "namespace" or named(identity.uid):
        return identity
    if identity.kind == "self":
        return Identity("namespace", identity.uid)
    return Identity("uid", NOBODY if named(NOBODY) else named_uid())


def free_uid(seed: str) -> int:
    """A user id that nobody on this machine has; the same for the same seed."""
    uid = 30000 + zlib.crc32(seed.encode()) % 20000
    known = {entry.pw_uid for entry in pwd.getpwall()}
    while uid in known:
        uid += 1
    return uid


def choose(program: Path, data: Path, user: int | None = None) -> Identity:
    """The identity for the server of this data folder, when called by `user`."""
    user = os.geteuid() if user is None else user
    if user != 0:
        return Identity("self", user)
    owner = data.stat().st_uid if data.exists() else 0
    if owner != 0:
        return Identity("uid", owner)
    namespace = Identity("namespace", 0)
    if not os.environ.get(NO_NAMESPACE) and namespace.can_run(program, data.parent):
        return namespace
    return Identity("uid", free_uid(str(data)))
