"""What a row would change in a firm that is on record.

The rule: an empty cell never erases; data older than what the register holds only fill blanks and
their own year; and what says the same in other words (capitals, punctuation) is no change. So the
same sheet taken in twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from registry.certification import is_halal_decree
from registry.names import name_key
from registry.siinas import LADDER, State, missing_evidence

PLAIN = (
    "name", "legal_form", "address", "phone", "email", "website", "nib", "npwp", "product", "brand",
    "start_year",
)  # fmt: skip
PLACE = ("regency_code", "district_code", "village_code")
POINT = ("latitude", "longitude")
FIGURES = (
    "workers_male", "workers_female", "workers_total", "investment", "capacity_quantity",
    "capacity_unit", "production_value", "raw_material_value", "annual_sales",
)  # fmt: skip
# The fields that are certificates, and the kind of certificate each is.
CERTIFICATES = {
    "tkdn_number": "tkdn_ik",
    "halal_number": "halal",
    "pirt_number": "pirt",
    "brand_number": "brand",
    "sni_number": "sni",
}
SIINAS_STATES = {
    "none": State.NOT_REGISTERED,
    "registered": State.SUBMITTED,
    "issued": State.ISSUED,
    "complete": State.COMPLETE,
}


@dataclass(slots=True)
class Standing:
    """A firm as the register holds it, in the words of the intake."""

    pk: int
    label: str
    regency: str
    values: dict[str, Any] = field(default_factory=dict)
    data_year: int | None = None
    owners: list[tuple[str, str]] = field(default_factory=list)
    kbli: str | None = None
    figures: dict[int, dict[str, Any]] = field(default_factory=dict)
    # The NIBs of firms that were merged into it: they stay theirs.
    merged_nibs: frozenset[str] = frozenset()
    # Numbers of certificates by kind, and the percentages of TKDN by number.
    certificates: dict[str, set[str]] = field(default_factory=dict)
    percents: dict[str, Decimal | None] = field(default_factory=dict)
    # Of each certificate, by kind and number, what is not known of it.
    blanks: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    siinas: str | None = None
    siinas_undated: bool = False
    closed: bool = False


def certificate_numbers(values: Mapping[str, Any]) -> dict[str, str]:
    """The numbers of certificates in a row, by field; that of a halal decree is none."""
    return {
        name: values[name]
        for name, kind in CERTIFICATES.items()
        if values.get(name) and not is_halal_decree(kind, values[name])
    }


def notes_of(values: Mapping[str, Any]) -> str | None:
    """The notes of a row, with the number of a halal decree: it is kept, as what it is."""
    number = values.get("halal_number")
    decree = f"Halal: {number}" if number and is_halal_decree("halal", number) else None
    return "; ".join(filter(None, (values.get("notes"), decree))) or None


def is_older(values: Mapping[str, Any], standing: Standing) -> bool:
    """Whether the row's data are of a year before the register's."""
    year = values.get("data_year")
    return bool(year and standing.data_year and year < standing.data_year)


def changes(values: Mapping[str, Any], standing: Standing) -> dict[str, Any]:
    """The fields that the row would change, with their new values."""
    older = is_older(values, standing)
    found: dict[str, Any] = {}
    for name in PLAIN:
        old, new = standing.values.get(name), values.get(name)
        if new is not None and not _same(name, old, new) and not (older and old):
            found[name] = new
    if found.get("nib") in standing.merged_nibs:
        del found["nib"]
    found |= _place(values, standing, older) | _point(values, standing, older)
    found |= _owner(values, standing, older) | _rest(values, standing, older)
    found |= _figures(values, standing, older) | _certificates(values, standing, older)
    if not older or standing.siinas is None:
        found |= siinas_move(values, standing)
    if not older:
        year = values.get("data_year")
        # Of a firm of which no year is known, a year alone is no news.
        if year and year != standing.data_year and (found or standing.data_year):
            found["data_year"] = year
    return found


def siinas_move(values: Mapping[str, Any], standing: Standing) -> dict[str, Any]:
    """The state of the account after this row: forward only, and only where the ladder goes."""
    target = siinas_target(values)
    if target is None:
        return {}
    if standing.siinas is None:
        return {"siinas_status": target.value}
    if not siinas_is_ahead(standing.siinas, target):
        day = values.get("siinas_registered_on")
        tells = day and standing.siinas_undated and target is not State.NOT_REGISTERED
        return {"siinas_registered_on": day} if tells else {}
    evidence = {"registered_on": True, "issued_on": True}
    if missing_evidence(standing.siinas, target.value, evidence) != ():
        return {}
    return {"siinas_status": target.value}


def siinas_is_stuck(values: Mapping[str, Any], standing: Standing) -> bool:
    """Whether the row is further up the ladder, but the step needs evidence that no sheet has."""
    target = siinas_target(values)
    if target is None or standing.siinas is None or is_older(values, standing):
        return False
    return siinas_is_ahead(standing.siinas, target) and not siinas_move(values, standing)


def siinas_target(values: Mapping[str, Any]) -> State | None:
    """The state that a row speaks of; a date of registration alone says "submitted"."""
    status = values.get("siinas_status")
    if status is not None:
        return SIINAS_STATES[status]
    return State.SUBMITTED if values.get("siinas_registered_on") else None


def siinas_is_ahead(current: str, target: State) -> bool:
    """Whether the target lies further up; blocked and closed accounts stand beside the ladder."""
    return State(current) in LADDER and LADDER.index(target) > LADDER.index(State(current))


def _same(name: str, old: Any, new: Any) -> bool:
    if name == "name":
        return name_key(str(old or "")) == name_key(str(new))
    return bool(old == new)


def _place(values: Mapping[str, Any], standing: Standing, older: bool) -> dict[str, Any]:
    """A place changes as a whole; one that is only less deep says nothing new."""
    new = [values.get(name) for name in PLACE]
    old = [standing.values.get(name) for name in PLACE]
    deepest = [code for code in new if code]
    held = [code for code in old if code]
    if not deepest or (held and held[-1].startswith(deepest[-1])):
        return {}
    if older and not (held and deepest[-1].startswith(held[-1])):
        return {}
    return {name: code for name, code, was in zip(PLACE, new, old, strict=True) if code != was}


def _point(values: Mapping[str, Any], standing: Standing, older: bool) -> dict[str, Any]:
    if values.get("latitude") is None or values.get("longitude") is None:
        return {}
    new = {name: round(Decimal(values[name]), 5) for name in POINT}
    old = {name: standing.values.get(name) for name in POINT}
    if new == old or (older and old["latitude"] is not None):
        return {}
    return dict(new)


def _owner(values: Mapping[str, Any], standing: Standing, older: bool) -> dict[str, Any]:
    name, gender = values.get("owner_name"), values.get("owner_gender")
    held = {name_key(owner): known for owner, known in standing.owners}
    found: dict[str, Any] = {}
    if name is not None and name_key(name) not in held and not (older and held):
        found["owner_name"] = name
    only = next(iter(held)) if len(held) == 1 else None
    of = name_key(name) if name is not None else only
    if gender is not None and of is not None:
        known = held.get(of)
        if (known != gender and not (older and known)) and (of in held or "owner_name" in found):
            found["owner_gender"] = gender
    return found


def _rest(values: Mapping[str, Any], standing: Standing, older: bool) -> dict[str, Any]:
    """Activity, whether the firm works, notes."""
    found: dict[str, Any] = {}
    if values.get("kbli") is not None:
        key = f"{values['kbli_edition']}-{values['kbli']}"
        if key != standing.kbli and not (older and standing.kbli):
            found["kbli"] = key
    active = values.get("active")
    settled = older or standing.closed or active == standing.values.get("active")
    if active is not None and not settled:
        found["active"] = active
    notes, held = notes_of(values), " ".join((standing.values.get("notes") or "").split())
    if notes and notes not in held and not (older and held):
        found["notes"] = notes
    return found


def _figures(values: Mapping[str, Any], standing: Standing, older: bool) -> dict[str, Any]:
    """The figures of the row's year."""
    held = standing.figures.get(values.get("data_year") or 0, {})
    found: dict[str, Any] = {}
    for name in FIGURES:
        new, old = values.get(name), held.get(name)
        if new is None or (older and old is not None):
            continue
        if name == "capacity_quantity":
            new = round(Decimal(new), 3)
        if new != old:
            found[name] = new
    return _workers(found, held, older)


def total_stays(values: Mapping[str, Any], standing: Standing) -> dict[str, int] | None:
    """The row's total of workers and that of the split on record, where they differ.

    The split says more than a total and is kept: a sheet that does not have it erases nothing.
    """
    held = standing.figures.get(values.get("data_year") or 0, {})
    split, total = _split(held), values.get("workers_total")
    if total is None or not split or is_older(values, standing):
        return None
    differs = sum(split) != total if len(split) == 2 else True
    return {"value": total, "old": sum(split)} if differs else None


def _split(held: Mapping[str, Any]) -> list[int]:
    both = (held.get("workers_male"), held.get("workers_female"))
    return [number for number in both if number is not None]


def _workers(found: dict[str, Any], held: Mapping[str, Any], older: bool) -> dict[str, Any]:
    if "workers_total" in found and _split(held):
        del found["workers_total"]
    both = {"workers_male", "workers_female"} & set(found)
    if both and "workers_total" not in found and held.get("workers_total") is not None:
        if older or len(both) < 2:
            for name in both:
                del found[name]
        else:
            found["workers_total"] = None
    return found


def _certificates(values: Mapping[str, Any], standing: Standing, older: bool) -> dict[str, Any]:
    """Numbers that the firm has not yet: a certificate on record is never replaced.

    An older sheet adds none beside one of the kind: that is the one it was replaced by.
    """
    held = standing.certificates
    found = {
        name: number
        for name, number in certificate_numbers(values).items()
        if number not in held.get(CERTIFICATES[name], set())
        and not (older and held.get(CERTIFICATES[name]))
    }
    percent = values.get("tkdn_percent")
    if percent is not None:
        number = values.get("tkdn_number") or ""
        known = held.get(CERTIFICATES["tkdn_number"], set())
        beside = older and known and number not in known
        if standing.percents.get(number) is None and not beside:
            found["tkdn_percent"] = percent
    return found


def before(
    found: Mapping[str, Any], values: Mapping[str, Any], standing: Standing
) -> dict[str, Any]:
    """What the register holds now in the fields that would change."""
    figures = standing.figures.get(values.get("data_year") or 0, {})
    numbers = standing.certificates
    told: dict[str, Any] = {
        "data_year": standing.data_year,
        "kbli": standing.kbli,
        "siinas_status": standing.siinas,
        "owner_name": ", ".join(name for name, _gender in standing.owners) or None,
        "owner_gender": standing.owners[0][1] if len(standing.owners) == 1 else None,
        "tkdn_percent": standing.percents.get(values.get("tkdn_number") or ""),
    }
    for name, kind in CERTIFICATES.items():
        told[name] = ", ".join(sorted(filter(None, numbers.get(kind, ())))) or None
    return {
        name: figures.get(name) if name in FIGURES else told.get(name, standing.values.get(name))
        for name in found
    }
