"""Help and training given to firms: how many were reached, and where it went.

Rule: counted are working firms with a facilitation on record, each once. A programme is called as
it was written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Q

from registry.counts import working_firms
from registry.models import Facilitation, Regency

SHOWN = 12


@dataclass(frozen=True)
class HelpLine:
    """What one programme did in one district; no district: the firms' is not provided."""

    district: str | None
    regency: str
    program: str
    firms: int
    latest: dt.date


@dataclass(frozen=True)
class Help:
    """Firms helped at some time and this year, and the largest parts of it."""

    ever: int
    this_year: int
    districts: int
    lines: Sequence[HelpLine]
    more: bool


def help_given(
    user: Any, regency: Regency | None = None, group: str = "", *, on: dt.date, most: int = SHOWN
) -> Help:
    """The help on record, in two queries; of districts and programmes those with most firms."""
    given = Facilitation.objects.visible_to(user).filter(
        firm__in=working_firms(user, regency, group)
    )
    told = given.aggregate(
        ever=Count("firm", distinct=True),
        this_year=Count("firm", distinct=True, filter=Q(given_on__year=on.year)),
        districts=Count("firm__district", distinct=True),
    )
    names = ("firm__district__name", "firm__regency__short_name", "program")
    parts = (
        given.order_by()
        .values_list(*names)
        .annotate(firms=Count("firm", distinct=True), latest=Max("given_on"))
        .order_by("-firms", *names)[: most + 1]
    )
    lines = [HelpLine(*part) for part in parts]
    return Help(told["ever"], told["this_year"], told["districts"], lines[:most], len(lines) > most)
