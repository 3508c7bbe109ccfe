"""Pages travel small, are asked for again each time, and come again only when they changed."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from accounts.models import User
from ciayumajakuning.answers import CompressedTextMiddleware, FreshPagesMiddleware

PUBLIC = ["/", "/katalog/usaha/", "/en/", "/tidak-ada/"]
COMPRESSED = {"Accept-Encoding": "gzip"}


def compressed(answer: Any) -> bool:
    request = RequestFactory().get("/", headers=COMPRESSED)
    return CompressedTextMiddleware(lambda _request: answer)(request).has_header("Content-Encoding")


@pytest.mark.django_db
@pytest.mark.parametrize("address", PUBLIC)
def test_page_travels_compressed(client: Any, address: str) -> None:
    answer = client.get(address, headers=COMPRESSED)
    assert answer["Content-Encoding"] == "gzip"
    assert b"<h1" in gzip.decompress(answer.content)
    assert "Accept-Encoding" in answer["Vary"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/katalog/usaha/", "/en/"])
def test_page_that_did_not_change_is_not_sent_again(client: Any, address: str) -> None:
    first = client.get(address, headers=COMPRESSED)
    assert first["Cache-Control"] == "no-cache"
    again = client.get(address, headers=COMPRESSED | {"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""


@pytest.mark.django_db
def test_page_for_somebody_signed_in_stays_with_them(client: Any, people: dict[str, User]) -> None:
    client.force_login(people["province"])
    assert client.get("/")["Cache-Control"] == "no-cache, private"
    assert "no-store" in client.get("/kerja/dasbor/")["Cache-Control"]


def test_page_that_says_how_long_it_may_be_kept_is_left_alone() -> None:
    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse("x", headers={"Cache-Control": "no-store"})

    request = RequestFactory().get("/")
    assert FreshPagesMiddleware(view)(request)["Cache-Control"] == "no-store"


def test_file_that_is_no_page_gets_no_mark() -> None:
    request = RequestFactory().get("/")
    view = FreshPagesMiddleware(lambda _request: HttpResponse("x", content_type="text/csv"))
    assert not view(request).has_header("Cache-Control")


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "application/json", "text/csv"])
def test_text_is_compressed(kind: str) -> None:
    assert compressed(HttpResponse("kata " * 200, content_type=kind))


def test_picture_is_not_compressed_again() -> None:
    assert not compressed(HttpResponse(b"x" * 1000, content_type="image/webp"))


def test_file_sent_piece_by_piece_is_not_compressed() -> None:
    assert not compressed(StreamingHttpResponse([b"x" * 1000], content_type="text/csv"))
