"""What the desk asks: how a contact went."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.models.contacts import ContactChannel, ContactOutcome
from registry.services.contacts import check_days

DAY = {"inputmode": "numeric", "autocomplete": "off"}


class ContactForm(forms.Form):
    """One contact, with one firm or with each of many."""

    on = forms.DateField(label=_("Day"), initial=timezone.localdate)
    channel = forms.ChoiceField(label=_("Channel"), choices=ContactChannel.choices)
    outcome = forms.ChoiceField(label=_("Outcome"), choices=ContactOutcome.choices)
    note = forms.CharField(
        label=_("Note"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    next_on = forms.DateField(label=_("Contact again on"), required=False)

    def clean(self) -> Any:
        """A talk has been, and the next one comes after it."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("on"):
            check_days(cleaned["on"], cleaned.get("next_on"))
        return cleaned
