"""A step is one line with its time; a long one shows that it lives."""

from __future__ import annotations

import io

import pytest

from scripts.ground.steps import Steps, duration


class Clock:
    """A clock that moves only when told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Terminal(io.StringIO):
    """A place of output that is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.0, "0,0 dtk"),
        (12.04, "12,0 dtk"),
        (99.94, "99,9 dtk"),
        (99.96, "1 mnt 40 dtk"),
        (125.0, "2 mnt 05 dtk"),
    ],
)
def test_duration_is_written_as_people_read_it(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_step_ends_as_one_line_with_its_time() -> None:
    out, clock = io.StringIO(), Clock()
    with Steps(out, clock=clock).step("PostgreSQL"):
        clock.now = 1.25
    assert out.getvalue().split() == ["1,2", "dtk", "PostgreSQL"]


def test_step_that_fails_is_marked_and_the_error_goes_on() -> None:
    out = io.StringIO()
    with pytest.raises(ValueError, match="x"), Steps(out).step("PostgreSQL"):
        raise ValueError("x")
    assert out.getvalue().endswith("PostgreSQL ... gagal\n")


def test_log_gets_a_sign_of_life_every_ten_seconds() -> None:
    out, clock = io.StringIO(), Clock()
    with Steps(out, clock=clock).step("Paket") as step:
        for second in range(25):
            clock.now = float(second)
            step.note(f"{second} dari 25")
    lines = [" ".join(line.split()) for line in out.getvalue().splitlines()]
    assert lines == ["... Paket: 10 dari 25", "... Paket: 20 dari 25", "24,0 dtk Paket"]


def test_terminal_shows_the_running_step_in_place() -> None:
    out, clock = Terminal(), Clock()
    with Steps(out, clock=clock).step("Paket") as step:
        clock.now = 0.2
        step.note("1 dari 2")
    assert out.getvalue().count("\n") == 1
    assert "Paket: 1 dari 2" in out.getvalue()


def test_quiet_steps_tell_only_what_was_done() -> None:
    out = io.StringIO()
    steps = Steps(out, quiet=True)
    with steps.step("sudah ada") as step:
        step.skip()
    with steps.step("basis data") as step:
        step.skip()
        step.done("basis data baru")
    assert [line.split("dtk")[1].strip() for line in out.getvalue().splitlines()] == [
        "basis data baru"
    ]


def test_quiet_steps_leave_no_trace_on_a_terminal() -> None:
    out, clock = Terminal(), Clock()
    with Steps(out, quiet=True, clock=clock).step("PostgreSQL") as step:
        clock.now = 1.0
        step.note("memulai")
        step.skip()
    assert out.getvalue().endswith("\r\x1b[K")
