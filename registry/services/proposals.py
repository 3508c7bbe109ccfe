"""Corrections that a firm proposes by its card, and what an officer decides about them.

Rule: nothing changes before an officer accepts; an officer decides about what stood on the page:
when the value on record has changed since, nothing is written and the new value is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.cards import holder_of
from registry.corrections import Values, now_of, on_record, put, said, stamp_of, villages_of
from registry.models import AnnualProfile, ChangeProposal, Firm, FirmCard
from registry.models.cards import Correction, ProposalState
from registry.services.base import save_row, writing
from registry.services.firms import firm_save


@dataclass(frozen=True)
class Decision:
    """What an officer says of one proposal, having seen a value on record."""

    proposal: int
    accept: bool
    seen: str  # the stamp of the value on record that stood on the page
    reason: str = ""


def corrections_propose(*, card: FirmCard, wanted: Mapping[str, Values]) -> list[ChangeProposal]:
    """Propose what differs from the record; a newer proposal of a field replaces the earlier.

    A value that equals the record takes back what waited for that field.
    """
    by = holder_of(card)
    with writing(by=by, reason=_("Proposed by the firm"), card=card.pk):
        firm = Firm.objects.select_for_update().get(pk=card.firm_id)
        record = on_record(firm)
        waiting = {each.what: each for each in _waiting(firm)}
        asked = {what: waiting[what].new if what in waiting else record[what] for what in wanted}
        differing = {what: new for what, new in wanted.items() if new != asked[what]}
        reason = _told(differing)
        for what in differing.keys() & waiting.keys():
            waiting[what].state = ProposalState.SUPERSEDED
            save_row(waiting[what], by=by, reason=reason, card=card.pk)
        made = [
            ChangeProposal(firm=firm, card=card, what=what, old=record[what], new=new)
            for what, new in differing.items()
            if new != record[what]
        ]
        for row in made:
            save_row(row, by=by, reason=reason, card=card.pk)
    return made


def proposals_decide(*, firm: Firm, decisions: Sequence[Decision], by: Any) -> list[ChangeProposal]:
    """Decide about corrections of one firm: all that were named, or none.

    Raises `ValidationError` when one was decided meanwhile, when the record has changed since it
    was looked at, when a refusal has no reason, or when the value can't be kept.
    """
    reason = _("Proposed by the firm by its card")
    with writing(by=by, reason=reason):
        kept = Firm.objects.select_for_update().get(pk=firm.pk)
        rows = _waiting(kept).select_for_update().in_bulk([each.proposal for each in decisions])
        profiles: list[AnnualProfile] = []
        changed = False
        for decision in decisions:
            row = rows.get(decision.proposal)
            if row is None:
                raise ValidationError(
                    _("Somebody has decided about this meanwhile. Look at the list again.")
                )
            if decision.accept:
                profile = _accept(kept, row, decision)
                profiles += [profile] if profile else []
                changed |= profile is None
            _note(row, decision, by)
        if changed:
            firm_save(kept, by=by, reason=reason)
        for profile in profiles:
            save_row(profile, by=by, reason=reason)
        for row in rows.values():
            save_row(row, by=by, reason=reason)
    return list(rows.values())


def _told(wanted: Mapping[str, Values]) -> str:
    """What is proposed, for the history: "phone: +62812…; brand: Lestari"."""
    villages = villages_of(wanted.values())
    parts = [
        f"{Correction(what).label}: {said(what, new, villages) or _('not provided')}"
        for what, new in wanted.items()
    ]
    return "; ".join(parts)[:200]


def _waiting(firm: Firm) -> QuerySet[ChangeProposal]:
    rows: QuerySet[ChangeProposal] = ChangeProposal.objects.waiting().filter(firm=firm)
    return rows


def _accept(firm: Firm, row: ChangeProposal, decision: Decision) -> AnnualProfile | None:
    now = now_of(firm, row.what, row.new)
    if stamp_of(now) != decision.seen:
        raise ValidationError(
            _("%(what)s was changed meanwhile. Look at the value of today, then decide.")
            % {"what": row.get_what_display().capitalize()}
        )
    return put(firm, row.what, row.new)


def _note(row: ChangeProposal, decision: Decision, by: Any) -> None:
    if not decision.accept and not decision.reason:
        raise ValidationError(
            _("Say why %(what)s is refused: the firm reads the reason on its card.")
            % {"what": row.get_what_display()}
        )
    row.state = ProposalState.ACCEPTED if decision.accept else ProposalState.REFUSED
    row.reason = "" if decision.accept else decision.reason
    row.decided_at, row.decided_by_id = timezone.now(), by.pk
