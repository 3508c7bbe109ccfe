"""What every queue is, said a second time in plain Python over the source tables, and a register
that changes at random in all that the queues speak of.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone
from hypothesis import strategies as st

from registry.completeness import missing_of
from registry.models import (
    AnnualProfile,
    Certificate,
    ChangeProposal,
    Contact,
    Firm,
    FirmActivity,
    FirmCard,
    ReportingPeriod,
    SiinasAccount,
    SiinasReport,
    TkdnAnswers,
    TkdnRule,
)
from registry.models.reporting import days_of_period
from tests.registry.test_standing import WRITES, firm_at
from tests.registry.test_standing import write as write_standing

HELD = {"issued", "profile_incomplete", "complete"}


def today() -> dt.date:
    return timezone.localdate()


def accounts(firm: Firm) -> list[SiinasAccount]:
    return list(SiinasAccount.objects.filter(site__firm=firm))


def states(firm: Firm) -> set[str]:
    return {account.state for account in accounts(firm)}


def reached(firm: Firm) -> set[str]:
    """The same, looking past a block to what is on record from before it."""
    return {standing(account) for account in accounts(firm)}


def standing(account: SiinasAccount) -> str:
    if account.state == "blocked" and account.evidence_number:
        return "complete"
    if account.state == "blocked" and account.issued_on:
        return "issued"
    return str(account.state)


def ends(firm: Firm) -> list[int]:
    """Days until the dated certificates of the firm end that no later one renews."""
    issued = [c for c in firm.certificates.all() if c.status == "issued"]
    return [
        (c.valid_until - today()).days
        for c in issued
        if c.valid_until and not any(renews(other, c) for other in issued)
    ]


def renews(later: Certificate, one: Certificate) -> bool:
    same = (later.kind, later.product.upper()) == (one.kind, one.product.upper())
    until = later.valid_until
    return same and (later.open_ended or bool(until and until > one.valid_until))


def catalogue(firm: Firm) -> list[Any]:
    return [each.withdrawn_on for each in firm.consents.all() if each.purpose == "catalogue"]


def unconfirmed(firm: Firm) -> bool:
    day = firm.last_confirmed_on
    return day is None or (today() - day).days > 365


def eligible(firm: Firm) -> bool:
    """What Permenperin 46/2022 and 35/2025 ask of a small firm, and no valid certificate."""
    rules = [r for r in TkdnRule.objects.all() if r.since <= today()]
    rules = [r for r in rules if r.until is None or today() <= r.until]
    rule = max(rules, key=lambda r: r.since, default=None)
    known = [p for p in firm.profiles.all() if p.business_capital is not None]
    latest = max(known, key=lambda p: p.year, default=None)
    sections = [a.kbli.section for a in firm.activities.all() if a.is_primary]
    packed = [a.made_in_house for a in TkdnAnswers.objects.filter(firm=firm)]
    certified = [
        c
        for c in firm.certificates.all()
        if c.kind == "tkdn_ik"
        and c.status == "issued"
        and (c.open_ended or (c.valid_until is not None and c.valid_until >= today()))
    ]
    return bool(
        firm.nib
        and firm.scale_on_nib in ("micro", "small")
        and sections == ["C"]
        and rule is not None
        and rule.ceiling is not None
        and latest is not None
        and latest.business_capital <= rule.ceiling
        and "complete" in reached(firm)
        and False not in packed
        and not certified
    )


def complete_since(account: SiinasAccount) -> dt.date:
    """The earliest day on which it may have been complete."""
    steps = [s for s in account.steps.order_by("pk") if s.target == "complete"]
    if steps and steps[0].source:
        return steps[0].on
    year = account.evidence_year
    days = [account.issued_on, account.registered_on, dt.date(year, 1, 1) if year else None]
    return max((day for day in days if day), default=dt.date(1, 1, 1))


def owes_report(firm: Firm) -> bool:
    asked = {
        "all": ("", "micro", "small", "medium", "large"),
        "small": ("", "micro", "small"),
        "larger": ("", "medium", "large"),
    }
    for account in accounts(firm):
        made = {r.period_id for r in account.reports.all() if r.state in ("submitted", "accepted")}
        for period in ReportingPeriod.objects.all():
            if (
                standing(account) == "complete"
                and period.last_day < today()
                and firm.scale_on_nib in asked[period.obliged]
                and complete_since(account) <= period.last_day
                and period.pk not in made
            ):
                return True
    return False


def to_be_contacted(firm: Firm) -> bool:
    latest = max(firm.contacts.all(), key=lambda c: (c.on, c.pk), default=None)
    return latest is not None and latest.next_on is not None and latest.next_on <= today()


DEFINED: dict[str, Callable[[Any], bool]] = {
    "usulan": lambda f: any(each.state == "waiting" for each in f.proposals.all()),
    "segera": lambda f: any(0 <= days <= 90 for days in ends(f)),
    "berakhir": lambda f: any(days < 0 for days in ends(f)),
    "terkendala": lambda f: "blocked" in states(f),
    "lapor": owes_report,
    "layak-tkdn": eligible,
    "periksa": lambda f: f.data_state == "terdaftar" and f.is_public,
    "konfirmasi": unconfirmed,
    "hubungi": to_be_contacted,
    "nib": lambda f: f.nib is None,
    "akun": lambda f: f.nib is not None and not reached(f) & HELD,
    "profil": lambda f: bool(reached(f) & HELD) and "complete" not in reached(f),
    "izin": lambda f: not catalogue(f),
    "kurang": lambda f: bool(missing_of(f)),
}


def waits(firm: Firm, key: str) -> bool:
    """Whether a firm waits in a queue; a queue that is not told of here is a missing fact."""
    if firm.status not in {"active", "unverified"} or firm.merged_into_id:
        return False
    if key in DEFINED:
        return bool(DEFINED[key](firm))
    return key in {fact.key for fact in missing_of(firm)}


days = st.integers(-400, 200)
MORE = st.one_of(
    WRITES,
    st.tuples(st.just("nib"), firm_at, st.booleans()),
    st.tuples(st.just("scale"), firm_at, st.sampled_from(["", "micro", "small", "medium"])),
    st.tuples(
        st.just("capital"), firm_at, st.sampled_from([None, 1, 5_000_000_000, 5_000_000_001])
    ),
    st.tuples(st.just("packed"), firm_at, st.sampled_from([None, True, False])),
    st.tuples(st.just("ready"), firm_at, st.none()),
    st.tuples(st.just("ends"), firm_at, days),
    st.tuples(
        st.just("period"),
        st.integers(1, 2),
        st.sampled_from([(year, who) for year in (-1, 0, 1) for who in ("all", "small", "larger")]),
    ),
    st.tuples(st.just("report"), firm_at, st.sampled_from(["draft", "submitted", "accepted"])),
    st.tuples(st.just("contact"), firm_at, st.tuples(days, st.none() | st.integers(0, 60))),
    st.tuples(st.just("proposal"), firm_at, st.sampled_from(["waiting", "accepted"])),
)
# One of each that lets somebody wait in every queue at some moment.
EACH: list[tuple[str, int, Any]] = [
    ("firm", 0, "32.09.19.2009"),
    ("nib", 0, True),
    ("contact", 0, (-3, 1)),
    ("proposal", 0, "waiting"),
    ("consent", 0, True),
    ("block", 0, None),
    ("account", 0, "submitted"),
    ("block", 0, None),
    ("account", 0, "issued"),
    ("ready", 0, None),
    ("period", 1, (-1, "small")),
    ("ends", 0, -5),
    ("ends", 0, 30),
    ("bulk", 0, 1),
]


def write(what: str, at: int, value: Any) -> None:
    """One write; what the queues speak of beside what `test_standing` writes already."""
    firms = list(Firm.objects.order_by("pk")[:4])
    if what not in _WRITERS or not firms:
        write_standing(what, at, value)
        return
    _WRITERS[what](firms[at % len(firms)], at, value)


def _nib(firm: Firm, _at: int, value: bool) -> None:
    Firm.objects.filter(pk=firm.pk).update(nib=f"{firm.pk:013d}" if value else None)


def _scale(firm: Firm, _at: int, value: str) -> None:
    Firm.objects.filter(pk=firm.pk).update(scale_on_nib=value)


def _capital(firm: Firm, _at: int, value: int | None) -> None:
    row = AnnualProfile.objects.filter(firm=firm).order_by("-year").first()
    year = row.year + 1 if row else 2020
    AnnualProfile.objects.create(firm=firm, year=year, business_capital=value)


def _packed(firm: Firm, _at: int, value: bool | None) -> None:
    TkdnAnswers.objects.update_or_create(firm=firm, defaults={"made_in_house": value})


def _ready(firm: Firm, at: int, _value: Any) -> None:
    """All that TKDN-IK asks for."""
    _nib(firm, at, True)
    _scale(firm, at, "small")
    _capital(firm, at, 1)
    FirmActivity.objects.filter(firm=firm).delete()
    FirmActivity.objects.create(firm=firm, kbli_id="2020-31002", is_primary=True)
    write_standing("account", at, "complete")


def _ends(firm: Firm, _at: int, value: int) -> None:
    until = today() + dt.timedelta(days=value)
    Certificate.objects.create(firm=firm, kind="halal", valid_until=until)


def _period(_firm: Firm, number: int, value: tuple[int, str]) -> None:
    year = today().year + value[0]
    first, last = days_of_period("semester", year, number)
    told = {"first_day": first, "last_day": last, "due_on": last + dt.timedelta(days=31)}
    ReportingPeriod.objects.update_or_create(
        kind="semester",
        year=year,
        number=number,
        defaults={"obliged": value[1], **told},
    )


def _report(firm: Firm, _at: int, value: str) -> None:
    account, period = SiinasAccount.objects.filter(site__firm=firm).first(), _any_period()
    if account and period:
        told = {"state": value, "on": today()}
        SiinasReport.objects.update_or_create(account=account, period=period, defaults=told)


def _any_period() -> ReportingPeriod | None:
    return ReportingPeriod.objects.order_by("pk").first()


def _contact(firm: Firm, _at: int, value: tuple[int, int | None]) -> None:
    on = today() + dt.timedelta(days=value[0])
    next_on = None if value[1] is None else on + dt.timedelta(days=value[1])
    Contact.objects.create(firm=firm, on=on, channel="phone", outcome="told", next_on=next_on)


def _proposal(firm: Firm, _at: int, value: str) -> None:
    card, _made = FirmCard.objects.get_or_create(
        firm=firm,
        defaults={"token_hash": f"{firm.pk}", "way": "print", "expires_on": dt.date(2099, 1, 1)},
    )
    now = timezone.now()
    ChangeProposal.objects.filter(firm=firm).update(state="superseded", decided_at=now)
    decided = None if value == "waiting" else now
    told = {"what": "brand", "old": {}, "new": {}, "state": value, "decided_at": decided}
    ChangeProposal.objects.create(firm=firm, card=card, **told)


_WRITERS: dict[str, Callable[[Firm, int, Any], None]] = {
    "nib": _nib,
    "scale": _scale,
    "capital": _capital,
    "packed": _packed,
    "ready": _ready,
    "ends": _ends,
    "period": _period,
    "report": _report,
    "contact": _contact,
    "proposal": _proposal,
}
