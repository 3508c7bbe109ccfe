"""Firms on record that a row may be, without being so for certain: a person is asked.

The rule: this is the only place of the intake that looks for likeness in the register.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q

from registry.intake.interpret import Draft
from registry.intake.plan import Crowd, Likeness, likeness
from registry.models import Firm
from registry.names import name_key


def likely(drafts: Sequence[Draft], by: Any) -> Mapping[int, Sequence[Likeness]]:
    """The firms that rows may be, by the number of the row; only firms that the person may see."""
    if not drafts:
        return {}
    firms = Crowd(_alike(drafts, by))
    found = {}
    for draft in drafts:
        if draft.values.get("name"):
            firm = firms.like(likeness(draft.values, ""))
            if firm is not None:
                found[draft.number] = [firm]
    return found


def _alike(drafts: Iterable[Draft], by: Any) -> list[Likeness]:
    """Visible firms in the places of the rows, or with their telephones."""
    places: dict[str, set[str]] = defaultdict(set)
    phones = set()
    for draft in drafts:
        values = draft.values
        for level in ("village", "district", "regency"):
            if values.get(f"{level}_code"):
                places[level].add(values[f"{level}_code"])
                break
        if values.get("phone"):
            phones.add(values["phone"])
    where = (
        Q(village_id__in=places["village"])
        | Q(village__isnull=True, district_id__in=places["district"])
        | Q(district__isnull=True, regency_id__in=places["regency"])
        | Q(phone__in=phones)
    )
    owners = defaultdict(set)
    firms = Firm.objects.visible_to(by).filter(where)
    for pk, name in firms.values_list("pk", "owners__name"):
        if name:
            owners[pk].add(name_key(name))
    columns = ("pk", "name", "village_id", "district_id", "regency_id", "phone", "nib")
    return [
        Likeness(
            label=name,
            name=name_key(name),
            place=village or district or regency,
            phone=phone,
            nib=nib or "",
            owners=frozenset(owners[pk]),
            pk=pk,
        )
        for pk, name, village, district, regency, phone, nib in firms.values_list(*columns)
    ]
