"""The other core: a process beside this one that takes its share of an intake.

The rule: what is handed over can be done here as well, so where there is one core, no `fork`, or a
helper that died, the answer is the same. A helper sees all that was read before it was forked, and
opens a connection to the database of its own. It is no child of `multiprocessing`, because the
workers in the background may have none.
"""

from __future__ import annotations

import gc
import logging
import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any, NoReturn, TypeVar

from django.db import connections

log = logging.getLogger(__name__)
# With fewer parts a helper is not worth its start.
LEAST_PARTS = 4
# So many parts may wait to be used: what is made ahead takes memory.
_AHEAD = 6

Part = TypeVar("Part")
Made = TypeVar("Made")


class Lost(Exception):
    """The helper is gone, and with it the answer: whoever asked does the work."""


def several() -> bool:
    """Whether a second process would have a core of its own, where forking is safe: on Linux."""
    return hasattr(os, "sched_getaffinity") and len(os.sched_getaffinity(0)) > 1


class Helper:
    """A second process that answers what it is asked, one after the other; close it at the end."""

    def __init__(self, do: Callable[[Any], Any]) -> None:
        ours, theirs = Pipe()
        gc.freeze()  # a search for rings would touch, and so copy, all that the two share
        self._pid = os.fork()
        if not self._pid:
            ours.close()
            _serve(theirs, do)
        theirs.close()
        self._pipe = ours
        self.asked = self.lost = False

    def __enter__(self) -> Helper:
        return self

    def __exit__(self, *_error: object) -> None:
        self._pipe.close()  # it ends when nobody can ask any more
        with suppress(ChildProcessError):
            os.waitpid(self._pid, 0)
        gc.unfreeze()

    def ask(self, work: Any) -> None:
        """Hand over; the answer is fetched later. Raises `Lost`."""
        self._talk(self._pipe.send, work)
        self.asked = True

    def answer(self) -> Any:
        """Wait for the answer to what was asked. Raises `Lost`."""
        self.asked = False
        return self._talk(self._pipe.recv)

    def _talk(self, say: Callable[..., Any], *words: Any) -> Any:
        try:
            return say(*words)
        except (EOFError, OSError) as error:
            self.lost = True
            raise Lost from error


def spread(do: Callable[[Part], Made], parts: Sequence[Part]) -> Iterator[Made]:
    """What `do` makes of each part, in their order; a helper does as many as it gets to."""
    if len(parts) < LEAST_PARTS or not several():
        yield from map(do, parts)
        return
    with Helper(lambda at: do(parts[at])) as helper:
        shared = _Shared(len(parts), helper)
        try:
            for at in range(len(parts)):
                while at not in shared.made:
                    if (mine := shared.next()) is None:
                        shared.thread.join()
                        mine = at if at not in shared.made else None
                    if mine is not None:
                        shared.made[mine] = do(parts[mine])
                yield shared.made.pop(at)
        finally:
            shared.waiting.clear()
            shared.thread.join()


class _Shared:
    """Parts that two take from, and what was made of them; a thread waits for the helper."""

    def __init__(self, count: int, helper: Helper) -> None:
        self.waiting = deque(range(count))
        self.made: dict[int, Any] = {}
        self.thread = Thread(target=self._through, args=[helper])
        self.thread.start()

    def next(self) -> int | None:
        """A part that nobody has taken yet."""
        try:
            return self.waiting.popleft()
        except IndexError:
            return None

    def _through(self, helper: Helper) -> None:
        while self.waiting:
            if len(self.made) > _AHEAD:
                time.sleep(0.01)
            elif (at := self.next()) is not None:
                try:
                    helper.ask(at)
                    self.made[at] = helper.answer()
                except Lost:
                    return


def _serve(pipe: Connection, do: Callable[[Any], Any]) -> NoReturn:
    try:
        for alias in connections:
            # The parent's connection: not ours to use, and not ours to close.
            connections[alias].connection = None
            connections[alias].in_atomic_block = False
        while True:
            pipe.send(do(pipe.recv()))
    except (EOFError, KeyboardInterrupt):
        pass
    except BaseException:
        log.exception("helper stopped")
    finally:
        os._exit(0)
