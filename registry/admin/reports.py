"""Reporting periods and targets, entered here; reports, only looked at here."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import ForeignKey
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import policy
from registry.admin.base import ReadOnlyAdmin, ScopedAdmin
from registry.models import Regency, ReportingPeriod, SiinasReport, Target


@admin.register(ReportingPeriod)
class ReportingPeriodAdmin(ScopedAdmin):
    """Periods with their dates; the province keeps them."""

    list_display = ["__str__", "first_day", "last_day", "due_on", "obliged"]
    list_filter = ["kind", "year"]
    fields = [
        ("kind", "year", "number"),
        ("first_day", "last_day", "due_on"),
        "obliged",
        "note",
    ]


@admin.register(SiinasReport)
class SiinasReportAdmin(ReadOnlyAdmin):
    """What became of reports, with their history; written at `/kerja/lapor/`."""

    list_display = ["firm", "period", "state", "on"]
    list_filter = ["period", "state", "account__site__regency"]
    list_select_related = ["account__site__firm", "period"]
    fields = ["account", "period", "state", "on", "note", "recorded_by", "recorded_at"]

    @admin.display(description=_("firm"), ordering="account__site__firm__name")
    def firm(self, report: SiinasReport) -> str:
        """The firm of the account."""
        return str(report.account.site.firm.full_name)


@admin.register(Target)
class TargetAdmin(ScopedAdmin):
    """Targets of the person's regions, with their decree."""

    list_display = ["regency", "year_of", "measure", "value", "decree"]
    list_filter = ["year", "measure", "regency"]
    list_select_related = ["regency"]
    fields = ["regency", "year", "measure", "value", ("decree", "decreed_on")]

    @admin.display(description=_("year"), ordering="year")
    def year_of(self, target: Target) -> str:
        """The year as it is written, without a mark for thousands."""
        return str(target.year)

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Only regions for which the person may set targets."""
        if db_field.name == "regency":
            change = policy.Action.CHANGE
            chosen = Regency.objects.in_reach(request.user, change, "registry.target")
            kwargs["queryset"] = chosen
            if len(chosen) == 1:
                kwargs["initial"] = chosen[0]
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
