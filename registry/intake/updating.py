"""Setting in a firm what a row changes: many firms at once, written by a ledger.

The rule: nothing is taken away. A former activity stays as a further one, a certificate on record
stays beside a new number, and an account only moves up its ladder.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from registry.identifiers import Problem
from registry.intake import drafts
from registry.intake.changes import (
    CERTIFICATES,
    FIGURES,
    POINT,
    Standing,
    siinas_is_stuck,
)
from registry.intake.telling import BLANKS
from registry.models import (
    AnnualProfile,
    Certificate,
    Firm,
    FirmActivity,
    Owner,
    ProductionSite,
    SiinasAccount,
)
from registry.models.certificates import CertificateKind
from registry.names import name_key
from registry.services.firms import first_step, identity_of, main_site, place_of
from registry.services.ledger import Ledger
from registry.services.siinas import StepNotPossible, advance


@dataclass(slots=True)
class Update:
    """One row that changes a firm; `firm` has its parts loaded."""

    firm: Firm
    standing: Standing
    values: drafts.Values
    found: dict[str, Any]
    source: str
    reason: str
    note: Hashable

    def run(self, ledger: Ledger) -> Problem | None:
        """Enter the changes; a problem where the account could not take its step."""
        found = self.found
        self._firm(found, ledger)
        if "owner_name" in found or "owner_gender" in found:
            self._owner(found, ledger)
        if "kbli" in found:
            self._activity(found["kbli"], ledger)
        if any(name in found for name in FIGURES):
            self._figures(found, ledger)
        self._certificates(found, ledger)
        if "certificate" in self.values:
            self._certificate(self.values["certificate"], found, ledger)
        return self._siinas(found, ledger)

    def _firm(self, found: dict[str, Any], ledger: Ledger) -> None:
        firm = self.firm
        values = {
            column: found[name] for name, column in drafts.FIRM_FIELDS.items() if name in found
        }
        if "notes" in values and firm.notes:
            values["notes"] = f"{firm.notes}\n{values['notes']}"
        values |= {name: found[name] for name in POINT if name in found}
        if "active" in found:
            values["status"] = drafts.status_of(found["active"])
        if not values:
            return
        place, identity = place_of(firm), identity_of(firm)
        ledger.set(firm, self.note, **values)
        if identity != identity_of(firm) and firm.verified_on is not None:
            seal: dict[str, Any] = {
                "verified_on": None,
                "verified_document": "",
                "verified_by_id": None,
            }
            ledger.set(firm, self.note, **seal)
        main = self._main_site(ledger)
        if main.pk and place_of(main) == place and place != place_of(firm):
            ledger.set(main, self.note, **place_of(firm))

    def _main_site(self, ledger: Ledger) -> ProductionSite:
        for site in self.firm.sites.all():
            if site.is_main:
                return site
        site = main_site(self.firm)
        ledger.add(site, self.note)
        return site

    def _owner(self, found: dict[str, Any], ledger: Ledger) -> None:
        """The only owner takes the new name; beside several, one more is added."""
        owners = list(self.firm.owners.all())
        name = self.values.get("owner_name")
        same = [o for o in owners if name is None or name_key(o.name) == name_key(name)]
        owner = same[0] if same else owners[0] if len(owners) == 1 else None
        columns = {"owner_name": "name", "owner_gender": "gender"}
        values = {column: found[key] for key, column in columns.items() if key in found}
        if owner is None:
            ledger.add(Owner(firm=self.firm, **values), self.note)
        else:
            ledger.set(owner, self.note, **values)

    def _activity(self, kbli: str, ledger: Ledger) -> None:
        """The row's code becomes the primary one; the former stays as a further activity."""
        held = None
        for activity in self.firm.activities.all():
            if activity.kbli_id == kbli:
                held = activity
            elif activity.is_primary:
                ledger.set(activity, self.note, is_primary=False)
        if held is None:
            row = FirmActivity(firm=self.firm, kbli_id=kbli, is_primary=True)
            ledger.add(row, self.note)
        else:
            ledger.set(held, self.note, late=True, is_primary=True)

    def _figures(self, found: dict[str, Any], ledger: Ledger) -> None:
        year = self.values["data_year"]
        columns = {"capacity_unit": "capacity_unit_id"}
        values = {columns.get(name, name): found[name] for name in FIGURES if name in found}
        profile = next((p for p in self.firm.profiles.all() if p.year == year), None)
        if profile is None:
            source = self.source[: drafts.SOURCE_LENGTH]
            row = AnnualProfile(firm=self.firm, year=year, source=source, **values)
            ledger.add(row, self.note)
        else:
            ledger.set(profile, self.note, **values)

    def _certificates(self, found: dict[str, Any], ledger: Ledger) -> None:
        kinds = {kind for name, kind in CERTIFICATES.items() if name in found}
        if "tkdn_percent" in found:
            kinds.add(CertificateKind.TKDN_IK.value)
        on_record = {(c.kind, c.number): c for c in self.firm.certificates.all()}
        for certificate in drafts.certificates(self.values):
            if certificate.kind not in kinds:
                continue
            held = on_record.get((certificate.kind, certificate.number))
            if held is None:
                certificate.firm = self.firm
                ledger.add(certificate, self.note)
            elif "tkdn_percent" in found:
                ledger.set(held, self.note, tkdn_percent=Decimal(found["tkdn_percent"]))

    def _certificate(self, told: Mapping[str, Any], found: dict[str, Any], ledger: Ledger) -> None:
        """The certificate of a list of them: added, or its blanks filled."""
        days = {
            name: dt.date.fromisoformat(told[name]) if told[name] else None
            for name in ("issued_on", "valid_until")
        }
        percent = Decimal(told["tkdn_percent"]) if told["tkdn_percent"] else None
        if told["kind"] != CertificateKind.TKDN_IK:
            percent = None
        known = {**days, "tkdn_percent": percent}
        if "certificate_number" in found:
            number = told["number"]
            row = Certificate(
                firm=self.firm,
                kind=told["kind"],
                number=number,
                status=told["status"] or drafts.certificate_status(number),
                product=told["product"][:160],
                **known,
            )
            row.fill_end()
            ledger.add(row, self.note)
            return
        filled: dict[str, Any] = {name: known[name] for name in BLANKS if name in found}
        if filled:
            held = next(
                c
                for c in self.firm.certificates.all()
                if (c.kind, c.number) == (told["kind"], told["number"])
            )
            ledger.set(held, self.note, **filled)

    def _siinas(self, found: dict[str, Any], ledger: Ledger) -> Problem | None:
        """A first account stands as the sheet tells it; one on the ladder takes a step."""
        told = drafts.account(self.values)
        if told is None:
            return None
        site = self._main_site(ledger) if "siinas_status" in found else None
        if site is not None and self.standing.siinas is None:
            told.site = site
            ledger.add(told, self.note)
            ledger.add(first_step(told, ledger.by, self.reason), self.note)
            return None
        account = next((s.siinas for s in self.firm.sites.all() if s.is_main), None)
        if account is None:
            return None
        if site is not None:
            return self._step(account, told, ledger)
        if "siinas_registered_on" in found:
            day = dt.date.fromisoformat(found["siinas_registered_on"])
            ledger.set(account, self.note, registered_on=day)
        elif siinas_is_stuck(self.values, self.standing):
            return Problem("siinas_stays", {"firm": str(self.firm)})
        return None

    def _step(self, account: SiinasAccount, told: SiinasAccount, ledger: Ledger) -> Problem | None:
        names = ("state", "registered_on", "issued_on", "blocker", "sections")
        before = {name: getattr(account, name) for name in names}
        day = told.registered_on
        evidence = {"registered_on": day} if day else {}
        today = timezone.localdate()
        try:
            step = advance(account, told.state, on=today, note=self.reason[:250], **evidence)
        except StepNotPossible:
            step = None
        after = {name: getattr(account, name) for name in names}
        for name, value in before.items():
            setattr(account, name, value)
        if step is None:
            return Problem("siinas_stays", {"firm": str(self.firm)})
        step.recorded_by_id = ledger.by.pk
        moved = {name: value for name, value in after.items() if value != before[name]}
        ledger.set(account, self.note, **moved)
        ledger.add(step, self.note)
        return None
