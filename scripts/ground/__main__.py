"""The door of the commands: picks the one named first and turns trouble into one sentence.

Rule: exit status 0 when all went well, 1 for trouble, 128 and the signal when interrupted; a
command that runs another program passes that program's own status on.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

sys.path[0] = str(Path(__file__).resolve().parent.parent.parent)

from scripts.ground import check, keeper, manage, run  # noqa: E402
from scripts.ground.audit import command as audit  # noqa: E402
from scripts.ground.bench import command as bench  # noqa: E402
from scripts.ground.trouble import Stopped, Trouble  # noqa: E402

COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": run.main,
    "manage": manage.main,
    "test": check.test,
    "rehearse": check.rehearse,
    "audit": audit.main,
    "bench": bench.main,
    "keeper": keeper.main,  # started by database.py, not by people
}


def _stop(signum: int, _frame: FrameType | None) -> None:
    # One request is enough: what follows must not break the tidying up.
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    raise Stopped(signum)


def main(name: str, arguments: list[str]) -> int:
    """Run one command and return its exit status."""
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if each != signal.SIGHUP or signal.getsignal(each) != signal.SIG_IGN:  # nohup is kept
            signal.signal(each, _stop)
    try:
        return COMMANDS[name](arguments)
    except Trouble as trouble:
        print(f"\n{trouble}", file=sys.stderr, flush=True)
        return 1
    except PermissionError as error:
        print(
            f"\nTidak boleh menulis atau membaca {error.filename}: berkas itu milik pengguna lain. "
            "Jalankan sebagai pemiliknya, atau isi VAR_DIR dengan folder Anda sendiri.",
            file=sys.stderr,
            flush=True,
        )
        return 1
    except OSError as error:
        print(f"\nSistem menolak: {error}.", file=sys.stderr, flush=True)
        return 1
    except Stopped as stopped:
        return 128 + stopped.signum


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
