"""Which pairs and merges a person may see, and which they may decide about.

Rule: a pair shows to whoever sees one of its firms, and is decided by whoever may change both.
"""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q

from accounts import policy


class DuplicatePairQuerySet(models.QuerySet[Any]):
    """Pairs of firms that may be one."""

    def standing(self) -> Self:
        """Pairs of two firms that both still stand."""
        return self.filter(first__merged_into__isnull=True, second__merged_into__isnull=True)

    def open(self) -> Self:
        """Pairs that wait for a decision."""
        return self.standing().filter(state="open")

    def visible_to(self, user: Any) -> Self:
        """Pairs with at least one firm of the person's regions."""
        scope = _scope(self, user)
        if scope.everywhere:
            return self.all()
        return self.filter(
            Q(first__regency__in=scope.regencies) | Q(second__regency__in=scope.regencies)
        )

    def decidable_by(self, user: Any) -> Self:
        """Pairs of two firms that the person may both change."""
        scope = _scope(self, user, policy.Action.CHANGE)
        if scope.everywhere:
            return self.all()
        return self.filter(first__regency__in=scope.regencies, second__regency__in=scope.regencies)


class FirmMergeQuerySet(models.QuerySet[Any]):
    """Merges: for whom both firms are in reach."""

    def visible_to(self, user: Any) -> Self:
        """Merges of two firms that the person may both see."""
        scope = _scope(self, user)
        if scope.everywhere:
            return self.all()
        return self.filter(kept__regency__in=scope.regencies, gone__regency__in=scope.regencies)


def _scope(rows: Any, user: Any, action: str = policy.Action.VIEW) -> policy.Scope:
    return policy.scope_of(user, action, rows.model._meta.label_lower)
