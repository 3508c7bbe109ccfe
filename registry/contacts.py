"""The texts of messages to firms: what may be filled in, and the link that opens WhatsApp.

Pure, no database. Rule: nothing is sent by itself. The link opens WhatsApp with the text typed in;
a person reads it and sends it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import Formatter
from typing import Any
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# What a text may name, with its meaning.
PLACEHOLDERS: Mapping[str, Any] = {
    "nama": gettext_lazy("name of the firm"),
    "langkah": gettext_lazy("the next step, in a sentence"),
    "wilayah": gettext_lazy("regency or city of the firm"),
    "petugas": gettext_lazy("who writes"),
    "hari": gettext_lazy("the day of today"),
}
# WhatsApp lives on mobile numbers; those of Indonesia begin with 8.
_MOBILE = re.compile(r"^\+628[0-9]{7,11}$")


def check_text(text: str) -> None:
    """Refuse a text that names something that can't be filled in, saying what and what can."""
    can = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    try:
        parts = list(Formatter().parse(text))
    except ValueError as error:
        raise ValidationError(
            _("A curly bracket in the text stands alone. Write one of %(can)s, or no brackets.")
            % {"can": can}
        ) from error
    for _text, name, form, conversion in parts:
        if name is not None and (name not in PLACEHOLDERS or form or conversion):
            raise ValidationError(
                _("“{%(name)s}” can't be filled in. What can: %(can)s.")
                % {"name": name, "can": can}
            )


def filled(text: str, values: Mapping[str, Any]) -> str:
    """The text with everything filled in; `text` has passed `check_text`."""
    return text.format_map({name: str(values.get(name, "")) for name in PLACEHOLDERS})


def whatsapp_number(*numbers: str) -> str:
    """The first of the numbers (as +62…) that can have WhatsApp, or ""."""
    return next((number for number in numbers if _MOBILE.match(number)), "")


def whatsapp_link(number: str, text: str = "") -> str:
    """The address that opens WhatsApp with the text typed in."""
    asked = f"?text={quote(text)}" if text else ""
    return f"https://wa.me/{number.lstrip('+')}{asked}"
