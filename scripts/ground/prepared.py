"""The prepared ground that every command stands on: environment, database, Django's own steps.

Rule: each step looks first whether its work is done already, so that a later start costs next to
nothing.
"""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from scripts.ground import children
from scripts.ground.database import Cluster
from scripts.ground.places import child_environment, log_file, var_dir
from scripts.ground.steps import Steps
from scripts.ground.trouble import Trouble

READABLE = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is taken for something else


@contextmanager
def database(
    steps: Steps, cluster: Cluster, given: str = "DATABASE_URL"
) -> Iterator[dict[str, str]]:
    """The environment of Django with a database in it, kept running for the block.

    The variable `given` names a database of the caller; otherwise the cluster is used.
    """
    if url := os.environ.get(given):
        yield child_environment(DATABASE_URL=url)
        return
    try:
        cluster.up(steps)
        path = os.pathsep.join([os.environ.get("PATH", os.defpath), str(cluster.programs())])
        clean = {name: value for name, value in child_environment().items() if name[:2] != "PG"}
        yield clean | cluster.environment() | {"PATH": path}
    finally:
        cluster.down()


def sample_password() -> str:
    """The password of the sample accounts: SAMPLE_PASSWORD, or one made once and kept."""
    given = os.environ.get("SAMPLE_PASSWORD")
    if given:
        return given
    path = var_dir() / "sample_password"
    if not path.exists() or not path.read_text(encoding="utf-8").strip():
        draft = path.with_suffix(".draft")
        draft.unlink(missing_ok=True)
        draft.touch(mode=0o600)
        groups = ("".join(secrets.choice(READABLE) for _ in range(4)) for _ in range(4))
        draft.write_text("-".join(groups) + "\n", encoding="utf-8")
        draft.replace(path)
    return path.read_text(encoding="utf-8").strip()


def prepare(env: dict[str, str], *arguments: str, quiet: bool = False) -> None:
    """Let Django bring its database, messages and files up to date; it prints its own steps."""
    log = log_file("prepare")
    with log.open("wb") as errors:
        child = children.start(
            ["manage.py", "prepare", *arguments, *(["--quiet"] if quiet else [])],
            env,
            output=sys.stderr.fileno() if quiet else None,
            errors=errors,
        )
        try:
            status = child.wait()
        except BaseException:
            children.stop(child)
            raise
    if status:
        tail = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:]
        said = "".join(tail).removeprefix("CommandError: ").rstrip(".")
        raise Trouble(f"Penyiapan gagal: {said or 'lihat catatan'} (catatan: {log}).")
