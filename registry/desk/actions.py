"""What is done with many firms at once, each with the form that asks for the rest.

Rule: an action is one line here; its page names the firms and the effect before anything is done.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.forms_desk import ConfirmForm, ContactForm, FollowForm, SignedListForm
from registry.services import many


@dataclass(frozen=True)
class ManyAction:
    """Something that is done with each of many firms."""

    key: str
    label: Promise
    effect: Promise
    form: type[forms.Form]
    do: Callable[..., many.Tally]


ACTIONS = {
    action.key: action
    for action in (
        ManyAction(
            "kontak",
            _("Log a contact"),
            _("Each firm gets one entry in its contact log, by your name."),
            ContactForm,
            many.contacts_log,
        ),
        ManyAction(
            "izin",
            _("Record consents from a signed list"),
            _(
                "Each firm consents to the one purpose that you choose, in the words that stood on "
                "the list. What it allows is shown to the public at once."
            ),
            SignedListForm,
            many.consents_give,
        ),
        ManyAction(
            "konfirmasi",
            _("Confirm the data"),
            _("The data of each firm count as confirmed on that day, as they stand now."),
            ConfirmForm,
            many.firms_confirm,
        ),
        ManyAction(
            "siinas",
            _("Follow SIINas accounts"),
            _(
                "The main site of each firm gets an account to follow, in the state “not yet "
                "registered in SIINas”. Sites that have one stay as they are."
            ),
            FollowForm,
            many.accounts_follow,
        ),
    )
}
# What is printed or taken along, by the name of its address.
PAPERS: dict[str, tuple[Promise, str]] = {
    "kunjungan": (_("Print a visit list"), "registry:desk-visits"),
    "formulir": (_("Print consent forms"), "registry:desk-forms"),
    "xlsx": (_("Download as .xlsx"), "registry:desk-xlsx"),
}
