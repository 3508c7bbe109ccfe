"""What the wizard asks: which file of what, what its columns mean, why an intake is undone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import policy
from registry.intake.reading import MAX_BYTES
from registry.models import Regency
from registry.models.intake import RowKind

# The kinds of rows that are taken in.
TAKEN = tuple(RowKind)
ACCEPTED = ".xlsx,.xlsm,.xls,.ods,.csv,.tsv,.txt"


class SheetFileField(forms.FileField):
    """A spreadsheet, not larger than the register reads."""

    default_error_messages = {
        "required": _("Choose a file first."),
        "missing": _("Choose a file first."),
        "empty": _("The file is empty: it has 0 bytes. Save it again, then upload that."),
    }
    widget = forms.FileInput(attrs={"accept": ACCEPTED})

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Refuse by size before a byte is read."""
        file = super().clean(data, initial)
        if file and file.size > MAX_BYTES:
            raise forms.ValidationError(
                _(
                    "The file has %(size)s MB; at most 20 MB are read. Split it by district or by "
                    "year and upload the parts."
                )
                % {"size": round(file.size / 1024 / 1024)}
            )
        return file


class UploadForm(forms.Form):
    """Kind of rows, region where there is a choice, file."""

    kind = forms.ChoiceField(choices=[(kind.value, kind.label) for kind in TAKEN])
    regency = forms.ChoiceField(required=False)
    file = SheetFileField()

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regencies = Regency.objects.in_reach(user, policy.Action.ADD, "registry.intakebatch")
        if len(regencies) > 1:
            self.fields["regency"].choices = [  # type: ignore[attr-defined]
                ("", _("The sheet names it in each row")),
                *((r.pk, r.name) for r in regencies),
            ]
        else:
            del self.fields["regency"]


class MendedForm(forms.Form):
    """The error workbook, mended."""

    file = SheetFileField()


class UndoForm(forms.Form):
    """Why an intake is undone, and whether rows changed since go back too."""

    reason = forms.CharField(max_length=200)
    confirmed = forms.BooleanField(required=False)
