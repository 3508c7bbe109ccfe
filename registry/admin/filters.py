"""Filters of the list of firms in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from registry.models import IndustryGroup
from registry.querysets import FirmQuerySet
from registry.worklist import QUEUES, in_queue


class NibFilter(admin.SimpleListFilter):
    """With or without NIB."""

    title = _("NIB")
    parameter_name = "nib"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Two answers."""
        return [("ya", _("on record")), ("tidak", _("not provided"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """By presence."""
        if self.value() in {"ya", "tidak"}:
            return queryset.filter(nib__isnull=self.value() == "tidak")
        return queryset


class QueueFilter(admin.SimpleListFilter):
    """The queues of the work list."""

    title = _("what is missing")
    parameter_name = "kurang"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Every queue."""
        return [(key, queue.label) for key, queue in QUEUES.items()]

    def queryset(self, request: HttpRequest, queryset: FirmQuerySet) -> FirmQuerySet:  # type: ignore[override]
        """The firms that wait in it."""
        chosen = self.value()
        return in_queue(queryset, chosen) if chosen else queryset


class GroupFilter(admin.SimpleListFilter):
    """By industry group of the primary activity, unmapped firms included."""

    title = _("industry group")
    parameter_name = "kelompok"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The groups, and those in none."""
        groups: list[tuple[str, Any]] = [(g.pk, g.name) for g in IndustryGroup.objects.all()]
        return [*groups, ("tanpa", _("not mapped"))]

    def queryset(self, request: HttpRequest, queryset: FirmQuerySet) -> FirmQuerySet:  # type: ignore[override]
        """By group."""
        chosen = self.value()
        if chosen == "tanpa":
            return queryset.unmapped()
        return queryset.in_group(chosen) if chosen else queryset
