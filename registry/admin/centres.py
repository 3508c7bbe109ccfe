"""Industry centres in the admin."""

from __future__ import annotations

from django.contrib import admin

from registry.admin.base import ScopedAdmin
from registry.models import Centre, CentreFigure, CentreVillage


class FigureInline(admin.TabularInline):
    """Reported figures, each with its source."""

    model = CentreFigure
    extra = 0


class VillageInline(admin.TabularInline):
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
