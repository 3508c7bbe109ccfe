"""What people type about centres: a proposal, a step with its evidence, figures of a year."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.centre_figures import LABELS
from registry.centre_steps import EVIDENCE, Step
from registry.forms import begin_labels
from registry.models import Centre, CentreFigure, CentreStep, Village, VillageHouseholds

_DAY = _("For example 14/01/2026.")
_HINTS = {
    "document": _("Letter, minutes, survey or news: what it is, of whom, of when."),
    "criterion": _("The one that is met; a decree meets it by itself."),
    "decree_number": _("As it stands on the decree."),
    "decree_date": _DAY,
    "note": _("Why; stands in the history of the centre."),
}


class _VillagesOfOneDistrict(forms.ModelMultipleChoiceField):
    """Villages to tick; their district stands above the form."""

    def label_from_instance(self, obj: Any) -> str:
        """The name alone."""
        return str(obj.name)


class ProposalForm(forms.ModelForm):
    """A place that may become a centre, with its villages in one district."""

    field_order = ("name", "commodity", "villages", "source", "note")
    villages = _VillagesOfOneDistrict(
        label=_("villages"),
        queryset=Village.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Centre
        fields = ["name", "commodity", "source", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "name": _("With what it makes and where, for example “Sentra Batik Trusmi”."),
            "source": _("Who says so: survey of the office, letter of the village, news."),
            "note": _("Shown in public beside the reported figures."),
        }

    def __init__(self, villages: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        begin_labels(self.fields)
        self.fields["villages"].queryset = villages  # type: ignore[attr-defined]
        self.fields["source"].required = True

    def clean_villages(self) -> Any:
        """At least one: firms are proposed by the villages of a centre."""
        if not (villages := self.cleaned_data["villages"]):
            raise ValidationError(_("Tick the village, or the villages, of the centre."))
        return villages


class StepForm(forms.Form):
    """One step with the evidence that it needs; the note may always be written."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, step: Step, kept: dict[str, Any], data: Any = None) -> None:
        """`kept` is what the centre knows of its decree already."""
        begin = {"on": timezone.localdate(), "seen": step.source.value, **kept}
        super().__init__(data, initial=begin)
        asked = ["on", *(name for name in EVIDENCE if name in (*step.evidence, "note"))]
        for name, field in forms.fields_for_model(CentreStep, asked).items():
            field.required = name in ("on", *step.evidence)
            field.help_text = _HINTS.get(name, _DAY)
            self.fields[name] = field
        begin_labels(self.fields)


class FigureForm(forms.ModelForm):
    """What the office reports of a year; what is not known stays empty."""

    class Meta:
        model = CentreFigure
        fields = ["year", *LABELS, "source"]
        localized_fields = list(LABELS)
        help_texts = {
            "source": _(
                "Where the figures come from, for example “survey of the office, May 2026”."
            )
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        begin_labels(self.fields)
        for name in LABELS:
            self.fields[name].label = str(LABELS[name])
            self.fields[name].help_text = ""
            self.fields[name].widget.attrs["inputmode"] = "numeric"

    def clean_year(self) -> int:
        """A year that has begun."""
        year = int(self.cleaned_data["year"])
        if year > timezone.localdate().year:
            raise ValidationError(_("The year lies in the future."))
        return year


class HouseholdsForm(forms.ModelForm):
    """The households of one village of a centre."""

    class Meta:
        model = VillageHouseholds
        fields = ["village", "year", "households", "source"]
        localized_fields = ["households"]
        help_texts = {"source": _("For example “BPS, Kecamatan Weru Dalam Angka 2025”.")}

    def __init__(self, villages: Iterable[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        begin_labels(self.fields)
        rows = Village.objects.filter(pk__in=list(villages)).select_related("district__regency")
        self.fields["village"].queryset = rows  # type: ignore[attr-defined]
        self.fields["village"].empty_label = None  # type: ignore[attr-defined]

    def clean_year(self) -> int:
        """A year that has begun."""
        year = int(self.cleaned_data["year"])
        if year > timezone.localdate().year:
            raise ValidationError(_("The year lies in the future."))
        return year

    def validate_unique(self) -> None:
        """A year that stands already is written anew by the service."""

    def validate_constraints(self) -> None:
        """The same."""


class WhyForm(forms.Form):
    """A reason for something that is done with many at once."""

    reason = forms.CharField(label=_("reason"), max_length=200, required=False)

    def __init__(self, *args: Any, needed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = needed
        begin_labels(self.fields)
