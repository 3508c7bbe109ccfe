"""What a certificate's number and dates say, for the staff: its shape, what it encodes, its end.

Rule: a number of an unusual shape is kept as the office wrote it and is told of, since it is often
the only trace of a real certificate. One is refused: the number of a halal decree (KH), which is no
certificate number at all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.identifiers import (
    Parsed,
    Problem,
    decode_pirt,
    parse_bpom_md,
    parse_brand_number,
    parse_halal,
    parse_pirt,
    parse_sni,
)
from registry.identifiers.certificates import Pirt
from registry.messages import message_for

PARSERS: dict[str, Callable[[object], Parsed[str]]] = {
    "halal": parse_halal,
    "pirt": parse_pirt,
    "bpom_md": parse_bpom_md,
    "sni": parse_sni,
    "brand": parse_brand_number,
}
# Printed positions of a P-IRT number, Peraturan BPOM 22/2018.
PACKAGING: dict[str, Promise] = {
    "1": gettext_lazy("glass"),
    "2": gettext_lazy("plastic"),
    "3": gettext_lazy("cardboard or paper"),
    "4": gettext_lazy("tin"),
    "5": gettext_lazy("aluminium foil"),
    "6": gettext_lazy("other packaging"),
    "7": gettext_lazy("composite"),
    "8": gettext_lazy("double packaging"),
}
# The food types whose names are known to us; others are shown by their number.
FOOD_TYPES: dict[str, Promise] = {
    "01": gettext_lazy("dried meat products"),
    "02": gettext_lazy("dried fish products"),
    "03": gettext_lazy("dried poultry products"),
    "04": gettext_lazy("pickled and dried vegetables"),
    "05": gettext_lazy("coconut products"),
    "06": gettext_lazy("flour and its products"),
    "07": gettext_lazy("oils and fats"),
    "08": gettext_lazy("jam and jelly"),
    "09": gettext_lazy("sugar, sweets and honey"),
    "10": gettext_lazy("coffee, tea and chocolate"),
}


def parsed(kind: str, number: str) -> Parsed[str]:
    """The number read as one of its kind; kinds of no known shape (TKDN, SVLK) are free text."""
    parse = PARSERS.get(kind)
    return parse(number) if parse and number else Parsed(number or None)


def is_halal_decree(kind: str, number: str) -> bool:
    """Whether the number is that of a halal decree (Ketetapan Halal), not of a certificate."""
    problem = parsed(kind, number).problem
    return problem is not None and problem.variant == "halal_is_decree"


def coded_end(kind: str, number: str, on: dt.date) -> dt.date | None:
    """The last day that the number itself tells: of a P-IRT, the end of the year it names.

    None for every other kind, and where the year is further away than a P-IRT can run.
    """
    found = decode_pirt(number) if kind == "pirt" and number else None
    return found.ends_on if found and not found.is_too_long(on.year) else None


def pirt_problems(
    number: str, valid_until: dt.date | None, regencies: Collection[str], on: dt.date
) -> list[Problem]:
    """What the parts of a P-IRT number contradict: its own date, the area, the five years."""
    found = decode_pirt(number) if number else None
    if found is None:
        return []
    told = {"value": found.number, "year": str(found.valid_through)}
    problems = []
    if found.is_too_long(on.year):
        problems.append(Problem("pirt_invalid", told, "pirt_too_long"))
    elif valid_until is not None and valid_until.year != found.valid_through:
        day = {"day": date_format(valid_until, "j M Y")}
        problems.append(Problem("pirt_invalid", {**told, **day}, "pirt_other_end"))
    if found.is_outside(regencies):
        code = {"code": found.regency_code}
        problems.append(Problem("pirt_invalid", {**told, **code}, "pirt_outside"))
    return problems


def said_of_number(kind: str, number: str) -> str:
    """What is unusual about the number, in a sentence; empty where nothing is."""
    problem = parsed(kind, number).problem
    return message_for(problem) if problem else ""


@dataclass(frozen=True)
class PirtTold:
    """A P-IRT number taken apart, in words (Peraturan BPOM 22/2018)."""

    packaging: str
    food: str
    regency: str
    valid_through: int
    elsewhere: bool  # of another regency than the firm's: the permit falls when production moves

    def __str__(self) -> str:
        return _("%(food)s in %(packaging)s, %(regency)s, until the end of %(year)s") % {
            "food": self.food,
            "packaging": self.packaging,
            "regency": self.regency,
            "year": self.valid_through,
        }


def pirt_told(number: str, regency: str, names: dict[str, str]) -> PirtTold | None:
    """The parts of a P-IRT number; `names` has the regencies by code, `regency` is the firm's."""
    found: Pirt | None = decode_pirt(number)
    if found is None:
        return None
    food = FOOD_TYPES.get(found.food_type)
    return PirtTold(
        packaging=str(PACKAGING[found.packaging]),
        food=str(food) if food else _("food type %(code)s") % {"code": found.food_type},
        regency=names.get(found.regency_code)
        or _("region %(code)s") % {"code": found.regency_code},
        valid_through=found.valid_through,
        elsewhere=found.regency_code != regency,
    )
