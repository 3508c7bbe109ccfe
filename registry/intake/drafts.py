"""From canonical values to rows of the register, not yet saved.

The rule: unknown stays NULL or an empty text; a certificate whose "number" has no digit is only
applied for; no end date is invented.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from registry.intake.changes import (
    CERTIFICATES,
    FIGURES,
    POINT,
    certificate_numbers,
    notes_of,
    siinas_target,
)
from registry.models import (
    AnnualProfile,
    Certificate,
    Firm,
    FirmActivity,
    Owner,
    SiinasAccount,
)
from registry.models.certificates import CertificateKind, CertificateStatus
from registry.models.firms import FirmStatus
from registry.services import FirmDraft
from registry.services.bulk import blank
from registry.siinas import SECTIONS, State

Values = Mapping[str, Any]

# The fields of a firm under the names that the intake has for them.
FIRM_FIELDS = {
    "name": "name",
    "legal_form": "legal_form",
    "address": "address",
    "regency_code": "regency_id",
    "district_code": "district_id",
    "village_code": "village_id",
    "phone": "phone",
    "email": "email",
    "website": "website",
    "nib": "nib",
    "npwp": "npwp",
    "product": "products",
    "brand": "brand",
    "start_year": "start_year",
    "data_year": "data_year",
    "notes": "notes",
}
_NULLABLE = {"nib", "start_year", "data_year", "district_code", "village_code"}
SOURCE_LENGTH = 120


def firm_draft(values: Values, source: str) -> FirmDraft:
    """A new firm with all that its row says of it."""
    told: dict[str, Any] = {}
    for name, column in FIRM_FIELDS.items():
        value = notes_of(values) if name == "notes" else values.get(name)
        told[column] = value if value is not None or name in _NULLABLE else ""
    status = status_of(values.get("active")).value
    firm = blank(Firm, source=source[:SOURCE_LENGTH], status=status, **told)
    if values.get("latitude") is not None and values.get("longitude") is not None:
        for name in POINT:
            setattr(firm, name, round(Decimal(values[name]), 5))
    return FirmDraft(
        firm=firm,
        owners=_owners(values),
        activities=_activities(values),
        profiles=profiles(values, source),
        certificates=certificates(values),
        siinas=account(values),
    )


def status_of(active: bool | None) -> FirmStatus:
    """The status of a firm: one that is not said to rest is active."""
    return FirmStatus.INACTIVE if active is False else FirmStatus.ACTIVE


def profiles(values: Values, source: str) -> list[AnnualProfile]:
    """The figures of the row's year, if it has any."""
    figures = figure_columns(values)
    if not figures:
        return []
    return [
        blank(AnnualProfile, year=values["data_year"], source=source[:SOURCE_LENGTH], **figures)
    ]


def figure_columns(values: Values) -> dict[str, Any]:
    """The figures under the names of the table's columns; only those that are set."""
    figures = {name: values[name] for name in FIGURES if values.get(name) is not None}
    if "capacity_unit" in figures:
        figures["capacity_unit_id"] = figures.pop("capacity_unit")
    if "capacity_quantity" in figures:
        figures["capacity_quantity"] = Decimal(figures["capacity_quantity"])
    return figures


def certificates(values: Values) -> list[Certificate]:
    """The certificates that the row names."""
    found = [
        blank(
            Certificate, kind=CERTIFICATES[name], number=number, status=certificate_status(number)
        )
        for name, number in certificate_numbers(values).items()
    ]
    for certificate in found:
        certificate.fill_end()
    percent = values.get("tkdn_percent")
    if percent is not None:
        tkdn = next((c for c in found if c.kind == CertificateKind.TKDN_IK), None)
        if tkdn is None:
            tkdn = Certificate(kind=CertificateKind.TKDN_IK)
            found.append(tkdn)
        tkdn.tkdn_percent = Decimal(percent)
    return found


def account(values: Values) -> SiinasAccount | None:
    """The SIINas account as the row tells of it; None where it tells nothing."""
    state = siinas_target(values)
    if state is None:
        return None
    registered = values.get("siinas_registered_on")
    on = dt.date.fromisoformat(registered) if registered else None
    return SiinasAccount(
        state=state.value,
        registered_on=None if values.get("siinas_status") == "none" else on,
        sections=list(SECTIONS) if state is State.COMPLETE else None,
    )


def _owners(values: Values) -> list[Owner]:
    if values.get("owner_name") is None:
        return []
    return [blank(Owner, name=values["owner_name"], gender=values.get("owner_gender") or "")]


def _activities(values: Values) -> list[FirmActivity]:
    if values.get("kbli") is None:
        return []
    return [
        blank(FirmActivity, kbli_id=f"{values['kbli_edition']}-{values['kbli']}", is_primary=True)
    ]


def certificate_status(number: str) -> str:
    """ "proses" in the column of numbers is no certificate yet."""
    digits = any(char.isdigit() for char in number)
    return CertificateStatus.ISSUED if digits else CertificateStatus.APPLIED
