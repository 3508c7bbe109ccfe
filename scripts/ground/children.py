"""The programs that a command starts and ends again.

Rule: each has a process group of its own, so that Ctrl-C reaches only the command, which then ends
them in order; what does not end in time is ended with its whole group.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from scripts.ground.places import ROOT, VENV_PYTHON

PATIENCE = 8.0  # seconds that a program may need to finish what it is doing
LINEAGE = Path(__file__).with_name("lineage.py")


def start(
    arguments: Sequence[str | Path],
    environment: dict[str, str],
    output: IO[bytes] | int | None = None,
    errors: IO[bytes] | int | None = None,
    pass_fds: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Start a Python program of the environment; it will not outlive this command."""
    return subprocess.Popen(
        [VENV_PYTHON, LINEAGE, str(os.getpid()), *arguments],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output if errors is None else errors,
        pass_fds=pass_fds,
        start_new_session=True,
    )


def _end_group(child: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)


def stop(*children: subprocess.Popen[bytes], patience: float = PATIENCE) -> None:
    """Ask all to end, wait together, then end what is left of their groups."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + patience
    for child in children:
        try:
            child.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
        _end_group(child)
        child.wait()
