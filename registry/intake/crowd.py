"""Rows of a file that may be one firm: found by what two rows of a firm have in common.

The rule: two NIBs or two owners make two firms; a generic name alone makes no likeness.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from registry.names import is_generic, name_key

# Percent.
_ALIKE = 88


@dataclass(frozen=True, slots=True)
class Likeness:
    """As much of a firm as is needed to ask whether a row is the same one."""

    label: str
    name: str
    place: str
    phone: str = ""
    nib: str = ""
    owners: frozenset[str] = frozenset()
    row: int | None = None
    pk: int | None = None
    score: int | None = None
    reasons: tuple[Mapping[str, Any], ...] = ()  # as the database keeps them


def likeness(
    values: Mapping[str, Any],
    label: str,
    row: int | None = None,
    names: tuple[str, str] | None = None,
) -> Likeness:
    """A row as something that another row may be like; `names` where they are folded already."""
    name, owner = names or (
        name_key(values.get("name") or ""),
        name_key(values.get("owner_name") or ""),
    )
    return Likeness(
        label=label,
        name=name,
        place=_place(values),
        phone=values.get("phone") or "",
        nib=values.get("nib") or "",
        owners=frozenset([owner] if owner else ()),
        row=row,
    )


class Crowd:
    """Firms and earlier rows, found by what they can share with a row."""

    def __init__(self, members: Iterable[Likeness] = ()) -> None:
        self._by: dict[str, list[Likeness]] = {}
        for member in members:
            self.add(member)

    def add(self, member: Likeness) -> None:
        """Remember one more."""
        for key in _shared(member):
            if (others := self._by.get(key)) is None:
                self._by[key] = [member]
            else:
                others.append(member)

    def like(self, row: Likeness) -> Likeness | None:
        """The first member that may be the same firm as the row."""
        for key in _shared(row):
            for member in self._by.get(key, ()):
                if _may_be_same(row, member):
                    return member
        return None


def _shared(member: Likeness) -> list[str]:
    """What two rows of one firm have in common: telephone, owner, or the first word of the name."""
    keys = [member.phone] if member.phone else []
    keys += [f"{member.place}/{owner}" for owner in member.owners]
    keys.append(f"{member.place} {member.name.partition(' ')[0]}")
    return keys


def _place(values: Mapping[str, Any]) -> str:
    names = ("village_code", "district_code", "regency_code")
    return next((code for name in names if (code := values.get(name))), "")


def _may_be_same(row: Likeness, other: Likeness) -> bool:
    """Alike in name, and in place or telephone; two NIBs or two owners make two firms."""
    if row.nib and other.nib and row.nib != other.nib:
        return False
    if row.phone and row.phone == other.phone and row.name == other.name:
        return True
    if row.place != other.place or not row.place:
        return False
    same_owner = bool(row.owners & other.owners)
    if row.owners and other.owners and not same_owner:
        return False
    if row.name == other.name:
        return same_owner or not is_generic(row.name)
    return fuzz.ratio(row.name, other.name, score_cutoff=_ALIKE) > 0
