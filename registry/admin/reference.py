"""Regions, classes and units in the admin: to look up and to choose from, loaded by command.

One table is kept by hand: what the regulations on TKDN say, as far as it is known.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from registry.admin.base import ReadOnlyAdmin, ScopedAdmin
from registry.models import (
    Commodity,
    District,
    IndustryGroup,
    KbliCode,
    KbliEdition,
    Regency,
    TkdnRule,
    Unit,
    Village,
)
from registry.querysets import matching


@admin.register(Regency)
class RegencyAdmin(ReadOnlyAdmin):
    """The five regencies."""

    list_display = ["name", "code", "kind", "population"]
    search_fields = ["name"]


@admin.register(District)
class DistrictAdmin(ReadOnlyAdmin):
    """Districts, by name and regency."""

    list_display = ["name", "regency", "code"]
    list_filter = ["regency"]
    list_select_related = ["regency"]
    search_fields = ["name", "code"]


@admin.register(Village)
class VillageAdmin(ReadOnlyAdmin):
    """Villages; names repeat, so district and regency are searched along."""

    list_display = ["name", "district", "kind", "code"]
    list_filter = ["district__regency", "kind"]
    list_select_related = ["district__regency"]
    search_fields = ["name", "district__name", "district__regency__name", "code"]


@admin.register(KbliCode)
class KbliCodeAdmin(ReadOnlyAdmin):
    """KBLI codes, found by number, title or everyday word."""

    list_display = ["code", "edition", "title_id", "level", "group"]
    list_filter = ["edition", "level", "group"]
    list_select_related = ["edition", "group"]
    search_fields = ["search"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Each word in the code, its title or its everyday words."""
        return matching(queryset, search_term), False


@admin.register(KbliEdition)
class KbliEditionAdmin(ReadOnlyAdmin):
    """Editions of KBLI."""

    list_display = ["code", "title", "regulation", "in_force_on"]


@admin.register(IndustryGroup)
class IndustryGroupAdmin(ReadOnlyAdmin):
    """Industry groups of the dashboards."""

    list_display = ["name_id", "divisions"]


@admin.register(Commodity)
class CommodityAdmin(ReadOnlyAdmin):
    """Product groups of the catalogue."""

    list_display = ["name_id", "name_en", "group"]
    search_fields = ["name_id", "name_en"]


@admin.register(TkdnRule)
class TkdnRuleAdmin(ScopedAdmin):
    """Regulations on TKDN for small industry: a province administrator keeps their numbers."""

    list_display = ["code", "since", "until", "ceiling", "minimum"]
    fields = [
        ("code", "title"),
        ("since", "until"),
        ("ceiling", "minimum"),
        ("material", "labour", "overhead", "development"),
        "source",
        "note",
    ]


@admin.register(Unit)
class UnitAdmin(ReadOnlyAdmin):
    """Units of quantity."""

    list_display = ["code", "name_id", "dimension", "factor"]
    search_fields = ["code", "name_id", "aliases"]
