"""Moving a SIINas account along its ladder: the only way its state changes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.models import ProductionSite, SiinasAccount, SiinasStep
from registry.models.siinas import SiinasState
from registry.services.base import save_row, writing
from registry.siinas import State, missing_evidence, tells_a_password


class StepNotPossible(ValidationError):
    """The ladder has no such step, or evidence for it is missing."""


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
    **evidence: Any,
) -> SiinasStep:
    """Take one step, with its evidence (`registered_on`, `sections`, `evidence_number` …).

    Raises `StepNotPossible` with a sentence that names what is missing; nothing is written then.
    """
    day = on or timezone.localdate()
    with writing(by=by, reason=note or _("SIINas step")):
        account = SiinasAccount.objects.select_for_update(of=("self",)).get(pk=account.pk)
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
    if tells_a_password(note):
        raise StepNotPossible(
            _("The note seems to hold a password. Passwords of SIINas are never kept: take it out.")
        )
    if target == State.NOT_REGISTERED:
        _start_again(account)
    _set_evidence(account, {**_dated(account, target, on), **evidence})
    source = account.state
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
    return SiinasStep(account=account, source=source, target=target, on=on, note=note)


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
        if value not in (None, "", []):
            setattr(account, name, value)


def _evidence_of(account: SiinasAccount) -> dict[str, Any]:
    return {name: getattr(account, name) for name in EVIDENCE}


def _field(name: str) -> Any:
    return SiinasAccount._meta.get_field(name)


def evidence_labels(names: tuple[str, ...]) -> list[str]:
    """What people call the evidence of a step."""
    labels = {"note": _("note")}
    return [labels.get(name) or str(_field(name).verbose_name) for name in names]
