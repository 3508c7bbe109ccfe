"""What people type about firms: mended where one thing can be meant, else refused with why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from registry import identifiers
from registry.messages import message_for
from registry.models import Consent, Firm, ProductionSite, Regency, SiinasAccount
from registry.models.consents import ObjectionWay
from registry.models.firms import SeenDocument
from registry.models.siinas import SiinasSection, SiinasState
from registry.publicity import shown
from registry.services.consents import text_in_force
from registry.services.firms import nib_taken_message
from registry.services.siinas import EVIDENCE, way_of
from registry.siinas import can_follow
from registry.validators import NO_PASSWORD, no_password


def mark_fields(fields: dict[str, Any], model_name: str) -> None:
    """Say beside the label of every field of a model how far the public sees it."""
    begin_labels(fields)
    for name, field in fields.items():
        seen = shown(model_name, name).label
        field.label = format_html('{} <span class="tampil">{}</span>', field.label, seen)


def begin_labels(fields: dict[str, Any]) -> None:
    """Labels begin with a capital and end without a colon."""
    for name, field in fields.items():
        field.label = capfirst(str(field.label or name))
        field.label_suffix = ""


class PlaceMixin:
    """Takes district and regency from the village, so that one choice says all three."""

    def clean(self) -> Any:
        """Fill the upper levels from the deepest that was chosen."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data  # type: ignore[misc,attr-defined]
        village, district = cleaned.get("village"), cleaned.get("district")
        if village and not district:
            cleaned["district"] = district = village.district
        if district and not cleaned.get("regency"):
            cleaned["regency"] = district.regency
        if not cleaned.get("regency") and "regency" in self.fields:  # type: ignore[attr-defined]
            self.add_error("regency", _("Choose the regency, or a village in it."))  # type: ignore[attr-defined]
        return cleaned


class FirmForm(PlaceMixin, forms.ModelForm):
    """A firm as staff type it."""

    request: HttpRequest

    nib = forms.CharField(
        label=_("NIB"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 20}),
        help_text=_("13 digits; spaces and dots are taken out."),
    )
    npwp = forms.CharField(
        label=_("NPWP"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 24}),
        help_text=_(
            "15 digits, or 16 that begin with 0. A personal 16-digit NPWP is a NIK and is not kept."
        ),
    )
    phone = forms.CharField(
        label=_("phone"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
        help_text=_("For example 0812 3456 7890."),
    )
    whatsapp = forms.CharField(
        label=_("WhatsApp"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
        help_text=_("Only when it differs from the phone."),
    )
    website = forms.URLField(label=_("website"), required=False, assume_scheme="https")
    change_reason = forms.CharField(
        label=_("reason for this change"),
        required=False,
        max_length=200,
        help_text=_("Stands in the history of the firm."),
    )

    class Meta:
        model = Firm
        exclude = ["closed_on", "closed_reason", "is_sample"]  # noqa: DJ006 - the admin lists them
        widgets = {"notes": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        begin_labels(self.fields)
        if "notes" in self.fields:
            self.fields["notes"].help_text = NO_PASSWORD
        own = {name: field for name, field in self.fields.items() if name != "change_reason"}
        mark_fields(own, "firm")
        if "regency" in self.fields:
            self.fields["regency"].required = False
            choices = Regency.objects.in_reach(self.request.user, "change")
            self.fields["regency"].queryset = choices  # type: ignore[attr-defined]
            if len(choices) == 1 and self.instance._state.adding:
                self.initial["regency"] = choices[0]

    def clean_nib(self) -> str | None:
        """13 digits that no other firm has."""
        nib = self._normalised("nib", identifiers.parse_nib)
        if nib and (taken := nib_taken_message(nib, self.request.user, self.instance.pk)):
            raise ValidationError(taken)
        return nib or None

    def clean_notes(self) -> str:
        """Without a password; a note of before that is not touched keeps no one from saving."""
        notes = str(self.cleaned_data.get("notes") or "")
        if "notes" in self.changed_data:
            no_password(notes)
        return notes

    def clean_npwp(self) -> str:
        """15 digits, or 16 that are not a person's."""
        return self._normalised("npwp", identifiers.parse_npwp)

    def clean(self) -> Any:
        """A point inside the area; two that were swapped are put right."""
        cleaned = super().clean()
        if not {"latitude", "longitude"} <= cleaned.keys():
            return cleaned
        parsed = identifiers.parse_coordinates(cleaned["latitude"], cleaned["longitude"])
        if parsed.value is not None:
            cleaned["latitude"], cleaned["longitude"] = (
                parsed.value.latitude,
                parsed.value.longitude,
            )
        elif parsed.problem is not None:
            self.add_error("latitude", message_for(parsed.problem))
        return cleaned

    def clean_phone(self) -> str:
        """An Indonesian number as +62…"""
        return self._normalised("phone", identifiers.parse_phone)

    def clean_whatsapp(self) -> str:
        """The same."""
        return self._normalised("whatsapp", identifiers.parse_phone)

    def _normalised(self, name: str, parse: Any) -> str:
        parsed = parse(self.cleaned_data.get(name) or "")
        if parsed.problem is not None and parsed.value is None:
            raise ValidationError(message_for(parsed.problem))
        return parsed.value or ""


class SiteForm(PlaceMixin, forms.ModelForm):
    """A production site."""

    class Meta:
        model = ProductionSite
        fields = ["is_main", "regency", "district", "village", "address", "centre"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "regency" in self.fields:
            self.fields["regency"].required = False


class CertificateForm(forms.ModelForm):
    """A certificate; a regulation that is not on the list any more stays what it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields.get("regulation")
        held = self.instance.regulation
        if field is not None and held not in dict(field.choices):
            field.choices = [*field.choices, (held, self.instance.get_regulation_display())]


class StepForm(forms.Form):
    """What is asked on a page of its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        begin_labels(self.fields)


class ConsentForm(forms.ModelForm):
    """A consent as it stands on paper: which words, given when, and withdrawn when."""

    class Meta:
        model = Consent
        fields = ["purpose", "channel", "given_on", "withdrawn_on", "paper", "text"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        text: Any = self.fields["text"]
        text.label_from_instance = _version_since
        if self.instance._state.adding:
            text.required, text.empty_label = False, _("the one in force on the day of giving")
        else:  # another purpose, or other words, are another consent
            self.fields["purpose"].disabled = text.disabled = True

    def clean(self) -> Any:
        """Words that were not chosen are those in force on the day of giving."""
        cleaned = super().clean() or self.cleaned_data
        purpose, day = cleaned.get("purpose"), cleaned.get("given_on")
        if purpose and day and not cleaned.get("text") and "text" not in self.errors:
            try:
                cleaned["text"] = text_in_force(purpose, min(day, timezone.localdate()))
            except ValidationError as error:
                self.add_error("given_on", error)
        return cleaned


def _version_since(text: Any) -> str:
    return _("%(text)s, since %(day)s") % {
        "text": text,
        "day": date_format(text.effective_on, "j M Y"),
    }


class ObjectionForm(StepForm):
    """How, when and, if it said so, why a firm asked not to be shown."""

    way = forms.ChoiceField(label=_("How the firm said it"), choices=ObjectionWay.choices[:-1])
    on = forms.DateField(label=_("Said on"), initial=timezone.localdate)
    reason = forms.CharField(
        label=_("Reason, as far as it gave one"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"size": 60}),
    )


class CloseForm(StepForm):
    """Why and when a firm is closed."""

    reason = forms.CharField(
        label=_("reason for closing"),
        max_length=200,
        widget=forms.TextInput(attrs={"size": 60}),
        help_text=_("For example: the owner retired, the firm moved out of the region."),
    )
    on = forms.DateField(label=_("closed on"), initial=timezone.localdate)


class VerifyForm(StepForm):
    """Which document was seen, and when."""

    document = forms.ChoiceField(label=_("document seen"), choices=SeenDocument.choices)
    on = forms.DateField(label=_("seen on"), initial=timezone.localdate)
    reason = forms.CharField(
        label=_("note"), max_length=200, required=False, widget=forms.TextInput(attrs={"size": 60})
    )


class ReasonForm(StepForm):
    """Why something is done."""

    reason = forms.CharField(
        label=_("reason"), max_length=200, widget=forms.TextInput(attrs={"size": 60})
    )


def way_label(account: SiinasAccount, target: str) -> str:
    """A state to go on to; the same one again means that its evidence is corrected."""
    label = str(SiinasState(target).label)
    if target != account.state:
        return label
    return _("Stay at “%(state)s”, correct the evidence") % {"state": label}


class SiinasStepForm(StepForm):
    """A step of a SIINas account with its evidence. No password is asked for."""

    target = forms.ChoiceField(label=_("next state"))
    on = forms.DateField(label=_("date of the step"), initial=timezone.localdate)
    note = forms.CharField(
        label=_("note"),
        max_length=250,
        required=False,
        validators=[no_password],
        help_text=NO_PASSWORD,
    )
    registered_on = forms.DateField(
        label=_("registered on"),
        required=False,
        help_text=_("A new registration begins on the date of the step, unless you change this."),
    )
    issued_on = forms.DateField(label=_("account issued on"), required=False)
    nib_email_works = forms.NullBooleanField(label=_("the e-mail on the NIB works"), required=False)
    sections = forms.MultipleChoiceField(
        label=_("profile sections filled"),
        choices=SiinasSection.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The proof of ownership comes when all eight are filled."),
    )
    evidence_number = forms.CharField(label=_("number of the proof"), max_length=60, required=False)
    evidence_year = forms.IntegerField(
        label=_("year of the proof"), min_value=2000, max_value=2100, required=False
    )
    evidence_file = forms.FileField(label=_("proof of ownership (file)"), required=False)
    blocker = forms.ChoiceField(label=_("what blocks"), required=False)
    ticket = forms.CharField(
        label=_("helpdesk ticket"),
        max_length=40,
        required=False,
        validators=[no_password],
        help_text=_(
            "The number that the SIINas helpdesk gave. Passwords of SIINas are never kept here."
        ),
    )

    def __init__(self, account: SiinasAccount, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"].choices = [  # type: ignore[attr-defined]
            ("", _("choose")),
            *((s.value, way_label(account, s.value)) for s in can_follow(way_of(account))),
        ]
        blockers = SiinasAccount._meta.get_field("blocker").choices
        self.fields["blocker"].choices = [("", "—"), *(blockers or [])]  # type: ignore[attr-defined]
        for name in EVIDENCE:
            self.initial.setdefault(name, getattr(account, name))
        self.initial["sections"] = account.sections or []
        self.initial["evidence_file"] = None

    @property
    def told(self) -> dict[str, Any]:
        """The step with the evidence that was changed here; what was left as it is, stays."""
        cleaned = self.cleaned_data
        changed = {name: cleaned[name] for name in EVIDENCE if name in self.changed_data}
        return {name: cleaned[name] for name in ("target", "on", "note")} | changed

    def clean_evidence_file(self) -> Any:
        """Only documents, and not too large."""
        file = self.cleaned_data["evidence_file"]
        if file:
            SiinasAccount._meta.get_field("evidence_file").run_validators(file)
        return file
