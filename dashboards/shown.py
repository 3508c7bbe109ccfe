"""How numbers are put on a page: words, shares, bars, links, findings by rule. No counting here.

The breaks of tints stand in `dashboards.charts.tints`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dashboards.addresses import Within, group_and_region
from dashboards.charts.bars import Bar
from dashboards.charts.matrix import Column, Row
from dashboards.charts.stacks import Column as Stack
from dashboards.charts.words import number
from registry.completeness import FACTS
from registry.counts import Matrix, Month, Rung, Tally
from registry.filters import UNMAPPED
from registry.models import Regency
from registry.targets import Goal

BAR = 1000


@dataclass(frozen=True)
class ShownRung:
    """A rung of the chain in words, with the length of its bar of 1,000 and the list behind it."""

    key: str
    label: str
    count: int
    base: int | None
    of_what: str
    share: float | None
    bar: int
    firms: int | None
    href: str
    in_firms: bool  # whether the count itself is about firms
    base_href: str = ""  # the list of the firms it is a part of, where they are no rung themselves
    goal: Goal | None = None


@dataclass(frozen=True)
class Share:
    """A region's share: firms with a SIINas account of those with a NIB."""

    regency: Regency
    count: int
    base: int
    href: str

    @property
    def percent(self) -> float | None:
        """None where there is nothing to divide."""
        return 100 * self.count / self.base if self.base else None

    @property
    def bar(self) -> int:
        """The length of its bar of 1,000."""
        return round((self.percent or 0) * BAR / 100)


def shown_ladder(
    rungs: list[Rung], within: Within | None = None, goals: Mapping[str, Goal] | None = None
) -> list[ShownRung]:
    """The chain as people read it, each rung with its unit, its base and its target."""
    words = {
        "firms": (_("Firms on record and working"), ""),
        "nib": (_("Firms with a NIB"), _("working firms")),
        "account": (_("Sites with a SIINas account"), _("sites of firms with a NIB")),
        "complete": (_("Accounts with a complete profile"), _("accounts")),
        "tkdn": (
            _("Eligible firms with a valid TKDN certificate"),
            _("firms eligible for TKDN-IK"),
        ),
        "partner": (_("Partners of local government"), _("working firms")),
    }
    within = within or Within()
    return [
        ShownRung(
            key=rung.key,
            label=words[rung.key][0],
            count=rung.count,
            base=rung.base,
            of_what=words[rung.key][1],
            share=rung.share,
            bar=BAR if rung.key == "firms" else round((rung.share or 0) * BAR / 100),
            firms=rung.firms,
            href=within.measure(rung.key) if rung.firms is not None else "",
            in_firms=rung.key not in ("account", "complete"),
            base_href=within.measure("eligible") if rung.key == "tkdn" else "",
            goal=(goals or {}).get(rung.key),
        )
        for rung in rungs
    ]


def loss_sentence(tally: Tally, regency: Regency | None) -> str:
    """Where the chain loses the most firms."""
    words = {
        "without_nib": _("Most are lost before the NIB: %(n)s firms have none on record."),
        "without_account": _(
            "Most are lost between NIB and SIINas account: %(n)s firms have none on record."
        ),
        "incomplete": _("Most are lost before the profile is complete: %(n)s firms."),
        "not_eligible": _("Most are lost because TKDN-IK conditions are still open: %(n)s firms."),
        "without_tkdn": _("Most are lost before the TKDN certificate: %(n)s firms."),
    }
    most = max(words, key=lambda name: tally.of(name, regency))
    lost = tally.of(most, regency)
    return words[most] % {"n": _n(lost)} if lost else ""


def shown_matrix(matrix: Matrix) -> list[Row]:
    """The rows of the matrix for the tag `matrix`, each number with the list behind it."""
    found = []
    for row in matrix.rows:
        slug = row.group.slug if row.group else UNMAPPED
        pairs = zip(row.cells, matrix.regencies, strict=True)
        found.append(
            Row(
                label=row.group.name if row.group else _("Not mapped to an industry group"),
                cells=tuple((n, group_and_region(slug, regency)) for n, regency in pairs),
                note=f"KBLI {row.group.divisions}" if row.group and row.group.divisions else "",
                href=group_and_region(slug),
            )
        )
    return found


def shown_columns(matrix: Matrix) -> list[Column]:
    """The columns of the matrix, their totals with the list behind them."""
    return [Column(r.short_name, group_and_region("", r)) for r in matrix.regencies]


def largest_sentence(matrix: Matrix) -> str:
    """The largest cell of the matrix."""
    cells = [
        (n, row.group, regency)
        for row in matrix.rows
        if row.group
        for n, regency in zip(row.cells, matrix.regencies, strict=True)
    ]
    n, group, regency = max(cells, key=lambda cell: cell[0], default=(0, None, None))
    if not n or group is None or regency is None:
        return ""
    return _("Largest: %(group)s in %(region)s, %(n)s of %(all)s firms.") % {
        "group": group.name,
        "region": regency.short_name,
        "n": _n(n),
        "all": _n(matrix.total),
    }


def shares(tally: Tally, regencies: Sequence[Regency], within: Within) -> list[Share]:
    """The share of SIINas accounts by region, in the order of the regions."""
    return [
        Share(r, tally.of("account", r), tally.of("nib", r), within.measure("account", r))
        for r in regencies
    ]


def share_bars(found: Sequence[Share]) -> list[Bar]:
    """The shares for the tag `bars`."""
    return [
        Bar(
            s.regency.short_name,
            s.percent,
            s.href,
            _("%(n)s of %(base)s") % {"n": _n(s.count), "base": _n(s.base)},
            mark=s.regency.mark,
        )
        for s in found
    ]


def lowest_sentence(found: Sequence[Share]) -> str:
    """The region with the lowest share, beside that of all."""
    told = [share for share in found if share.percent is not None]
    if len(told) < 2:
        return ""
    lowest = min(told, key=lambda share: share.percent or 0)
    together = 100 * sum(s.count for s in told) / sum(s.base for s in told)
    return _("Lowest: %(region)s with %(low)s%%; all together %(all)s%%.") % {
        "region": lowest.regency.short_name,
        "low": number(lowest.percent, 1),
        "all": number(together, 1),
    }


def month_stacks(months: Sequence[Month]) -> list[Stack]:
    """The months for the tag `stacks`."""
    return [Stack(date_format(m.first, "M"), (m.tkdn, m.halal, m.others)) for m in months]


def peak_sentence(months: Sequence[Month]) -> str:
    """The month in which the most certificates end."""
    peak = max(months, key=lambda month: month.total)
    if not peak.total:
        return _("No certificate on record ends in these six months.")
    return ngettext(
        "Most end in %(month)s: %(n)s certificate.",
        "Most end in %(month)s: %(n)s certificates.",
        peak.total,
    ) % {"month": date_format(peak.first, "F Y"), "n": _n(peak.total)}


def month_links(months: Sequence[Month], within: Within) -> list[tuple[str, int, str]]:
    """Of each month with certificates that end: its name, its firms, the list of them."""
    return [
        (
            date_format(month.first, "F Y"),
            month.firms,
            within.firms({"berakhir": f"{month.first:%Y-%m}"}),
        )
        for month in months
        if month.firms
    ]


def lacking_bars(tally: Tally, within: Within) -> list[Bar]:
    """How many firms lack each fact, the most wanted first."""
    bars = [
        Bar(
            str(fact.label)[:1].upper() + str(fact.label)[1:],
            tally.of(f"lacking-{fact.key}", within.regency),
            within.measure(f"lacking-{fact.key}"),
        )
        for fact in FACTS
    ]
    return sorted(bars, key=lambda bar: -(bar.value or 0))


def _n(value: int) -> str:
    return number(value)
