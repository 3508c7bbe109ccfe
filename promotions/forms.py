"""What a buyer types, and what an officer types about it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from promotions.inquiries.countries import HOME, country_choices
from promotions.models import CloseReason, Inquiry
from registry import identifiers
from registry.forms import begin_labels
from registry.messages import message_for
from registry.models import Commodity, Firm, Regency, Unit

MOST_TEXT = 1000
MOST_QUANTITY = 10_000_000
MONTHS_AHEAD = 12
# International numbers by ITU-T E.164: at most 15 digits after the plus.
_ABROAD = re.compile(r"^\+[1-9][0-9]{6,14}$")


def _text(label: Any, length: int, *, required: bool = False, **attributes: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=length,
        widget=forms.TextInput(attrs=attributes),
        error_messages={
            "max_length": _("This has %(show_value)s characters; at most %(limit_value)s are kept.")
        },
    )


class InquiryForm(forms.Form):
    """A message to a firm, or a general one that an officer routes."""

    quantity = _text(_("expected quantity"), 20, inputmode="numeric")
    unit = forms.ModelChoiceField(
        Unit.objects.all(), label=_("unit"), required=False, empty_label=_("not said")
    )
    wanted_on = forms.ChoiceField(label=_("needed when"), required=False)
    text = forms.CharField(
        label=_("message"),
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": MOST_TEXT}),
        error_messages={"required": _("Write what you want to ask the firm.")},
    )
    name = _text(_("name"), 100, required=True, autocomplete="name")
    company = _text(_("company"), 120, autocomplete="organization")
    country = forms.ChoiceField(
        label=_("country"),
        initial=HOME,
        widget=forms.Select(attrs={"autocomplete": "country"}),
    )
    email = _text(_("e-mail"), 254, inputmode="email", autocomplete="email")
    phone = _text(_("WhatsApp"), 40, inputmode="tel", autocomplete="tel")
    also = forms.MultipleChoiceField(
        label=_("send it to others too"), required=False, widget=forms.CheckboxSelectMultiple
    )
    agreed = forms.BooleanField(
        label=_("consent"),
        error_messages={"required": _("Tick the consent, so that the inquiry can be passed on.")},
    )

    def __init__(self, data: Any = None, *, similar: Sequence[Firm] = ()) -> None:
        super().__init__(data)
        self.similar = similar
        fields: Any = self.fields
        fields["country"].choices = country_choices()
        fields["wanted_on"].choices = [("", _("not known yet")), *_months(timezone.localdate())]
        fields["also"].choices = [(str(each.pk), each.full_name) for each in similar]
        fields["name"].error_messages["required"] = _("Say who is asking.")
        begin_labels(self.fields)

    def clean_quantity(self) -> int | None:
        """A whole number; dots and commas of thousands are read as such."""
        typed = self.cleaned_data["quantity"].strip()
        if not typed:
            return None
        digits = re.sub(r"(?<=\d)[.,\s](?=\d{3}(?!\d))", "", typed)
        if not (digits.isascii() and digits.isdigit() and 0 < int(digits) <= MOST_QUANTITY):
            raise ValidationError(
                _("“%(typed)s” is no quantity. Write it in digits, for example 120."),
                params={"typed": typed},
            )
        return int(digits)

    def clean_wanted_on(self) -> dt.date | None:
        """The first day of the month."""
        chosen = self.cleaned_data["wanted_on"]
        return dt.date.fromisoformat(chosen) if chosen else None

    def clean_text(self) -> str:
        """At most 1,000 characters, without an identity number; line ends count as one."""
        text = "\n".join(self.cleaned_data["text"].splitlines()).strip()
        if len(text) > MOST_TEXT:
            raise ValidationError(
                _("The message has %(count)d characters; at most %(most)d are sent. Shorten it."),
                params={"count": len(text), "most": MOST_TEXT},
            )
        if identifiers.holds_identity(text):
            raise ValidationError(
                _("This holds 16 digits like a NIK. Take them out: the register keeps no NIK.")
            )
        return text

    def clean_name(self) -> str:
        """One line."""
        return " ".join(self.cleaned_data["name"].split())

    def clean_company(self) -> str:
        """One line."""
        return " ".join(self.cleaned_data["company"].split())

    def clean_email(self) -> str:
        """One address."""
        parsed = identifiers.parse_email(self.cleaned_data["email"])
        if parsed.problem is not None:
            raise ValidationError(message_for(parsed.problem))
        return parsed.value or ""

    def clean_phone(self) -> str:
        """An Indonesian number, or one of another country with its code."""
        typed = self.cleaned_data["phone"].strip()
        if not typed:
            return ""
        bare = re.sub(r"[\s().-]", "", typed)
        if _ABROAD.match(bare) and not bare.startswith("+62"):
            return bare
        parsed = identifiers.parse_phone(typed)
        if parsed.problem is not None or not parsed.value:
            raise ValidationError(
                _("“%(typed)s” is no phone number. Write it with its country code: +31 20 …"),
                params={"typed": typed},
            )
        return parsed.value

    def clean(self) -> dict[str, Any]:
        """One of e-mail and WhatsApp is enough, and needed."""
        typed = super().clean() or {}
        blank = not (typed.get("email") or typed.get("phone"))
        if blank and not ({"email", "phone"} & self.errors.keys()):
            self.add_error("email", _("Give an e-mail or a WhatsApp number; one is enough."))
        return typed

    def inquiry(self, language: str, site: str) -> Inquiry:
        """The row that is sent, not yet saved."""
        typed = self.cleaned_data
        names = ("quantity", "unit", "wanted_on", "text", "name", "company", "country")
        return Inquiry(
            language=language,
            site=site,
            **{name: typed[name] for name in (*names, "email", "phone")},
            commodity=typed.get("commodity"),
            regency=typed.get("regency"),
        )

    def also_to(self) -> list[Firm]:
        """The similar firms that the buyer ticked."""
        return [each for each in self.similar if str(each.pk) in self.cleaned_data["also"]]


class GeneralInquiryForm(InquiryForm):
    """A message that names no firm; an officer chooses who gets it."""

    commodity = forms.ModelChoiceField(
        Commodity.objects.all(),
        label=_("product group"),
        required=False,
        empty_label=_("not in the list"),
    )
    regency = forms.ModelChoiceField(
        Regency.objects.all(), label=_("region"), required=False, empty_label=_("any of the five")
    )
    field_order = ("commodity", "regency")


class CloseForm(forms.Form):
    """Why an inquiry is closed."""

    reason = forms.ChoiceField(
        choices=[("", "—"), *CloseReason.choices],
        error_messages={"required": _("Say why the inquiry is closed: the buyer reads it.")},
    )
    note = forms.CharField(required=False, max_length=200)


def _months(today: dt.date) -> list[tuple[str, str]]:
    """This month and those ahead, by their first day."""
    firsts = [
        dt.date(today.year + (today.month - 1 + n) // 12, (today.month - 1 + n) % 12 + 1, 1)
        for n in range(MONTHS_AHEAD)
    ]
    return [(first.isoformat(), date_format(first, "F Y")) for first in firsts]
