"""Setting in a firm what a row changes, each part through its service.

The rule: nothing is taken away. A former activity stays as a further one, a certificate on record
stays beside a new number, and an account only moves up its ladder.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from registry.intake import drafts
from registry.intake.changes import (
    CERTIFICATES,
    FIGURES,
    PLACE,
    POINT,
    Standing,
    changes,
    siinas_is_stuck,
)
from registry.intake.plan import PlanRow
from registry.models import (
    AnnualProfile,
    Certificate,
    Firm,
    FirmActivity,
    Owner,
    ProductionSite,
    SiinasAccount,
    SiinasStep,
)
from registry.models.certificates import CertificateKind
from registry.names import name_key
from registry.services import StepNotPossible, firm_save, save_row, siinas_step


def update_firm(
    standing: Standing, row: PlanRow, source: str, context: dict[str, Any]
) -> list[str]:
    """Set what the row changes in its firm; what could not be done, in sentences."""
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
        return _update_siinas(firm, standing, values, context)
    if "siinas_registered_on" in found:
        account = SiinasAccount.objects.get(site__firm=firm, site__is_main=True)
        account.registered_on = dt.date.fromisoformat(found["siinas_registered_on"])
        save_row(account, **context)
    elif siinas_is_stuck(values, standing):
        return [_siinas_note(row, firm)]
    return []


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
    context: dict[str, Any],
) -> list[str]:
    """A first account stands as the sheet tells it; one on the ladder takes a step."""
    by, reason = context["by"], context["reason"]
    told = drafts.account(values)
    if told is None:
        return []
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
        return []
    account = SiinasAccount.objects.get(site__firm=firm, site__is_main=True)
    evidence = {"registered_on": told.registered_on}
    try:
        siinas_step(account=account, target=told.state, by=by, note=reason, **evidence)
    except StepNotPossible as error:
        return [f"{firm}: {' '.join(error.messages)}"]
    return []


def _siinas_note(row: PlanRow, firm: Firm) -> str:
    return _(
        "Row %(row)s: the SIINas account of %(firm)s stays as it is; the step needs evidence. "
        "Record it on the firm's page."
    ) % {"row": row.draft.number, "firm": firm}
