"""Gives each request an id that its log lines, its error page and its answer all carry.

Rule: an address that opens something by itself (a firm's card) is a secret: neither log nor
history keeps it whole.
"""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest, HttpResponse
from pghistory.middleware import HistoryMiddleware

HEADER = "X-Request-ID"
_SAFE = re.compile(r"^[A-Za-z0-9._-]{8,64}$")
_current: ContextVar[str] = ContextVar("request_id", default="")
# What follows in such an address up to the next slash.
_SECRET = re.compile(r"(/kartu/)[^/\s?]+")
logger = logging.getLogger("request")


def current_id() -> str:
    """The id of the request being served, or an empty text outside one."""
    return _current.get()


def without_secret(path: str) -> str:
    """A path as it may be kept."""
    return _SECRET.sub(r"\1…", path)


class RequestIdFilter(logging.Filter):
    """Adds `request_id` to every record, and takes secret addresses out of it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current_id() or None
        if hasattr(record, "request"):
            record.request = without_secret(str(record.request))
        if isinstance(record.args, tuple):
            record.args = tuple(
                without_secret(each) if isinstance(each, str) else each for each in record.args
            )
        return True


class DiscreetHistoryMiddleware(HistoryMiddleware):
    """Says who and where in the history of each write, without what only the holder may know."""

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        """As the library's, the path without its secret."""
        return {**super().get_context(request), "url": without_secret(request.path)}


class RequestIdMiddleware:
    """Takes over a well-formed id from the proxy, or makes one; logs one line a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        request_id = given if _SAFE.match(given) else uuid.uuid4().hex
        token = _current.set(request_id)
        started = time.monotonic()
        try:
            response = self.get_response(request)
            # Only the path: a query may hold what somebody searched for.
            logger.info(
                "request",
                extra={
                    "method": request.method,
                    "path": without_secret(request.path),
                    "status": response.status_code,
                    "ms": round((time.monotonic() - started) * 1000, 1),
                },
            )
        finally:
            _current.reset(token)
        response[HEADER] = request_id
        return response
