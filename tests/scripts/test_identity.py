"""As whom the database server runs."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

import pytest

from scripts.ground.identity import NO_NAMESPACE, Identity, choose, founder, free_uid, named_uid

SLEEP = Path("/bin/sh")


def test_ordinary_user_runs_it_himself(tmp_path: Path) -> None:
    assert choose(SLEEP, tmp_path / "postgres", user=1234) == Identity("self", 1234)


def test_root_without_namespaces_takes_a_user_that_nobody_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(NO_NAMESPACE, "1")
    identity = choose(SLEEP, tmp_path / "postgres", user=0)
    assert identity.kind == "uid"
    assert identity.uid not in {entry.pw_uid for entry in pwd.getpwall()}


def test_free_uid_stays_the_same_for_one_folder() -> None:
    assert free_uid("/a") == free_uid("/a") != free_uid("/b")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_root_runs_data_of_another_user_as_that_user(tmp_path: Path) -> None:
    data = tmp_path / "postgres"
    data.mkdir()
    os.chown(data, 1234, 1234)
    assert choose(SLEEP, data, user=0) == Identity("uid", 1234)


def test_founder_is_the_identity_itself_when_the_system_knows_it() -> None:
    known = Identity("self", named_uid())
    assert founder(known) == known


def test_founder_of_an_unknown_user_is_another_or_hides_in_a_namespace() -> None:
    unknown = free_uid("somewhere")
    assert founder(Identity("self", unknown)) == Identity("namespace", unknown)
    assert founder(Identity("uid", unknown)).uid in {entry.pw_uid for entry in pwd.getpwall()}


def test_server_of_another_user_names_its_folder_without_the_way_to_it() -> None:
    folder = Path("/home/somebody/var/postgres")
    assert Identity("uid", 1234).path(folder) in {"/proc/self/cwd", str(folder)}
    assert Identity("namespace", 0).path(folder) == str(folder)
