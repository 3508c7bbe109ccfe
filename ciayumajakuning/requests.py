"""Gives each request an id that its log lines, its error page and its answer all carry."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
_SAFE = re.compile(r"^[A-Za-z0-9._-]{8,64}$")
_current: ContextVar[str] = ContextVar("request_id", default="")
logger = logging.getLogger("request")


def current_id() -> str:
    """The id of the request being served, or an empty text outside one."""
    return _current.get()


class RequestIdFilter(logging.Filter):
    """Adds `request_id` to every record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current_id() or None
        return True


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
                    "path": request.path,
                    "status": response.status_code,
                    "ms": round((time.monotonic() - started) * 1000, 1),
                },
            )
        finally:
            _current.reset(token)
        response[HEADER] = request_id
        return response
