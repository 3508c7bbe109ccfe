"""Industry centres in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.admin.base import ScopedAdmin
from registry.admin.controls import NamedEmptyMixin
from registry.models import Centre, CentreFigure, CentreVillage


class FigureInline(admin.StackedInline):
    """Reported figures, each with its source."""

    model = CentreFigure
    extra = 0


class VillageInline(NamedEmptyMixin, admin.StackedInline):
    """The villages of the centre."""

    model = CentreVillage
    extra = 0
    autocomplete_fields = ["village"]


@admin.register(Centre)
class CentreAdmin(ScopedAdmin):
    """Centres with villages, decree and figures."""

    list_display = ["name", "commodity", "regency", "status"]
    list_filter = ["regency", "commodity", "status"]
    list_select_related = ["regency", "commodity"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["kbli", "village"]
    inlines = [VillageInline, FigureInline]

    def formfield_for_dbfield(self, db_field: Any, request: Any, **options: Any) -> Any:
        """The note is part of what the public reads beside the figures; say so."""
        if db_field.name == "note":
            options["help_text"] = _("Shown in public beside the reported figures.")
        return super().formfield_for_dbfield(db_field, request, **options)
