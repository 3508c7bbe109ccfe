"""Runs a Python program so that it, and every process it forks, ends when its parent ends.

Rule: also after `kill -9` of any of them nothing is left that would hold the port or take tasks.
The program is asked to end (SIGTERM); what it forked is ended at once. Linux only; elsewhere the
program simply runs.

Used as `lineage.py PARENT -m MODULE ARGUMENTS` or `lineage.py PARENT FILE ARGUMENTS`.
"""

from __future__ import annotations

import ctypes
import os
import runpy
import signal
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1


def bind(parent: int, signum: int) -> None:
    """Have the kernel send `signum` to this process when `parent` ends."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signum), 0, 0, 0)
    if os.getppid() != parent:  # it ended before we asked
        os._exit(1)


def bind_children() -> None:
    """Do the same in every process that this one forks, and in theirs."""
    parents = [0]

    def before() -> None:
        parents[0] = os.getpid()

    def after() -> None:
        bind(parents[0], signal.SIGKILL)

    os.register_at_fork(before=before, after_in_child=after)


def main(parent: str, program: str, *arguments: str) -> None:
    """Become the program."""
    bind(int(parent), signal.SIGTERM)
    bind_children()
    sys.path[0] = str(Path(__file__).resolve().parent.parent.parent)
    if program == "-m":
        sys.argv = list(arguments)
        runpy.run_module(arguments[0], run_name="__main__", alter_sys=True)
    else:
        sys.argv = [program, *arguments]
        runpy.run_path(program, run_name="__main__")


if __name__ == "__main__":
    main(*sys.argv[1:])
