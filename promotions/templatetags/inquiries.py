"""What the pages of inquiries need beyond Django's own tags."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def of_key(mapping: Mapping[Any, Any], key: Any) -> Any:
    """The value of a key; nothing where there is none."""
    return mapping.get(key, ())
