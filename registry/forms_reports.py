"""What is asked when a report is recorded: its state in SIINas, the day, a note."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.models.reporting import ReportState
from registry.validators import no_password

DATES = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]


class DayField(forms.DateField):
    """A day as the browser sends it or as people write it; what is none is named in the error."""

    def to_python(self, value: Any) -> dt.date | None:
        """The day, or a sentence with what was typed."""
        try:
            return super().to_python(value)
        except forms.ValidationError as error:
            raise forms.ValidationError(
                _("“%(value)s” is not a date. Write it like 31/07/2026."),
                code="invalid",
                params={"value": str(value)[:40]},
            ) from error


class ReportForm(forms.Form):
    """One state for one report or for many. No password is asked for."""

    state = forms.ChoiceField(choices=ReportState.choices, initial=ReportState.SUBMITTED)
    on = DayField(
        initial=timezone.localdate,
        input_formats=DATES,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    note = forms.CharField(max_length=250, required=False, validators=[no_password])

    def clean(self) -> dict[str, Any]:
        """A return says why."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("state") == ReportState.RETURNED and not cleaned.get("note"):
            self.add_error("note", _("Say why the report was returned."))
        return cleaned
