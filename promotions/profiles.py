"""What the public may see of a firm: an allow-list, and nothing that is not on it.

Templates get these objects, never the model: a field that is not named here can't leak.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from promotions.filters import SHOWN_CERTIFICATES
from registry.models import Centre, Commodity, Firm, KbliCode, ProductionSite, Regency
from registry.models.certificates import Certificate, CertificateKind, Validity
from registry.models.consents import Consent, Purpose
from registry.models.firms import DataState
from registry.querysets import FirmQuerySet

# Names as buyers know them; they are the same in every language.
SHORT_NAMES = {
    CertificateKind.TKDN_IK: "TKDN",
    CertificateKind.HALAL: "Halal",
    CertificateKind.PIRT: "P-IRT",
    CertificateKind.BPOM_MD: "BPOM MD",
    CertificateKind.SNI: "SNI",
    CertificateKind.SVLK: "SVLK",
}


@dataclass(frozen=True)
class ShownState:
    """How far the office vouches for the data, and since when."""

    key: str
    label: str
    on: dt.date | None


@dataclass(frozen=True)
class ShownCentre:
    """A public industry centre in which the firm has a site."""

    name: str
    slug: str


@dataclass(frozen=True)
class Badge:
    """A kind of certificate in a list; the percentage where one certificate says it."""

    name: str
    percent: Decimal | None
    expiring: bool


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
    state: ShownState
    centre: ShownCentre | None
    badges: tuple[Badge, ...]
    phone: str
    whatsapp: str


@dataclass(frozen=True)
class ShownCertificate:
    """A valid certificate on a firm's page; expired ones are not shown."""

    kind: str
    number: str
    product: str
    percent: Decimal | None
    valid_until: dt.date | None
    expiring: bool


@dataclass(frozen=True)
class FirmProfile(FirmCard):
    """A firm on its own page; contact and point only as far as its consents go."""

    start_year: int | None
    website: str
    point: tuple[Decimal, Decimal] | None
    address: str
    district_codes: tuple[str, ...]  # what a map has to show: its district, or nothing
    self_confirmed_on: dt.date | None  # the firm said by its card that the data are right
    state_office: str  # of the region whose officer verified or reviewed the data
    activities: tuple[str, ...]  # titles of KBLI, which are published in Indonesian only
    commodities: tuple[Commodity, ...]
    certificates: tuple[ShownCertificate, ...]
    has_siinas: bool | None
    updated_on: dt.datetime


def for_list(firms: FirmQuerySet) -> FirmQuerySet:
    """Load what a card needs: the row with its place, and three queries for all rows together."""
    return (
        _with_parts(firms, SHOWN_CERTIFICATES)
        .select_related("regency", "district", "village")
        .only(
            "name",
            "legal_form",
            "products",
            "brand",
            "nib",
            "phone",
            "whatsapp",
            "regency",
            "district",
            "village",
            "is_sample",
            "verified_on",
            "confirmed_on",
            "confirmed_how",
        )
    )


def for_profile(firms: FirmQuerySet) -> FirmQuerySet:
    """Load what a page needs."""
    return (
        _with_parts(firms, list(CertificateKind))
        .with_consents()
        .select_related("regency", "district", "village", "verified_by__regency")
    )


def card_of(firm: Any) -> FirmCard:
    """The card of a firm that comes from `for_list`."""
    return FirmCard(**_card_fields(firm))


def profile_of(firm: Any) -> FirmProfile:
    """The page of a firm that comes from `for_profile`."""
    kbli = [
        activity.kbli
        for activity in firm.activities.select_related("kbli__commodity_of__commodity")
    ]
    return FirmProfile(
        **_card_fields(firm),
        start_year=firm.start_year,
        website=firm.website if firm.is_legal_entity else "",
        point=_point(firm),
        address=firm.address if firm.shows_exact_location else "",
        district_codes=(firm.district_id,) if firm.district_id else (),
        self_confirmed_on=firm.self_confirmed_on,
        state_office=_office(firm),
        activities=tuple(code.title_id or code.code for code in kbli),
        commodities=_commodities(kbli),
        certificates=_certificates(firm),
        has_siinas=_has_siinas(firm),
        updated_on=firm.updated_at,
    )


def _with_parts(firms: FirmQuerySet, kinds: list[CertificateKind]) -> FirmQuerySet:
    sites = ProductionSite.objects.filter(centre__in=Centre.objects.public())
    return firms.prefetch_related(
        Prefetch(
            "certificates",
            Certificate.objects.filter(kind__in=kinds).valid_on(),
            to_attr="valid_certificates",
        ),
        Prefetch("sites", sites.select_related("centre"), to_attr="centre_sites"),
        Prefetch(
            "consents",
            Consent.objects.in_force().filter(purpose=Purpose.WHATSAPP),
            to_attr="contact_consents",
        ),
    )


def _card_fields(firm: Any) -> dict[str, Any]:
    state = firm.data_state
    site = next(iter(firm.centre_sites), None)
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
        "state": ShownState(state.value, str(state.label), firm.state_on),
        "centre": ShownCentre(site.centre.name, site.centre.slug) if site else None,
        "badges": _badges(firm),
        "phone": firm.phone if firm.contact_consents else "",
        "whatsapp": (firm.whatsapp or firm.phone) if firm.contact_consents else "",
    }


def _badges(firm: Any) -> tuple[Badge, ...]:
    """One badge a kind, in the order that the filters have."""
    today, found = timezone.localdate(), []
    for kind in SHOWN_CERTIFICATES:
        held = [c for c in firm.valid_certificates if c.kind == kind]
        if held:
            percent = held[0].tkdn_percent if len(held) == 1 else None
            expiring = all(c.validity(today) is Validity.EXPIRING for c in held)
            found.append(Badge(SHORT_NAMES[kind], percent, expiring))
    return tuple(found)


def _commodities(kbli: list[KbliCode]) -> tuple[Commodity, ...]:
    """The product groups of the activities, once each."""
    links = [getattr(code, "commodity_of", None) for code in kbli]
    return tuple(dict.fromkeys(link.commodity for link in links if link))


def _office(firm: Any) -> str:
    """The region of the office; empty where an officer of all regions saw the document."""
    if firm.data_state is DataState.VERIFIED and firm.verified_by is not None:
        return firm.verified_by.regency.short_name if firm.verified_by.regency else ""
    return str(firm.regency.short_name)


def _point(firm: Any) -> tuple[Decimal, Decimal] | None:
    if not firm.shows_exact_location or firm.latitude is None or firm.longitude is None:
        return None
    return firm.latitude, firm.longitude


def _has_siinas(firm: Any) -> bool | None:
    if not firm.shows_siinas_badge:
        return None
    return Firm.objects.filter(pk=firm.pk).with_account().exists()


def _certificates(firm: Any) -> tuple[ShownCertificate, ...]:
    today = timezone.localdate()
    return tuple(
        ShownCertificate(
            kind=certificate.get_kind_display(),
            number=certificate.number,
            product=certificate.product,
            percent=certificate.tkdn_percent,
            valid_until=certificate.valid_until,
            expiring=certificate.validity(today) is Validity.EXPIRING,
        )
        for certificate in firm.valid_certificates
    )
