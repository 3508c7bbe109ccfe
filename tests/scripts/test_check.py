"""What `scripts/test` hands to pytest and what it takes from it."""

from __future__ import annotations

import pytest

from scripts.ground.check import Check, Told, checks, chosen, run_checks, spread
from scripts.ground.steps import Steps


def hear(*lines: str) -> Told:
    told = Told()
    for line in lines:
        told.hear(line + "\n")
    return told


def test_spread_uses_several_processes_for_everything() -> None:
    assert spread([])[0] == "-n"
    assert 1 <= int(spread(["--verbose"])[1]) <= 4


@pytest.mark.parametrize(
    "arguments",
    [["-n", "3"], ["-n0"], ["-k", "port"], ["-x"], ["tests/scripts/test_check.py::test_x"]],
)
def test_spread_keeps_single_tests_in_one_process(arguments: list[str]) -> None:
    assert spread(arguments) == []


def test_tier_is_chosen_unless_the_caller_chooses() -> None:
    assert chosen([], "not slow") == ["-m", "not slow"]
    assert chosen(["-m", "browser"], "not slow") == []


@pytest.mark.parametrize(
    "line",
    [
        "===== 12 passed in 3.21s =====",
        "12 passed, 3 skipped in 3.21s",
        "\x1b[32m==== \x1b[1m12 passed\x1b[0m, 2 deselected in 63.21s (0:01:03) ====\x1b[0m",
        "= 1 failed, 12 passed in 3.21s =",
        "=== no tests ran in 0.01s ===",
    ],
)
def test_summary_of_pytest_is_kept(line: str) -> None:
    assert " in " in hear("tests/test_x.py ....", line).summary


def test_summary_is_not_taken_from_other_lines() -> None:
    assert hear("tests/test_x.py .... [100%]", "loading in 3s").summary == ""


def test_skipped_browser_tests_are_counted() -> None:
    told = hear(
        "SKIPPED [11] tests/conftest.py:12: no Chromium on this machine",
        "SKIPPED [2] tests/conftest.py:12: needs CHROMIUM",
        "SKIPPED [1] tests/test_x.py:3: only root",
    )
    assert told.without_browser == 13


def test_every_check_runs_and_only_a_failing_one_is_shown(
    capsys: pytest.CaptureFixture[str],
) -> None:
    wanted = [
        Check("first", ["sh", "-c", "echo bad; exit 3"], {}),
        Check("second", ["sh", "-c", "echo $WORD; exit 0"], {"WORD": "unseen"}),
        Check("third", ["sh", "-c", "test $WORD = x"], {"WORD": "x"}),
    ]
    results = run_checks(wanted, {"PATH": "/usr/bin:/bin"}, Steps())
    out = capsys.readouterr().out
    assert [result.status for result in results] == [3, 0, 0]
    assert "first: FAILED" in out
    assert "bad" in out
    assert "unseen" not in out
    assert "third: ok" in out


def test_deploy_check_runs_under_production_settings() -> None:
    deploy = next(check for check in checks() if check.name == "deploy check")
    assert deploy.settings["APP_MODE"] == "production"
    assert len(deploy.settings["SECRET_KEY"]) > 50
