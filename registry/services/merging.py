"""Making one firm of two, and taking that back within 30 days.

Rule: all of it happens or nothing; the firm that is gone stays in the table as merged and leads to
the one that was kept. Both firms must lie in the person's reach.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts import policy
from accounts.policy import Action
from registry.duplicates.choices import CHOICES, GONE, resolved
from registry.models import DuplicatePair, Firm, FirmMerge, ProductionSite
from registry.models.duplicates import PairState
from registry.services.base import NotAllowed, require, writing
from registry.services.firms import firm_save
from registry.services.journal import Conflict, Journal, conflicts_in, state_of, take_back
from registry.services.relations import DECLARED, undeclared

_SEAL = ("verified_on", "verified_document", "verified_by_id")


def firms_merge(
    *,
    kept: Firm,
    gone: Firm,
    by: Any,
    reason: str = "",
    choices: Mapping[str, str] | None = None,
) -> FirmMerge:
    """Merge `gone` into `kept`; `choices` says per field whose value is taken ("kept", "gone").

    Raises `NotAllowed`, or `ValidationError` with sentences; nothing is written then.
    """
    if missing := undeclared():
        raise ValidationError(
            _("These tables do not say what happens to them in a merge: %(what)s.")
            % {"what": ", ".join(missing)}
        )
    why = reason or _("Merged as a duplicate")
    with writing(by=by, reason=why):
        kept, gone = _locked(kept, gone)
        _check(kept, gone, by)
        chosen = resolved(kept, gone, choices or {})
        journal = Journal()
        _take(journal, kept, gone, chosen, by=by, why=why)
        for move in dict.fromkeys(DECLARED.values()):
            move(journal, kept, gone)
        journal.change(gone, merged_into_id=kept.pk)
        merge = FirmMerge(
            kept=kept,
            gone=gone,
            choices=chosen,
            changes=journal.entries,
            reason=reason,
            merged_by_id=by.pk,
        )
        merge.save()
        _decide(kept, gone, by, reason)
    return merge


def merge_undo(*, merge: FirmMerge, by: Any, reason: str = "", confirm: bool = False) -> FirmMerge:
    """Make two firms again; what was changed since stays, unless `confirm` sets it back as well.

    Raises `NotAllowed`, or `ValidationError` when the 30 days are over or a later merge stands.
    """
    with writing(by=by, reason=reason or _("Merge undone")):
        merge = FirmMerge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
        kept, gone = _locked(merge.kept, merge.gone)
        _check_undo(merge, kept, gone, by)
        take_back(merge.changes, confirm=confirm)
        merge.undone_at, merge.undone_by_id = timezone.now(), by.pk
        merge.save()
        first, second = sorted((kept.pk, gone.pk))
        DuplicatePair.objects.filter(first=first, second=second).update(
            state=PairState.OPEN, decided_at=None, decided_by=None, reason=""
        )
    return merge


def merge_conflicts(merge: FirmMerge) -> list[Conflict]:
    """What was changed since the merge and would not go back by itself."""
    return conflicts_in(merge.changes)


def _locked(one: Firm, other: Firm) -> tuple[Firm, Firm]:
    """Both firms as they stand, held until the end; always in the same order."""
    rows = Firm.objects.select_for_update(of=("self",)).filter(pk__in=[one.pk, other.pk])
    found = {firm.pk: firm for firm in rows.order_by("pk")}
    return found[one.pk], found[other.pk]


def _check(kept: Firm, gone: Firm, by: Any) -> None:
    if kept.pk == gone.pk:
        raise ValidationError(_("A firm can't be merged with itself."))
    for firm in (kept, gone):
        if firm.merged_into_id:
            raise ValidationError(
                _("%(firm)s was merged already. Open the list of duplicates again.")
                % {"firm": firm}
            )
        require(by, Action.CHANGE, firm)
    if not policy.may_kind(by, Action.ADD, FirmMerge._meta.label_lower):
        raise NotAllowed(_("Only staff may merge firms."))
    if kept.is_sample != gone.is_sample:
        raise ValidationError(_("An invented firm can't be merged with a real one."))


def _check_undo(merge: FirmMerge, kept: Firm, gone: Firm, by: Any) -> None:
    if merge.undone_at is not None:
        raise ValidationError(_("This merge was undone already."))
    if not merge.can_be_undone:
        raise ValidationError(
            _("This merge could be undone until %(day)s. Its earlier states are in the history.")
            % {"day": date_format(merge.until, "j M Y")}
        )
    if kept.merged_into_id:
        raise ValidationError(
            _("%(firm)s was merged into another firm since. Undo that merge first.")
            % {"firm": kept}
        )
    require(by, Action.CHANGE, kept)
    if gone.regency_id not in policy.scope_of(by, Action.CHANGE):
        raise NotAllowed(_("You may not change this firm: it lies outside your region or role."))


def _take(
    journal: Journal, kept: Firm, gone: Firm, chosen: Mapping[str, str], *, by: Any, why: str
) -> None:
    """Give the kept firm what was chosen; its main site follows its address, as in every save."""
    values = {
        column: getattr(gone, column)
        for each in CHOICES
        if chosen.get(each.key) == GONE
        for column in each.columns
    }
    seal = {column: getattr(gone, column) for column in _SEAL}
    before = state_of(kept)
    if values.get("nib"):
        journal.change(gone, nib=None)  # one NIB, one firm: before the other takes it
    main = kept.sites.filter(is_main=True).first()
    site_before = state_of(main) if main else None
    for column, value in values.items():
        setattr(kept, column, value)
    became = tuple(getattr(kept, c) for c in _IDENTITY)
    was_gone = tuple(values.get(c, getattr(gone, c)) for c in _IDENTITY)
    if values and became == was_gone and seal["verified_on"] and not kept.verified_on:
        for column, value in seal.items():
            setattr(kept, column, value)
    firm_save(kept, by=by, reason=why)
    journal.note(kept, before)
    if main is not None and site_before is not None:
        journal.note(ProductionSite.objects.get(pk=main.pk), site_before)


_IDENTITY = ("name", "legal_form", "nib")


def _decide(kept: Firm, gone: Firm, by: Any, reason: str) -> None:
    first, second = sorted((kept.pk, gone.pk))
    DuplicatePair.objects.update_or_create(
        first_id=first,
        second_id=second,
        defaults={
            "state": PairState.MERGED,
            "decided_by_id": by.pk,
            "decided_at": timezone.now(),
            "reason": reason,
        },
    )
