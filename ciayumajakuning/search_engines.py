"""What search engines read: which addresses are for them, and a list of all public pages.

Rule: bounded work. Firms stand in blocks of 5,000 by their key, so that no request counts or skips
over rows; which blocks hold a public firm is asked once an hour.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from xml.sax.saxutils import escape

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import override
from django.views.decorators.http import require_safe

from registry.models import Centre, Firm, Regency
from registry.querysets import FirmQuerySet

BLOCK = 5_000
KEPT_SECONDS = 3_600
PAGES = (
    "home",
    "promotions:firms",
    "promotions:centres",
    "promotions:regions",
    "about",
    "meaning",
    "privacy",
    "accessibility",
)
# Pages of the staff, in every language, and addresses that combine filters without end.
CLOSED = ("/kerja/", "/kelola/", "/masuk/", "/keluar/", "/akun/", "/health/", "/kartu/")


@dataclass(frozen=True)
class Entry:
    """A page in each of its languages: code and path; and the day it last changed."""

    paths: tuple[tuple[str, str], ...]
    changed: dt.datetime | None = None


# A named address and its arguments.
Target = tuple[str, tuple[object, ...]]


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """The public pages are open; staff pages and endless combinations of filters are not."""
    other = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    closed = [*CLOSED, *(f"/{code}{path}" for code in other for path in CLOSED), "/*?*&"]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), ""]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The parts of the list."""
    blocks = cache.get_or_set("sitemap:blocks", _blocks_in_use, KEPT_SECONDS) or []
    paths = [reverse("sitemap-pages"), *(reverse("sitemap-firms", args=[n]) for n in blocks)]
    parts = [escape(request.build_absolute_uri(path)) for path in paths]
    return _xml(
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
        [f"<sitemap><loc>{part}</loc></sitemap>" for part in parts],
        "</sitemapindex>",
    )


@require_safe
def pages(request: HttpRequest) -> HttpResponse:
    """Pages, centres and regions."""
    centres = Centre.objects.public().order_by("pk").values_list("slug", flat=True)
    named: list[Target] = [
        *((name, ()) for name in PAGES),
        *(("promotions:region", (region.slug,)) for region in Regency.objects.all()),
        *(("promotions:centre", (slug,)) for slug in centres[:BLOCK]),
    ]
    return _urls(request, _entries(named))


@require_safe
def firms(request: HttpRequest, block: int) -> HttpResponse:
    """The public firms of a block of keys."""
    rows = list(_block(block).order_by("pk").only("name", "legal_form", "updated_at"))
    if not rows:
        raise Http404
    named: list[Target] = [("promotions:firm", (firm.slug, firm.pk)) for firm in rows]
    return _urls(request, _entries(named, [firm.updated_at for firm in rows]))


def _block(block: int) -> FirmQuerySet:
    start = block * BLOCK
    found: FirmQuerySet = Firm.objects.public().filter(pk__gte=start, pk__lt=start + BLOCK)
    return found


def _blocks_in_use() -> list[int]:
    last = Firm.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return [block for block in range(last // BLOCK + 1) if _block(block).exists()]


def _entries(named: Sequence[Target], changed: Sequence[dt.datetime] = ()) -> Iterator[Entry]:
    codes = [code for code, _language in settings.LANGUAGES]
    paths = []
    for code in codes:
        with override(code):
            paths.append([reverse(name, args=args) for name, args in named])
    for spoken, day in zip_longest(zip(*paths, strict=True), changed):
        yield Entry(tuple(zip(codes, spoken, strict=True)), day)


def _urls(request: HttpRequest, entries: Iterable[Entry]) -> HttpResponse:
    root = escape(request.build_absolute_uri("/").rstrip("/"))
    head = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    spoken = ' xmlns:xhtml="http://www.w3.org/1999/xhtml">'
    return _xml(f"{head}{spoken}", [_url(root, entry) for entry in entries], "</urlset>")


def _url(root: str, entry: Entry) -> str:
    """A page once in each language, each naming all of them."""
    paths = [(code, f"{root}{escape(path)}") for code, path in entry.paths]
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{path}"/>' for code, path in paths
    )
    changed = f"<lastmod>{localdate(entry.changed)}</lastmod>" if entry.changed else ""
    return "\n".join(f"<url><loc>{path}</loc>{changed}{others}</url>" for _code, path in paths)


def _xml(head: str, lines: list[str], foot: str) -> HttpResponse:
    """The answer. A template takes eight times as long for thousands of lines."""
    text = "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', head, *lines, foot])
    return HttpResponse(text + "\n", content_type="application/xml; charset=utf-8")
