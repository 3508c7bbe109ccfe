"""A pid in a file is a hint: no stranger's process is taken for the server, or touched."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.ground import server
from scripts.ground.trouble import Trouble


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "postgres"
    folder.mkdir()
    return folder


@pytest.fixture
def stranger(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(["sleep", "60"], cwd=tmp_path) as process:
        yield process
        process.kill()


def leave_pid_file(data: Path, pid: int, home: str = "/nowhere") -> Path:
    file = data / "postmaster.pid"
    file.write_text(f"{pid}\n{data}\n1700000000\n5432\n{home}\n\n1 1\nready   \n")
    return file


def test_running_is_none_without_a_pid_file(data: Path) -> None:
    assert server.running(data) is None


@pytest.mark.parametrize("text", ["", "12", "x\ny\n", "12\n/data\n1\n"])
def test_running_is_none_for_a_half_written_file(data: Path, text: str) -> None:
    (data / "postmaster.pid").write_text(text)
    assert server.running(data) is None


def test_running_sees_a_process_that_works_inside(data: Path) -> None:
    with subprocess.Popen(["sleep", "60"], cwd=data) as process:
        leave_pid_file(data, process.pid)
        seen = server.running(data)
        process.kill()
    assert seen is not None
    assert seen.pid == process.pid


def test_stranger_with_the_old_pid_is_neither_server_nor_stopped(
    data: Path, stranger: subprocess.Popen[bytes]
) -> None:
    leave_pid_file(data, stranger.pid)
    assert server.running(data) is None
    server.stop(data)
    server.forget_dead(data)
    assert stranger.poll() is None


def test_forget_dead_clears_the_way_for_the_next_server(
    data: Path, stranger: subprocess.Popen[bytes]
) -> None:
    file = leave_pid_file(data, stranger.pid)
    server.forget_dead(data)
    assert not file.exists()


def test_forget_dead_keeps_the_file_while_parts_of_the_server_live(
    data: Path, stranger: subprocess.Popen[bytes]
) -> None:
    file = leave_pid_file(data, stranger.pid)
    with subprocess.Popen(["sleep", "60"], cwd=data) as part:
        server.forget_dead(data)
        part.kill()
    assert file.exists()


def test_stop_ends_the_process_that_works_inside(data: Path) -> None:
    process = subprocess.Popen(["sleep", "60"], cwd=data)
    leave_pid_file(data, process.pid)
    server.stop(data)
    assert process.wait(5) != 0


def test_remove_home_touches_only_folders_of_ours(tmp_path: Path) -> None:
    ours, other = tmp_path / f"{server.PREFIX}abc", tmp_path / "other"
    ours.mkdir()
    other.mkdir()
    server.remove_home(ours)
    server.remove_home(other)
    assert not ours.exists()
    assert other.exists()


def test_make_home_is_private_and_short_wherever_the_temporary_folder_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / ("d" * 120)
    deep.mkdir()
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(deep))
    home = server.make_home()
    try:
        assert len(str(home / server.SOCKET)) < 108
        assert home.stat().st_mode & 0o777 == 0o700
    finally:
        server.remove_home(home)


def test_make_home_without_any_place_is_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: str) -> str:
        raise PermissionError

    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    with pytest.raises(Trouble, match="TMPDIR"):
        server.make_home()
