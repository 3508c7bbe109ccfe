"""The yearly figures of a centre: what was reported beside what its firms add up to, and the gap.

Rule: the two are never mixed, and neither is made to fit the other. A sum says of how many firms
it is made ("filled in by n of m firms"); where nobody filled anything in, there is no sum, which
is not the same as 0. The firms are those linked today, whatever the year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Sum
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.centre_members import members_of
from registry.models import AnnualProfile, Centre, CentreFigure

# So many years are shown, the latest ones.
MOST_YEARS = 8
# The figures of a centre, and the same of a firm's yearly profile.
SUMS: Mapping[str, Any] = {
    "workers": Coalesce(F("workers_total"), F("workers_male") + F("workers_female")),
    "investment": F("investment"),
    "production_value": F("production_value"),
    "raw_material_value": F("raw_material_value"),
}
LABELS: Mapping[str, Promise] = {
    "units": _("Firms"),
    "workers": _("Workers"),
    "investment": _("Investment (Rp)"),
    "production_value": _("Production value (Rp)"),
    "raw_material_value": _("Raw material value (Rp)"),
}


@dataclass(frozen=True)
class Line:
    """One figure of a year. `filled` of `firms` firms make the sum."""

    name: str
    reported: int | None
    computed: int | None
    filled: int
    firms: int

    @property
    def label(self) -> Promise:
        """What it counts."""
        return LABELS[self.name]

    @property
    def gap(self) -> int | None:
        """The sum less the report; unknown unless both are known."""
        if self.reported is None or self.computed is None:
            return None
        return self.computed - self.reported

    @property
    def gap_percent(self) -> Decimal | None:
        """The gap in per cent of the report; unknown where nothing was reported."""
        if self.gap is None or not self.reported:
            return None
        return Decimal(100) * self.gap / self.reported

    @property
    def partial(self) -> bool:
        """Whether the sum lacks firms, so that the gap says little."""
        return self.computed is not None and self.filled < self.firms

    @property
    def known(self) -> bool:
        """Whether there is anything to show."""
        return self.reported is not None or self.computed is not None


@dataclass(frozen=True)
class Year:
    """The figures of one year; `figure` is the report, if there is one."""

    year: int
    figure: CentreFigure | None
    lines: tuple[Line, ...]


def years_of(centre: Centre) -> list[Year]:
    """The latest years with a report or a firm's profile, the newest first; three queries."""
    members = members_of(centre)
    firms = members.count()
    figures = {row.year: row for row in centre.figures.select_related("recorded_by")}
    profiles = AnnualProfile.objects.filter(firm__in=members.values("pk")).order_by()
    numbers: dict[str, Any] = {}
    for name, value in SUMS.items():
        numbers[f"sum_{name}"] = Sum(value)
        numbers[f"filled_{name}"] = Count(value)
    sums = {row["year"]: row for row in profiles.values("year").annotate(**numbers)}
    years = sorted({*figures, *sums}, reverse=True)[:MOST_YEARS]
    return [_year(year, figures.get(year), sums.get(year, {}), firms) for year in years]


def _year(year: int, figure: Any, sums: Mapping[str, Any], firms: int) -> Year:
    def line(name: str) -> Line:
        reported = getattr(figure, name, None)
        if name == "units":
            return Line(name, reported, firms, firms, firms)
        return Line(name, reported, sums.get(f"sum_{name}"), sums.get(f"filled_{name}", 0), firms)

    lines = tuple(each for each in map(line, LABELS) if each.known)
    return Year(year, figure, lines)
