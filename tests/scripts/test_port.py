"""The port is found taken at once, and kept once it is ours."""

from __future__ import annotations

import socket

import pytest

from scripts.ground import port
from scripts.ground.trouble import Trouble


@pytest.fixture
def taken() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_take_free_port_keeps_it_from_others() -> None:
    with port.take("127.0.0.1", 0) as ours:
        number = ours.getsockname()[1]
        with pytest.raises(Trouble, match=f"Port {number} sedang dipakai"):
            port.take("127.0.0.1", number, patience=0)


def test_take_listening_socket_can_be_handed_on() -> None:
    with port.take("127.0.0.1", 0) as ours:
        ours.listen()
        with socket.create_connection(ours.getsockname(), timeout=2):
            pass


def test_take_taken_port_is_one_sentence_with_a_way_out(taken: int) -> None:
    with pytest.raises(Trouble) as told:
        port.take("127.0.0.1", taken, patience=0)
    assert f"PORT={taken + 1}" in str(told.value)
    assert "\n" not in str(told.value)


def test_take_waits_for_a_port_that_is_being_left() -> None:
    server = socket.create_server(("127.0.0.1", 0))
    number = server.getsockname()[1]
    server.close()
    with port.take("127.0.0.1", number, patience=1) as ours:
        assert ours.getsockname()[1] == number


@pytest.mark.parametrize("text", ["abc", "-1", "70000", "80 80", "٨٠"])
def test_wanted_refuses_what_is_no_port(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("PORT", text)
    with pytest.raises(Trouble, match="PORT"):
        port.wanted()


def test_wanted_has_defaults_for_empty_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "")
    monkeypatch.delenv("HOST", raising=False)
    assert port.wanted() == ("127.0.0.1", 8000)


def test_take_foreign_host_is_trouble() -> None:
    with pytest.raises(Trouble, match="HOST"):
        port.take("192.0.2.1", 0, patience=0)


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::", "http://[::1]:8000"),
        ("register.example", "http://register.example:8000"),
    ],
)
def test_address_can_be_opened_on_this_machine(host: str, shown: str) -> None:
    assert port.address(host, 8000) == shown
