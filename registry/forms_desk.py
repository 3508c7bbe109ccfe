"""What the desk asks: how a contact went, what was signed, how data were confirmed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.models import Consent, ConsentText
from registry.models.contacts import ContactChannel, ContactOutcome
from registry.models.firms import REVIEWING, Confirmation
from registry.services.contacts import check_days
from registry.validators import NO_PASSWORD, no_password

DAY = {"inputmode": "numeric", "autocomplete": "off"}


class ContactForm(forms.Form):
    """One contact, with one firm or with each of many."""

    on = forms.DateField(label=_("Day"), initial=timezone.localdate)
    channel = forms.ChoiceField(label=_("Channel"), choices=ContactChannel.choices)
    outcome = forms.ChoiceField(label=_("Outcome"), choices=ContactOutcome.choices)
    note = forms.CharField(
        label=_("Note"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[no_password],
        help_text=NO_PASSWORD,
    )
    next_on = forms.DateField(label=_("Contact again on"), required=False)

    def clean(self) -> Any:
        """A talk has been, and the next one comes after it."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("on"):
            check_days(cleaned["on"], cleaned.get("next_on"))
        return cleaned


class SignedListForm(forms.Form):
    """What the firms of a list signed, when, and the scan of it."""

    text = forms.ModelChoiceField(
        label=_("What was signed, in which version"),
        queryset=ConsentText.objects.order_by("purpose", "-version"),
        empty_label=None,
    )
    on = forms.DateField(label=_("Day of the signatures"), initial=timezone.localdate)
    paper = forms.FileField(label=_("Scan of the signed list"))

    def clean_paper(self) -> Any:
        """Only documents, and not too large."""
        file = self.cleaned_data["paper"]
        Consent._meta.get_field("paper").run_validators(file)
        return file


class ConfirmForm(forms.Form):
    """When and how the data were confirmed."""

    on = forms.DateField(label=_("Confirmed on"), initial=timezone.localdate)
    how = forms.ChoiceField(
        label=_("Confirmed how"),
        choices=[each for each in Confirmation.choices if each[0] in REVIEWING],
    )


class FollowForm(forms.Form):
    """Nothing more to ask."""
