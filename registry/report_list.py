"""What a page of `/kerja/lapor/` asks for: the period, the place, the group, how reports stand.

Rule: all of it stands in the address; a value outside the person's scope does not exist for them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import policy
from registry.filters import UNMAPPED
from registry.models import (
    District,
    IndustryGroup,
    Regency,
    ReportingPeriod,
    SiinasReport,
    Village,
)
from registry.models.reporting import REPORTED, ReportState
from registry.querysets import SiinasQuerySet
from registry.reporting import accounts_due, current_period, in_industry

STANDINGS: dict[str, Promise] = {
    "belum": _("Not reported yet"),
    "sudah": _("Have reported"),
    "kembali": _("Returned to be mended"),
}
RELATED = ("site__firm", "site__regency", "site__district", "site__village")


@dataclass(frozen=True)
class Asked:
    """The filters of the address, each a row that the person may see, or none."""

    period: ReportingPeriod
    regency: Regency | None
    district: District | None
    village: Village | None
    group: str
    standing: str

    @property
    def parts(self) -> dict[str, str]:
        """The filters by their names in the address, the period first."""
        told = {
            "periode": self.period.slug,
            "wilayah": self.regency.slug if self.regency else "",
            "kecamatan": self.district.pk if self.district else "",
            "desa": self.village.pk if self.village else "",
            "kelompok": self.group,
            "lapor": self.standing,
        }
        return {name: value for name, value in told.items() if value}

    @property
    def query(self) -> str:
        """The filters as they stand in an address."""
        return urlencode(self.parts)

    @property
    def place(self) -> Any:
        """The deepest place in force."""
        return self.village or self.district or self.regency

    def accounts(self, user: Any) -> SiinasQuerySet:
        """The accounts due that meet the filters, by name of the firm."""
        accounts = in_industry(accounts_due(self.period).visible_to(user), self.group)
        for name, place in (
            ("site__regency", self.regency),
            ("site__district", self.district),
            ("site__village", self.village),
        ):
            if place is not None:
                accounts = accounts.filter(**{name: place})
        if self.standing:
            accounts = accounts.filter(_stands(self.standing, self.period))
        return accounts.select_related(*RELATED).order_by("site__firm__name", "pk")


def _stands(standing: str, period: ReportingPeriod) -> Any:
    reports = SiinasReport.objects.filter(account=OuterRef("pk"), period=period)
    made = Exists(reports.filter(state__in=REPORTED))
    if standing == "kembali":
        return Exists(reports.filter(state=ReportState.RETURNED))
    return made if standing == "sudah" else ~made


def periods_by_slug() -> dict[str, ReportingPeriod]:
    """Every period, the latest first."""
    return {period.slug: period for period in ReportingPeriod.objects.all()}


def regencies_of(user: Any) -> list[Regency]:
    """The regions whose reports the person may see."""
    kind = "registry.siinasreport"
    return list(Regency.objects.in_reach(user, policy.Action.VIEW, kind))


def asked_of(
    data: Mapping[str, str],
    periods: Mapping[str, ReportingPeriod],
    regencies: Sequence[Regency],
    on: dt.date,
) -> Asked | None:
    """What the address asks for; None while no period is on record. Raises 404."""
    if not periods:
        return None
    regency = regencies[0] if len(regencies) == 1 else None
    if slug := data.get("wilayah"):
        regency = _found({r.slug: r for r in regencies}, slug)
    standing, group = data.get("lapor", ""), data.get("kelompok", "")
    if standing:
        _found(STANDINGS, standing)
    if group and group != UNMAPPED:
        _found(dict.fromkeys(IndustryGroup.objects.values_list("pk", flat=True)), group)
    within = [regency] if regency else regencies
    district = _below(District, data.get("kecamatan"), regency__in=within)
    return Asked(
        period=_period(data.get("periode", ""), periods, on),
        regency=regency,
        district=district,
        village=_below(Village, data.get("desa"), district=district) if district else None,
        group=group,
        standing=standing,
    )


def _period(slug: str, periods: Mapping[str, ReportingPeriod], on: dt.date) -> ReportingPeriod:
    """The one asked for, else the one that ended last, else the first to come."""
    if slug:
        period: ReportingPeriod = _found(periods, slug)
        return period
    return current_period(on) or list(periods.values())[-1]


def _found(known: Mapping[str, Any], value: str) -> Any:
    if value not in known:
        raise Http404
    return known[value]


def _below(model: Any, code: str | None, **within: Any) -> Any:
    """The place, or none: another region was chosen above it meanwhile."""
    return model.objects.filter(pk=code.replace("\x00", ""), **within).first() if code else None
