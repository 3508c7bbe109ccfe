"""Giving and withdrawing a consent. Withdrawing takes effect with the next request.

Rule: a consent is to the words that stood on the paper: those in force on the day of giving unless
another version is named. A withdrawal stands against every consent given before it.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from registry.models import Consent, ConsentText, Firm
from registry.models.consents import Purpose
from registry.services.base import save_row, writing
from registry.services.objections import lift_by_consent


def text_in_force(purpose: str, on: dt.date) -> ConsentText:
    """The version of the words for a purpose on a day."""
    texts = ConsentText.objects.filter(purpose=purpose)
    text: ConsentText | None = texts.filter(effective_on__lte=on).order_by("-version").first()
    if text is None:
        first = texts.order_by("effective_on").first()
        since = date_format(first.effective_on, "j M Y") if first else _("not provided")
        raise ValidationError(
            _(
                "There is no consent text for this purpose on %(date)s; the first holds since "
                "%(since)s. Let the firm sign the words of today."
            )
            % {"date": date_format(on, "j M Y"), "since": since}
        )
    return text


def consent_give(
    *,
    firm: Firm,
    purpose: str,
    channel: str,
    by: Any,
    on: dt.date | None = None,
    text: ConsentText | None = None,
    withdrawn_on: dt.date | None = None,
    paper: Any = None,
    reason: str = "",
) -> Consent:
    """Record that the firm agreed; the same consent given twice stays one.

    With `withdrawn_on` the paper tells both: what is recorded was never in force from here on.
    """
    day = on or timezone.localdate()
    existing: Consent | None = firm.consents.in_force().filter(purpose=purpose).first()
    if existing and withdrawn_on is None:
        return existing
    if existing and withdrawn_on and existing.given_on <= withdrawn_on:
        return consent_withdraw(consent=existing, by=by, on=withdrawn_on, reason=reason)
    if withdrawn_on is None:
        _check_not_withdrawn_later(firm, purpose, day)
    consent = Consent(
        firm=firm,
        purpose=purpose,
        text=text or text_in_force(purpose, day),
        given_on=day,
        withdrawn_on=withdrawn_on,
        channel=channel,
        recorded_by_id=by.pk,
        paper=paper or "",
    )
    why = reason or _("Consent given")
    with writing(by=by, reason=why):
        if purpose == Purpose.CATALOGUE and withdrawn_on is None:
            lift_by_consent(firm=firm, on=day, by=by)
        return save_row(consent, by=by, reason=why)


def consent_withdraw(
    *, consent: Consent, by: Any, on: dt.date | None = None, reason: str = ""
) -> Consent:
    """Record that the firm withdrew; withdrawing twice changes nothing."""
    if consent.withdrawn_on is None:
        consent.withdrawn_on = on or timezone.localdate()
        save_row(consent, by=by, reason=reason or _("Consent withdrawn"))
    return consent


def _check_not_withdrawn_later(firm: Firm, purpose: str, day: dt.date) -> None:
    """An older paper does not undo a withdrawal that came after it."""
    later = firm.consents.filter(purpose=purpose, withdrawn_on__gt=day).order_by("-withdrawn_on")
    if withdrawn := later.first():
        raise ValidationError(
            _(
                "The firm withdrew this consent on %(withdrawn)s, so a paper of %(given)s no "
                "longer holds. Give the day of the withdrawal with it, or ask the firm again."
            )
            % {
                "withdrawn": date_format(withdrawn.withdrawn_on, "j M Y"),
                "given": date_format(day, "j M Y"),
            }
        )
