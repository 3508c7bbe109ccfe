"""Certificates: what their numbers say, which number is refused, and how their end is told."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from registry.certificate_lines import certificate_lines
from registry.certification import pirt_told, said_of_number
from registry.filters import narrowed
from registry.models import Certificate, Firm
from registry.services import SYSTEM, save_row
from tests.registry.factories import make_firm

pytestmark = pytest.mark.django_db
NAMES = {"32.09": "Kab. Cirebon", "32.12": "Indramayu"}


def record(firm: Firm, kind: str, number: str = "", **fields: Any) -> Certificate:
    """A certificate recorded by the road of the product."""
    return save_row(
        Certificate(firm=firm, kind=kind, number=number, **fields), by=SYSTEM, reason="uji"
    )


@pytest.mark.parametrize("number", ["KH 00120", "KH-12345678", "No. KH.0012"])
def test_the_number_of_a_halal_decree_is_refused(number: str) -> None:
    with pytest.raises(ValidationError, match="ID") as refused:
        record(make_firm(), "halal", number)
    assert number in str(refused.value)


def test_a_decree_on_record_since_before_stops_no_other_change() -> None:
    firm = make_firm()
    kept = Certificate.objects.create(firm=firm, kind="halal", number="KH 00120")
    kept.product = "Keripik"
    save_row(kept, by=SYSTEM, reason="uji")
    kept.number = "KH 00121"
    with pytest.raises(ValidationError):
        save_row(kept, by=SYSTEM, reason="uji")


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("halal", "id32090000047960240", "ID32090000047960240"),
        ("pirt", "2 09 3209 01 1419 28", "2093209011419-28"),
        ("bpom_md", "MD 235602169254", "MD235602169254"),
        ("sni", "sni 8152:2015", "SNI 8152:2015"),
        ("brand", "idm000360895", "IDM000360895"),
        ("svlk", "LPVI-007/SLK/2024", "LPVI-007/SLK/2024"),
        ("tkdn_ik", "123/ik/2026", "123/ik/2026"),
    ],
)
def test_a_number_is_kept_in_its_canonical_form(kind: str, typed: str, kept: str) -> None:
    certificate = record(make_firm(), kind, typed)
    assert certificate.number == kept
    assert said_of_number(kind, kept) == ""


@pytest.mark.parametrize("kind", ["halal", "pirt", "bpom_md", "sni", "brand"])
def test_a_number_of_an_unusual_shape_is_kept_and_told(kind: str) -> None:
    certificate = record(make_firm(), kind, "sedang diurus")
    assert certificate.number == "sedang diurus"
    assert "sedang diurus" in said_of_number(kind, certificate.number)


def test_a_pirt_is_decoded() -> None:
    told = pirt_told("2093209011419-28", "32.09", NAMES)
    assert told is not None
    assert (told.regency, told.valid_through, told.elsewhere) == ("Kab. Cirebon", 2028, False)
    moved = pirt_told("2093212011419-28", "32.09", NAMES)
    assert moved is not None
    assert moved.elsewhere
    unknown = pirt_told("3773306010072-19", "32.09", NAMES)
    assert unknown is not None
    assert "33.06" in unknown.regency
    assert "77" in unknown.food
    assert pirt_told("proses", "32.09", NAMES) is None


@pytest.mark.parametrize(
    ("days", "badge", "urgent", "within"),
    [
        (-1, "lewat", False, ()),
        (0, "segera", True, (30, 90, 180)),
        (30, "segera", True, (30, 90, 180)),
        (31, "segera", False, (90, 180)),
        (90, "segera", False, (90, 180)),
        (91, "info", False, (180,)),
        (180, "info", False, (180,)),
        (181, "sah", False, ()),
    ],
)
def test_the_end_is_told_at_180_90_and_30_days(
    people: dict[str, User], days: int, badge: str, urgent: bool, within: tuple[int, ...]
) -> None:
    firm = make_firm()
    today = timezone.localdate()
    record(firm, "svlk", "S-1", valid_until=today + dt.timedelta(days))
    (line,) = certificate_lines(firm, people["province"], today)
    assert (line.badge, line.urgent) == (badge, urgent)
    for term in (30, 90, 180):
        found = narrowed(Firm.objects.all(), {"berakhir": f"{term}-hari"})
        assert found.exists() is (term in within)


def test_halal_may_be_open_ended_or_dated() -> None:
    firm = make_firm()
    record(firm, "halal", "ID32090000047960240", open_ended=True)
    with pytest.raises(ValidationError):
        record(
            firm, "halal", "ID32090000047960241", open_ended=True, valid_until=dt.date(2027, 1, 1)
        )


def test_the_page_of_the_firm_tells_regulation_percent_and_who_paid(
    client: Any, people: dict[str, User]
) -> None:
    firm = make_firm()
    record(
        firm,
        "tkdn_ik",
        "T-1",
        product="Kursi rotan",
        tkdn_percent="31.5",
        regulation="46/2022",
        valid_until=timezone.localdate() + dt.timedelta(20),
        facilitation_program="Fasilitasi TKDN 2024",
        facilitated_by="Dinas",
        facilitation_year=2024,
    )
    record(firm, "pirt", "2093209011419-28")
    client.force_login(people["cirebon_staff"])
    html = client.get(f"/kerja/usaha/{firm.pk}/").content.decode()
    assert "Permenperin 46/2022" in html
    assert "Fasilitasi TKDN 2024, 2024, Dinas" in html
    assert "31,50%" in html
    assert "2028" in html
