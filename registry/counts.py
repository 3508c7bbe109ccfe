"""The numbers of the register's own rows, inside what a person may see.

Each number names its unit and what it is a part of. Unmapped and unknown are counted too, so that
parts always add up to the whole.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Count, FilteredRelation, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone

from registry.completeness import FACTS
from registry.conditions import soon
from registry.filters import SOON, condition_of, days_of, months_ahead, standing_of
from registry.models import (
    Firm,
    IndustryGroup,
    ProductionSite,
    Regency,
    SiinasAccount,
    Standing,
)
from registry.models.certificates import Certificate, CertificateKind
from registry.querysets import CertificateQuerySet, FirmQuerySet
from registry.querysets.parts import ACCOUNT_COMPLETE, ACCOUNT_HELD


@dataclass(frozen=True)
class Rung:
    """A step of the chain: how many of how many, and of what."""

    key: str
    count: int
    base: int | None
    firms: int | None = None  # the firms behind the count, where its unit is another

    @property
    def share(self) -> float | None:
        """The share of the base in percent; None where there is nothing to divide."""
        if not self.base:
            return None
        return 100 * self.count / self.base


@dataclass(frozen=True)
class MatrixRow:
    """An industry group, its firms by regency in the order of `Matrix.regencies`, and their sum."""

    group: IndustryGroup | None
    cells: tuple[int, ...]

    @property
    def total(self) -> int:
        """All firms of the group."""
        return sum(self.cells)


@dataclass(frozen=True)
class Matrix:
    """Industry group × regency. The last row (`group` None) holds the unmapped firms."""

    regencies: tuple[Regency, ...]
    rows: tuple[MatrixRow, ...]

    @property
    def column_totals(self) -> tuple[int, ...]:
        """All firms of each regency."""
        return tuple(sum(row.cells[i] for row in self.rows) for i in range(len(self.regencies)))

    @property
    def total(self) -> int:
        """All firms."""
        return sum(self.column_totals)


@dataclass(frozen=True)
class Tally:
    """Firms by regency and measure; a measure is a question to the staff's list of firms."""

    rows: Mapping[str, Mapping[str, int]]

    def of(self, measure: str, regency: Regency | None = None) -> int:
        """The firms of a measure, of one regency or of all that the person may see."""
        if regency is not None:
            return self.rows.get(regency.pk, {}).get(measure, 0)
        return sum(row[measure] for row in self.rows.values())


# What is counted, and the filters under which the list shows the same firms. Unit: working firms.
_NIB, _READY = {"nib": "ya"}, {"nib": "ya", "siinas": "lengkap"}
MEASURES: Mapping[str, Mapping[str, str]] = {
    "firms": {},
    "nib": _NIB,
    "without_nib": {"nib": "tidak"},
    "account": {**_NIB, "siinas": "ya"},
    "without_account": {**_NIB, "siinas": "tidak"},
    "incomplete": {**_NIB, "siinas": "belum-lengkap"},
    "complete": _READY,
    "eligible": {"tkdn": "layak"},
    "tkdn": {"tkdn": "layak-ya"},
    "certified": {"tkdn": "ya"},
    "partner": {"mitra": "ya"},
    "without_tkdn": {"tkdn": "layak-belum"},
    "not_eligible": {**_READY, "tkdn": "belum-layak"},
    "blocked": {"siinas": "terkendala"},
    "report_overdue": {"lapor": "lewat"},
    "ending": {"berakhir": SOON},
    **{f"lacking-{fact.key}": {"kurang": fact.key} for fact in FACTS},
}


def working_firms(user: Any, regency: Regency | None = None, group: str = "") -> FirmQuerySet:
    """The firms that every number here is about: working, and visible to the person.

    `group` is the slug of an industry group, or the value that stands for unmapped firms.
    """
    firms: FirmQuerySet = Firm.objects.visible_to(user).working()
    if group:
        firms = firms.filter(condition_of({"kelompok": group}))
    return firms.filter(regency=regency) if regency else firms


def tally(user: Any, group: str = "") -> Tally:
    """All measures by regency, in one query."""
    numbers = {
        measure: Count("pk", filter=standing_of(asked)) if asked else Count("pk")
        for measure, asked in MEASURES.items()
    }
    rows = Standing.objects.visible_to(user).working()
    if group:
        rows = rows.filter(standing_of({"kelompok": group}))
    counted: Any = rows.values("regency").annotate(**_named(numbers))
    return Tally(
        {row["regency"]: {measure: row[_name(measure)] for measure in MEASURES} for row in counted}
    )


def _name(measure: str) -> str:
    return "n_" + measure.replace("-", "_")


def _named(numbers: dict[str, Count]) -> dict[str, Count]:
    return {_name(measure): number for measure, number in numbers.items()}


def ladder(
    user: Any, regency: Regency | None = None, group: str = "", counted: Tally | None = None
) -> list[Rung]:
    """The chain NIB → account → complete profile → TKDN → partner, each with its base.

    A certificate counts against the firms that may ask for one (`conditions.eligible_for_tkdn`).

    Accounts belong to sites, and only those of firms with a NIB stand on the chain. A site counts
    with the regency of its firm, so that one regency's chain is about one set of firms.
    """
    firms = counted or tally(user, group)

    def of(measure: str) -> int:
        return firms.of(measure, regency)

    with_nib = working_firms(user, regency, group).with_nib()
    sites = ProductionSite.objects.filter(firm__in=with_nib).count()
    accounts = SiinasAccount.objects.filter(site__firm__in=with_nib).aggregate(
        held=Count("pk", filter=ACCOUNT_HELD),
        complete=Count("pk", filter=ACCOUNT_COMPLETE),
    )
    return [
        Rung("firms", of("firms"), None, of("firms")),
        Rung("nib", of("nib"), of("firms"), of("nib")),
        Rung("account", accounts["held"], sites, of("account")),
        Rung("complete", accounts["complete"], accounts["held"], of("complete")),
        Rung("tkdn", of("tkdn"), of("eligible"), of("tkdn")),
        Rung("partner", of("partner"), of("firms"), of("partner")),
    ]


def group_matrix(user: Any) -> Matrix:
    """Working firms by industry group of their primary activity and by regency of their address."""
    regencies = tuple(Regency.objects.in_reach(user))
    position = {regency.pk: i for i, regency in enumerate(regencies)}
    counted = (
        working_firms(user)
        .alias(
            main_activity=FilteredRelation("activities", condition=Q(activities__is_primary=True))
        )
        .order_by()
        .values_list("main_activity__kbli__group", "regency")
        .annotate(n=Count("pk"))
    )
    cells: dict[str | None, list[int]] = {}
    for group, regency, n in counted:
        cells.setdefault(group, [0] * len(regencies))[position[regency]] += n
    empty = [0] * len(regencies)
    groups: list[IndustryGroup | None] = [*IndustryGroup.objects.all(), None]
    return Matrix(
        regencies,
        tuple(
            MatrixRow(group, tuple(cells.get(group.pk if group else None, empty)))
            for group in groups
        ),
    )


@dataclass(frozen=True)
class Month:
    """The certificates that end in a month, by kind, and the firms that hold them."""

    first: dt.date
    tkdn: int
    halal: int
    others: int
    firms: int

    @property
    def total(self) -> int:
        """All certificates that end in the month."""
        return self.tkdn + self.halal + self.others


def certificates_ending(
    user: Any, regency: Regency | None = None, group: str = "", on: dt.date | None = None
) -> int:
    """Issued certificates of working firms that end within 90 days of the day."""
    return _certificates(user, regency, group).ending(*soon(on)).count()


def certificates_by_month(
    user: Any, regency: Regency | None = None, group: str = "", on: dt.date | None = None
) -> list[Month]:
    """Issued certificates of working firms that end in each of six months, this one from today."""
    today = on or timezone.localdate()
    months = months_ahead(today)
    counted = (
        _certificates(user, regency, group)
        .ending(today, days_of(months[-1], today)[1])
        .order_by()
        .annotate(month=TruncMonth("valid_until"))
        .values("month")
        .annotate(
            tkdn=Count("pk", filter=Q(kind=CertificateKind.TKDN_IK)),
            halal=Count("pk", filter=Q(kind=CertificateKind.HALAL)),
            everything=Count("pk"),
            firms=Count("firm", distinct=True),
        )
    )
    rows = {row["month"]: row for row in counted}
    return [_month(month, rows.get(month)) for month in months]


def _month(first: dt.date, row: Mapping[str, Any] | None) -> Month:
    if row is None:
        return Month(first, 0, 0, 0, 0)
    others = row["everything"] - row["tkdn"] - row["halal"]
    return Month(first, row["tkdn"], row["halal"], others, row["firms"])


def next_to_end(
    user: Any, regency: Regency | None = None, group: str = "", most: int = 3
) -> list[Certificate]:
    """The certificates of working firms that end first, with their firm."""
    ahead = _certificates(user, regency, group).ending(timezone.localdate())
    return list(ahead.select_related("firm").order_by("valid_until", "pk")[:most])


def _certificates(user: Any, regency: Regency | None, group: str) -> CertificateQuerySet:
    found: CertificateQuerySet = Certificate.objects.filter(
        firm__in=working_firms(user, regency, group)
    )
    return found


def last_change() -> dt.datetime | None:
    """When a firm or a centre was last written: the newest line of their history, by its key."""
    firms, centres = (
        apps.get_model("registry", name)
        ._default_manager.order_by("-pgh_id")
        .values_list("pgh_created_at", flat=True)[:1]
        for name in ("FirmEvent", "CentreEvent")
    )
    return max(firms.union(centres), default=None)
