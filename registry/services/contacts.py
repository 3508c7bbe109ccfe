"""Logging contacts with firms. An entry is never changed: what turns out otherwise is a new one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from registry.models import Contact, Firm
from registry.services.base import save_row
from registry.validators import no_password


def contact_log(
    *,
    firm: Firm,
    channel: str,
    outcome: str,
    by: Any,
    on: dt.date | None = None,
    note: str = "",
    next_on: dt.date | None = None,
    reason: str = "",
) -> Contact:
    """Record that somebody of the office reached for the firm, and what came of it."""
    contact = Contact(
        firm=firm,
        on=on or timezone.localdate(),
        channel=channel,
        outcome=outcome,
        note=note,
        next_on=next_on,
        recorded_by_id=by.pk,
    )
    check_days(contact.on, next_on)
    no_password(note)
    return save_row(contact, by=by, reason=reason or _("Contact logged"))


def check_days(on: dt.date, next_on: dt.date | None) -> None:
    """A talk has been, and the next one comes after it."""
    if on > timezone.localdate():
        raise ValidationError(
            {
                "on": _(
                    "%(date)s has not come yet. Give the day on which you reached for the firm."
                )
                % {"date": date_format(on, "j M Y")}
            }
        )
    if next_on and next_on < on:
        raise ValidationError(
            {
                "next_on": _("%(next)s lies before the contact on %(date)s. Give a later day.")
                % {"next": date_format(next_on, "j M Y"), "date": date_format(on, "j M Y")}
            }
        )
