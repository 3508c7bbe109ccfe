"""What needs a decision: at most three sentences, by rule from the queues of the register.

Rule: a queue is named only when firms wait in it; more firms come first. There are no targets yet;
once a decree sets them, the distance from the target weighs as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dashboards.addresses import Within
from registry.counts import Tally
from registry.models import Regency

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
    "blocked": (
        gettext_lazy("Firms are blocked on the way to a SIINas account"),
        gettext_lazy("Clear what blocks them, most often the e-mail on the NIB."),
    ),
}


@dataclass(frozen=True)
class Decision:
    """A queue that needs a decision, and the list behind it."""

    count: int
    title: Promise
    where: str  # a sentence on the region where most wait; empty for one region
    helps: Promise
    href: str


def decisions(tally: Tally, regencies: Sequence[Regency], within: Within) -> list[Decision]:
    """The queues in which the most firms wait."""
    counted = {name: tally.of(name, within.regency) for name in QUEUES}
    waiting = sorted((name for name in QUEUES if counted[name]), key=lambda name: -counted[name])
    return [
        Decision(
            count=counted[name],
            title=QUEUES[name][0],
            where="" if within.regency else _where(tally, regencies, name),
            helps=QUEUES[name][1],
            href=within.measure(name),
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
