"""Small pieces of the register's pages for staff: `{% load registry %}`."""

from __future__ import annotations

from typing import Any

from django import template

from registry.desk.queues import due_today
from registry.filters import StaffFirmFilter
from registry.worklist import Waiting

register = template.Library()


@register.inclusion_tag("registry/select.html")
def filter_select(filters: StaffFirmFilter, name: str) -> dict[str, Any]:
    """A filter as a choice, with the value in force chosen."""
    return {"field": filters.form[name], "chosen": filters.asked.get(name, "")}


@register.simple_tag(name="due_today")
def due(user: Any) -> Waiting:
    """The firms whose day to be contacted again has come, for the navigation."""
    return due_today(user)
