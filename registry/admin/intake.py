"""Sheets taken in, to look at."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from registry.admin.base import ReadOnlyAdmin
from registry.models import IntakeBatch
from registry.worklist import waiting_sheets


class WaitingFilter(admin.SimpleListFilter):
    """Sheets of which rows still want a look."""

    title = _("rows that wait")
    parameter_name = "tunggu"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """One answer."""
        return [("ya", _("with rows that wait"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The same sheets as on the start page."""
        if self.value() != "ya":
            return queryset
        return queryset.filter(pk__in=waiting_sheets(request.user).values("pk"))


@admin.register(IntakeBatch)
class IntakeBatchAdmin(ReadOnlyAdmin):
    """Who took in which file, and what came of it."""

    list_display = ["file_name", "taken_by", "taken_at", "regency"]
    list_filter = [WaitingFilter]
    list_select_related = ["taken_by", "regency"]
    fields = ["file_name", "sheet", "regency", "taken_by", "taken_at", "options", "summary"]
