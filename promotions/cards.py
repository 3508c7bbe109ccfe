"""What a firm reads on its own card: its next step, its data, what the public sees, its consents.

Rule: an allow-list, as for the public profile. What officers noted, owners, NPWP, figures of money
and every other firm have no way into these objects; a NIB shows its last digits only, since whoever
finds a lost card can read it too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from promotions.profiles import FirmProfile, for_profile, profile_of
from registry.advice import furthest
from registry.advice_owner import FOR_OWNER, RUNG_WORDS
from registry.chain import Mark, Rung, chain_of, with_chain
from registry.corrections import on_record, said, villages_of
from registry.models import (
    ChangeProposal,
    Consent,
    ConsentText,
    Firm,
    FirmCard,
    Objection,
    SiinasAccount,
)
from registry.models.cards import Correction, ProposalState
from registry.models.consents import Purpose

# So long a decision about a proposal is told on the card.
TOLD_DAYS = 180
_SHOWN_NIB = 4


@dataclass(frozen=True)
class Fact:
    """A line of what stands on record; an empty text is "not provided"."""

    label: Promise | str
    text: str


@dataclass(frozen=True)
class Proposed:
    """A correction with what became of it, in words."""

    label: str
    old: str
    new: str
    state: str
    reason: str
    on: dt.datetime


@dataclass(frozen=True)
class Asked:
    """A purpose with its words in force, and whether the firm agreed to it."""

    purpose: Purpose
    text: ConsentText
    consent: Consent | None

    @property
    def given(self) -> bool:
        """Whether the consent is in force."""
        return self.consent is not None and self.consent.withdrawn_on is None


@dataclass(frozen=True)
class OwnCard:
    """All that the page of a card shows."""

    name: str
    place: str
    office: str
    is_sample: bool
    closed: bool
    confirmed_on: dt.date | None
    rungs: tuple[tuple[Rung, Promise], ...]
    next_step: str
    facts: tuple[Fact, ...]
    waiting: tuple[Proposed, ...]
    decided: tuple[Proposed, ...]
    public_url: str  # "" while the public does not see the firm
    public: tuple[Fact, ...]
    consents: tuple[Asked, ...]
    by_decision: bool  # shown without a consent of its own, since its office decided so
    objection: Objection | None  # its wish not to be shown
    until: dt.date


# What a firm's profile shows, in words. A field of the profile that is not named here is told by
# another one, or is no fact about the firm; a test holds the two lists against each other.
PUBLIC_LABELS: dict[str, Promise] = {
    "name": _("Name"),
    "products": _("Main products"),
    "brand": _("Brand"),
    "place": _("Place"),
    "address": _("Address"),
    "point": _("Exact point on the map"),
    "start_year": _("Start year"),
    "activities": _("Line of business (KBLI)"),
    "commodities": _("Product groups"),
    "centre": _("Industry centre"),
    "has_nib": _("NIB"),
    "certificates": _("Certificates"),
    "has_siinas": _("SIINas account"),
    "phone": _("Phone"),
    "whatsapp": _("WhatsApp"),
    "website": _("Website"),
    "state": _("State of the data"),
    "self_confirmed_on": _("Confirmed by the firm itself"),
}
TOLD_ELSEWHERE = frozenset(
    {
        "url", "is_sample", "updated_on", "district_codes",
        "regency", "district", "village",  # the place
        "badges",  # the certificates
        "state_office",  # the state
    }
)  # fmt: skip


def own_card(card: FirmCard) -> OwnCard:
    """What the holder of the card sees now."""
    firm = for_profile(with_chain(Firm.objects.filter(pk=card.firm_id))).get()
    chain = chain_of(firm)
    current = next((r for r in chain if r.mark in (Mark.CURRENT, Mark.BLOCKED)), None)
    waiting, decided = _proposals(firm)
    is_public, consents = firm.is_public, tuple(_consents(firm))
    agreed = {asked.purpose for asked in consents if asked.given}
    return OwnCard(
        name=firm.full_name,
        place=_place(firm.village, firm.district, firm.regency),
        office=firm.regency.short_name,
        is_sample=firm.is_sample,
        closed=firm.status == "closed",
        confirmed_on=firm.last_confirmed_on,
        rungs=tuple((rung, RUNG_WORDS[rung.key]) for rung in chain),
        next_step=FOR_OWNER.on(current.key if current else "", _account(firm)),
        facts=tuple(_facts(firm)),
        waiting=waiting,
        decided=decided,
        public_url=firm.get_absolute_url() if is_public else "",
        public=tuple(_public(profile_of(firm))) if is_public else (),
        consents=consents,
        by_decision=is_public and Purpose.CATALOGUE not in agreed,
        objection=firm.objections.in_force().first(),
        until=card.expires_on,
    )


def _account(firm: Firm) -> SiinasAccount | None:
    """The account that the next step is about."""
    return furthest(SiinasAccount.objects.filter(site__firm=firm).order_by("-site__is_main", "pk"))


def _place(village: Any, district: Any, regency: Any) -> str:
    names = [str(each.name) for each in (village, district) if each]
    return ", ".join([*names, regency.short_name])


def _facts(firm: Firm) -> Iterator[Fact]:
    """What stands on record of the firm itself; contact and workers as it may correct them."""
    record = on_record(firm)
    villages = villages_of(record.values())
    nib = firm.nib
    yield Fact(_("Name"), firm.full_name)
    yield Fact(_("NIB"), f"•••••••••{nib[-_SHOWN_NIB:]}" if nib else "")
    for what in Correction:
        yield Fact(what.label, said(what, record[what], villages))


def _proposals(firm: Firm) -> tuple[tuple[Proposed, ...], tuple[Proposed, ...]]:
    """What waits, and of each field the latest decision unless something newer waits."""
    since = timezone.now() - dt.timedelta(days=TOLD_DAYS)
    rows = [
        row
        for row in firm.proposals.exclude(state=ProposalState.SUPERSEDED)
        if row.state == ProposalState.WAITING or row.decided_at >= since
    ]
    latest = {row.what: row for row in rows}  # in the order in which they were made
    told = list(latest.values())
    villages = villages_of(values for row in told for values in (row.old, row.new))
    waiting = [row for row in told if row.state == ProposalState.WAITING]
    decided = [row for row in told if row.state != ProposalState.WAITING]
    return _in_words(waiting, villages), _in_words(decided, villages)


def _in_words(rows: Sequence[ChangeProposal], villages: Any) -> tuple[Proposed, ...]:
    return tuple(
        Proposed(
            label=row.get_what_display(),
            old=said(row.what, row.old, villages),
            new=said(row.what, row.new, villages),
            state=row.state,
            reason=row.reason,
            on=row.decided_at or row.made_at,
        )
        for row in rows
    )


def _consents(firm: Firm) -> Iterator[Asked]:
    """Every purpose that has words in force, with the consent in force or last withdrawn."""
    today = timezone.localdate()
    texts: dict[str, ConsentText] = {}
    for text in ConsentText.objects.filter(effective_on__lte=today).order_by("version"):
        texts[text.purpose] = text
    held: dict[str, Consent] = {}
    for consent in firm.consents.order_by("pk"):
        before = held.get(consent.purpose)
        if before is None or before.withdrawn_on is not None:
            held[consent.purpose] = consent
    for purpose in Purpose:
        if purpose in texts:
            yield Asked(purpose, texts[purpose], held.get(purpose))


def _public(profile: FirmProfile) -> Iterator[Fact]:
    """What the public page shows of the firm at this moment; empty fields are left out."""
    for name, label in PUBLIC_LABELS.items():
        if text := _public_text(profile, name):
            yield Fact(label, text)


def _public_text(profile: FirmProfile, name: str) -> str:
    if name == "place":
        return ", ".join(filter(None, (profile.village, profile.district, profile.regency.name)))
    if name in _PUBLIC_WORDS:
        return str(_PUBLIC_WORDS[name](profile))
    value = getattr(profile, name)
    return "" if value is None else str(value)


def _certificate_words(profile: FirmProfile) -> str:
    told = []
    for each in profile.certificates:
        until = date_format(each.valid_until, "j M Y") if each.valid_until else ""
        told.append(" ".join(filter(None, (each.kind, each.number, each.product, until))))
    return "; ".join(told)


_ON_RECORD = _("on record, without its number")
_PUBLIC_WORDS: dict[str, Any] = {
    "point": lambda p: f"{p.point[0]}, {p.point[1]}" if p.point else "",
    "activities": lambda p: "; ".join(p.activities),
    "commodities": lambda p: ", ".join(each.name for each in p.commodities),
    "centre": lambda p: p.centre.name if p.centre else "",
    "has_nib": lambda p: _ON_RECORD if p.has_nib else "",
    "certificates": _certificate_words,
    "has_siinas": lambda p: _("Has an account") if p.has_siinas else "",
    "state": lambda p: p.state.label,
    "self_confirmed_on": lambda p: (
        date_format(p.self_confirmed_on, "j F Y") if p.self_confirmed_on else ""
    ),
}
