"""Invented certificates, consents and SIINas accounts, each in keeping with its own rules.

Numbers say that they are examples ("CONTOH-…"). A P-IRT number must have its printed structure, so
that it can be taken apart: regency, food type and year are those of the firm.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from registry.models import (
    Certificate,
    Consent,
    ConsentText,
    Facilitation,
    Firm,
    Partnership,
    SiinasAccount,
)
from registry.models.certificates import CertificateKind, CertificateStatus
from registry.models.consents import Channel, Purpose
from registry.models.firms import FirmStatus
from registry.models.partnerships import FacilitationKind, PartnershipKind
from registry.sample.draws import Draws
from registry.sample.words import Trade
from registry.siinas import HAS_ACCOUNT, SECTIONS, Blocker, State

_LADDER = {
    State.NOT_REGISTERED: 28,
    State.SUBMITTED: 7,
    State.AWAITING_EMAIL: 5,
    State.ISSUED: 14,
    State.PROFILE_INCOMPLETE: 16,
    State.COMPLETE: 24,
    State.BLOCKED: 5,
    State.INACTIVE: 1,
}
# What only someone with an account can run into.
_AFTER_ISSUE = frozenset({Blocker.PASSWORD_FORGOTTEN, Blocker.ADDRESS_WRONG})

_YEARS = {"halal": 4, "pirt": 5, "bpom_md": 5, "sni": 4, "brand": 10, "svlk": 6}
_LIKELY = {"halal": 0.4, "pirt": 0.35, "bpom_md": 0.3, "sni": 0.15, "brand": 0.15, "svlk": 0.2}
# Permenperin 35/2025 in force; 46/2022 before it. Halal without end date: Perppu 2/2022.
_TKDN_CHANGE = dt.date(2025, 12, 11)
_TKDN_FIRST = dt.date(2022, 11, 1)
_HALAL_OPEN = dt.date(2022, 12, 30)

_SHARES = {
    Purpose.WHATSAPP: 0.82,  # of those with a phone: about 70% in all
    Purpose.EXACT_LOCATION: 0.25,
    Purpose.SIINAS_BADGE: 0.6,
}


def account(draws: Draws, firm: Firm) -> SiinasAccount | None:
    """Where the firm's site stands with SIINas; None is "not known"."""
    if firm.status == FirmStatus.CLOSED:
        return None if draws.chance(0.5) else _at(draws, State.INACTIVE)
    if draws.chance(0.15):
        return None
    return _at(draws, draws.weighted(_LADDER) if firm.nib else State.NOT_REGISTERED)


def _at(draws: Draws, state: State) -> SiinasAccount:
    """An account in a state, with the dates and the evidence that led there."""
    made = SiinasAccount(state=state.value)
    if state is State.NOT_REGISTERED:
        return made
    if state in {State.SUBMITTED, State.AWAITING_EMAIL}:
        made.registered_on = draws.days_ago(0, 30)
        made.nib_email_works = draws.pick((True, None, False))
        return made
    made.registered_on = registered = draws.days_ago(40, 1000)
    if state is State.BLOCKED:
        _block(draws, made, registered)
    elif state in HAS_ACCOUNT or draws.chance(0.5):
        _issue(draws, made, registered)
    if state is State.PROFILE_INCOMPLETE:
        made.sections = list(SECTIONS[: draws.number(1, len(SECTIONS) - 1)])
    if state is State.COMPLETE and made.issued_on:
        made.sections = list(SECTIONS)
        made.evidence_number = f"CONTOH-{draws.number(0, 999_999):06d}"
        made.evidence_year = made.issued_on.year
    return made


def _issue(draws: Draws, made: SiinasAccount, registered: dt.date) -> None:
    made.nib_email_works = True
    made.issued_on = registered + dt.timedelta(days=draws.number(0, 3))


def _block(draws: Draws, made: SiinasAccount, registered: dt.date) -> None:
    blocker = draws.pick(list(Blocker))
    made.blocker = blocker.value
    made.ticket = f"CONTOH-{draws.number(0, 9999):04d}" if draws.chance(0.5) else ""
    if blocker in _AFTER_ISSUE:
        _issue(draws, made, registered)
    elif blocker is Blocker.EMAIL_LOST:
        made.nib_email_works = False


def certificates(
    draws: Draws, firm: Firm, number: int, trade: Trade, siinas: SiinasAccount | None
) -> list[Certificate]:
    """Certificates of the trade's kinds. TKDN-IK only comes with a complete SIINas account."""
    complete = siinas is not None and siinas.state == State.COMPLETE.value
    found = []
    for kind in trade.certificates:
        likely = (0.55 if complete else 0.0) if kind == "tkdn_ik" else _LIKELY[kind]
        if draws.chance(likely):
            found.append(_certificate(draws, kind, firm, number, trade))
    return found


def _certificate(draws: Draws, kind: str, firm: Firm, number: int, trade: Trade) -> Certificate:
    made = Certificate(kind=kind)
    if kind == CertificateKind.TKDN_IK:
        made.product = trade.products[0]
    if draws.chance(0.04):
        made.status = draws.pick((CertificateStatus.APPLIED, CertificateStatus.RETURNED))
        return made
    made.issued_on, made.valid_until = _term(draws, kind)
    made.number = f"CONTOH-{kind.upper()}-{number:06d}"
    if kind == CertificateKind.TKDN_IK:
        made.tkdn_percent = Decimal(draws.number(2500, 4000)) / 100
        new = made.issued_on >= _TKDN_CHANGE
        made.regulation = "35/2025" if new else "46/2022"
    elif kind == CertificateKind.HALAL and made.issued_on >= _HALAL_OPEN:
        made.open_ended, made.valid_until = True, None
    elif kind == CertificateKind.PIRT:
        place = firm.regency_id.replace(".", "")
        ends = made.valid_until.year % 100
        made.number = f"2{trade.food_type}{place}01{number % 10_000:04d}-{ends:02d}"
    if draws.chance(0.25):
        made.facilitated_by, made.facilitation_year = "Dinas (contoh)", made.issued_on.year
    return made


def _term(draws: Draws, kind: str) -> tuple[dt.date, dt.date]:
    """First and last day: most are valid, some ended, some end within 90 days."""
    age = draws.random.random()
    if kind == CertificateKind.TKDN_IK:
        return _tkdn_term(draws, age)
    years = _YEARS[kind]
    if age < 0.08:
        ends = draws.days_on(1, 89)
    elif age < 0.18:
        ends = draws.days_ago(1, 500)
    else:
        ends = draws.days_on(100, 365 * years - 20)
    return _years_before(ends, years), ends


def _tkdn_term(draws: Draws, age: float) -> tuple[dt.date, dt.date]:
    """Three years under the old regulation, five under the new one."""
    if age < 0.18:
        ends = draws.days_on(1, 89) if age < 0.08 else draws.days_ago(1, 380)
        issued = max(_years_before(ends, 3), _TKDN_FIRST)
    else:
        issued = max(draws.days_ago(20, 1000), _TKDN_FIRST)
    return issued, _years_before(issued, -5 if issued >= _TKDN_CHANGE else -3)


def _years_before(day: dt.date, years: int) -> dt.date:
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - years, day=28 if leap else day.day)


def consents(draws: Draws, firm: Firm, texts: Mapping[str, ConsentText]) -> list[Consent]:
    """What two thirds of the firms agreed to; a few withdrew, of one purpose or of all."""
    if not (texts and draws.chance(0.65)):
        return []
    since = max(text.effective_on for text in texts.values())
    span = max(0, (draws.today - since).days)
    given = since + dt.timedelta(days=draws.number(0, span))
    channel = draws.weighted(dict(zip(Channel.values, (40, 20, 25, 12, 3), strict=True)))
    purposes: list[str] = [Purpose.CATALOGUE]
    for purpose, share in _SHARES.items():
        if draws.chance(share) and (firm.phone or purpose != Purpose.WHATSAPP):
            purposes.append(purpose)
    gone = purposes if draws.chance(0.02) else purposes[1:2] if draws.chance(0.02) else []
    ended = given + dt.timedelta(days=draws.number(0, max(0, (draws.today - given).days)))
    return [
        Consent(
            purpose=purpose,
            text=texts[purpose],
            given_on=given,
            channel=channel,
            withdrawn_on=ended if purpose in gone else None,
        )
        for purpose in purposes
    ]


def partnerships(draws: Draws, siinas: SiinasAccount | None) -> list[Partnership]:
    """What a few firms with a complete account have agreed on with local government."""
    complete = siinas is not None and siinas.state == State.COMPLETE.value
    if not (complete and draws.chance(0.4)):
        return []
    made = Partnership(
        kind=draws.pick(list(PartnershipKind)).value,
        partner="Dinas (contoh)",
        started_on=draws.days_ago(30, 900),
        evidence=f"CONTOH-{draws.number(0, 9999):04d}",
    )
    if draws.chance(0.2):
        made.ended_on = made.started_on + dt.timedelta(days=draws.number(10, 400))
    if draws.chance(0.6):
        made.value = draws.number(5, 400) * 1_000_000
    if draws.chance(0.5):
        made.jobs_before = draws.number(2, 15)
        made.jobs_after = made.jobs_before + draws.number(0, 6)
    return [made]


def facilitations(draws: Draws) -> list[Facilitation]:
    """Help that an eighth of the firms was given."""
    if not draws.chance(0.12):
        return []
    return [
        Facilitation(
            kind=draws.pick(list(FacilitationKind)).value,
            program="Program contoh",
            given_on=draws.days_ago(20, 1000),
            given_by="Dinas (contoh)",
            value=draws.number(1, 25) * 1_000_000 if draws.chance(0.5) else None,
        )
    ]
