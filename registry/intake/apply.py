"""Carrying a plan out: the whole file in one transaction, through the services.

The rule: what is saved is worked out again from what the register holds at that moment, so an old
plan overwrites nothing; rows with errors or in review are kept beside the batch and touch no firm;
and a file that changes nothing writes nothing.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import policy
from registry.intake import drafts, lookups
from registry.intake.changes import (
    CERTIFICATES,
    FIGURES,
    PLACE,
    POINT,
    Standing,
    changes,
    siinas_is_stuck,
)
from registry.intake.interpret import Options
from registry.intake.plan import Plan, PlanRow, Status
from registry.intake.report import problem_reports
from registry.intake.session import Upload
from registry.models import (
    AnnualProfile,
    Certificate,
    Firm,
    FirmActivity,
    IntakeBatch,
    IntakeRow,
    Owner,
    ProductionSite,
    SiinasAccount,
    SiinasStep,
)
from registry.models.certificates import CertificateKind
from registry.names import name_key
from registry.services import StepNotPossible, firm_save, firms_register, save_row, siinas_step
from registry.services.base import writing

_CHUNK = 1000
_REASON_LENGTH = 200


@dataclass
class Applied:
    """What was written."""

    batch: IntakeBatch | None = None
    added: int = 0
    changed: int = 0
    notes: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The same for people."""
        if self.batch is None:
            return [_("Nothing changed: the register holds all of this already.")]
        added = ngettext("%(n)s firm added", "%(n)s firms added", self.added) % {"n": self.added}
        changed = ngettext("%(n)s changed", "%(n)s changed", self.changed) % {"n": self.changed}
        return [
            _("Saved as intake %(batch)s: %(added)s, %(changed)s.")
            % {"batch": self.batch.pk, "added": added, "changed": changed},
            *self.notes,
        ]


def apply(plan: Plan, upload: Upload, options: Options, *, by: Any) -> Applied:
    """Write the new and changed firms of a plan and remember every row, or nothing at all."""
    applied = Applied()
    if not _has_news(plan, upload):
        return applied
    reason = (_("Import %(file)s") % {"file": upload.name})[:_REASON_LENGTH]
    with writing(by=by, reason=reason):
        batch = save_row(_batch(plan, upload, options, by), by=by, reason=reason)
        context = {"by": by, "reason": reason, "batch": batch.pk}
        fresh = plan.of(Status.NEW)
        firms = firms_register(
            [drafts.firm_draft(row.draft.values, upload.name) for row in fresh], **context
        )
        became = {row.draft.number: firm.pk for row, firm in zip(fresh, firms, strict=True)}
        old = plan.of(Status.UPDATE)
        now = lookups.standings([row.firm.pk for row in old if row.firm], by)
        for row in old:
            if row.firm is not None:
                _update(now[row.firm.pk], row, applied, upload.name, context)
        applied.batch, applied.added, applied.changed = batch, len(firms), len(old)
        _remember(plan, batch, became)
    return applied


def _has_news(plan: Plan, upload: Upload) -> bool:
    """Whether there is anything to write: firms, or rows to review that are not kept yet."""
    if plan.of(Status.NEW, Status.UPDATE):
        return True
    waiting = plan.of(Status.REVIEW, Status.ERROR)
    taken = IntakeBatch.objects.filter(sha256=upload.sha256, sheet=plan.table.sheet or "")
    return bool(waiting) and not taken.exists()


def _batch(plan: Plan, upload: Upload, options: Options, by: Any) -> IntakeBatch:
    return IntakeBatch(
        file_name=upload.name[:_REASON_LENGTH],
        sha256=upload.sha256,
        sheet=(plan.table.sheet or "")[:100],
        options={
            "regency": options.regency,
            "year": options.year,
            "kbli_edition": options.kbli_edition,
            "money_units": dict(options.money_units),
            "mapping": dict(options.mapping),
        },
        summary=plan.summary,
        regency_id=_regency_of(plan, options, by),
        taken_by_id=by.pk,
    )


def _regency_of(plan: Plan, options: Options, by: Any) -> str | None:
    """The regency of a batch: the person's only one, else the only one of the rows."""
    scope = policy.scope_of(by, policy.Action.ADD, "registry.intakebatch")
    if not scope.everywhere and len(scope.regencies) == 1:
        return next(iter(scope.regencies))
    named = {row.draft.values.get("regency_code") for row in plan.rows} - {None}
    return named.pop() if len(named) == 1 else options.regency or None


def _remember(plan: Plan, batch: IntakeBatch, became: dict[int, int]) -> None:
    """Keep each row with the firm it became, so that the same row finds it again."""
    settled = (Status.UPDATE, Status.UNCHANGED)
    IntakeRow.objects.bulk_create(
        [
            IntakeRow(
                batch=batch,
                row=row.draft.number,
                status=row.status.value,
                values=row.draft.values,
                problems=problem_reports(row.draft.found),
                key=row.key,
                firm_id=became.get(
                    row.draft.number, row.firm.pk if row.firm and row.status in settled else None
                ),
            )
            for row in plan.rows
        ],
        batch_size=_CHUNK,
    )


def _update(
    standing: Standing, row: PlanRow, applied: Applied, source: str, context: dict[str, Any]
) -> None:
    """Set what the row changes in its firm, each part through its service."""
    values = row.draft.values
    found = changes(values, standing)
    firm = Firm.objects.get(pk=standing.pk)
    _update_firm(firm, found, context)
    if "owner_name" in found or "owner_gender" in found:
        _update_owner(firm, values, found, context)
    if "kbli" in found:
        _update_activity(firm, found["kbli"], context)
    if any(name in found for name in FIGURES):
        _update_figures(firm, values["data_year"], found, source, context)
    _add_certificates(firm, values, found, context)
    if "siinas_status" in found:
        _update_siinas(firm, standing, values, applied, context)
    elif "siinas_registered_on" in found:
        account = SiinasAccount.objects.get(site__firm=firm, site__is_main=True)
        account.registered_on = dt.date.fromisoformat(found["siinas_registered_on"])
        save_row(account, **context)
    elif siinas_is_stuck(values, standing):
        applied.notes.append(_siinas_note(row, firm))


def _update_firm(firm: Firm, found: dict[str, Any], context: dict[str, Any]) -> None:
    named = {name: found[name] for name in drafts.FIRM_FIELDS if name in found}
    if "notes" in named and firm.notes:
        named["notes"] = f"{firm.notes}\n{named['notes']}"
    for name, value in named.items():
        setattr(firm, drafts.FIRM_FIELDS[name], value)
    for name in POINT:
        if name in found:
            setattr(firm, name, found[name])
    if "active" in found:
        firm.status = drafts.status_of(found["active"])
    if named or "active" in found or any(name in found for name in (*PLACE, *POINT)):
        firm_save(firm, **context)


def _update_owner(
    firm: Firm, values: drafts.Values, found: dict[str, Any], context: dict[str, Any]
) -> None:
    """The only owner takes the new name; beside several, one more is added."""
    owners = list(firm.owners.all())
    name = values.get("owner_name")
    same = [o for o in owners if name is None or name_key(o.name) == name_key(name)]
    owner = same[0] if same else owners[0] if len(owners) == 1 else Owner(firm=firm)
    if "owner_name" in found:
        owner.name = found["owner_name"]
    if "owner_gender" in found:
        owner.gender = found["owner_gender"]
    save_row(owner, **context)


def _update_activity(firm: Firm, kbli: str, context: dict[str, Any]) -> None:
    """The row's code becomes the primary one; the former stays as a further activity."""
    for former in firm.activities.filter(is_primary=True):
        former.is_primary = False
        save_row(former, **context)
    activity = firm.activities.filter(kbli_id=kbli).first() or FirmActivity(firm=firm, kbli_id=kbli)
    activity.is_primary = True
    save_row(activity, **context)


def _update_figures(
    firm: Firm, year: int, found: dict[str, Any], source: str, context: dict[str, Any]
) -> None:
    profile = firm.profiles.filter(year=year).first() or AnnualProfile(
        firm=firm, year=year, source=source[:120]
    )
    for name in FIGURES:
        if name in found:
            setattr(profile, "capacity_unit_id" if name == "capacity_unit" else name, found[name])
    save_row(profile, **context)


def _add_certificates(
    firm: Firm, values: drafts.Values, found: dict[str, Any], context: dict[str, Any]
) -> None:
    kinds = {kind for name, kind in CERTIFICATES.items() if name in found}
    if "tkdn_percent" in found:
        kinds.add(CertificateKind.TKDN_IK.value)
    for certificate in drafts.certificates(values):
        if certificate.kind not in kinds:
            continue
        held: Certificate | None = firm.certificates.filter(
            kind=certificate.kind, number=certificate.number
        ).first()
        if held is None:
            certificate.firm = firm
            save_row(certificate, **context)
        elif "tkdn_percent" in found:
            held.tkdn_percent = Decimal(found["tkdn_percent"])
            save_row(held, **context)


def _update_siinas(
    firm: Firm,
    standing: Standing,
    values: drafts.Values,
    applied: Applied,
    context: dict[str, Any],
) -> None:
    """A first account stands as the sheet tells it; one on the ladder takes a step."""
    by, reason = context["by"], context["reason"]
    told = drafts.account(values)
    if told is None:
        return
    if standing.siinas is None:
        site: ProductionSite = firm.sites.get(is_main=True)
        told.site = site
        save_row(told, **context)
        on = told.registered_on or timezone.localdate()
        save_row(
            SiinasStep(
                account=told,
                target=told.state,
                on=on,
                note=reason,
                recorded_by_id=by.pk,
            ),
            **context,
        )
        return
    account = SiinasAccount.objects.get(site__firm=firm, site__is_main=True)
    evidence = {"registered_on": told.registered_on}
    try:
        siinas_step(account=account, target=told.state, by=by, note=reason, **evidence)
    except StepNotPossible as error:
        applied.notes.append(f"{firm}: {' '.join(error.messages)}")


def _siinas_note(row: PlanRow, firm: Firm) -> str:
    return _(
        "Row %(row)s: the SIINas account of %(firm)s stays as it is; the step needs evidence. "
        "Record it on the firm's page."
    ) % {"row": row.draft.number, "firm": firm}
