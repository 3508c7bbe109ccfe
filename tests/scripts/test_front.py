"""The commands find a Python by themselves, from anywhere, and say what is missing."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.ground.places import ROOT

COMMANDS = ("run", "test", "rehearse")
TOOLS = ("bash", "dirname", "basename", "readlink")


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A PATH with the least that a machine has, and no Python."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in TOOLS:
        found = shutil.which(name)
        assert found
        (folder / name).symlink_to(found)
    return folder


def add_python(tools: Path, name: str, body: str) -> None:
    path = tools / name
    path.write_text(f"#!{shutil.which('bash')}\n{body}\n")
    path.chmod(0o755)


def call(path: Path, tools: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        ["bash", path, *arguments],
        env={"PATH": str(tools), **settings},
        capture_output=True,
        text=True,
        cwd="/",
        check=False,
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_shown_from_any_folder(tools: Path, name: str) -> None:
    add_python(tools, "python3", f'exec "{sys.executable}" "$@"')
    answer = call(ROOT / "scripts" / name, tools, "--help")
    assert answer.returncode == 0
    assert f"scripts/{name}" in answer.stdout


def test_command_works_through_a_chain_of_links(tools: Path, tmp_path: Path) -> None:
    add_python(tools, "python3", f'exec "{sys.executable}" "$@"')
    (tmp_path / "first").symlink_to(ROOT / "scripts" / "run")
    (tmp_path / "second link").symlink_to("first")
    answer = call(tmp_path / "second link", tools, "--help")
    assert "scripts/run" in answer.stdout


def test_no_python_is_one_sentence(tools: Path) -> None:
    answer = call(ROOT / "scripts" / "run", tools)
    assert answer.returncode == 1
    assert answer.stdout == ""
    assert answer.stderr.startswith("Python 3.11 atau lebih baru tidak ditemukan")
    assert answer.stderr.count("\n") == 1


def test_python_without_venv_is_one_sentence(tools: Path) -> None:
    add_python(tools, "python3", "exit 3")
    answer = call(ROOT / "scripts" / "run", tools)
    assert answer.returncode == 1
    assert "python3-venv" in answer.stderr
    assert answer.stderr.count("\n") == 1


def test_old_python_is_passed_over_for_a_newer_one(tools: Path) -> None:
    add_python(tools, "python3", "exit 1")
    add_python(tools, "python3.12", f'exec "{sys.executable}" "$@"')
    assert call(ROOT / "scripts" / "run", tools, "--help").returncode == 0


def test_python_can_be_named(tools: Path) -> None:
    answer = call(ROOT / "scripts" / "run", tools, "--help", PYTHON=sys.executable)
    assert answer.returncode == 0


def test_unknown_option_is_refused_before_any_work(tools: Path) -> None:
    answer = call(ROOT / "scripts" / "run", tools, "--no-such", PYTHON=sys.executable)
    assert answer.returncode == 2
