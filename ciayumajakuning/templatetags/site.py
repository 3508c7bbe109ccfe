"""Small helpers of every page: the other language's address, links that keep the filters."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django import template
from django.conf import settings
from django.template.context import RequestContext
from django.urls import translate_url
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def in_language(context: RequestContext, language: str) -> str:
    """This page's address in another language, with its filters."""
    request = context.get("request")
    if request is None:
        return "/" if language == settings.LANGUAGE_CODE else f"/{language}/"
    here: str = request.get_full_path()
    there = translate_url(here, language)
    # An address that leads nowhere can't be resolved; its error page has two languages too.
    return there if there != here else _prefixed(here, language)


def _prefixed(path: str, language: str) -> str:
    for code, _name in settings.LANGUAGES:
        if path == f"/{code}" or path.startswith(f"/{code}/"):
            path = path[len(code) + 1 :] or "/"
            break
    return path if language == settings.LANGUAGE_CODE else f"/{language}{path}"


@register.simple_tag(takes_context=True)
def whole_address(context: RequestContext, path: str = "") -> str:
    """The address with scheme and host, as search engines want it; of this page, or of `path`."""
    request = context.get("request")
    if request is None:
        return path
    address: str = request.build_absolute_uri(path or quote(request.path))
    return address


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
def icon(name: str, classes: str = "ikon") -> SafeString:
    """A drawing of the page's sprite, for the eye only."""
    return format_html('<svg class="{}" aria-hidden="true"><use href="#{}"/></svg>', classes, name)
