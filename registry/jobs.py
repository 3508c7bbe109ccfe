"""The jobs that partnerships brought: the last number of the chain, with its coverage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, Sum

from registry.counts import working_firms
from registry.models import Partnership, Regency


@dataclass(frozen=True)
class Jobs:
    """Workers that partnerships in force brought, and of how many partnerships that is known."""

    added: int
    known: int
    partnerships: int


def jobs_added(user: Any, regency: Regency | None = None, group: str = "") -> Jobs:
    """The sum over partnerships in force of which both counts of workers are known."""
    told = Q(jobs_before__isnull=False, jobs_after__isnull=False)
    ties = Partnership.objects.filter(firm__in=working_firms(user, regency, group)).in_force()
    found = ties.aggregate(
        added=Sum(F("jobs_after") - F("jobs_before"), filter=told),
        known=Count("pk", filter=told),
        partnerships=Count("pk"),
    )
    return Jobs(found["added"] or 0, found["known"], found["partnerships"])
