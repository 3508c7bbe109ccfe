"""Registering, changing and closing firms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts import policy
from registry.models import (
    AnnualProfile,
    Certificate,
    Consent,
    Facilitation,
    Firm,
    FirmActivity,
    Owner,
    Partnership,
    ProductionSite,
    SiinasAccount,
    SiinasStep,
    TkdnAnswers,
)
from registry.models.firms import FirmStatus
from registry.services.base import integrity_as_sentences, require, save_row, writing
from registry.services.bulk import blank, insert_rows
from registry.standing.keeping import worked_out_once

_PARTS = (
    "owners", "activities", "profiles", "certificates", "consents", "partnerships", "facilitations",
    "tkdn_answers",
)  # fmt: skip


@dataclass
class FirmDraft:
    """A firm as it comes in, with all that describes it; rows not yet saved, without `firm`."""

    firm: Firm
    owners: list[Owner] = field(default_factory=list)
    activities: list[FirmActivity] = field(default_factory=list)
    profiles: list[AnnualProfile] = field(default_factory=list)
    certificates: list[Certificate] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    partnerships: list[Partnership] = field(default_factory=list)
    facilitations: list[Facilitation] = field(default_factory=list)
    tkdn_answers: list[TkdnAnswers] = field(default_factory=list)
    siinas: SiinasAccount | None = None
    centre_id: int | None = None
    # Set when it is registered in bulk: its main site, and the first step of its account.
    site: ProductionSite | None = None
    step: SiinasStep | None = None

    def written(self) -> list[models.Model]:
        """Every row that registering it has added."""
        rows = [self.firm, self.site, *self.parts(), self.siinas, self.step]
        return [row for row in rows if row is not None]

    def parts(self) -> list[models.Model]:
        """The rows that hang on the firm itself."""
        return [
            *self.owners,
            *self.activities,
            *self.profiles,
            *self.certificates,
            *self.consents,
            *self.partnerships,
            *self.facilitations,
            *self.tkdn_answers,
        ]


def nib_taken_message(nib: str, by: Any, except_pk: int | None = None) -> str | None:
    """What to tell whoever types a NIB that is on record; None when it is free.

    An officer of another regency learns only which regency holds it. A NIB of a merged firm is
    held by the one that it was merged into.
    """
    others = Firm.objects.filter(nib=nib).exclude(pk=except_pk)
    holder = others.select_related("regency", "merged_into__regency").first()
    if holder is None:
        return None
    holder = holder.merged_into or holder
    if policy.may(by, policy.Action.VIEW, holder):
        return _(
            "NIB %(nib)s already belongs to %(firm)s. Open that firm instead of adding a second."
        ) % {"nib": nib, "firm": holder}
    return _("NIB %(nib)s is on record in %(regency)s. Ask the office there before going on.") % {
        "nib": nib,
        "regency": holder.regency,
    }


def firm_save(firm: Firm, *, by: Any, reason: str, **context: Any) -> Firm:
    """Add or change a firm; its main site follows its address."""
    if firm.nib and (message := nib_taken_message(firm.nib, by, firm.pk)):
        raise ValidationError({"nib": message})
    with writing(by=by, reason=reason, **context):
        stored = None if firm._state.adding else Firm.objects.get(pk=firm.pk)
        before = place_of(stored) if stored else None
        if stored and identity_of(stored) != identity_of(firm) and _seal(stored) == _seal(firm):
            unverify(firm)
        save_row(firm, by=by, reason=reason, **context)
        main: ProductionSite | None = firm.sites.filter(is_main=True).first()
        if main is None:
            main = main_site(firm)
            require(by, policy.Action.ADD, main)
            main.save()
        elif before is not None and place_of(main) == before and before != place_of(firm):
            for name, value in place_of(firm).items():
                setattr(main, name, value)
            main.save()
    return firm


def firm_close(*, firm: Firm, by: Any, reason: str, on: dt.date | None = None) -> Firm:
    """Close a firm instead of deleting it; it leaves the public pages at once."""
    if on and on > timezone.localdate():
        raise ValidationError(
            _("The firm can't have closed on %(date)s: that day has not come yet.")
            % {"date": date_format(on, "j M Y")}
        )
    firm.status = FirmStatus.CLOSED
    firm.closed_on = on or timezone.localdate()
    firm.closed_reason = reason
    return save_row(firm, by=by, reason=reason)


def firm_verify(
    *, firm: Firm, document: str, by: Any, on: dt.date | None = None, reason: str = ""
) -> Firm:
    """Record that an officer saw a document of the firm; name, form and NIB stand as it says.

    When one of these three changes later, the firm falls back to its state before.
    """
    day = on or timezone.localdate()
    if day > timezone.localdate():
        raise ValidationError(
            _("The document can't have been seen on %(date)s: that day has not come yet.")
            % {"date": date_format(day, "j M Y")}
        )
    firm.verified_on, firm.verified_document, firm.verified_by_id = day, document, by.pk
    return save_row(firm, by=by, reason=reason or _("Document seen"))


def identity_of(firm: Firm) -> tuple[Any, ...]:
    """What a document proves of a firm."""
    return firm.name, firm.legal_form, firm.nib


def _seal(firm: Firm) -> tuple[Any, ...]:
    return firm.verified_on, firm.verified_document, firm.verified_by_id


def unverify(firm: Firm) -> None:
    """Take back that an officer saw a document: what it proved has changed."""
    firm.verified_on, firm.verified_document, firm.verified_by = None, "", None


def firm_reopen(*, firm: Firm, by: Any, reason: str) -> Firm:
    """Open a closed firm again; whether it is shown follows from its consents, as before."""
    if firm.status != FirmStatus.CLOSED:
        raise ValidationError(_("%(firm)s is not closed.") % {"firm": firm})
    firm.status, firm.closed_on, firm.closed_reason = FirmStatus.ACTIVE, None, ""
    return save_row(firm, by=by, reason=reason)


def firm_register(draft: FirmDraft, *, by: Any, reason: str, **context: Any) -> Firm:
    """Register one firm with all that describes it, or nothing of it."""
    firm = draft.firm
    with writing(by=by, reason=reason, **context):
        firm_save(firm, by=by, reason=reason, **context)
        for part in draft.parts():
            part.firm = firm  # type: ignore[attr-defined]
            save_row(part, by=by, reason=reason, **context)
        main = firm.sites.get(is_main=True)
        if draft.centre_id:
            main.centre_id = draft.centre_id
            main.save()
        if draft.siinas is not None:
            draft.siinas.site = main
            save_row(draft.siinas, by=by, reason=reason, **context)
            first_step(draft.siinas, by, reason).save()
    return firm


def firms_register(
    drafts: Iterable[FirmDraft], *, by: Any, reason: str, **context: Any
) -> list[Firm]:
    """Register many firms in one transaction: all of them or none.

    For rows that were checked one by one before (a plan, the sample): the policy is asked for
    each, the database's constraints guard the rest. History has each row.
    """
    every = list(drafts)
    for draft in every:
        require(by, policy.Action.ADD, draft.firm)
    with (
        writing(by=by, reason=reason, **context),
        worked_out_once(),
        integrity_as_sentences(Firm),
    ):
        firms = [draft.firm for draft in every]
        insert_rows(Firm, firms)
        sites = [main_site(draft.firm, draft.centre_id) for draft in every]
        insert_rows(ProductionSite, sites)
        for name in _PARTS:
            _bulk_parts(every, name)
        for draft, site in zip(every, sites, strict=True):
            draft.site = site
            if draft.siinas is not None:
                draft.siinas.site = site
        with_account = [draft for draft in every if draft.siinas is not None]
        insert_rows(SiinasAccount, [d.siinas for d in with_account if d.siinas is not None])
        for draft in with_account:
            draft.step = first_step(draft.siinas, by, reason)  # type: ignore[arg-type]
        insert_rows(SiinasStep, [d.step for d in with_account if d.step is not None])
    return firms


def _bulk_parts(drafts: Sequence[FirmDraft], name: str) -> None:
    rows: list[Any] = []
    for draft in drafts:
        for row in getattr(draft, name):
            row.firm_id = draft.firm.pk
            rows.append(row)
    if rows:
        insert_rows(type(rows[0]), rows)


def place_of(row: Firm | ProductionSite) -> dict[str, Any]:
    """Where a firm or a site lies."""
    names = ("regency_id", "district_id", "village_id", "address", "latitude", "longitude")
    return {name: getattr(row, name) for name in names}


def main_site(firm: Firm, centre_id: int | None = None) -> ProductionSite:
    """The site at the address of the firm."""
    return blank(
        ProductionSite, is_main=True, centre_id=centre_id, firm_id=firm.pk, **place_of(firm)
    )


def first_step(account: SiinasAccount, by: Any, reason: str) -> SiinasStep:
    """How an account that comes with a sheet got onto the ladder: the note names the sheet."""
    day = account.issued_on or account.registered_on or timezone.localdate()
    return SiinasStep(
        account=account,
        source="",
        target=account.state,
        on=day,
        note=reason[:250],
        recorded_by_id=by.pk,
    )
