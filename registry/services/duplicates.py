"""Deciding about pairs of firms, and looking through the register for them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.policy import Action
from registry.duplicates.candidates import firm_facts, firm_rows
from registry.duplicates.matching import CHUNK, found
from registry.duplicates.scoring import ASK, Score, score
from registry.duplicates.sentences import stored
from registry.models import DuplicatePair, Firm
from registry.models.duplicates import PairState
from registry.querysets import FirmQuerySet
from registry.services.base import SYSTEM, require, writing


def duplicate_dismiss(*, first: Firm, second: Firm, by: Any, reason: str = "") -> DuplicatePair:
    """Record that two firms are two; they are not asked about again."""
    if first.pk == second.pk:
        raise ValidationError(_("Choose two firms."))
    for firm in (first, second):
        require(by, Action.CHANGE, firm)
    low, high = sorted((first.pk, second.pk))
    with writing(by=by, reason=reason or _("Not a duplicate")):
        pair, _is_new = DuplicatePair.objects.update_or_create(
            first_id=low,
            second_id=high,
            defaults={
                "state": PairState.NOT_DUPLICATE,
                "decided_by_id": by.pk,
                "decided_at": timezone.now(),
                "reason": reason,
            },
        )
    return pair


def pairs_dismiss(*, pairs: Iterable[tuple[int, int]], by: Any) -> None:
    """Keep what a person said of rows of a sheet: each pair is two firms. In a transaction."""
    now = timezone.now()
    rows = [
        DuplicatePair(
            first_id=min(pair),
            second_id=max(pair),
            state=PairState.NOT_DUPLICATE,
            decided_by_id=by.pk,
            decided_at=now,
        )
        for pair in pairs
    ]
    DuplicatePair.objects.bulk_create(rows, ignore_conflicts=True)


def pair_open(*, first: Firm, second: Firm, by: Any) -> DuplicatePair:
    """Put two firms side by side because a person says so, whatever was decided before."""
    if first.pk == second.pk:
        raise ValidationError(_("Choose two firms."))
    for firm in (first, second):
        require(by, Action.CHANGE, firm)
    low, high = sorted((first.pk, second.pk))
    with writing(by=by, reason=_("Compared by hand")):
        facts = firm_facts([low, high])
        points = score(facts[low][0], facts[high][0])
        pair, _is_new = DuplicatePair.objects.update_or_create(
            first_id=low,
            second_id=high,
            defaults={
                "state": PairState.OPEN,
                "decided_by": None,
                "decided_at": None,
                "reason": "",
                "score": points.points,
                "reasons": stored(points.reasons),
            },
        )
    return pair


def pairs_refresh(firms: FirmQuerySet) -> int:
    """Look for duplicates of these firms: new pairs are kept, open ones that fit no more go.

    Doing it twice changes nothing. Returns how many pairs are new.
    """
    pks = list(firms.standing().order_by("pk").values_list("pk", flat=True))
    new = 0
    for start in range(0, len(pks), CHUNK):
        new += _refresh(pks[start : start + CHUNK])
    return new


def _refresh(pks: list[int]) -> int:
    rows = firm_rows(pks)
    now: dict[tuple[int, int], Score] = {}
    for i, several in found(rows).items():
        for each in several:
            low, high = sorted((rows[i].firm or 0, each.firm))
            now[low, high] = each.score
    with writing(by=SYSTEM, reason=_("Register looked through for duplicates")):
        known = _known(pks)
        _forget(pair for key, pair in known.items() if key not in now)
        pairs = [_new(key, points) for key, points in now.items() if key not in known]
        before = DuplicatePair.objects.count()
        DuplicatePair.objects.bulk_create(pairs, batch_size=CHUNK, ignore_conflicts=True)
        _rescore(known, now)
        return DuplicatePair.objects.count() - before


def _known(pks: Iterable[int]) -> dict[tuple[int, int], DuplicatePair]:
    rows = DuplicatePair.objects.filter(Q(first__in=pks) | Q(second__in=pks))
    return {(pair.first_id, pair.second_id): pair for pair in rows}


def _forget(pairs: Iterable[DuplicatePair]) -> None:
    """Open pairs that fit no more. Decisions stay, and so does a pair too unlike to be found."""
    stale = [pair.pk for pair in pairs if pair.state == PairState.OPEN and pair.score >= ASK]
    DuplicatePair.objects.filter(pk__in=stale).delete()


def _rescore(
    known: dict[tuple[int, int], DuplicatePair], now: dict[tuple[int, int], Score]
) -> None:
    changed = []
    for key, pair in known.items():
        points = now.get(key)
        if points is None or pair.state != PairState.OPEN:
            continue
        if (pair.score, pair.reasons) != (points.points, stored(points.reasons)):
            pair.score, pair.reasons = points.points, stored(points.reasons)
            changed.append(pair)
    DuplicatePair.objects.bulk_update(changed, ["score", "reasons"], batch_size=CHUNK)


def _new(key: tuple[int, int], points: Score) -> DuplicatePair:
    return DuplicatePair(
        first_id=key[0],
        second_id=key[1],
        score=points.points,
        reasons=stored(points.reasons),
    )
