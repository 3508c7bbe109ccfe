"""The one place that answers "may this person see or change this".

Used by query sets, admin, views and commands. It fails closed: an anonymous, inactive or unknown
person, an unknown role, a missing region and an unknown kind of thing all get "no".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from accounts import rules
from accounts.rules import Action, Role

__all__ = [
    "Action",
    "CardHolder",
    "Role",
    "Scope",
    "is_staff_member",
    "may",
    "may_kind",
    "scope_of",
]


@dataclass(frozen=True)
class Scope:
    """The regions a person's rights reach: all of them, or those named; by default none."""

    everywhere: bool = False
    regencies: frozenset[str] = frozenset()

    def __contains__(self, regency_code: object) -> bool:
        if not isinstance(regency_code, str) or not regency_code:
            return False
        return self.everywhere or regency_code in self.regencies

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.regencies)


NOWHERE = Scope()


@dataclass(frozen=True)
class CardHolder:
    """A firm itself, known by its card: no account, no region, only its own rows."""

    firm: int
    pk: None = None


def scope_of(user: Any, action: str = Action.VIEW, kind: str = "registry.firm") -> Scope:
    """The regions in which `user` may do `action` with things of `kind`."""
    if not _is_person(user) or not rules.allowed(user.role, action, kind):
        return NOWHERE
    if user.all_regencies:
        return Scope(everywhere=True)
    return Scope(regencies=frozenset({user.regency_id})) if user.regency_id else NOWHERE


def may_kind(user: Any, action: str, kind: str) -> bool:
    """Whether `user` may do `action` with at least one thing of `kind` (menus, add buttons)."""
    return bool(scope_of(user, action, kind))


def may(user: Any, action: str, thing: Any) -> bool:
    """Whether `user` may do `action` with this very row.

    The row tells where it belongs by `policy_regencies()`: the codes of its regions, any of which
    is enough, or None for rows that belong to no region (reference tables). The holder of a card
    reaches the rows of the one firm.
    """
    if isinstance(user, CardHolder):
        return _may_by_card(user, action, thing)
    scope = scope_of(user, action, thing._meta.label_lower)
    belongs = getattr(thing, "policy_regencies", None)
    if belongs is None:
        return False
    regencies = belongs()
    if regencies is None:
        return bool(scope)
    return any(code in scope for code in regencies)


def _may_by_card(holder: CardHolder, action: str, thing: Any) -> bool:
    kind = thing._meta.label_lower
    firm = thing.pk if kind == "registry.firm" else getattr(thing, "firm_id", None)
    return firm == holder.firm and action in rules.CARD_RIGHTS.get(kind, frozenset())


def is_staff_member(user: Any) -> bool:
    """Whether `user` may open the admin."""
    return _is_person(user) and user.role in set(rules.STAFF_ROLES) and bool(scope_of(user))


def _is_person(user: Any) -> bool:
    return bool(
        user is not None
        and getattr(user, "is_authenticated", False)
        and getattr(user, "is_active", False)
        and getattr(user, "role", None)
    )
