"""The fields of a sheet in the reader's language, and their values as people write them.

Rule: codes never reach the screen: places and activities show their names, yes and no are words,
and money has its marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.intake.fields import BY_NAME, Kind
from registry.models import District, Regency, Village
from registry.models.firms import LegalForm
from registry.models.parts import Gender
from registry.models.siinas import SiinasState

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

LABELS: dict[str, StrPromise] = {
    "name": gettext_lazy("Firm name"),
    "legal_form": gettext_lazy("Legal form"),
    "owner_name": gettext_lazy("Owner's name"),
    "owner_gender": gettext_lazy("Owner's gender"),
    "address": gettext_lazy("Address"),
    "village_code": gettext_lazy("Village"),
    "district_code": gettext_lazy("District"),
    "regency_code": gettext_lazy("Regency or city"),
    "phone": gettext_lazy("Telephone"),
    "email": gettext_lazy("E-mail"),
    "website": gettext_lazy("Website"),
    "nib": gettext_lazy("NIB"),
    "npwp": gettext_lazy("NPWP"),
    "kbli": gettext_lazy("KBLI"),
    "kbli_edition": gettext_lazy("KBLI edition"),
    "product": gettext_lazy("Product"),
    "brand": gettext_lazy("Brand"),
    "workers_male": gettext_lazy("Workers, men"),
    "workers_female": gettext_lazy("Workers, women"),
    "workers_total": gettext_lazy("Workers, total"),
    "investment": gettext_lazy("Investment"),
    "capacity_quantity": gettext_lazy("Capacity a year"),
    "capacity_unit": gettext_lazy("Unit of capacity"),
    "production_value": gettext_lazy("Production value a year"),
    "raw_material_value": gettext_lazy("Raw material a year"),
    "annual_sales": gettext_lazy("Sales a year"),
    "start_year": gettext_lazy("Start year"),
    "data_year": gettext_lazy("Year of the data"),
    "siinas_status": gettext_lazy("SIINas account"),
    "siinas_registered_on": gettext_lazy("Registered with SIINas on"),
    "tkdn_number": gettext_lazy("TKDN certificate number"),
    "tkdn_percent": gettext_lazy("TKDN percentage"),
    "halal_number": gettext_lazy("Halal certificate number"),
    "pirt_number": gettext_lazy("P-IRT number"),
    "brand_number": gettext_lazy("Brand certificate number"),
    "sni_number": gettext_lazy("SNI number"),
    "certificate_kind": gettext_lazy("Kind of certificate"),
    "certificate_number": gettext_lazy("Certificate number"),
    "certificate_status": gettext_lazy("State of the certificate"),
    "issued_on": gettext_lazy("Issued on"),
    "valid_until": gettext_lazy("Valid until"),
    "latitude": gettext_lazy("Latitude"),
    "longitude": gettext_lazy("Longitude"),
    "active": gettext_lazy("Still working"),
    "notes": gettext_lazy("Notes"),
    "firm_code": gettext_lazy("Register code"),
}
_PLACES = {"regency_code": Regency, "district_code": District, "village_code": Village}
_CHOICES: dict[str, Any] = {
    "legal_form": LegalForm,
    "owner_gender": Gender,
    "siinas_status": SiinasState,
}
_GROUPED = frozenset({Kind.MONEY, Kind.WHOLE, Kind.QUANTITY, Kind.PERCENT})


def label_of(name: str) -> str:
    """What a field is called; a field nobody named keeps its own name."""
    return str(LABELS.get(name, name))


@dataclass
class PlaceNames:
    """The names of the places that some values point to, fetched a level at a time."""

    known: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, values: Iterable[Mapping[str, Any]]) -> PlaceNames:
        """The names of every code in the values."""
        rows = list(values)
        known: dict[str, str] = {}
        for name, model in _PLACES.items():
            codes = {row[name] for row in rows if row.get(name)}
            if codes:
                known.update(model.objects.filter(pk__in=codes).values_list("pk", "name"))
        return cls(known)


def worded(name: str, value: Any, places: PlaceNames) -> str:
    """A value of a field as people write it; nothing for what is not known."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name in BY_NAME and BY_NAME[name].kind in _GROUPED:
        return _number(value)
    text = str(value)
    if name in _CHOICES:
        return str(dict(_CHOICES[name].choices).get(value, text))
    return text.rpartition("-")[2] if name == "kbli" else places.known.get(text, text)


def _number(value: Any) -> str:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    whole = number == number.to_integral_value()
    return number_format(int(number) if whole else number.normalize(), force_grouping=True)
