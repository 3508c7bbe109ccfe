"""What stops a command: one sentence for a person, never a traceback.

Rule: whatever a newcomer can meet on a healthy checkout (a taken port, no network, a full disk, a
folder of somebody else) is raised as `Trouble` and says what to do next.
"""

from __future__ import annotations


class Trouble(Exception):
    """Ends the command with this sentence and exit status 1."""


class Stopped(BaseException):
    """A person or the system asked the command to end (Ctrl-C, SIGTERM, SIGHUP)."""

    def __init__(self, signum: int) -> None:
        super().__init__(signum)
        self.signum = signum
