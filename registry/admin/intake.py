"""Sheets taken in, to look at."""

from __future__ import annotations

from django.contrib import admin

from registry.admin.base import ReadOnlyAdmin
from registry.models import IntakeBatch


@admin.register(IntakeBatch)
class IntakeBatchAdmin(ReadOnlyAdmin):
    """Who took in which file, and what came of it."""

    list_display = ["file_name", "taken_by", "taken_at", "regency"]
    list_select_related = ["taken_by", "regency"]
    fields = ["file_name", "sheet", "regency", "taken_by", "taken_at", "options", "summary"]
