"""Centres: proposing one, moving it along its statuses, and the yearly figures of an office."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from registry.centre_criteria import findings_of
from registry.centre_figures import LABELS
from registry.centre_members import facts_of
from registry.centre_steps import EVIDENCE, Status, missing_evidence
from registry.models import (
    Centre,
    CentreFigure,
    CentreStep,
    CentreThreshold,
    CentreVillage,
    Village,
    VillageHouseholds,
)
from registry.models.centres import CentreStatus, Origin
from registry.services.base import save_row, writing
from registry.services.siinas import StepNotPossible


def centre_propose(
    *, centre: Centre, villages: Iterable[Village] = (), by: Any, reason: str = ""
) -> Centre:
    """Enter a centre as a proposal, which the public does not see, with its villages."""
    why = reason or _("Centre proposed")
    centre.status = Status.POTENTIAL.value
    centre.origin = Origin.OFFICE
    centre.slug = centre.slug or _free_slug(centre.name)
    with writing(by=by, reason=why):
        save_row(centre, by=by, reason=why)
        for village in villages:
            save_row(CentreVillage(centre=centre, village=village), by=by, reason=why)
    return centre


def centre_step(
    *,
    centre: Centre,
    target: str,
    by: Any,
    on: dt.date | None = None,
    seen: str = "",
    **evidence: Any,
) -> CentreStep:
    """Take one step with its evidence: the only way in which the status of a centre changes.

    `seen` is the status that the person had before them, if it should still be that. Raises
    `StepNotPossible` with a sentence that names what is missing; nothing is written then.
    """
    why = str(evidence.get("note") or _("Step of the centre"))
    with writing(by=by, reason=why):
        centre = Centre.objects.select_for_update(of=("self",)).get(pk=centre.pk)
        step = CentreStep(centre=centre, source=centre.status, target=target)
        step.on = on or timezone.localdate()
        step.recorded_by_id = by.pk
        for name, value in evidence.items():
            if name not in EVIDENCE:
                raise TypeError(f"{name} is not evidence of a step of a centre")
            setattr(step, name, value)
        _check(step, seen or centre.status)
        _take_over(step)
        save_row(centre, by=by, reason=why)
        return save_row(step, by=by, reason=why)


def centre_figure_save(*, figure: CentreFigure, by: Any, reason: str = "") -> CentreFigure:
    """Record figures of a year: from then on they are the office's word, with who wrote them."""
    if all(getattr(figure, name) is None for name in LABELS):
        raise ValidationError(_("Fill in at least one figure, or leave the year out."))
    figure.origin = Origin.OFFICE
    figure.recorded_by_id = by.pk
    return save_row(figure, by=by, reason=reason or _("Yearly figures of a centre"))


def households_save(*, row: VillageHouseholds, by: Any, reason: str = "") -> VillageHouseholds:
    """Record the households of a village in a year; a later word on the year replaces it."""
    known = VillageHouseholds.objects.filter(village=row.village_id, year=row.year).first()
    if known is not None:
        known.households, known.source = row.households, row.source
        row = known
    row.recorded_by_id = by.pk
    return save_row(row, by=by, reason=reason or _("Households of a village"))


def _check(step: CentreStep, seen: str) -> None:
    """Stop with a sentence unless the step is in the table and its evidence holds."""
    if seen != step.source:
        raise StepNotPossible(
            _("Somebody took a step meanwhile: the centre is “%(now)s” now. Look again first.")
            % {"now": CentreStatus(step.source).label}
        )
    missing = missing_evidence(step.source, step.target, {n: getattr(step, n) for n in EVIDENCE})
    if missing is None:
        raise StepNotPossible(
            _("From “%(source)s” there is no step to “%(target)s”.")
            % {
                "source": CentreStatus(step.source).label,
                "target": CentreStatus(step.target).label,
            }
        )
    if missing:
        names = [str(CentreStep._meta.get_field(name).verbose_name) for name in missing]  # type: ignore[union-attr]
        raise StepNotPossible(_("This step still needs: %(what)s.") % {"what": ", ".join(names)})
    _check_days(step)
    if step.criterion:
        _check_criterion(step)


def _check_days(step: CentreStep) -> None:
    """A step and its decree lie in the past, the steps of a centre one after the other."""
    today = timezone.localdate()
    if step.on > today or (step.decree_date and step.decree_date > today):
        raise StepNotPossible(_("A date lies in the future. Give the day on which it happened."))
    last = CentreStep.objects.filter(centre=step.centre_id).first()
    if last is not None and step.on < last.on:
        raise StepNotPossible(
            _("The step before this one was on %(day)s; give that day or a later one.")
            % {"day": f"{last.on:%d/%m/%Y}"}
        )


def _check_criterion(step: CentreStep) -> None:
    """The criterion that is named must be met, by what the register knows on this day."""
    facts = dataclasses.replace(
        facts_of(step.centre), decree_number=step.decree_number, decree_date=step.decree_date
    )
    for finding in findings_of(facts, CentreThreshold.in_force()):
        if finding.criterion == step.criterion and not finding.met:
            raise StepNotPossible(
                _("The criterion “%(criterion)s” is not met: %(why)s Choose another, or mend that.")
                % {"criterion": step.get_criterion_display(), "why": " ".join(finding.reasons)}
            )


def _take_over(step: CentreStep) -> None:
    """What the centre keeps of a step: the decree in force, and where it was first named."""
    centre = step.centre
    if step.criterion:
        centre.criterion = step.criterion
        centre.decree_number, centre.decree_date = step.decree_number, step.decree_date
    if step.target == Status.RECORDED and not centre.source:
        centre.source = step.document


def _free_slug(name: str) -> str:
    """The name as an address that no centre has yet."""
    wanted = slugify(name)[:100] or "sentra"
    taken = set(Centre.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{n}" for n in range(2, len(taken) + 3))
    return next(slug for slug in (wanted, *numbered) if slug not in taken)
