"""The sheet from which an officer types a report into SIINas, prefilled from the register.

The rule: the eleven items and their order are those of Permenperin 13/2025, Pasal 7 huruf a (data
of the production stage, category small industry). What the yearly profile of the period's year has
stands there, as a figure of the whole year; what the register does not keep is a blank to fill.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from registry.models import AnnualProfile, FirmActivity
from registry.reporting import ReportLine
from registry.wording import in_figures, measured


@dataclass(frozen=True)
class Line:
    """A figure that SIINas asks for; empty: to be filled by hand. None: the register has none."""

    label: str
    value: str | None = None


@dataclass(frozen=True)
class Item:
    """One of the eleven items."""

    number: int
    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Sheet:
    """What the officer has before the screen of SIINas, for one account and period."""

    line: ReportLine
    profile: AnnualProfile | None  # of the year of the period
    latest: int | None  # the latest year with a profile, where that year has none
    activities: Sequence[FirmActivity]
    items: tuple[Item, ...]

    @property
    def blanks(self) -> int:
        """How many lines are to be filled by hand."""
        return sum(not line.value for item in self.items for line in item.lines)


def items_of(profile: AnnualProfile | None) -> tuple[Item, ...]:
    """The eleven items with what the profile has of them."""
    p = profile or AnnualProfile()
    told: tuple[tuple[Any, ...], ...] = (
        (
            _("Investment without land and buildings"),
            Line(_("in total (Rp)"), in_figures(p.investment)),
            Line(_("machines (Rp)")),
            Line(_("others (Rp)")),
            Line(_("working capital (Rp)"), in_figures(p.working_capital)),
        ),
        (
            _("Production capacity"),
            Line(_("a year"), measured(p.capacity_quantity, p.capacity_unit)),
        ),
        (
            _("Installed capacity"),
            Line(_("a year"), measured(p.installed_capacity, p.capacity_unit)),
        ),
        (
            _("Production"),
            Line(_("quantity"), measured(p.production_quantity, p.production_unit)),
            Line(_("value (Rp)"), in_figures(p.production_value)),
        ),
        (
            _("Raw material"),
            Line(_("name, quantity, unit")),
            Line(_("from Indonesia or imported")),
            Line(_("value (Rp)"), in_figures(p.raw_material_value)),
        ),
        (
            _("Investment in land and buildings"),
            Line(_("land (Rp)"), in_figures(p.land_investment)),
            Line(_("buildings (Rp)"), in_figures(p.building_investment)),
        ),
        (_("Workers"), *_workers(p)),
        (_("Raw water for production"), Line(_("source")), Line(_("quantity (m³)"))),
        (_("Fuel and lubricants"), Line(_("kind")), Line(_("quantity"))),
        (
            _("Electricity for production"),
            Line(_("quantity (kWh)")),
            Line(_("cost (Rp)")),
            Line(_("connected power (VA)")),
        ),
        (_("Machines and production tools"), Line(_("name, number")), Line(_("country, year"))),
    )
    return tuple(Item(n, label, tuple(lines)) for n, (label, *lines) in enumerate(told, 1))


def sheets_of(lines: Sequence[ReportLine], user: Any) -> list[Sheet]:
    """The sheets of some accounts, in their order; a fixed number of queries.

    Figures come through `visible_to`: those of a firm of another region stay with that region.
    """
    firms = [line.account.site.firm_id for line in lines]
    seen: Any = AnnualProfile.objects.visible_to(user).filter(firm__in=firms)
    profiles = seen.select_related("capacity_unit", "production_unit").order_by("year")
    by_firm = _grouped(profiles)
    acts: Any = FirmActivity.objects.visible_to(user).filter(firm__in=firms)
    activities = _grouped(acts.select_related("kbli").order_by("-is_primary", "kbli"))
    return [
        _sheet(line, by_firm.get(firm, []), activities.get(firm, []))
        for line, firm in zip(lines, firms, strict=True)
    ]


def _sheet(
    line: ReportLine, profiles: Sequence[AnnualProfile], activities: Sequence[FirmActivity]
) -> Sheet:
    profile = next((p for p in profiles if p.year == line.period.year), None)
    latest = profiles[-1].year if profiles and profile is None else None
    return Sheet(line, profile, latest, activities, items_of(profile))


def _grouped(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.firm_id, []).append(row)
    return found


def _workers(profile: AnnualProfile) -> list[Line]:
    lines = [
        Line(_("men"), in_figures(profile.workers_male)),
        Line(_("women"), in_figures(profile.workers_female)),
    ]
    if profile.workers_total is not None:
        lines.append(Line(_("together; the split is not known"), in_figures(profile.workers_total)))
    return lines
