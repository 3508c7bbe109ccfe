"""The numbers of the register's own rows, inside what a person may see.

Each number names its unit and what it is a part of. Unmapped and unknown are counted too, so that
parts always add up to the whole.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Count, FilteredRelation, Q
from django.utils import timezone

from accounts import policy
from registry.models import Firm, IndustryGroup, Regency, SiinasAccount
from registry.models.certificates import EXPIRING_DAYS, Certificate, CertificateKind
from registry.querysets import FirmQuerySet


@dataclass(frozen=True)
class Rung:
    """A step of the chain: how many of how many, and of what. `count` None: not yet measured."""

    key: str
    count: int | None
    base: int | None

    @property
    def share(self) -> float | None:
        """The share of the base in percent; None where there is nothing to divide."""
        if self.count is None or not self.base:
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


def working_firms(user: Any, regency: Regency | None = None) -> FirmQuerySet:
    """The firms that every number here is about: working, and visible to the person."""
    firms: FirmQuerySet = Firm.objects.visible_to(user).working()
    return firms.filter(regency=regency) if regency else firms


def ladder(user: Any, regency: Regency | None = None) -> list[Rung]:
    """The chain NIB → account → complete profile → TKDN → partner, each with its base.

    Accounts belong to sites; a site counts with the regency of its firm, so that one regency's
    chain is about one set of firms.
    """
    firms = working_firms(user, regency)
    count = firms.aggregate(
        all=Count("pk"),
        nib=Count("pk", filter=Q(nib__isnull=False)),
    )
    accounts = SiinasAccount.objects.filter(site__firm__in=firms)
    with_account = accounts.with_account().count()
    complete = accounts.complete().count()
    ready = firms.with_nib().with_complete_account()
    return [
        Rung("firms", count["all"], None),
        Rung("nib", count["nib"], count["all"]),
        Rung("account", with_account, _sites_of(firms.with_nib())),
        Rung("complete", complete, with_account),
        Rung(
            "tkdn",
            ready.with_certificate([CertificateKind.TKDN_IK]).count(),
            ready.count(),
        ),
        Rung("partner", None, None),
    ]


def _sites_of(firms: FirmQuerySet) -> int:
    from registry.models import ProductionSite

    return ProductionSite.objects.filter(firm__in=firms).count()


def group_matrix(user: Any) -> Matrix:
    """Working firms by industry group of their primary activity and by regency of their address."""
    scope = policy.scope_of(user)
    regencies = tuple(regency for regency in Regency.objects.all() if regency.pk in scope)
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


def certificates_ending(
    user: Any, regency: Regency | None = None, on: dt.date | None = None
) -> int:
    """Issued certificates of working firms that end within 90 days of the day."""
    day = on or timezone.localdate()
    return Certificate.objects.filter(
        firm__in=working_firms(user, regency),
        status="issued",
        valid_until__range=(day, day + dt.timedelta(days=EXPIRING_DAYS)),
    ).count()


def last_change() -> dt.datetime | None:
    """When a firm or a centre was last written: the newest line of their history, by its key."""
    firms, centres = (
        apps.get_model("registry", name)
        ._default_manager.order_by("-pgh_id")
        .values_list("pgh_created_at", flat=True)[:1]
        for name in ("FirmEvent", "CentreEvent")
    )
    return max(firms.union(centres), default=None)
