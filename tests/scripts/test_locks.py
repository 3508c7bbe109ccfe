"""Locks that the kernel lets go, however a process ends."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from scripts.ground.locks import Users, alone
from scripts.ground.places import ROOT

JOIN = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from scripts.ground.locks import Users
users = Users(Path(sys.argv[2])); users.join()
print("in", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "users"


def test_only_user_is_the_last(path: Path) -> None:
    users = Users(path)
    users.join()
    assert users.last()


def test_user_is_not_the_last_while_another_stays(path: Path) -> None:
    first, second = Users(path), Users(path)
    first.join()
    second.join()
    assert not first.last()
    first.leave()
    assert second.last()


def test_user_that_was_killed_counts_no_more(path: Path) -> None:
    other = subprocess.Popen(
        [sys.executable, "-c", JOIN, str(ROOT), str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert other.stdout is not None
    other.stdout.readline()
    users = Users(path)
    users.join()
    assert not users.last()
    users.join()
    other.kill()
    other.communicate()
    assert users.last()


def test_join_waits_until_the_last_one_has_left(path: Path) -> None:
    leaving, coming = Users(path), Users(path)
    leaving.join()
    assert leaving.last()
    joined = threading.Event()

    def come() -> None:
        coming.join()
        joined.set()

    threading.Thread(target=come, daemon=True).start()
    assert not joined.wait(0.1)
    leaving.leave()
    assert joined.wait(5)


def test_alone_works_on_a_folder_and_tells_who_waits(tmp_path: Path) -> None:
    waited, order = threading.Event(), []

    def second() -> None:
        with alone(tmp_path, waited.set):
            order.append("second")

    with alone(tmp_path):
        thread = threading.Thread(target=second)
        thread.start()
        assert waited.wait(5)
        order.append("first")
    thread.join(5)
    assert order == ["first", "second"]
