"""The jobs that partnerships brought: the last number of the chain, with its coverage.

Rule: jobs are those of a firm, not of a tie: two ties of one firm tell of the same workers. Of a
firm's partnerships in force that tell both counts, the workers before the first one and after the
latest one are compared. See `docs/kamus-data.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Sum

from registry.counts import working_firms
from registry.models import Partnership, Regency


@dataclass(frozen=True)
class Jobs:
    """Workers that partnerships in force brought to firms, and how far that is known."""

    added: int
    known: int  # firms of which both counts are known
    firms: int  # firms with a partnership in force
    proven: int  # of those known, firms whose counts stand beside a document

    @property
    def told(self) -> bool:
        """Whether there is a number at all."""
        return self.known > 0


def jobs_added(user: Any, regency: Regency | None = None, group: str = "") -> Jobs:
    """The sum over firms with a partnership in force, in one query."""
    in_force = Partnership.objects.filter(firm=OuterRef("pk")).in_force()
    told = in_force.filter(jobs_before__isnull=False, jobs_after__isnull=False)
    before = Subquery(told.order_by("started_on", "pk").values("jobs_before")[:1])
    after = Subquery(told.order_by("-started_on", "-pk").values("jobs_after")[:1])
    firms = working_firms(user, regency, group).filter(Exists(in_force))
    found = firms.annotate(
        before=before, after=after, proven=Exists(told.exclude(evidence="", file=""))
    ).aggregate(
        added=Sum(F("after") - F("before")),
        known=Count("before"),
        firms=Count("pk"),
        sure=Count("pk", filter=Q(proven=True)),
    )
    return Jobs(found["added"] or 0, found["known"], found["firms"], found["sure"])
