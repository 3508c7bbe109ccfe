"""Bringing an earlier state of a row back: a change like any other, checked and recorded."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from registry.models import (
    AnnualProfile,
    Centre,
    CentreFigure,
    CentreVillage,
    Certificate,
    Facilitation,
    Firm,
    FirmActivity,
    Owner,
    Partnership,
    ProductionSite,
    TkdnAnswers,
)
from registry.services.base import save_row
from registry.services.firms import firm_save

# SIINas accounts move by their own steps, and a consent is the firm's word: neither is set back.
RESTORABLE = frozenset(
    {
        Firm, Owner, FirmActivity, AnnualProfile, Certificate, ProductionSite, Partnership,
        Facilitation, TkdnAnswers,
        Centre, CentreVillage, CentreFigure,
    }
)  # fmt: skip
_KEPT = frozenset({"created_at", "updated_at", "is_sample", "merged_into"})
# What moves by steps alone, and stays as it is when another state comes back.
_BY_STEPS: dict[type[models.Model], frozenset[str]] = {
    Centre: frozenset({"status", "criterion", "decree_number", "decree_date"})
}


def row_restore(
    *, model: type[models.Model], event: Any, by: Any, reason: str = ""
) -> models.Model:
    """Give the row the state that the event holds; a row that was taken away comes back.

    Raises `ValidationError` when what was free then is taken now, and `NotAllowed`.
    """
    if model not in RESTORABLE:
        raise ValidationError(
            _("%(thing)s can't be brought back from the history; record a new step instead.")
            % {"thing": model._meta.verbose_name}
        )
    row = model._base_manager.filter(pk=event.pgh_obj_id).first() or model(pk=event.pgh_obj_id)
    kept = _KEPT | _BY_STEPS.get(model, frozenset())
    for field in model._meta.concrete_fields:
        if not field.primary_key and field.name not in kept and hasattr(event, field.attname):
            setattr(row, field.attname, getattr(event, field.attname))
    when = date_format(localtime(event.pgh_created_at), "j M Y, H.i")
    why = (reason or _("State of %(when)s brought back") % {"when": when})[:200]
    if isinstance(row, Firm):
        return firm_save(row, by=by, reason=why)
    return save_row(row, by=by, reason=why)
