"""A limit counts each by itself, within a stretch of time, and keeps no name in the cache."""

from __future__ import annotations

from typing import Any

from django.test import RequestFactory

from accounts import limits
from accounts.limits import Limit, address_of


def test_so_many_are_allowed_and_no_more() -> None:
    limit = Limit("coba", 3, 10**9)
    assert [limit.allows("a") for _ in range(5)] == [True, True, True, False, False]
    assert limit.allows("b")
    assert Limit("lain", 3, 10**9).allows("a")


def test_next_stretch_begins_anew(monkeypatch: Any) -> None:
    limit = Limit("coba", 1, 60)
    monkeypatch.setattr(limits.time, "time", lambda: 600.0)
    assert [limit.allows("a"), limit.allows("a")] == [True, False]
    monkeypatch.setattr(limits.time, "time", lambda: 660.0)
    assert limit.allows("a")


def test_address_is_that_of_whoever_asks(rf: RequestFactory) -> None:
    assert address_of(rf.get("/", REMOTE_ADDR="203.0.113.7")) == "203.0.113.7"


def test_proxy_that_is_trusted_names_the_address(rf: RequestFactory, settings: Any) -> None:
    forged = {"HTTP_X_FORWARDED_FOR": "198.51.100.1, 203.0.113.9", "REMOTE_ADDR": "10.0.0.1"}
    assert address_of(rf.get("/", **forged)) == "10.0.0.1"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert address_of(rf.get("/", **forged)) == "203.0.113.9"
