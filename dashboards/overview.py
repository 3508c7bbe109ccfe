"""The dashboard put together: what the register says today of the regions a person may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from dashboards import shown
from dashboards.addresses import Within, group_and_region
from dashboards.charts import tints
from dashboards.decisions import decisions
from dashboards.reports import reports_shown
from registry import counts
from registry.help_given import help_given
from registry.jobs import jobs_added
from registry.models import Regency
from registry.targets import goals_of


def overview_of(user: Any, regencies: Sequence[Regency], within: Within) -> Mapping[str, Any]:
    """Everything the dashboard shows; the number of queries does not grow with the register."""
    regency, group = within.regency, within.group
    today = timezone.localdate()
    tally = counts.tally(user, group)
    # A target is about all groups together: beside the numbers of one it would mislead.
    goals = {} if group else goals_of(user, [regency] if regency else regencies, today, tally)
    matrix = counts.group_matrix(user)
    months = counts.certificates_by_month(user, regency, group)
    shares = shown.shares(tally, regencies, within)
    return {
        "total": tally.of("firms", regency),
        "decisions": decisions(tally, regencies, within, goals),
        "goals": goals,
        "year": today.year,
        "reports": reports_shown(user, regency, group, today),
        "jobs": jobs_added(user, regency, group),
        "help": help_given(user, regency, group, on=today),
        "help_href": within.firms({"bantuan": "pernah"}),
        "unhelped_href": within.firms({"bantuan": "belum"}),
        "ladder": shown.shown_ladder(counts.ladder(user, regency, group, tally), within, goals),
        "loss": shown.loss_sentence(tally, regency),
        "matrix": matrix,
        "rows": shown.shown_matrix(matrix),
        "columns": shown.shown_columns(matrix),
        "matrix_href": group_and_region(""),
        "largest": shown.largest_sentence(matrix),
        "ending": counts.certificates_ending(user, regency, group),
        "ending_firms": tally.of("ending", regency),
        "ending_href": within.measure("ending"),
        "series": [_("TKDN"), _("Halal"), _("Others")],
        "months": months,
        "stacks": shown.month_stacks(months),
        "peak": shown.peak_sentence(months),
        "month_links": shown.month_links(months, within),
        "next_to_end": [
            (certificate, (certificate.valid_until - today).days)
            for certificate in counts.next_to_end(user, regency, group)
            if certificate.valid_until
        ],
        "shares": shares,
        "share_map": {share.regency: share.percent for share in shares},
        "share_bars": shown.share_bars(shares),
        "share_link": _link(within),
        "share_breaks": tints.SHARES,
        "lowest": shown.lowest_sentence(shares),
        "lacking": shown.lacking_bars(tally, within),
    }


def _link(within: Within) -> str:
    """The list of firms with an account, to which the slug of a region is added."""
    return f"{Within(None, within.group).measure('account')}&wilayah="
