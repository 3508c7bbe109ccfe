"""A field of a form as every page shows it: label, hint, error, input, joined for screen readers.

Rule: what went wrong is said in our words, by the error's code, so that no library's wording and
no hint about other people's accounts reaches the screen.
"""

from __future__ import annotations

import re
from typing import Any

from allauth.account import app_settings as account_settings
from django import template
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.forms.utils import ErrorList
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


@register.filter
def sentences(errors: ErrorList, name: str = "") -> list[str]:
    """The errors of a form, or of its field `name`, as sentences."""
    return [_sentence(error, name) for error in errors.as_data()]


@register.inclusion_tag("partials/field.html")
def field(bound: BoundField, label: str, hint: str = "", **attributes: Any) -> dict[str, Any]:
    """A labelled field; `attributes` go to the input (`inputmode="numeric"`)."""
    errors = sentences(bound.errors, bound.name) if bound.errors else []
    name = str(bound.id_for_label)
    described = [f"{name}-{part}" for part, there in (("p", hint), ("g", errors)) if there]
    attributes.setdefault("placeholder", "")
    attributes |= {"class": "isian", "aria-describedby": " ".join(described) or None}
    attributes = {key: value for key, value in attributes.items() if value is not None}
    return {
        "name": name,
        "label": label,
        "hint": hint,
        "errors": errors,
        "widget": bound.as_widget(attrs=attributes),
    }


@register.simple_tag
def qr_picture(svg: str) -> SafeString:
    """The drawing of a QR code, as our own library made it, inside the page: no image to load."""
    _declaration, _tag, drawing = svg.partition("<svg ")
    return format_html(
        '<svg role="img" aria-describedby="kunci" aria-label="{}" {}',
        _("QR code of the key"),
        mark_safe(drawing),  # noqa: S308 made here from the key, not from anything typed
    )


def _sentence(error: ValidationError, name: str) -> str:
    if error.code == "required":
        return _missing(name)
    return _words().get(str(error.code)) or " ".join(error.messages)


def _missing(name: str) -> str:
    return {
        "login": _("Fill in your e-mail."),
        "code": _("Fill in the code."),
        "password": _("Fill in the password."),
        "oldpassword": _("Fill in the present password."),
        "password1": _("Fill in the new password."),
        "password2": _("Fill in the new password once more."),
    }.get(name) or _("This is still empty.")


def _words() -> dict[str, str]:
    wait = _minutes_to_wait()
    password = _("The password is not right. Type it again.")
    return {
        "email_password_mismatch": _(
            "The e-mail or the password is not right. Check both, then try again."
        ),
        "enter_current_password": password,
        "incorrect_password": password,
        "incorrect_code": _(
            "The code does not match. Check the clock of your phone, then type the newest code."
        ),
        "too_many_login_attempts": ngettext(
            "Too many attempts. Wait %(n)s minute, then try again.",
            "Too many attempts. Wait %(n)s minutes, then try again.",
            wait,
        )
        % {"n": wait},
        "rate_limited": _("Too many attempts in a short time. Wait a minute, then try again."),
    }


def _minutes_to_wait() -> int:
    """How long the limit on failed sign-ins lasts: the longest of its parts ("5/15m/key")."""
    limit = account_settings.RATE_LIMITS.get("login_failed") or ""
    found = re.findall(r"/(\d*)([smhd])(?=/|,|$)", limit)
    seconds = [int(count or 1) * _SECONDS[unit] for count, unit in found]
    return max(1, round(max(seconds, default=60) / 60))
