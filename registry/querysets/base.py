"""What the query sets share: rows of a regency, reference rows, words of a question."""

from __future__ import annotations

from typing import Any, Self

from django.db import models

from accounts import policy
from registry.search import words


class ScopedQuerySet(models.QuerySet[Any]):
    """Rows that belong to a regency; `regency_path` leads there."""

    regency_path = "regency"

    def in_scope(self, user: Any, action: str) -> Self:
        """The rows with which the person may do `action`."""
        scope = policy.scope_of(user, action, self.model._meta.label_lower)
        if scope.everywhere:
            return self.all()
        return self.filter(**{f"{self.regency_path}__in": scope.regencies})

    def visible_to(self, user: Any) -> Self:
        """The rows the person may see."""
        return self.in_scope(user, policy.Action.VIEW)


class ReferenceQuerySet(models.QuerySet[Any]):
    """Reference rows: for everybody of the office; public ones show through what uses them."""

    def visible_to(self, user: Any) -> Self:
        """All of them, or none for those without a role."""
        kind = self.model._meta.label_lower
        return self.all() if policy.may_kind(user, policy.Action.VIEW, kind) else self.none()


class RegencyQuerySet(ReferenceQuerySet):
    """The regencies and cities."""

    def in_reach(
        self, user: Any, action: str = policy.Action.VIEW, kind: str = "registry.firm"
    ) -> Self:
        """Those in which the person may do `action` with things of `kind`."""
        scope = policy.scope_of(user, action, kind)
        return self.all() if scope.everywhere else self.filter(pk__in=scope.regencies)


def matching(queryset: Any, question: str, field: str = "search") -> Any:
    """The rows whose folded text has each word of the question."""
    for word in words(question):
        queryset = queryset.filter(**{f"{field}__contains": word})
    return queryset


class KbliQuerySet(ReferenceQuerySet):
    """KBLI codes."""

    def matching(self, question: str) -> Self:
        """Codes by number, title or everyday word ("kerupuk", "mebel rotan")."""
        return matching(self, question)

    def classes(self) -> Self:
        """The five-digit codes that a firm can have."""
        return self.filter(level="subclass")
