"""The values of a firm as cells that read back as they are: the inverse of `cells`.

Rule: a cell is a number or a text in the words that `words` knows; what they cannot say is empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from registry.intake.changes import CERTIFICATES, SIINAS_STATES, Standing
from registry.intake.fields import BY_NAME, GENDERS, LEGAL_FORMS, SIINAS_WORDS, YES_NO, Kind
from registry.intake.keys import CODE
from registry.intake.meanings import UNITS
from registry.models import Certificate, District, Firm, Regency, Village
from registry.names import clean_firm_name
from registry.siinas import State

_GENDER_WORDS = {value: word for word, value in GENDERS.items()}
_FORM_WORDS = {value: word for word, value in LEGAL_FORMS.items()}
_STATE_WORDS = {
    **{SIINAS_STATES[value]: word for word, value in SIINAS_WORDS.items()},
    State.AWAITING_EMAIL: "Terdaftar",
    State.PROFILE_INCOMPLETE: "Akun terbit",
}
_PLACES = {"regency_code": Regency, "district_code": District, "village_code": Village}
_NUMERIC = frozenset(
    {Kind.MONEY, Kind.WHOLE, Kind.QUANTITY, Kind.PERCENT, Kind.YEAR, Kind.COORDINATE}
)


class Outward:
    """Makes cells of firms for a sheet with certain fields."""

    def __init__(self, *, kbli_edition: str, fields: frozenset[str], owners: bool) -> None:
        self.kbli_edition, self.fields, self.owners = kbli_edition, fields, owners
        self.places: dict[str, str] = {}
        for model in _PLACES.values():
            self.places.update(model.objects.values_list("pk", "name"))

    def values(self, firm: Firm, standing: Standing) -> dict[str, Any]:
        """What a sheet can say of a firm, by field."""
        year = standing.data_year or max(standing.figures, default=None)
        edition, _dash, kbli = (standing.kbli or "").partition("-")
        return {
            **standing.values,
            **self._owner(standing),
            **standing.figures.get(year or 0, {}),
            **_workers(standing.figures.get(year or 0, {})),
            **_certificates(firm),
            **_account(firm),
            "name": self._name(standing),
            "kbli": kbli if edition == self.kbli_edition else "",
            "data_year": year,
            "firm_code": f"{CODE}{firm.pk}",
        }

    def cell(self, name: str, unit: str, values: Mapping[str, Any]) -> Any:
        """The cell of a field: a number, a text, or nothing."""
        value = values.get(name) if name else None
        if value is None or value == "":
            return None
        if isinstance(value, bool):
            return YES_NO[0] if value else YES_NO[1]
        if name in _PLACES:
            return self.places.get(value, "")
        kind = BY_NAME[name].kind
        if kind is Kind.MONEY:
            return float(Decimal(value) / UNITS[unit or "rupiah"])
        if kind in _NUMERIC:
            return float(value)
        return _text(name, value)

    def _owner(self, standing: Standing) -> dict[str, Any]:
        if not standing.owners or not self.owners:
            return {}
        name, gender = standing.owners[0]
        return {"owner_name": name, "owner_gender": gender}

    def _name(self, standing: Standing) -> str:
        """The name; with its legal form where that has no column and reads back from the name."""
        name, form = str(standing.values["name"]), standing.values.get("legal_form")
        if "legal_form" in self.fields or not form:
            return name
        whole = f"{_FORM_WORDS[form]} {name}"
        return whole if tuple(clean_firm_name(whole)) == (name, form) else name


def _text(name: str, value: Any) -> str:
    if name == "owner_gender":
        return _GENDER_WORDS.get(value, "")
    if name == "legal_form":
        return _FORM_WORDS.get(value, "")
    if name == "phone" and str(value).startswith("+62"):
        return f"0{str(value)[3:]}"
    return str(value)


def _workers(figures: Mapping[str, Any]) -> dict[str, Any]:
    """The total, also where it is only known by its parts."""
    male, female = figures.get("workers_male"), figures.get("workers_female")
    return {"workers_total": male + female} if male is not None and female is not None else {}


def _certificates(firm: Firm) -> dict[str, Any]:
    """Of each kind the newest certificate."""
    newest: dict[str, Certificate] = {}
    for certificate in sorted(firm.certificates.all(), key=lambda each: each.pk):
        newest[certificate.kind] = certificate
    found = {name: newest[kind].number for name, kind in CERTIFICATES.items() if kind in newest}
    tkdn = newest.get(CERTIFICATES["tkdn_number"])
    return {**found, "tkdn_percent": tkdn.tkdn_percent if tkdn else None}


def _account(firm: Firm) -> dict[str, Any]:
    """The SIINas account of the main site."""
    main = next((site for site in firm.sites.all() if site.is_main), None)
    account = getattr(main, "siinas", None)
    if account is None:
        return {}
    day = account.registered_on
    return {
        "siinas_status": _STATE_WORDS.get(State(account.state), ""),
        "siinas_registered_on": f"{day:%d/%m/%Y}" if day else "",
    }
