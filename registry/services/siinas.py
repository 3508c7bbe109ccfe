"""Moving a SIINas account along its ladder: the only way its state changes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from registry.models import ProductionSite, SiinasAccount, SiinasStep
from registry.models.siinas import SiinasState
from registry.services.base import save_row, writing
from registry.siinas import (
    SECTIONS,
    State,
    begins_anew,
    can_follow,
    missing_evidence,
)
from registry.validators import no_password
from registry.versions import account_version


class StepNotPossible(ValidationError):
    """The ladder has no such step, or evidence for it is missing."""


class SteppedMeanwhile(StepNotPossible):
    """Somebody else recorded something between look and save."""


def siinas_open(*, site: ProductionSite, by: Any, reason: str = "") -> SiinasAccount:
    """Start following the account of a site; done twice it changes nothing."""
    existing: SiinasAccount | None = SiinasAccount.objects.filter(site=site).first()
    if existing:
        return existing
    return save_row(
        SiinasAccount(site=site), by=by, reason=reason or _("Account followed from now on")
    )


def siinas_step(
    *,
    account: SiinasAccount,
    target: str,
    by: Any,
    on: dt.date | None = None,
    note: str = "",
    seen: str = "",
    **evidence: Any,
) -> SiinasStep:
    """Take one step, with its evidence (`registered_on`, `sections`, `evidence_number` …).

    Evidence that is not given stays as it is. `seen` is the version of the account that the person
    had before them, if it should still be that. Raises `StepNotPossible` with a sentence that names
    what is wrong or missing; nothing is written then.
    """
    day = on or timezone.localdate()
    with writing(by=by, reason=note or _("SIINas step")):
        account = SiinasAccount.objects.select_for_update(of=("self",)).get(pk=account.pk)
        if seen and seen != account_version(account):
            raise SteppedMeanwhile(
                _("Somebody recorded something of this account meanwhile: look at it, then save.")
            )
        _check_order(account, day)
        step = advance(account, target, on=day, note=note, **evidence)
        step.recorded_by_id = by.pk
        save_row(account, by=by, reason=note or _("SIINas step"))
        return save_row(step, by=by, reason=note or _("SIINas step"))


def advance(
    account: SiinasAccount, target: str, *, on: dt.date, note: str = "", **evidence: Any
) -> SiinasStep:
    """Set an account to its next state; the step that tells of it, neither of them saved.

    Raises `StepNotPossible` with a sentence that names what is missing.
    """
    for text in (note, str(evidence.get("ticket") or "")):
        no_password(text)
    source = account.state
    if source == State.BLOCKED and target not in can_follow(way_of(account)):
        raise StepNotPossible(
            _(
                "A blocked account goes on where it stood; this one had not come so far that "
                "“%(target)s” could follow. Choose one of the steps listed."
            )
            % {"target": SiinasState(target).label}
        )
    if begins_anew(source, target):
        _start_again(account)
    told = {**_dated(account, target, on), **evidence}
    _check_days(on, told)
    _set_evidence(account, told)
    missing = missing_evidence(source, target, {**_evidence_of(account), "note": note})
    if missing is None:
        raise StepNotPossible(
            _("From “%(source)s” there is no step to “%(target)s”.")
            % {"source": SiinasState(source).label, "target": SiinasState(target).label}
        )
    if missing:
        raise StepNotPossible(
            _("This step still needs: %(what)s.") % {"what": ", ".join(evidence_labels(missing))}
        )
    account.state = target
    if target != State.BLOCKED.value:
        account.blocker = ""
        if source == State.BLOCKED.value:
            account.ticket = evidence.get("ticket") or ""
    if target == State.COMPLETE.value:
        account.sections = list(SECTIONS)  # the proof comes when all of them are filled
    return SiinasStep(account=account, source=source, target=target, on=on, note=note)


def way_of(account: SiinasAccount) -> list[str]:
    """The states that an account went through, the first one first, as far as they are known."""
    steps = list(account.steps.order_by("pk").values_list("source", "target"))
    begun = [source for source, _target in steps[:1] if source]
    return [*begun, *(target for _source, target in steps)]


def _check_order(account: SiinasAccount, day: dt.date) -> None:
    """Steps come one after the other; a former one with a day still to come stops nothing."""
    last = account.steps.order_by("-pk").first()
    if last is not None and day < min(last.on, timezone.localdate()):
        raise StepNotPossible(
            _("%(day)s lies before the last step, of %(last)s. Give that day or a later one.")
            % {"day": f"{day:%d/%m/%Y}", "last": f"{last.on:%d/%m/%Y}"}
        )


def _check_days(day: dt.date, told: dict[str, Any]) -> None:
    """A step has happened, and what it tells of happened no later."""
    if day > timezone.localdate():
        raise StepNotPossible(
            _("%(day)s lies in the future. Give the day on which it happened, today at the latest.")
            % {"day": f"{day:%d/%m/%Y}"}
        )
    for name in ("registered_on", "issued_on"):
        if (value := told.get(name)) and value > day:
            raise StepNotPossible(
                _("%(what)s: %(value)s lies after the date of the step, %(day)s. Mend one of both.")
                % {
                    "what": capfirst(str(_field(name).verbose_name)),
                    "value": f"{value:%d/%m/%Y}",
                    "day": f"{day:%d/%m/%Y}",
                }
            )


EVIDENCE = (
    "registered_on",
    "issued_on",
    "nib_email_works",
    "sections",
    "evidence_number",
    "evidence_year",
    "evidence_file",
    "blocker",
    "ticket",
)


def _dated(account: SiinasAccount, target: str, day: dt.date) -> dict[str, Any]:
    """The day of the step is the date of registration or issue, unless that is known."""
    name = {State.SUBMITTED.value: "registered_on", State.ISSUED.value: "issued_on"}.get(target)
    return {name: day} if name and getattr(account, name) is None else {}


def _start_again(account: SiinasAccount) -> None:
    """An account that is not registered proves nothing; history keeps what it once proved."""
    for name in EVIDENCE:
        setattr(account, name, _field(name).get_default())


def _set_evidence(account: SiinasAccount, evidence: dict[str, Any]) -> None:
    for name, value in evidence.items():
        if name not in EVIDENCE:
            raise TypeError(f"{name} is not evidence of a SIINas step")
        setattr(account, name, value)


def _evidence_of(account: SiinasAccount) -> dict[str, Any]:
    return {name: getattr(account, name) for name in EVIDENCE}


def _field(name: str) -> Any:
    return SiinasAccount._meta.get_field(name)


def evidence_labels(names: tuple[str, ...]) -> list[str]:
    """What people call the evidence of a step."""
    labels = {"note": _("note")}
    return [labels.get(name) or str(_field(name).verbose_name) for name in names]
