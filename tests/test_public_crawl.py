"""Every public page, as a stranger walks it: nothing internal in it, and no link that is dead.

A register is planted with values that only staff may know, each unlike anything else. A visitor
without an account follows every internal link from the front page, in both languages, ticks every
filter, and asks for the pages of firms that are not shown. None of the values may stand in any
answer, neither in its text nor in its headers.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.core.cache import cache
from django.urls import Resolver404, resolve
from django.utils.translation import override

from accounts.models import User
from registry.models import AnnualProfile, Centre, Certificate, Consent, Firm, SiinasAccount
from registry.services import (
    consent_withdraw,
    firm_close,
    firm_save,
    firm_verify,
    save_row,
    siinas_step,
)
from tests.registry.factories import CIGUGUR, PAOMAN, make_firm

pytestmark = pytest.mark.django_db

STARTS = ["/", "/en/", "/katalog/usaha/", "/robots.txt", "/sitemap.xml"]
MOST_PAGES = 900
# Of one path, so many different queries are looked at: pages, chips and filters make many.
MOST_QUERIES = 70
# Pages that must have been reached, as soon as they exist.
WANTED = [
    "/",
    "/katalog/usaha/",
    "/sentra/",
    "/wilayah/kab-cirebon/",
    "/wilayah/kuningan/",
    "/tentang/",
    "/privasi/",
    "/aksesibilitas/",
    "/arti-terverifikasi/",
]


def money(amount: int) -> list[str]:
    """A whole number in the ways that pages write it."""
    return [str(amount), f"{amount:,}", f"{amount:,}".replace(",", ".")]


SECRETS = [
    "Pemilik Rahasia",
    "81288880001",  # the owner's phone
    "pemilik@rahasia.example",
    "81299990001",  # the firm's phone, without consent for it
    "81299990002",
    "firma@rahasia.example",
    "rahasia.example",
    "0220009876543",  # NIB
    "098765432109876",  # NPWP
    "Gang Tersembunyi",
    "6.71234",
    "108.48765",
    "6.79876",  # of the production site
    "Catatan Rahasia",
    "Alasan Rahasia",
    "Langkah Rahasia",
    "Sumber Rahasia",
    "Difasilitasi Rahasia",
    "BUKTI-RAHASIA-7",
    "TIKET-RAHASIA-7",
    "KADALUWARSA-7",  # number of a certificate that ended
    "DIAJUKAN-7",  # number of one that is only applied for
    "Negara Ekspor Rahasia",
    "Petugas Tersembunyi",
    "petugas@kantor.example",
    "Tanpa Izin Sekali",
    "Sudah Tutup Sekali",
    "Menarik Diri Sekali",
    "Badan Tanpa Izin",
    *money(73197),  # workers
    *money(918273645),  # investment
    *money(827364519),  # sales
    *money(736451928),  # production
]
# Words of size classes, and of the state of an account, on the page of a firm or beside it.
CLASS_WORDS = re.compile(
    r"\b(mikro|micro|usaha kecil|small firm|menengah|medium|terblokir|blocked|tenaga kerja"
    r"|workers|investasi|investment|omzet)\b",
    re.IGNORECASE,
)


@dataclass
class Walk:
    """What a walk through the site found."""

    seen: dict[str, int] = field(default_factory=dict)
    leaks: list[tuple[str, str]] = field(default_factory=list)
    dead: list[tuple[str, str, int]] = field(default_factory=list)
    class_words: list[tuple[str, str]] = field(default_factory=list)

    @property
    def paths(self) -> set[str]:
        """The paths that answered with a page."""
        return {urlsplit(a).path for a, status in self.seen.items() if status == 200}


def links(html: str, base: str) -> Iterator[str]:
    """The addresses of the same site that a page leads to, its filters among them."""
    found = re.findall(r'(?:href|src|action)="([^"]*)"', html)
    found += re.findall(r"<loc>([^<]*)</loc>", html)
    found += [f"http://testserver{line}" for line in re.findall(r"Allow: (/\S*)$", html, re.M)]
    found += [
        f"/katalog/usaha/?{name}={value}"
        for name, value in re.findall(r'<input type="checkbox" name="(\w+)" value="([^"]+)"', html)
    ]
    for link in found:
        address = urldefrag(urljoin(base, unescape(link))).url.removeprefix("http://testserver")
        if address.startswith("/") and not address.startswith(("//", "/static/", "/media/")):
            yield address


def walk(client: Any, starts: list[str]) -> Walk:
    """Follow every link once, breadth first."""
    result, queries = Walk(), {}
    waiting = deque((start, "(start)") for start in starts)
    while waiting and len(result.seen) < MOST_PAGES:
        address, origin = waiting.popleft()
        path = urlsplit(address).path
        if address in result.seen:
            continue
        queries[path] = queries.get(path, 0) + 1
        if queries[path] > MOST_QUERIES:
            continue
        answer = client.get(address)
        result.seen[address] = answer.status_code
        look(result, address, answer)
        if answer.status_code in (301, 302):
            waiting.append((answer["Location"].removeprefix("http://testserver"), address))
        elif answer.status_code != 200:
            result.dead.append((address, origin, answer.status_code))
        else:
            waiting.extend((link, address) for link in links(answer.content.decode(), address))
    return result


def look(result: Walk, address: str, answer: Any) -> None:
    """Search one answer, text and headers, for what must not be in it."""
    body = b"".join(answer) if answer.streaming else answer.content
    text = unescape(body.decode("utf-8", "replace"))
    whole = "\n".join([text, *(f"{name}: {value}" for name, value in answer.items())])
    result.leaks += [(address, secret) for secret in SECRETS if secret.lower() in whole.lower()]
    if re.match(r"(/en)?/(usaha|katalog)/", address):
        main = text.partition("<main")[2].partition("</main>")[0]
        result.class_words += [(address, word) for word in CLASS_WORDS.findall(main)]


@pytest.fixture
def officer(db: None) -> User:
    found: User = User.objects.create_user(
        "petugas@kantor.example",
        "kata-sandi-uji",
        name="Petugas Tersembunyi",
        role="province_admin",
        all_regencies=True,
    )
    return found


def planted(name: str, officer: User, number: int, **fields: Any) -> Firm:
    """A firm with everything that staff know of it."""
    firm = make_firm(
        name,
        owner="Pemilik Rahasia",
        phone="+6281299990001",
        whatsapp="+6281299990002",
        email="firma@rahasia.example",
        website="https://situs.rahasia.example/",
        npwp="098765432109876",
        address="Gang Tersembunyi 7",
        latitude="-6.71234",
        longitude="108.48765",
        scale_on_nib="micro",
        source="Sumber Rahasia",
        notes="Catatan Rahasia",
        siinas={"state": "not_registered", "ticket": "TIKET-RAHASIA-7"},
        profile={
            "workers_total": 73197,
            "investment": 918273645,
            "annual_sales": 827364519,
            "production_value": 736451928,
            "exports": True,
            "export_countries": "Negara Ekspor Rahasia",
            "source": "Sumber Rahasia",
        },
        **fields,
    )
    owner = firm.owners.get()
    owner.phone, owner.email = "+6281288880001", "pemilik@rahasia.example"
    save_row(owner, by=officer, reason="Alasan Rahasia")
    site = firm.sites.get()
    site.address, site.latitude, site.longitude = "Gang Tersembunyi 7", "-6.79876", "108.48765"
    site.centre = Centre.objects.public().filter(regency=site.regency_id).first()
    save_row(site, by=officer, reason="Alasan Rahasia")
    account = SiinasAccount.objects.get(site=site)
    siinas_step(account=account, target="submitted", by=officer, note="Langkah Rahasia")
    SiinasAccount.objects.filter(pk=account.pk).update(evidence_number="BUKTI-RAHASIA-7")
    certificates = [
        ("halal", f"TERBUKA-{number}", "issued", dt.date(2099, 1, 1)),
        ("sni", f"KADALUWARSA-7{number}", "issued", dt.date(2020, 1, 1)),
        ("bpom_md", f"DIAJUKAN-7{number}", "applied", None),
    ]
    for kind, code, status, ends in certificates:
        row = Certificate(
            firm=firm,
            kind=kind,
            number=code,
            status=status,
            valid_until=ends,
            facilitated_by="Difasilitasi Rahasia",
        )
        save_row(row, by=officer, reason="Alasan Rahasia")
    return firm


@pytest.fixture
def register(officer: User) -> dict[str, list[Firm]]:
    """Firms to be found, and firms that are not there for a stranger."""
    cache.clear()
    shown = {"consents": ("catalogue",)}
    named = planted("Rotan Terbuka", officer, 1, nib="0220009876543", products="kursi", **shown)
    named.brand = "Merek Terbuka"
    firm_save(named, by=officer, reason="Alasan Rahasia")
    firm_verify(firm=named, document="nib", by=officer, reason="Alasan Rahasia")
    reviewed = planted("Batik Terbuka", officer, 2, village=PAOMAN, kbli="2020-13134", **shown)
    Firm.objects.filter(pk=reviewed.pk).update(confirmed_on="2026-05-02", confirmed_how="visit")
    found = [named, reviewed]
    found += [make_firm(f"Kuningan {n:02d}", village=CIGUGUR, **shown) for n in range(26)]
    closed = planted("Sudah Tutup Sekali", officer, 3, **shown)
    firm_close(firm=closed, by=officer, reason="Alasan Rahasia")
    withdrawn = planted("Menarik Diri Sekali", officer, 4, **shown)
    consent_withdraw(consent=Consent.objects.get(firm=withdrawn), by=officer)
    return {
        "shown": found,
        "gone": [closed, withdrawn],
        "never": [
            planted("Tanpa Izin Sekali", officer, 5, consents=("whatsapp", "exact_location")),
            planted("Badan Tanpa Izin", officer, 6, legal_form="cv"),
        ],
    }


def exists(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def path_of(firm: Firm, language: str) -> str:
    with override(language):
        return firm.get_absolute_url()


def test_stranger_sees_nothing_internal_and_no_dead_link(
    client: Any, register: dict[str, list[Firm]]
) -> None:
    result = walk(client, [start for start in STARTS if exists(start)])
    assert result.leaks == []
    assert result.class_words == []
    assert result.dead == []
    assert len(result.seen) < MOST_PAGES
    wanted = {path for path in WANTED if exists(path)}
    wanted |= {f"/en{path}" for path in wanted}
    wanted |= {path_of(f, code) for f in register["shown"] for code in ("id", "en")}
    assert wanted - result.paths == set()
    assert any("hal=2" in address for address in result.seen)


def test_hidden_firms_tell_nothing_to_who_knows_their_number(
    client: Any, register: dict[str, list[Firm]]
) -> None:
    result = Walk()
    for kind, status in (("gone", 410), ("never", 404)):
        for firm in register[kind]:
            for address in (f"/usaha/x-u{firm.pk}/", f"/en/usaha/-u{firm.pk}/"):
                answer = client.get(address)
                assert answer.status_code == status, address
                look(result, address, answer)
    assert result.leaks == []
    assert result.class_words == []


@pytest.mark.parametrize("question", ["Rahasia", "0220009876543", "81299990001", "Tersembunyi"])
def test_search_finds_nothing_by_what_only_staff_know(
    client: Any, register: dict[str, list[Firm]], question: str
) -> None:
    html = client.get("/katalog/usaha/", {"q": question}).content.decode()
    assert 'class="kosong"' in html


def test_planted_values_are_in_the_register(register: dict[str, list[Firm]]) -> None:
    """The walk would prove nothing if the values had not been stored."""
    firm = register["shown"][0]
    profile = AnnualProfile.objects.get(firm=firm)
    assert (profile.workers_total, profile.investment) == (73197, 918273645)
    assert firm.owners.get().email == "pemilik@rahasia.example"
    assert firm.notes == "Catatan Rahasia"
    assert firm.verified_by_id is not None
