"""Certificates: what their numbers say, which number is refused, and how their end is told."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from registry.certificate_lines import certificate_lines, doubts_of
from registry.certification import pirt_told, said_of_number
from registry.counts import certificates_ending
from registry.filters import narrowed
from registry.models import Certificate, Firm, TkdnRule
from registry.models.certificates import Validity
from registry.services import SYSTEM, save_row
from registry.worklist import in_queue
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
    kept = Certificate.objects.create(firm=firm, kind="halal", number="KH 00120", status="applied")
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


@pytest.mark.parametrize(
    ("number", "day"),
    [
        ("2093209011419-24", dt.date(2024, 12, 31)),
        ("P-IRT 2093209011419 28", dt.date(2028, 12, 31)),
        ("2093209011419-99", None),  # further away than five years
        ("sedang diurus", None),
    ],
)
def test_a_pirt_without_end_date_ends_with_the_year_of_its_number(
    number: str, day: dt.date | None
) -> None:
    assert record(make_firm(), "pirt", number).valid_until == day


def test_an_end_date_that_is_typed_stays_and_is_told_where_the_number_says_another() -> None:
    typed = record(make_firm(), "pirt", "2093209011419-28", valid_until=dt.date(2027, 5, 1))
    assert typed.valid_until == dt.date(2027, 5, 1)
    (said,) = doubts_of(typed)
    assert "2028" in said
    assert "2027" in said


@pytest.mark.parametrize(
    ("number", "told"), [("2093306010072-28", "33.06"), ("2093209010072-99", "2099")]
)
def test_a_pirt_from_elsewhere_or_too_long_is_told(number: str, told: str) -> None:
    (said,) = doubts_of(record(make_firm(), "pirt", number))
    assert told in said


def test_an_ended_pirt_waits_and_a_valid_one_is_public(people: dict[str, User]) -> None:
    ended, valid = make_firm("Lama"), make_firm("Baru")
    record(ended, "pirt", "2093209011419-24")
    record(valid, "pirt", f"2093209011420-{(timezone.localdate().year + 3) % 100:02d}")
    firms = Firm.objects.all()
    assert list(in_queue(firms, "berakhir")) == [ended]
    assert list(firms.with_certificate(["pirt"])) == [valid]


@pytest.mark.parametrize("kind", ["tkdn_ik", "pirt"])
def test_kinds_that_are_given_for_years_are_never_without_end(kind: str) -> None:
    with pytest.raises(ValidationError, match="tanggal akhir"):
        record(make_firm(), kind, "123", open_ended=True)


def test_a_certificate_is_not_issued_on_a_day_to_come() -> None:
    firm, today = make_firm(), timezone.localdate()
    tomorrow = today + dt.timedelta(1)
    with pytest.raises(ValidationError, match="belum tiba"):
        record(firm, "svlk", "S-1", issued_on=tomorrow)
    kept = Certificate.objects.create(
        firm=firm, kind="svlk", issued_on=tomorrow, valid_until=tomorrow
    )
    assert kept.validity(today) is Validity.NOT_ISSUED
    assert not Certificate.objects.valid_on(today).exists()
    assert Certificate.objects.valid_on(tomorrow).exists()


def test_a_decree_on_record_never_becomes_an_issued_certificate() -> None:
    kept = Certificate.objects.create(
        firm=make_firm(), kind="halal", number="KH 00120", status="applied"
    )
    kept.status, kept.open_ended = "issued", True
    with pytest.raises(ValidationError, match="KH"):
        save_row(kept, by=SYSTEM, reason="uji")


def ends(firm: Firm, days: int, **fields: Any) -> Certificate:
    until = timezone.localdate() + dt.timedelta(days)
    return record(firm, fields.pop("kind", "sni"), valid_until=until, **fields)


@pytest.mark.parametrize(
    ("later", "waits"),
    [
        ({"days": 1000}, False),
        ({"days": 1000, "product": "KERIPIK"}, False),
        ({"days": 1000, "product": "Sirup"}, True),
        ({"days": 1000, "kind": "svlk"}, True),
        ({"days": 1000, "status": "applied"}, True),
        ({"days": 1000, "status": "revoked"}, True),
        ({"days": -30}, True),
    ],
)
@pytest.mark.parametrize(("days", "queue"), [(20, "segera"), (-20, "berakhir")])
def test_a_renewal_ends_the_task_of_the_one_before(
    later: dict[str, Any], waits: bool, days: int, queue: str
) -> None:
    firm = make_firm()
    ends(firm, days, product="Keripik")
    assert in_queue(Firm.objects.all(), queue).exists()
    ends(firm, **({"product": "Keripik"} | later))
    assert in_queue(Firm.objects.all(), queue).exists() is waits
    if queue == "segera":
        assert bool(certificates_ending(SYSTEM)) is waits


def test_the_page_says_which_certificate_was_renewed(people: dict[str, User]) -> None:
    firm, today = make_firm(), timezone.localdate()
    ends(firm, -20)
    ends(firm, 900, number="SNI 8152:2015")
    badges = {line.days: line.badge for line in certificate_lines(firm, people["province"], today)}
    assert badges == {-20: "belum", 900: "sah"}


def test_regulations_to_choose_are_those_on_record_and_an_older_one_stays(
    client: Any, people: dict[str, User]
) -> None:
    TkdnRule.objects.create(code="99/2031", title="Baru", since=dt.date(2031, 1, 1))
    firm = make_firm()
    record(firm, "tkdn_ik", "T-1", regulation="16/2011")
    client.force_login(people["cirebon_staff"])
    html = client.get(f"/kelola/registry/firm/{firm.pk}/change/").content.decode()
    assert "Permenperin 99/2031" in html
    assert '<option value="16/2011" selected>Permenperin 16/2011</option>' in html


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
