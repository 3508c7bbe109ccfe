"""What of the derived rows a person may see."""

from __future__ import annotations

from typing import Any, Self

from django.db import models

from accounts import policy


class StandingQuerySet(models.QuerySet[Any]):
    """Derived rows of firms."""

    def visible_to(self, user: Any) -> Self:
        """Those of the firms that the person may see.

        The regencies are named even where they are all: every index begins with them.
        """
        return self.filter(regency__in=self.regencies_of(user))

    @staticmethod
    def regencies_of(user: Any) -> list[str]:
        """The regencies whose firms the person may see."""
        from registry.models.regions import Regency

        scope = policy.scope_of(user)
        if scope.everywhere:
            return list(Regency.objects.order_by().values_list("pk", flat=True))
        return sorted(scope.regencies)

    def working(self) -> Self:
        """Those of working firms."""
        return self.filter(working=True)
