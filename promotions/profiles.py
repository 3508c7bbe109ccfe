"""What the public may see of a firm: an allow-list, and nothing that is not on it.

Templates get these objects, never the model: a field that is not named here can't leak.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from registry.models import Firm, Regency
from registry.models.certificates import Certificate, Validity
from registry.querysets import FirmQuerySet


@dataclass(frozen=True)
class FirmCard:
    """A firm in a list."""

    name: str
    url: str
    products: str
    brand: str
    regency: Regency
    district: str
    village: str
    has_nib: bool
    is_sample: bool


@dataclass(frozen=True)
class ShownCertificate:
    """A valid certificate on a firm's page; expired ones are not shown."""

    kind: str
    number: str
    product: str
    percent: Decimal | None
    valid_until: object | None
    expiring: bool


@dataclass(frozen=True)
class FirmProfile(FirmCard):
    """A firm on its own page; contact and point only as far as its consents go."""

    start_year: int | None
    website: str
    phone: str
    whatsapp: str
    point: tuple[Decimal, Decimal] | None
    address: str
    activities: tuple[str, ...]
    certificates: tuple[ShownCertificate, ...]
    has_siinas: bool | None
    updated_on: object


def for_list(firms: FirmQuerySet) -> FirmQuerySet:
    """Load what a card needs in one query."""
    return firms.select_related("regency", "district", "village").only(
        "name",
        "legal_form",
        "products",
        "brand",
        "nib",
        "regency",
        "district",
        "village",
        "is_sample",
    )


def card_of(firm: Firm) -> FirmCard:
    """The card of a firm."""
    return FirmCard(**_card_fields(firm))


def profile_of(firm: Any) -> FirmProfile:
    """The page of a firm, which comes with `with_consents()`."""
    return FirmProfile(
        **_card_fields(firm),
        start_year=firm.start_year,
        website=firm.website if firm.is_legal_entity else "",
        phone=firm.phone if firm.shows_whatsapp else "",
        whatsapp=(firm.whatsapp or firm.phone) if firm.shows_whatsapp else "",
        point=_point(firm),
        address=firm.address if firm.shows_exact_location else "",
        activities=tuple(
            activity.kbli.title_id or activity.kbli.code
            for activity in firm.activities.select_related("kbli")
        ),
        certificates=_certificates(firm),
        has_siinas=_has_siinas(firm),
        updated_on=firm.updated_at,
    )


def _card_fields(firm: Firm) -> dict[str, Any]:
    return {
        "name": firm.full_name,
        "url": firm.get_absolute_url(),
        "products": firm.products,
        "brand": firm.brand,
        "regency": firm.regency,
        "district": firm.district.name if firm.district else "",
        "village": firm.village.name if firm.village else "",
        "has_nib": firm.nib is not None,
        "is_sample": firm.is_sample,
    }


def _point(firm: Any) -> tuple[Decimal, Decimal] | None:
    if not firm.shows_exact_location or firm.latitude is None or firm.longitude is None:
        return None
    return firm.latitude, firm.longitude


def _has_siinas(firm: Any) -> bool | None:
    if not firm.shows_siinas_badge:
        return None
    return Firm.objects.filter(pk=firm.pk).with_account().exists()


def _certificates(firm: Firm) -> tuple[ShownCertificate, ...]:
    today = timezone.localdate()
    valid: list[Certificate] = list(firm.certificates.valid_on(today))
    return tuple(
        ShownCertificate(
            kind=certificate.get_kind_display(),
            number=certificate.number,
            product=certificate.product,
            percent=certificate.tkdn_percent,
            valid_until=certificate.valid_until,
            expiring=certificate.validity(today) is Validity.EXPIRING,
        )
        for certificate in valid
    )
