"""What the forms say about publicity is what the public pages show: field by field.

One value is changed at a time; the firm's public profile must change, or must not.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from promotions.profiles import for_profile, profile_of
from registry.admin.firms import FirmAdmin
from registry.admin.parts import CertificateInline
from registry.models import Certificate, Firm
from registry.publicity import Shown, shown
from registry.services import SYSTEM, save_row
from tests.registry.factories import CIGUGUR, make_firm

pytestmark = pytest.mark.django_db
CONSENTS = ("catalogue", "whatsapp", "exact_location", "siinas_badge")
OTHER: dict[str, Any] = {
    "name": "Nama Lain",
    "legal_form": "pt",
    "brand": "Merek Lain",
    "products": "produk lain",
    "nib": "0220001234568",
    "scale_on_nib": "medium",
    "npwp": "012345678901235",
    "start_year": 1971,
    "regency_id": "32.08",
    "district_id": "32.08.18",
    "village_id": CIGUGUR,
    "address": "Alamat Lain",
    "latitude": "-6.98765",
    "longitude": "108.12345",
    "phone": "+6281200009999",
    "whatsapp": "+6281200008888",
    "email": "lain@contoh.id",
    "website": "https://lain.contoh.id",
    "status": "unverified",
    "data_year": 2001,
    "confirmed_on": dt.date(2026, 2, 3),
    "confirmed_how": "phone",
    "self_confirmed_on": dt.date(2026, 2, 4),
    "work_language": "su",
    "source": "sumber lain",
    "notes": "catatan lain",
}
FIELDS = [name.removesuffix("_id") for name in OTHER]


def firm_with(consents: tuple[str, ...], legal_form: str = "cv") -> Any:
    firm = make_firm(
        legal_form=legal_form,
        brand="Merek",
        products="kursi",
        nib=f"022000123456{len(consents)}",
        npwp="012345678901234",
        address="Blok Kliwon",
        latitude="-6.70001",
        longitude="108.40001",
        phone="+6281200001234",
        whatsapp="+6281200005678",
        email="uji@contoh.id",
        website="https://uji.contoh.id",
        start_year=1998,
        data_year=2025,
        confirmed_on=dt.date(2026, 1, 2),
        confirmed_how="visit",
        consents=consents,
    )
    return for_profile(Firm.objects.filter(pk=firm.pk)).get()


def seen_in_public(firm: Any, field: str) -> bool:
    before = profile_of(firm)
    name = field if field in OTHER else f"{field}_id"
    setattr(firm, name, OTHER[name])
    return profile_of(firm) != before


def test_every_field_of_the_form_is_tried_here() -> None:
    form = {name for _title, part in FirmAdmin.fieldsets or [] for name in part["fields"]}
    assert form - {"size_classes", "tkdn_readiness", "change_reason"} == set(FIELDS)


@pytest.mark.parametrize("field", FIELDS)
def test_field_is_as_public_as_its_form_says(field: str) -> None:
    mark = shown("firm", field)
    bare = seen_in_public(firm_with(("catalogue",)), field)
    agreed = seen_in_public(firm_with(CONSENTS), field)
    expected = {
        Shown.ALWAYS: (True, True),
        Shown.DATE: (True, True),
        Shown.BODIES: (True, True),
        Shown.WITH_CONSENT: (False, True),
        Shown.PRESENCE: (False, False),
        Shown.INTERNAL: (False, False),
    }
    assert (bare, agreed) == expected[mark]


def test_website_of_a_person_is_not_shown() -> None:
    assert shown("firm", "website") is Shown.BODIES
    assert not seen_in_public(firm_with(CONSENTS, legal_form="perorangan"), "website")


def test_nib_is_seen_only_as_being_there() -> None:
    firm = firm_with(CONSENTS)
    before = profile_of(firm)
    firm.nib = None
    assert profile_of(firm) != before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "sni"),
        ("number", "ID-LAIN"),
        ("product", "kursi lain"),
        ("tkdn_percent", 41),
        ("valid_until", dt.date(2029, 9, 9)),
        ("regulation", "35/2025"),
        ("issued_on", dt.date(2020, 1, 1)),
        ("issuer", "lembaga lain"),
        ("facilitation_program", "program lain"),
        ("facilitated_by", "dinas lain"),
        ("facilitation_year", 2011),
    ],
)
def test_certificate_is_as_public_as_its_form_says(field: str, value: Any) -> None:
    firm = firm_with(("catalogue",))
    paper = Certificate(
        firm_id=firm.pk, kind="halal", number="ID1", valid_until=dt.date(2030, 1, 1)
    )
    save_row(paper, by=SYSTEM, reason="uji")
    firm = for_profile(Firm.objects.filter(pk=firm.pk)).get()
    before = profile_of(firm)
    setattr(firm.valid_certificates[0], field, value)
    assert (profile_of(firm) != before) is (shown("certificate", field) is not Shown.INTERNAL)


def test_fields_of_owners_and_yearly_figures_are_internal() -> None:
    for model in ("owner", "annualprofile", "consent", "siinasaccount"):
        assert shown(model, "name") is Shown.INTERNAL
    names = [name for line in CertificateInline.fields or [] for name in line]
    assert {name for name in names if shown("certificate", name) is Shown.INTERNAL} == {
        "status",
        "regulation",
        "issued_on",
        "file",
        "issuer",
        "facilitation_program",
        "facilitated_by",
        "facilitation_year",
    }
