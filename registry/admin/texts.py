"""The texts that messages to firms begin with, written by the office."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Field
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from registry.admin.base import ScopedAdmin
from registry.desk.queues import DESK
from registry.models import MessageTemplate


@admin.register(MessageTemplate)
class MessageTemplateAdmin(ScopedAdmin):
    """One text a queue and language; what it may name is checked when it is saved."""

    list_display = ["queue_name", "language", "updated_at"]
    list_filter = ["language"]
    fields = ["queue", "language", "body"]

    @admin.display(description=_("queue"), ordering="queue")
    def queue_name(self, template: MessageTemplate) -> str:
        """The queue as the desk calls it."""
        return str(dict(_queues()).get(template.queue, template.queue))

    def formfield_for_dbfield(
        self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        """The queues by name."""
        if db_field.name == "queue":
            return forms.ChoiceField(label=_("queue"), choices=_queues())
        return super().formfield_for_dbfield(db_field, request, **kwargs)


def _queues() -> list[tuple[str, Any]]:
    return [(queue.key, queue.label) for queue in DESK]
