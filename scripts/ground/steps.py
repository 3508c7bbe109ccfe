"""The lines that tell what a command is doing, each with the seconds it took.

Rule: one line per step, printed when it ends. On a terminal the running step is rewritten in place;
elsewhere a long one leaves a line every ten seconds, so that a log never looks dead.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

BLINK = 0.1  # seconds between two looks of the running line on a terminal
PATIENCE = 10.0  # seconds between two signs of life in a log


def duration(seconds: float) -> str:
    """Seconds as people read them in Indonesian: `0,4 dtk`, `12,0 dtk`, `2 mnt 05 dtk`."""
    if seconds < 99.95:
        return f"{seconds:.1f} dtk".replace(".", ",")
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} mnt {rest:02d} dtk"


class Step:
    """One running step; `note` tells how far it is, `skip` that nothing had to be done."""

    def __init__(self, steps: Steps, label: str) -> None:
        self.label = label
        self.skipped = False
        self._steps = steps
        self._told = steps.clock()

    def note(self, text: str) -> None:
        """Show how far the step is, as often as the place of output bears."""
        self._told = self._steps.show(f"{self.label}: {text}", self._told)

    def skip(self) -> None:
        """Say that all was there already."""
        self.skipped = True

    def done(self, label: str) -> None:
        """Say what was done after all."""
        self.skipped = False
        self.label = label


class Steps:
    """Prints steps to one stream; `quiet` keeps silent about those that had nothing to do."""

    def __init__(
        self,
        stream: TextIO | None = None,
        *,
        quiet: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.stream = stream or sys.stdout
        self.quiet = quiet
        self.clock = clock
        self._tty = self.stream.isatty()

    def show(self, text: str, told: float) -> float:
        """Write a passing sign of life; return when the last one was written."""
        if self._tty and self.clock() - told >= BLINK:
            self.stream.write(f"\r\x1b[K{'...':>14}  {text[:60]}")
        elif not self._tty and self.clock() - told >= PATIENCE:
            self.stream.write(f"{'...':>14}  {text}\n")
        else:
            return told
        self.stream.flush()
        return self.clock()

    def line(self, seconds: float, text: str) -> None:
        """Write one finished line."""
        clear = "\r\x1b[K" if self._tty else ""
        self.stream.write(f"{clear}{duration(seconds):>14}  {text}\n")
        self.stream.flush()

    @contextmanager
    def step(self, label: str) -> Iterator[Step]:
        """Time the block and print its line; a failing one is marked before the error goes on."""
        started = self.clock()
        step = Step(self, label)
        if self._tty and not self.quiet:
            self.show(label, started - BLINK)
        try:
            yield step
        except BaseException:
            self.line(self.clock() - started, f"{step.label} ... gagal")
            raise
        if not (self.quiet and step.skipped):
            self.line(self.clock() - started, step.label)
        elif self._tty:
            self.stream.write("\r\x1b[K")
            self.stream.flush()
