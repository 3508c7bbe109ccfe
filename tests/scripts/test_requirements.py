"""The stamp of installed packages: present only after a whole installation of this very list."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.ground.requirements import Requirements, pins

BASE = "django==5.2.1 \\\n    --hash=sha256:aa\ngunicorn==27.0 \\\n    --hash=sha256:bb\n"
MORE = BASE + "ruff==0.1 \\\n    --hash=sha256:cc\n"


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    (tmp_path / "base.txt").write_text(BASE)
    (tmp_path / "more.txt").write_text(MORE)
    (tmp_path / ".venv").mkdir()
    return tmp_path


def load(root: Path, name: str) -> Requirements:
    return Requirements(name, root=root, venv=root / ".venv")


def test_pins_are_names_and_versions() -> None:
    assert pins(BASE) == {("django", "5.2.1"), ("gunicorn", "27.0")}


def test_count_takes_a_package_pinned_for_two_pythons_once(lists: Path) -> None:
    (lists / "two.txt").write_text("a==1 ; x\na==2 ; y\nb==1\n")
    assert load(lists, "two.txt").count == 2


def test_installed_is_false_before_the_first_stamp(lists: Path) -> None:
    assert not load(lists, "base.txt").installed()


def test_installed_is_true_for_the_same_list_only(lists: Path) -> None:
    load(lists, "base.txt").stamp()
    assert load(lists, "base.txt").installed()
    (lists / "base.txt").write_text(BASE + "x==1\n")
    assert not load(lists, "base.txt").installed()


def test_installed_is_false_once_an_installation_began(lists: Path) -> None:
    wanted = load(lists, "base.txt")
    wanted.stamp()
    wanted.unstamp()
    assert not wanted.installed()


def test_larger_list_covers_the_smaller_one(lists: Path) -> None:
    base, more = load(lists, "base.txt"), load(lists, "more.txt")
    assert more.covers(base)
    assert not base.covers(more)


def test_list_of_the_checks_covers_the_list_of_the_product() -> None:
    assert Requirements("requirements-dev.txt").covers(Requirements("requirements.txt"))
