"""What a row of each kind tells of its firm, and so may set in it.

The rule: a row of firms may set whatever it says. Every other kind finds its firm by name and place
but sets only what it is about: certificates, the figures of a year, or the SIINas account.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from registry.intake.changes import CERTIFICATES, FIGURES, Standing, changes
from registry.intake.kinds import RowKind

_ABOUT = {
    "certificates": frozenset(CERTIFICATES),
    "figures": frozenset({"data_year", *FIGURES}),
    "siinas": frozenset({"siinas_status", "siinas_registered_on"}),
}
# Of a certificate on record, what a list may add where nothing is known.
BLANKS = ("issued_on", "valid_until", "tkdn_percent")


def told(values: Mapping[str, Any], kind: RowKind) -> Mapping[str, Any]:
    """The values that the row may set."""
    if kind.makes_firms:
        return values
    about = _ABOUT[kind.name]
    kept = {name: value for name, value in values.items() if name in about}
    if kind.name == "certificates" and values.get("certificate_kind"):
        kept["certificate"] = certificate_of(values)
    return kept


def certificate_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """The certificate of a row: kind, number, dates, status, percentage, product."""
    return {
        "kind": values["certificate_kind"],
        "number": values.get("certificate_number") or "",
        "status": values.get("certificate_status"),
        "issued_on": values.get("issued_on"),
        "valid_until": values.get("valid_until"),
        "tkdn_percent": values.get("tkdn_percent"),
        "product": values.get("product") or "",
    }


def changes_of(values: Mapping[str, Any], standing: Standing, kind: RowKind) -> dict[str, Any]:
    """The fields that the row would change, with their new values."""
    kept = told(values, kind)
    found = changes(kept, standing)
    if kind.makes_firms:
        return found
    found.pop("data_year", None)
    if (certificate := kept.get("certificate")) is not None:
        found |= _certificate(certificate, standing)
    return found


def _certificate(certificate: Mapping[str, Any], standing: Standing) -> dict[str, Any]:
    """A number that the firm has not yet, or what is blank of the one on record."""
    key = (certificate["kind"], certificate["number"])
    blank = standing.blanks.get(key)
    if blank is None:
        return {"certificate_number": certificate["number"] or certificate["kind"]}
    return {name: certificate[name] for name in BLANKS if certificate[name] and name in blank}
