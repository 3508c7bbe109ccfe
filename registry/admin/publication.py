"""Offices' decisions to publish bodies without asking each, recorded with number and reason."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from registry.admin.base import ScopedAdmin
from registry.models import PublicationDecision


@admin.register(PublicationDecision)
class PublicationDecisionAdmin(ScopedAdmin):
    """Off until a decision stands here; revoked by a date."""

    list_display = ["regency", "number", "decided_on", "revoked_on"]
    list_select_related = ["regency"]
    fields = ["regency", "number", "decided_on", "reason", "paper", "revoked_on"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Keep who recorded it."""
        if not change:
            obj.recorded_by = request.user
        super().save_model(request, obj, form, change)
