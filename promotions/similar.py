"""Firms to show beside another one: of the same product group, other regions first.

Rule: the order is fair. Seen from a firm, the others stand in a ring by their number in the
register, and the next ones are shown: each firm is shown beside those just before it, none beside
all. The regions take turns in their fixed order, beginning after the firm's own.
"""

from __future__ import annotations

from django.db.models import Q

from promotions.profiles import for_list
from registry.models import Commodity, Firm, Regency
from registry.querysets import FirmQuerySet

# So many are looked at before the regions take their turns, in so long a piece of the ring: all
# of a register of five regencies, a part of one of millions.
LOOKED_AT = 60
PIECE = 50_000


def similar_to(public: FirmQuerySet, firm: Firm, wanted: int) -> list[Firm]:
    """Up to `wanted` of the public firms, loaded for cards; none for a firm of unknown kind."""
    kinds = list(
        Commodity.objects.filter(codes__kbli__activities__firm=firm)
        .distinct()
        .values_list("pk", flat=True)
    )
    if not kinds:
        return []
    same = public.making(*kinds).exclude(pk=firm.pk)
    away = Q(regency=firm.regency_id)
    chosen = _in_turns(_ring(same.exclude(away), firm.pk), firm.regency_id, wanted)
    if len(chosen) < wanted:
        chosen += [pk for pk, _regency in _ring(same.filter(away), firm.pk)][: wanted - len(chosen)]
    loaded = {found.pk: found for found in for_list(public).filter(pk__in=chosen)}
    return [loaded[pk] for pk in chosen if pk in loaded]


def _ring(firms: FirmQuerySet, start: int) -> list[tuple[int, str]]:
    """Number and region of the next firms after `start`, going on from the first of all."""
    rows = firms.order_by("pk").values_list("pk", "regency")
    found = list(rows.filter(pk__gt=start, pk__lte=start + PIECE)[:LOOKED_AT])
    if len(found) < LOOKED_AT:
        found += list(rows.filter(pk__lt=min(start, PIECE))[: LOOKED_AT - len(found)])
    return found


def _in_turns(ring: list[tuple[int, str]], own: str, wanted: int) -> list[int]:
    """One firm of each region by turns, the region after `own` first."""
    regions = list(Regency.objects.values_list("pk", flat=True))
    after = regions.index(own) + 1
    waiting = {
        region: [pk for pk, lies_in in ring if lies_in == region]
        for region in regions[after:] + regions[:after]
    }
    chosen: list[int] = []
    while len(chosen) < wanted and any(waiting.values()):
        for firms in waiting.values():
            if firms and len(chosen) < wanted:
                chosen.append(firms.pop(0))
    return chosen
