"""Which pages are measured: one table, and the addresses that are found on other pages.

Rule: a page of this table that is not there is a fault, so the table never grows quiet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

LANGUAGES = ("id", "en")
PREFIX = {"id": "", "en": "/en"}
WIDTHS = (1280, 390)
NARROWEST = 320


@dataclass(frozen=True)
class Page:
    """One kind of page.

    With a `link` the address is that of a list, and the page is the first one it links to by this
    pattern. `searched`: engines are meant to find it. `speed`: measured several times. `picture`:
    the name of its picture in the documents.
    """

    name: str
    address: str
    link: str = ""
    staff: bool = False
    status: int = 200
    searched: bool = True
    speed: bool = False
    quick: bool = False
    picture: str = ""

    @property
    def admin(self) -> bool:
        """Whether Django's own admin makes the page, with its script."""
        return self.address.startswith("/kelola/")


def _public(name: str, address: str, link: str = "", **more: Any) -> Page:
    return Page(name, address, link, **more)


def _staff(name: str, address: str, link: str = "", **more: Any) -> Page:
    return Page(name, address, link, staff=True, searched=False, **more)


FIRMS = "/katalog/usaha/"
FORMS = "/kelola/registry/firm/"
PAGES = (
    _public("home", "/", speed=True, quick=True, picture="beranda"),
    _public("firms", FIRMS, speed=True, quick=True, picture="katalog"),
    # Search engines are told to leave out what is only a choice of another page.
    _public(
        "firms filtered",
        f"{FIRMS}?wilayah=kab-cirebon&sertifikat=halal",
        speed=True,
        searched=False,
    ),
    _public("firm", FIRMS, r"/usaha/[-a-z0-9]*-u[0-9]+/", speed=True, quick=True),
    _public("centres", "/sentra/", speed=True),
    _public("centre", "/sentra/", r"/sentra/[-a-z0-9]+/", speed=True),
    _public("regions", "/wilayah/"),
    _public("region", "/wilayah/", r"/wilayah/[-a-z0-9]+/", speed=True),
    _public("write to a firm", "/pertanyaan/", searched=False),
    _public("about", "/tentang/"),
    _public("privacy", "/privasi/"),
    _public("accessibility", "/aksesibilitas/"),
    _public("meaning of verified", "/arti-terverifikasi/"),
    Page("not found", "/tidak-ada/", status=404, searched=False),
    Page("sign-in", "/masuk/", searched=False, picture="masuk"),
    Page("card that does not open", "/kartu/tidak-ada/", status=404, searched=False),
    _staff("dashboard", "/kerja/dasbor/", quick=True, picture="dasbor"),
    _staff("staff firms", "/kerja/usaha/"),
    _staff("staff firm", "/kerja/usaha/", r"/kerja/usaha/[-a-z0-9]*[0-9]+/"),
    _staff("staff centres", "/kerja/sentra/"),
    _staff("staff centre", "/kerja/sentra/", r"/kerja/sentra/[0-9]+/"),
    _staff("desk", "/kerja/tugas/?antrean=akun", picture="tugas"),
    _staff("many firms", "/kerja/tugas/banyak/?antrean=akun&siapa=semua&aksi=kontak"),
    _staff("visit list", "/kerja/tugas/kunjungan/?antrean=terkendala&siapa=semua"),
    _staff("duplicates", "/kerja/tugas/ganda/"),
    _staff("merges", "/kerja/tugas/ganda/gabungan/"),
    _staff("corrections by firms", "/kerja/tugas/usulan/"),
    _staff("inquiries", "/kerja/pertanyaan/"),
    _staff("print cards", "/kerja/usaha/kartu/"),
    _staff("manage", "/kelola/", quick=True, picture="kelola"),
    _staff("firm form", FORMS, rf"{FORMS}[0-9]+/change/", picture="formulir-usaha"),
    _staff("history of a firm", "/kelola/", rf"{FORMS}[0-9]+/history/", picture="riwayat"),
)


def chosen(*, quick: bool, only: list[str]) -> list[Page]:
    """The pages of this run: those named, or the quick ones, or all."""
    if only:
        return [page for page in PAGES if page.name in only or page.address in only]
    return [page for page in PAGES if page.quick or not quick]


def first_link(html: str, pattern: str) -> str:
    """The first address in the page's links that has this pattern; empty when none has."""
    found = re.search(rf'href="({pattern})(?:\?[^"]*)?"', html)
    return found[1] if found else ""


def found(page: Page, html: str) -> Page | None:
    """The page with the address that its list links to; None when the list links to none."""
    address = first_link(html, page.link)
    return replace(page, address=address, link="") if address else None
