"""Industry centres in the admin: what describes them; their status moves on a page of its own."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from registry import services
from registry.admin.base import ScopedAdmin, reason_of
from registry.admin.controls import NamedEmptyMixin
from registry.models import Centre, CentreFigure, CentreThreshold, CentreVillage

BY_STEPS = ["status", "criterion", "decree_number", "decree_date", "origin", "steps_page"]


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
    """Centres with their villages and figures."""

    list_display = ["name", "commodity", "regency", "status"]
    list_filter = ["regency", "commodity", "status"]
    list_select_related = ["regency", "commodity"]
    search_fields = ["name"]
    autocomplete_fields = ["kbli", "village"]
    inlines = [VillageInline, FigureInline]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """What steps alone change; and the address, once it is known to the world."""
        return [*BY_STEPS, "slug"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        """The address of a new centre follows its name."""
        return {} if obj else {"slug": ["name"]}

    @admin.display(description=_("Status and steps"))
    def steps_page(self, centre: Centre) -> str:
        """The page on which steps are taken."""
        address = reverse("registry:centre", args=[centre.pk])
        return format_html('<a href="{}">{}</a>', address, _("Criteria, steps, firms and figures"))

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        """A new centre begins as a proposal."""
        if change:
            super().save_model(request, obj, form, change)
        else:
            reason = reason_of(form, change)
            services.centre_propose(centre=obj, by=request.user, reason=reason)

    def save_inline_row(self, request: HttpRequest, row: Any, reason: str) -> None:
        """Figures written here are the word of the office."""
        if isinstance(row, CentreFigure):
            services.centre_figure_save(figure=row, by=request.user, reason=reason)
        else:
            super().save_inline_row(request, row, reason)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **options: Any) -> Any:
        """The note is part of what the public reads beside the figures; say so."""
        if db_field.name == "note":
            options["help_text"] = _("Shown in public beside the reported figures.")
        return super().formfield_for_dbfield(db_field, request, **options)


@admin.register(CentreThreshold)
class CentreThresholdAdmin(ScopedAdmin):
    """From where on a criterion is met: the province changes the number, with its source."""

    list_display = ["criterion", "minimum", "source"]
