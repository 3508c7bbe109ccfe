"""How much memory a measurement takes, with every process that it started.

Rule: what processes share counts once (PSS), as the machine counts it.
"""

from __future__ import annotations

import os
import re
import resource
from pathlib import Path
from threading import Event, Thread

_EVERY = 0.2  # seconds
_PSS = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)


class Peak:
    """The most that this process and its children took together, in MB, while it was looked at."""

    def __init__(self) -> None:
        self._most = 0
        self._over = Event()
        self._thread = Thread(target=self._look, daemon=True)

    def __enter__(self) -> Peak:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._thread.join()

    @property
    def megabytes(self) -> float:
        """At least what this process alone ever took."""
        alone = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return max(self._most, alone) / 1024

    def _look(self) -> None:
        me = os.getpid()
        children = Path(f"/proc/{me}/task/{me}/children")
        while not self._over.wait(_EVERY):
            beside = children.read_text().split() if children.exists() else []
            self._most = max(self._most, sum(map(_pss, [str(me), *beside])))


def _pss(pid: str) -> int:
    try:
        found = _PSS.search(Path(f"/proc/{pid}/smaps_rollup").read_text())
    except OSError:  # it has ended, or the system does not tell
        return 0
    return int(found.group(1)) if found else 0
