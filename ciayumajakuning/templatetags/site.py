"""Small helpers of every page: the other language's address, links that keep the filters."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import RequestContext
from django.urls import translate_url
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def in_language(context: RequestContext, language: str) -> str:
    """This page's address in another language, with its filters."""
    request = context.get("request")
    return translate_url(request.get_full_path(), language) if request else "/"


@register.simple_tag(takes_context=True)
def query(context: RequestContext, **changes: Any) -> str:
    """The query of this page with some values set; None takes one out."""
    params = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None:
            params.pop(name, None)
        else:
            params[name] = str(value)
    return f"?{params.urlencode()}" if params else "?"


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing of the page's sprite, for the eye only."""
    return format_html('<svg class="ikon" aria-hidden="true"><use href="#{}"/></svg>', name)
