"""How answers travel: text compressed, pages always asked for again and sent only when changed.

Rule: a page is never shown from a cache without asking the server (`no-cache`, with an ETag by
Django's ConditionalGetMiddleware), and one made for somebody signed in is kept by no shared cache.

Compression beside secrets: tokens are masked anew in each answer, Django pads compressed answers by
a random length, and another site's requests carry no session (SameSite=Lax).
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_cache_control

PAGE = "text/html"
TEXTS = {PAGE, "text/plain", "text/csv", "application/json", "application/xml", "image/svg+xml"}


def kind_of(response: HttpResponseBase) -> str:
    """The media type of an answer, without its parameters."""
    return response.get("Content-Type", "").partition(";")[0].strip().lower()


class CompressedTextMiddleware(GZipMiddleware):
    """Compresses what is text; files that are sent piece by piece keep their length."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Compress the answer where that pays."""
        if response.streaming or kind_of(response) not in TEXTS:
            return response
        return super().process_response(request, response)


class FreshPagesMiddleware:
    """Marks pages that say nothing themselves about how long they may be kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if kind_of(response) == PAGE and not response.has_header("Cache-Control"):
            signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
            patch_cache_control(response, no_cache=True, **({"private": True} if signed_in else {}))
        return response
