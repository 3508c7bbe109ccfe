"""A firm's wish not to be shown, and its end.

Rule: it beats the office's decision on bodies from the next request on, and ends a consent to the
catalogue that was given before it. It ends when the firm takes it back, or agrees to the catalogue.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from registry.models import Firm, Objection
from registry.models.consents import Purpose
from registry.services.base import save_row, writing


def objection_record(
    *, firm: Firm, way: str, by: Any, on: dt.date | None = None, reason: str = ""
) -> Objection:
    """Record that the firm asked not to be shown; asking twice stays one."""
    day = on or timezone.localdate()
    existing: Objection | None = firm.objections.in_force().first()
    if existing:
        return existing
    consent = firm.consents.in_force().filter(purpose=Purpose.CATALOGUE).first()
    if consent and consent.given_on > day:
        raise ValidationError(
            _(
                "The firm agreed to be shown on %(given)s, after %(day)s. Ask it again, then give "
                "the day of its answer."
            )
            % {"given": date_format(consent.given_on, "j M Y"), "day": date_format(day, "j M Y")}
        )
    objection = Objection(firm=firm, said_on=day, way=way, reason=reason, recorded_by_id=by.pk)
    why = reason or _("The firm asked not to be shown")
    with writing(by=by, reason=why):
        if consent:
            consent.withdrawn_on = day
            save_row(consent, by=by, reason=why)
        return save_row(objection, by=by, reason=why)


def objection_lift(
    *, firm: Firm, by: Any, on: dt.date | None = None, reason: str = ""
) -> Objection | None:
    """Record that the firm took it back; nothing happens where nothing is in force."""
    objection: Objection | None = firm.objections.in_force().first()
    if objection is None:
        return None
    objection.lifted_on = on or timezone.localdate()
    why = reason or _("The firm may be shown again")
    return save_row(objection, by=by, reason=why)


def lift_by_consent(*, firm: Firm, on: dt.date, by: Any) -> None:
    """Agreeing to the catalogue takes the wish back, unless the wish came later."""
    objection = firm.objections.in_force().first()
    if objection is None:
        return
    if objection.said_on > on:
        raise ValidationError(
            _(
                "The firm asked on %(said)s not to be shown, so a consent of %(given)s no longer "
                "holds. Ask the firm again."
            )
            % {
                "said": date_format(objection.said_on, "j M Y"),
                "given": date_format(on, "j M Y"),
            }
        )
    objection_lift(firm=firm, by=by, on=on, reason=_("The firm agreed to the catalogue"))
