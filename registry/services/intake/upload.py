"""A file comes in: read, freed of identity numbers, kept until its rows are settled."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts import policy
from registry.identifiers.identity import mask_identity
from registry.intake import lookups, remembering
from registry.intake.reading import read_sheets
from registry.intake.sheets import described, proposed, survey
from registry.intake.store import pack
from registry.models import IntakeBatch, IntakeFile, Regency
from registry.models.intake import BatchState
from registry.services.base import NotAllowed, require, writing

KIND = "registry.intakebatch"


def intake_upload(
    *, name: str, content: bytes, kind: str = "firms", regency: str = "", by: Any
) -> IntakeBatch:
    """Take a file in. Raises `reading.Refused` with the reason where it can't be taken."""
    if not policy.may_kind(by, policy.Action.ADD, KIND):
        raise NotAllowed(_("You may not take in sheets: your role only reads."))
    batch = IntakeBatch(
        file_name=mask_identity(name)[-200:],
        sha256=hashlib.sha256(content).hexdigest(),
        kind=kind,
        state=BatchState.COLUMNS,
        regency_id=regency_for(by, regency),
        taken_by_id=by.pk,
    )
    require(by, policy.Action.ADD, batch)
    sheets = read_sheets(content)
    found = survey(sheets, kind, lookups.reference())
    chosen = proposed(found, kind)
    batch.sheet = (chosen.sheet.name or "")[:100]
    batch.table = described(found, chosen)
    batch.options = {"regency": batch.regency_id or ""}
    with writing(by=by, reason=(_("Upload of %(file)s") % {"file": name})[:200]):
        remembering.apply(batch)
        batch.save()
        IntakeFile.objects.create(batch=batch, content=pack(sheets))
    return batch


def regency_for(by: Any, regency: str) -> str | None:
    """The person's only regency, else the one that was named, if it is in the person's scope."""
    scope = policy.scope_of(by, policy.Action.ADD, KIND)
    if not scope.everywhere and len(scope.regencies) == 1 and not regency:
        return next(iter(scope.regencies))
    if not regency:
        return None
    if not Regency.objects.filter(code=regency).exists():
        raise ValidationError(_("%(code)s is no region code here.") % {"code": regency})
    if regency not in scope:
        raise NotAllowed(_("You may only take in sheets of your own region."))
    return regency


def earlier_intakes(batch: IntakeBatch, by: Any = None) -> list[IntakeBatch]:
    """Earlier intakes of the very same file, newest first; with `by`, those the person may see."""
    every = (
        IntakeBatch.objects.visible_to(by)
        if by
        else IntakeBatch.objects.filter(regency=batch.regency_id)
    )
    same = every.filter(sha256=batch.sha256, pk__lt=batch.pk)
    return list(same.exclude(state=BatchState.DISCARDED).order_by("-pk")[:10])
