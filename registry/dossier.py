"""What staff and officials read of one firm: the chain step by step, certificates, gaps, figures.

Rule: parts come through `visible_to`, so owners reach only those for whom the policy shows owners,
and sites of another region stay with that region. Everything here is internal.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import policy
from registry.advice import FOR_OFFICER, furthest
from registry.certificate_lines import CertificateLine, certificate_lines
from registry.chain import Rung, chain_of
from registry.completeness import FACTS, Fact, missing_of, share_of
from registry.eligibility import Readiness, readiness_of
from registry.models import (
    AnnualProfile,
    Consent,
    Contact,
    Facilitation,
    Firm,
    Objection,
    Owner,
    Partnership,
    ProductionSite,
    SiinasAccount,
)
from registry.models.certificates import Validity
from registry.models.consents import Purpose
from registry.models.siinas import SiinasSection
from registry.siinas import SECTIONS
from registry.sizes import FirmSizes, sizes_of
from registry.wording import Names, in_figures, in_words, measured

YEARS = 5
CONTACTS = 10


@dataclass(frozen=True)
class ConsentLine:
    """A purpose, and the consent in force or last withdrawn; None: never asked or never given."""

    purpose: Purpose
    consent: Consent | None

    @property
    def given(self) -> bool:
        """Whether it is in force."""
        return self.consent is not None and self.consent.withdrawn_on is None


@dataclass(frozen=True)
class SiteLine:
    """A production site with its SIINas account; None: not known."""

    site: ProductionSite
    account: SiinasAccount | None

    @property
    def missing_sections(self) -> list[str]:
        """The boxes of the SIINas profile not filled yet; none where that is not known."""
        if self.account is None or self.account.sections is None:
            return []
        labels = dict(SiinasSection.choices)
        return [str(labels[key]) for key in SECTIONS if key not in self.account.sections]

    @property
    def filled_sections(self) -> int | None:
        """How many boxes are filled; None: not known."""
        if self.account is None or self.account.sections is None:
            return None
        return len(self.account.sections)


# What the table of yearly figures shows; workers are summed where both genders are given.
FIGURES = (
    "investment",
    "land_investment",
    "building_investment",
    "business_capital",
    "production_value",
    "annual_sales",
    "raw_material_value",
    "exports",
    "export_countries",
    "source",
)


def figures_of(profiles: Sequence[AnnualProfile]) -> list[tuple[str, list[str]]]:
    """The yearly figures as rows: a label and a text for each year, empty where not provided."""
    rows = [
        (_("workers"), [in_figures(p.workers) for p in profiles]),
        (_("of them women"), [in_figures(p.workers_female) for p in profiles]),
        (_("capacity a year"), [measured(p.capacity_quantity, p.capacity_unit) for p in profiles]),
        (
            _("installed capacity a year"),
            [measured(p.installed_capacity, p.capacity_unit) for p in profiles],
        ),
        (
            _("production a year"),
            [measured(p.production_quantity, p.production_unit) for p in profiles],
        ),
    ]
    for name in FIGURES:
        field = AnnualProfile._meta.get_field(name)
        values = [getattr(p, name) for p in profiles]
        said = [in_words(field, v, Names()) if v not in (None, "") else "" for v in values]
        rows.append((str(field.verbose_name), said))  # type: ignore[union-attr]
    return [(label[:1].upper() + label[1:], cells) for label, cells in rows]


@dataclass(frozen=True)
class Dossier:
    """Everything of a firm beside its own row."""

    chain: tuple[Rung, ...]
    reached: int  # rungs reached in an unbroken row from the first
    missing: Sequence[Fact]
    share: int
    sites: Sequence[SiteLine]
    activities: Sequence[Any]
    certificates: Sequence[CertificateLine]
    consents: Sequence[ConsentLine]
    objection: Objection | None  # its wish not to be shown
    partnerships: Sequence[Partnership]
    facilitations: Sequence[Facilitation]
    profiles: Sequence[Any]
    sizes: FirmSizes
    readiness: Readiness
    outlook: Readiness  # the same by the regulation of the day that the estimate is asked for
    owners: Sequence[Owner]
    contacts: Sequence[Contact]
    shows_owners: bool
    shown_to_all: bool  # whether the firm is in the public catalogue

    @property
    def facts(self) -> int:
        """How many facts are asked of every firm."""
        return len(FACTS)

    @property
    def filled(self) -> int:
        """How many of them are there."""
        return len(FACTS) - len(self.missing)

    @property
    def current(self) -> Rung | None:
        """The rung to work on."""
        return next((rung for rung in self.chain if rung.mark not in ("sudah", "nanti")), None)

    @property
    def advice(self) -> str:
        """What to do next, in a sentence."""
        line = self.main
        if self.current and self.current.key == "tkdn" and self.readiness.open:
            return str(self.readiness.open[0].next)
        return FOR_OFFICER.on(
            self.current.key if self.current else "", line.account if line else None
        )

    @property
    def main(self) -> SiteLine | None:
        """The site whose account the chain speaks of: the furthest along, the main one first."""
        account = furthest(line.account for line in self.sites if line.account)
        return next((line for line in self.sites if line.account == account), None)

    @property
    def partner(self) -> Partnership | None:
        """The latest partnership in force, if there is one."""
        today = timezone.localdate()
        return next((tie for tie in self.partnerships if tie.in_force(today)), None)

    @property
    def tkdn(self) -> CertificateLine | None:
        """The valid TKDN certificate, if there is one."""
        valid = (Validity.VALID, Validity.EXPIRING)
        return next(
            (
                line
                for line in self.certificates
                if line.certificate.kind == "tkdn_ik" and line.validity in valid
            ),
            None,
        )


def dossier_of(firm: Any, user: Any, estimate_on: dt.date | None = None) -> Dossier:
    """The dossier of a firm that comes with `with_chain`; a fixed number of queries.

    `estimate_on` is the day whose regulation the TKDN estimate is for; without it, today's.
    """
    today = timezone.localdate()
    readiness = readiness_of(firm, today)
    other = estimate_on is not None and estimate_on != today
    chain, missing = chain_of(firm), missing_of(firm)
    shows_owners = policy.may_kind(user, policy.Action.VIEW, "registry.owner")
    return Dossier(
        chain=chain,
        reached=_reached(chain),
        missing=missing,
        share=share_of(missing),
        sites=_sites(firm, user),
        activities=list(firm.activities.visible_to(user).select_related("kbli__group")),
        certificates=certificate_lines(firm, user, today),
        consents=_consents(firm, user),
        objection=firm.objections.visible_to(user).in_force().first(),
        partnerships=list(firm.partnerships.visible_to(user)),
        facilitations=list(firm.facilitations.visible_to(user)),
        profiles=list(
            firm.profiles.visible_to(user).select_related("capacity_unit", "production_unit")[
                :YEARS
            ]
        ),
        sizes=sizes_of(firm, today),
        readiness=readiness,
        outlook=readiness_of(firm, estimate_on) if estimate_on and other else readiness,
        owners=list(firm.owners.visible_to(user)) if shows_owners else [],
        contacts=list(_contacts(firm, user)),
        shows_owners=shows_owners,
        shown_to_all=Firm.objects.public().filter(pk=firm.pk).exists(),
    )


def _reached(chain: Sequence[Rung]) -> int:
    reached = 0
    for rung in chain:
        if rung.mark != "sudah":
            break
        reached += 1
    return reached


def _sites(firm: Any, user: Any) -> list[SiteLine]:
    sites = firm.sites.visible_to(user).select_related(
        "regency", "district", "village", "centre", "siinas"
    )
    return [SiteLine(site, getattr(site, "siinas", None)) for site in sites]


def _contacts(firm: Any, user: Any) -> Any:
    return firm.contacts.visible_to(user).select_related("recorded_by")[:CONTACTS]


def _consents(firm: Any, user: Any) -> list[ConsentLine]:
    latest: dict[str, Consent] = {}
    for consent in firm.consents.visible_to(user).order_by("-given_on", "-pk"):
        kept = latest.get(consent.purpose)
        if kept is None or (kept.withdrawn_on is not None and consent.withdrawn_on is None):
            latest[consent.purpose] = consent
    return [ConsentLine(purpose, latest.get(purpose)) for purpose in Purpose]
