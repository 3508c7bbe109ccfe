"""TKDN-IK for a firm on record: what its rows say to the rules of `registry.tkdn`, and in words.

Rule: each condition is told with what the register knows and, while it is open, with one thing to
do. An estimate is always called one; what a regulation leaves unknown is "not yet available".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry.models import AnnualProfile, Firm, SiinasAccount, TkdnAnswers, TkdnRule
from registry.tkdn import (
    Answer,
    Criterion,
    Estimate,
    Facts,
    Part,
    eligibility,
    estimate,
)

NAMES: dict[Criterion, Promise] = {
    Criterion.NIB: _("NIB on record"),
    Criterion.SCALE: _("Micro or small on the NIB"),
    Criterion.KBLI: _("Primary KBLI is industry (10–33)"),
    Criterion.CAPITAL: _("Business capital within the ceiling"),
    Criterion.SIINAS: _("SIINas account complete"),
    Criterion.IN_HOUSE: _("Made by the firm itself, not only packed"),
}
# What is open, said shortly: for a condition that fails and for one that is unknown.
SHORT: dict[tuple[Criterion, Answer], Promise] = {
    (Criterion.NIB, Answer.NOT_MET): _("no NIB on record"),
    (Criterion.SCALE, Answer.NOT_MET): _("the NIB says medium or large"),
    (Criterion.SCALE, Answer.UNKNOWN): _("the scale on the NIB is not provided"),
    (Criterion.KBLI, Answer.NOT_MET): _("the primary KBLI is not industry"),
    (Criterion.KBLI, Answer.UNKNOWN): _("the primary KBLI is not provided"),
    (Criterion.CAPITAL, Answer.NOT_MET): _("business capital above the ceiling"),
    (Criterion.CAPITAL, Answer.UNKNOWN): _("business capital not provided"),
    (Criterion.SIINAS, Answer.NOT_MET): _("the SIINas account is not complete"),
    (Criterion.SIINAS, Answer.UNKNOWN): _("the state of the SIINas account is not provided"),
    (Criterion.IN_HOUSE, Answer.NOT_MET): _("the product is only packed"),
    (Criterion.IN_HOUSE, Answer.UNKNOWN): _("not provided; ask the firm"),
}
NEXT: dict[tuple[Criterion, Answer], Promise] = {
    (Criterion.NIB, Answer.NOT_MET): _(
        "Help the owner to get a NIB in OSS, then record its 13 digits."
    ),
    (Criterion.SCALE, Answer.NOT_MET): _(
        "TKDN-IK is for small industry: see whether the general TKDN fits."
    ),
    (Criterion.SCALE, Answer.UNKNOWN): _("Read the scale on the NIB document and record it."),
    (Criterion.KBLI, Answer.NOT_MET): _(
        "Help the owner to add an industry KBLI (10–33) to the NIB in OSS."
    ),
    (Criterion.KBLI, Answer.UNKNOWN): _("Record the primary KBLI as it stands on the NIB."),
    (Criterion.CAPITAL, Answer.NOT_MET): _(
        "TKDN-IK is for small industry: see whether the general TKDN fits."
    ),
    (Criterion.CAPITAL, Answer.UNKNOWN): _(
        "Ask for the business capital without land and buildings; record it in the yearly figures."
    ),
    (Criterion.SIINAS, Answer.NOT_MET): _(
        "Take the SIINas account to its proof of ownership, step by step."
    ),
    (Criterion.SIINAS, Answer.UNKNOWN): _(
        "Ask whether the firm already has a SIINas account, then record the answer."
    ),
    (Criterion.IN_HOUSE, Answer.NOT_MET): _(
        "Products that are only packed are not certified. Look for another product of the firm."
    ),
    (Criterion.IN_HOUSE, Answer.UNKNOWN): _("Ask whether the firm makes the product itself."),
}
SAID = {Answer.MET: _("met"), Answer.NOT_MET: _("not met"), Answer.UNKNOWN: _("not provided")}
BADGES = {Answer.MET: "sah", Answer.NOT_MET: "lewat", Answer.UNKNOWN: "belum"}
YES_NO = {True: _("yes"), False: _("no"), None: _("not provided")}


@dataclass(frozen=True)
class Reason:
    """A condition as it stands for a firm."""

    criterion: Criterion
    answer: Answer
    open: bool  # whether it stands in the way
    told: str  # what the register knows of it

    @property
    def name(self) -> Promise:
        """What is asked for."""
        return NAMES[self.criterion]

    @property
    def said(self) -> Promise:
        """The answer in a word."""
        return SAID[self.answer]

    @property
    def badge(self) -> str:
        """The class of its badge."""
        return BADGES[self.answer]

    @property
    def short(self) -> Promise | str:
        """Why it is open, in a few words."""
        return SHORT.get((self.criterion, self.answer), "")

    @property
    def next(self) -> Promise | str:
        """What to do about it; empty when it is met."""
        return NEXT.get((self.criterion, self.answer), "")


@dataclass(frozen=True)
class Question:
    """A part of the estimate: what is asked, what it weighs, what was answered."""

    part: Part
    weight: Decimal
    answer: bool | None

    @property
    def label(self) -> str:
        """What is asked."""
        field: Any = TkdnAnswers._meta.get_field(self.part.value)
        return str(capfirst(field.verbose_name))

    @property
    def said(self) -> Promise:
        """The answer in a word."""
        return YES_NO[self.answer]


@dataclass(frozen=True)
class Readiness:
    """How far a firm is from a TKDN-IK certificate, under the regulation of the day."""

    rule: TkdnRule | None
    reasons: Sequence[Reason]
    estimate: Estimate | None

    @property
    def eligible(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.open

    @property
    def met(self) -> int:
        """How many conditions are met."""
        return sum(reason.answer is Answer.MET for reason in self.reasons)

    @property
    def open(self) -> list[Reason]:
        """The reasons that stand in the way."""
        return [reason for reason in self.reasons if reason.open]

    @property
    def why_not(self) -> str:
        """The open reasons as one line: "SIINas account not complete; business capital …"."""
        return "; ".join(str(reason.short) for reason in self.open)

    @property
    def to_ask(self) -> list[Reason]:
        """What does not stand in the way but is not known either."""
        return [r for r in self.reasons if not r.open and r.answer is Answer.UNKNOWN]

    @property
    def questions(self) -> list[Question]:
        """The parts of the estimate, in the order of the regulation."""
        if self.estimate is None:
            return []
        found = self.estimate
        return [Question(p, w, found.given[p]) for p, w in found.weights.items()]


def readiness_of(firm: Firm, on: dt.date) -> Readiness:
    """Ask every condition of a firm on a day; a fixed number of queries."""
    rule: TkdnRule | None = TkdnRule.objects.in_force(on).first()
    regulation = rule.as_regulation() if rule else None
    answers = TkdnAnswers.objects.filter(firm=firm).first()
    primary = firm.activities.filter(is_primary=True).select_related("kbli").first()
    reported = firm.profiles.filter(business_capital__isnull=False).order_by("-year").first()
    states = {account.stands_at for account in SiinasAccount.objects.filter(site__firm=firm)}
    facts = Facts(
        has_nib=firm.nib is not None,
        scale=firm.scale_on_nib,
        section=primary.kbli.section if primary else "",
        capital=reported.business_capital if reported else None,
        complete="complete" in states if states else None,
        in_house=answers.made_in_house if answers else None,
    )
    asked = eligibility(facts, regulation)
    told = {
        Criterion.NIB: firm.nib or "",
        Criterion.SCALE: firm.get_scale_on_nib_display(),
        Criterion.KBLI: str(primary.kbli) if primary else "",
        Criterion.CAPITAL: _capital(reported, rule),
    }
    reasons = [Reason(c, a, c in asked.open, told.get(c, "")) for c, a in asked.answers.items()]
    given = answers.given if answers else {}
    return Readiness(rule, reasons, estimate(given, regulation))


def _capital(reported: AnnualProfile | None, rule: TkdnRule | None) -> str:
    """The capital and its year, beside the ceiling."""
    parts = []
    if reported is not None:
        told = {"n": _n(reported.business_capital), "year": reported.year}
        parts.append(gettext("Rp %(n)s (%(year)s)") % told)
    if rule is not None and rule.ceiling is not None:
        parts.append(gettext("ceiling Rp %(n)s") % {"n": _n(rule.ceiling)})
    return ", ".join(parts)


def _n(rupiah: Any) -> str:
    return str(number_format(rupiah, force_grouping=True))
