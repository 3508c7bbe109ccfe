"""The same thing done with many firms: a contact, a consent, a confirmation, a SIINas account.

Rule: firms are written some hundred at a time, each lot in one transaction; who has it already is
told and left as it is, so that doing it again, after a break or by a second click, changes nothing
more. Consents: UU 27/2022; a later withdrawal stands against an older paper.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts import policy
from accounts.policy import Action
from registry.models import (
    Consent,
    ConsentText,
    Contact,
    Firm,
    Objection,
    ProductionSite,
    SiinasAccount,
)
from registry.models.base import private_path
from registry.models.consents import Channel, Purpose
from registry.services.base import require, writing
from registry.services.contacts import check_days
from registry.services.objections import lift_by_consent
from registry.services.siinas import siinas_open

MOST = 1_000
CHUNK = 100


@dataclass
class Tally:
    """What became of the firms: how many were written, and the names of the others by why."""

    done: int = 0
    had: list[str] = field(default_factory=list)  # had it already
    left: list[str] = field(default_factory=list)  # could not have it


def contacts_log(
    *,
    firms: Sequence[int],
    channel: str,
    outcome: str,
    by: Any,
    on: dt.date,
    note: str = "",
    next_on: dt.date | None = None,
) -> Tally:
    """Log the same contact with each firm."""
    check_days(on, next_on)
    same = {"on": on, "channel": channel, "outcome": outcome, "note": note, "next_on": next_on}

    def write(lot: list[Firm], tally: Tally) -> None:
        mine = Contact.objects.filter(firm__in=lot, recorded_by_id=by.pk, **same)
        wanting = _without(lot, set(mine.values_list("firm", flat=True)), tally)
        rows = [Contact(firm=firm, recorded_by_id=by.pk, **same) for firm in wanting]
        _add(Contact, rows, by, tally)

    return _with_each(firms, write, by=by, reason=_("Contact logged for many"))


def consents_give(
    *, firms: Sequence[int], text: ConsentText, on: dt.date, by: Any, paper: Any = None
) -> Tally:
    """Record what firms signed on a list: one purpose, the words they signed, the scan of it."""
    if on > timezone.localdate():
        raise ValidationError(
            {
                "on": _("%(date)s has not come yet. Give the day of the signatures.")
                % {"date": date_format(on, "j M Y")}
            }
        )
    if on < text.effective_on:
        raise ValidationError(
            {
                "on": _(
                    "%(text)s holds since %(since)s, so it can't have been signed on %(date)s. "
                    "Choose the version that was on the paper."
                )
                % {
                    "text": text,
                    "since": date_format(text.effective_on, "j M Y"),
                    "date": date_format(on, "j M Y"),
                }
            }
        )
    scan: dict[str, str] = {}

    def write(lot: list[Firm], tally: Tally) -> None:
        given = Consent.objects.filter(firm__in=lot, purpose=text.purpose)
        in_force = set(given.in_force().values_list("firm", flat=True))
        withdrawn = set(given.filter(withdrawn_on__gte=on).values_list("firm", flat=True))
        wishes: Any = Objection.objects.in_force().filter(firm__in=lot)
        if text.purpose == Purpose.CATALOGUE:
            withdrawn |= set(wishes.filter(said_on__gte=on).values_list("firm", flat=True))
        wanting = _without(lot, in_force, tally)
        tally.left += [str(firm) for firm in wanting if firm.pk in withdrawn]
        rows = [
            Consent(
                firm=firm,
                purpose=text.purpose,
                text=text,
                given_on=on,
                channel=Channel.PAPER,
                recorded_by_id=by.pk,
            )
            for firm in wanting
            if firm.pk not in withdrawn
        ]
        if paper and rows:
            if not scan:
                scan["name"] = _stored(paper, rows[0])
            for row in rows:
                row.paper = scan["name"]
        _add(Consent, rows, by, tally)
        if text.purpose == Purpose.CATALOGUE:
            for row in rows:
                lift_by_consent(firm=row.firm, on=on, by=by)

    return _with_each(firms, write, by=by, reason=_("Consents of a signed list"))


def firms_confirm(*, firms: Sequence[int], on: dt.date, how: str, by: Any) -> Tally:
    """Record that the data of each firm were confirmed; a later confirmation stays."""
    if on > timezone.localdate():
        raise ValidationError(
            {
                "on": _("%(date)s has not come yet. Give the day of the confirmation.")
                % {"date": date_format(on, "j M Y")}
            }
        )

    def write(lot: list[Firm], tally: Tally) -> None:
        later = {firm.pk for firm in lot if firm.confirmed_on and firm.confirmed_on >= on}
        wanting = _without(lot, later, tally)
        keys = [firm.pk for firm in wanting]
        # The history is written by the database, row by row, as for every change.
        Firm.objects.filter(pk__in=keys).update(
            confirmed_on=on, confirmed_how=how, updated_at=timezone.now()
        )
        tally.done += len(keys)

    return _with_each(firms, write, by=by, reason=_("Data confirmed for many"))


def accounts_follow(*, firms: Sequence[int], by: Any) -> Tally:
    """Start following the SIINas account of the main site of each firm."""
    reason = _("Accounts followed from now on")

    def write(lot: list[Firm], tally: Tally) -> None:
        sites = ProductionSite.objects.in_scope(by, Action.CHANGE)
        mains = {site.firm_id: site for site in sites.filter(firm__in=lot, is_main=True)}
        with_one = SiinasAccount.objects.filter(site__firm__in=lot).values_list("site__firm")
        wanting = _without(lot, {key for (key,) in with_one}, tally)
        for firm in wanting:
            if firm.pk not in mains:
                tally.left.append(str(firm))
                continue
            siinas_open(site=mains[firm.pk], by=by, reason=reason)
            tally.done += 1

    return _with_each(firms, write, by=by, reason=reason)


def _with_each(
    firms: Sequence[int], write: Callable[[list[Firm], Tally], None], *, by: Any, reason: str
) -> Tally:
    """Lock and write the firms lot by lot; those outside the person's reach count as left."""
    if len(firms) > MOST:
        raise ValidationError(
            _("%(n)s firms are too many at once; at most %(most)s. Narrow the list with a filter.")
            % {"n": len(firms), "most": MOST}
        )
    tally = Tally()
    for keys in _lots(sorted(set(firms))):
        with writing(by=by, reason=reason):
            rows = Firm.objects.in_scope(by, Action.CHANGE).filter(pk__in=keys)
            lot = list(rows.select_for_update(of=("self",)).order_by("pk"))
            write([firm for firm in lot if policy.may(by, Action.CHANGE, firm)], tally)
    return tally


def _lots(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), CHUNK):
        yield keys[start : start + CHUNK]


def _without(lot: list[Firm], having: set[int], tally: Tally) -> list[Firm]:
    """The firms that do not have it yet; the others are told."""
    tally.had += [str(firm) for firm in lot if firm.pk in having]
    return [firm for firm in lot if firm.pk not in having]


def _add(model: Any, rows: list[Any], by: Any, tally: Tally) -> None:
    for row in rows:
        require(by, Action.ADD, row)
    model.objects.bulk_create(rows)
    tally.done += len(rows)


def _stored(paper: Any, row: Consent) -> str:
    """The scan, kept once for all the firms on it."""
    storage = Consent._meta.get_field("paper").storage
    name: str = storage.save(private_path(row, paper.name), paper)
    return name
