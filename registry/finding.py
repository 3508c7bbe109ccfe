"""Finding the one firm that somebody means by a number."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q

from accounts import policy
from accounts.policy import Action
from registry import identifiers
from registry.models import Firm, Owner
from registry.querysets import FirmQuerySet


def exactly(firms: FirmQuerySet, question: str, user: Any) -> Firm | None:
    """The only firm with this very NIB or phone; an owner's phone only for those who see owners."""
    nib = identifiers.parse_nib(question).value
    if nib and (firm := firms.filter(nib=nib).first()):
        return firm
    phone = identifiers.parse_phone(question).value
    if not phone:
        return None
    has_it = Q(phone=phone) | Q(whatsapp=phone)
    if policy.may_kind(user, Action.VIEW, "registry.owner"):
        has_it |= Q(Exists(Owner.objects.filter(firm=OuterRef("pk"), phone=phone)))
    found = list(firms.filter(has_it)[:2])
    return found[0] if len(found) == 1 else None
