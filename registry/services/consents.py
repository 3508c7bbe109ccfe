"""Giving and withdrawing a consent. Withdrawing takes effect with the next request."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.models import Consent, ConsentText, Firm
from registry.services.base import save_row


def text_in_force(purpose: str, on: dt.date) -> ConsentText:
    """The version of the words for a purpose on a day."""
    text: ConsentText | None = (
        ConsentText.objects.filter(purpose=purpose, effective_on__lte=on)
        .order_by("-version")
        .first()
    )
    if text is None:
        raise ValidationError(
            _("There is no consent text for this purpose on %(date)s.") % {"date": on}
        )
    return text


def consent_give(
    *,
    firm: Firm,
    purpose: str,
    channel: str,
    by: Any,
    on: dt.date | None = None,
    paper: Any = None,
    reason: str = "",
) -> Consent:
    """Record that the firm agreed; the same consent given twice stays one."""
    day = on or timezone.localdate()
    existing: Consent | None = firm.consents.in_force().filter(purpose=purpose).first()
    if existing:
        return existing
    consent = Consent(
        firm=firm,
        purpose=purpose,
        text=text_in_force(purpose, max(day, timezone.localdate())),
        given_on=day,
        channel=channel,
        recorded_by_id=by.pk,
        paper=paper or "",
    )
    return save_row(consent, by=by, reason=reason or _("Consent given"))


def consent_withdraw(
    *, consent: Consent, by: Any, on: dt.date | None = None, reason: str = ""
) -> Consent:
    """Record that the firm withdrew; withdrawing twice changes nothing."""
    if consent.withdrawn_on is None:
        consent.withdrawn_on = on or timezone.localdate()
        save_row(consent, by=by, reason=reason or _("Consent withdrawn"))
    return consent
