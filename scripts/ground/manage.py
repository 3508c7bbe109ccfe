"""`scripts/manage`: Django's command line in the prepared environment.

Rule: standard output, standard input, signals and exit status are the command's own; preparation
speaks on standard error, and only when there was something to do.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from types import FrameType

from scripts.ground import environment
from scripts.ground.children import LINEAGE
from scripts.ground.database import Cluster
from scripts.ground.places import ROOT, VENV_PYTHON
from scripts.ground.prepared import database, prepare
from scripts.ground.steps import Steps

# These work on the code and mend it, so they must run while the database cannot be prepared.
UNPREPARED = {"check", "diffsettings", "help", "makemigrations", "messages", "migrate"}
UNPREPARED |= {"showmigrations", "sqlmigrate", "version", "--help", "--version", "-h"}
PASSED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGUSR1)


def _terminal_tells_all() -> bool:
    """Whether a Ctrl-C on the terminal reaches the command by itself."""
    try:
        terminal = os.open("/dev/tty", os.O_RDONLY)
    except OSError:
        return False
    try:
        return os.tcgetpgrp(terminal) == os.getpgrp()
    except OSError:
        return False
    finally:
        os.close(terminal)


def _execute(arguments: list[str], env: dict[str, str]) -> int:
    child = subprocess.Popen(
        [VENV_PYTHON, LINEAGE, str(os.getpid()), str(ROOT / "manage.py"), *arguments], env=env
    )

    def pass_on(signum: int, _frame: FrameType | None) -> None:
        if signum in {signal.SIGINT, signal.SIGQUIT} and _terminal_tells_all():
            return
        child.send_signal(signum)

    for each in PASSED:
        signal.signal(each, pass_on)
    status = child.wait()
    return 128 - status if status < 0 else status


def main(arguments: list[str]) -> int:
    """Run one command of manage.py and return its status."""
    steps = Steps(sys.stderr, quiet=True)
    environment.ready(steps)
    with database(steps, Cluster()) as env:
        if not UNPREPARED.intersection(arguments[:1] or ["help"]):
            prepare(env, "--no-static", quiet=True)
        return _execute(arguments, env)
