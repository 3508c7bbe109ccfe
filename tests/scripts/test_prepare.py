"""`manage.py prepare` does what is missing, and nothing of it twice."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import call_command

from ciayumajakuning.management.commands.prepare import Stamp, digest


@pytest.fixture(autouse=True)
def var_dir(settings, tmp_path: Path) -> Path:
    settings.VAR_DIR = tmp_path
    return tmp_path


def prepare(**options: object) -> list[str]:
    out = io.StringIO()
    call_command("prepare", quiet=True, no_static=True, stdout=out, **options)
    return [line.split("dtk", 1)[1].strip() for line in out.getvalue().splitlines()]


def test_digest_changes_with_names_contents_and_words(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("x")
    two.write_text("x")
    known = {digest([one]), digest([two]), digest([one, two]), digest([one], "word")}
    one.write_text("y")
    known.add(digest([one]))
    assert len(known) == 5


def test_digest_does_not_depend_on_the_order(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("x")
    two.write_text("y")
    assert digest([one, two]) == digest([two, one])


def test_stamp_says_only_what_was_written(var_dir: Path) -> None:
    stamp = Stamp("x")
    assert not stamp.says("")
    stamp.write("a")
    assert Stamp("x").says("a")
    assert not Stamp("x").says("b")
    assert (var_dir / "stamps" / "x").stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db
def test_prepare_for_the_second_time_is_silent() -> None:
    assert "Data rujukan" in prepare()
    assert prepare() == []


@pytest.mark.django_db
def test_prepare_loads_reference_again_for_a_database_that_lost_it() -> None:
    prepare()
    Stamp("reference").write("of another database")
    assert prepare() == ["Data rujukan"]
