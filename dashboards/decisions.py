"""What needs a decision: at most three sentences, by rule from the queues of the register.

Rule: a queue is named only when firms wait in it. They are ranked by firms that wait × distance
from the target of the measure that the queue holds back; where no decree sets a target, the whole
way is still to go.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dashboards.addresses import Within
from registry.counts import Tally
from registry.models import Regency
from registry.models.targets import Measure
from registry.targets import Goal

MOST = 3

# Queues by the measure they count: what is the matter, and what helps.
QUEUES: dict[str, tuple[Promise, Promise]] = {
    "without_nib": (
        gettext_lazy("Firms have no NIB on record"),
        gettext_lazy("Help them to get one in OSS, village by village."),
    ),
    "without_account": (
        gettext_lazy("Firms with a NIB have no SIINas account on record"),
        gettext_lazy("Go through the registration with them, centre by centre."),
    ),
    "incomplete": (
        gettext_lazy("Firms have a SIINas account without a complete profile"),
        gettext_lazy("Help them to fill the sections that are missing."),
    ),
    "not_eligible": (
        gettext_lazy("Firms with a complete account do not meet every condition of TKDN-IK yet"),
        gettext_lazy("Ask for what is not provided, most often the business capital."),
    ),
    "without_tkdn": (
        gettext_lazy("Firms eligible for TKDN-IK have no valid certificate"),
        gettext_lazy("Help them to apply: it is free for small industry."),
    ),
    "ending": (
        gettext_lazy("Firms hold a certificate that ends within 90 days"),
        gettext_lazy("Remind them now: renewing takes time."),
    ),
    "report_overdue": (
        gettext_lazy("Firms are late with a report to SIINas"),
        gettext_lazy("Type the reports with them from the prefilled sheets."),
    ),
    "blocked": (
        gettext_lazy("Firms are blocked on the way to a SIINas account"),
        gettext_lazy("Clear what blocks them, most often the e-mail on the NIB."),
    ),
}
# The measure of the targets that a queue holds back.
HOLDS_BACK = {
    "without_account": Measure.ACCOUNTS,
    "incomplete": Measure.COMPLETE,
    "without_tkdn": Measure.TKDN,
    "report_overdue": Measure.REPORTS,
    "blocked": Measure.ACCOUNTS,
}


@dataclass(frozen=True)
class Decision:
    """A queue that needs a decision, and the list behind it."""

    count: int
    title: Promise
    where: str  # a sentence on the region where most wait; empty for one region
    helps: Promise
    href: str
    measured: bool  # whether a target can be set for it
    goal: Goal | None


def decisions(
    tally: Tally, regencies: Sequence[Regency], within: Within, goals: Mapping[str, Goal]
) -> list[Decision]:
    """The queues in which the most firms wait the farthest from their target."""
    counted = {name: tally.of(name, within.regency) for name in QUEUES}

    def goal_of(name: str) -> Goal | None:
        return goals.get(HOLDS_BACK[name]) if name in HOLDS_BACK else None

    def weight(name: str) -> tuple[float, int]:
        goal = goal_of(name)
        return counted[name] * (1.0 if goal is None else goal.distance), counted[name]

    waiting = sorted((n for n in QUEUES if counted[n]), key=weight, reverse=True)
    return [
        Decision(
            count=counted[name],
            title=QUEUES[name][0],
            where="" if within.regency else _where(tally, regencies, name),
            helps=QUEUES[name][1],
            href=within.measure(name),
            measured=name in HOLDS_BACK,
            goal=goal_of(name),
        )
        for name in waiting[:MOST]
    ]


def _where(tally: Tally, regencies: Sequence[Regency], name: str) -> str:
    if len(regencies) < 2:
        return ""
    most = max(regencies, key=lambda regency: tally.of(name, regency))
    return _("Most of them in %(region)s: %(n)s.") % {
        "region": most.short_name,
        "n": tally.of(name, most),
    }
