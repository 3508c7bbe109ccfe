"""Whether a place meets a criterion for an industry centre, each answer with its reasons.

Pure rules, no database. Three criteria are in use, and each is judged by itself:

- at least so many firms of one kind: Kementerian Perindustrian, Ditjen IKMA (2024), 5 firms with
  the same product or a similar process;
- a share of the households of one village: BPS, Direktori Sentra Industri 2020, 20 per cent;
- a decree with number and date.

The numbers are data (`CentreThreshold`), which the province can change. What is not known is
neither met nor missed: the answer is None and says what is lacking.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.centre_steps import Criterion

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Thresholds:
    """From where on a criterion is met, and who says so."""

    firms: Decimal
    firms_source: str
    household_percent: Decimal
    households_source: str


@dataclass(frozen=True)
class VillageFacts:
    """A village of the centre: working firms of the centre's kind there, and its households."""

    name: str
    firms: int
    households: int | None = None
    year: int | None = None
    source: str = ""

    @property
    def percent(self) -> Decimal | None:
        """The firms in per cent of the households; unknown without a number of households."""
        if not self.households:
            return None
        return HUNDRED * self.firms / self.households


@dataclass(frozen=True)
class Facts:
    """What is known of a centre. `unknown_kind` are linked firms without an activity."""

    same_kind: int
    other_kind: int = 0
    unknown_kind: int = 0
    villages: tuple[VillageFacts, ...] = ()
    decree_number: str = ""
    decree_date: dt.date | None = None

    @property
    def firms(self) -> int:
        """All linked working firms."""
        return self.same_kind + self.other_kind + self.unknown_kind


@dataclass(frozen=True)
class Finding:
    """A criterion, whether it is met (None: not known), and why."""

    criterion: Criterion
    met: bool | None
    reasons: tuple[str, ...]
    source: str = ""


def findings_of(facts: Facts, thresholds: Thresholds) -> tuple[Finding, ...]:
    """Every criterion with its answer, in the order of the list."""
    return (
        _by_firms(facts, thresholds),
        _by_households(facts, thresholds),
        _by_decree(facts),
    )


def verdict(findings: Iterable[Finding]) -> bool | None:
    """Met when one criterion is; missed when all are; else not known."""
    answers = {finding.met for finding in findings}
    if True in answers:
        return True
    return None if None in answers else False


def too_few(facts: Facts, thresholds: Thresholds) -> bool:
    """Whether fewer working firms are linked than a centre should have, whatever their kind."""
    return facts.firms < thresholds.firms


def _by_firms(facts: Facts, thresholds: Thresholds) -> Finding:
    """Firms of unknown kind may be of this one: they can leave the answer open."""
    reasons = [
        ngettext(
            "%(n)s linked working firm of this kind; %(needed)s are needed.",
            "%(n)s linked working firms of this kind; %(needed)s are needed.",
            facts.same_kind,
        )
        % {"n": number_format(facts.same_kind), "needed": _plain(thresholds.firms)}
    ]
    if facts.unknown_kind:
        reasons.append(
            ngettext(
                "%(n)s more has no activity on record, so its kind is not known.",
                "%(n)s more have no activity on record, so their kind is not known.",
                facts.unknown_kind,
            )
            % {"n": number_format(facts.unknown_kind)}
        )
    if facts.other_kind:
        reasons.append(
            ngettext(
                "%(n)s more makes something else and does not count.",
                "%(n)s more make something else and do not count.",
                facts.other_kind,
            )
            % {"n": number_format(facts.other_kind)}
        )
    met: bool | None = facts.same_kind >= thresholds.firms
    if not met and facts.same_kind + facts.unknown_kind >= thresholds.firms:
        met = None
    return Finding(Criterion.FIVE_FIRMS, met, tuple(reasons), thresholds.firms_source)


def _by_households(facts: Facts, thresholds: Thresholds) -> Finding:
    """One village is enough; a village whose households nobody entered leaves the answer open."""
    answers = [_village_meets(village, thresholds) for village in facts.villages]
    met = True if True in answers else None if None in answers or not answers else False
    reasons = tuple(_village_reason(village, thresholds) for village in facts.villages)
    nowhere = _("The centre has no village on record; the share is taken in one village.")
    return Finding(Criterion.HOUSEHOLDS, met, reasons or (nowhere,), thresholds.households_source)


def _village_meets(village: VillageFacts, thresholds: Thresholds) -> bool | None:
    return None if village.percent is None else village.percent >= thresholds.household_percent


def _village_reason(village: VillageFacts, thresholds: Thresholds) -> str:
    if village.households is None or village.percent is None:
        return _("%(village)s: the number of households is not provided.") % {
            "village": village.name
        }
    return _(
        "%(village)s: %(firms)s firms to %(households)s households (%(source)s, %(year)s) are "
        "%(percent)s%%; %(needed)s%% are needed."
    ) % {
        "village": village.name,
        "firms": number_format(village.firms, force_grouping=True),
        "households": number_format(village.households, force_grouping=True),
        "source": village.source,
        "year": village.year,
        "percent": number_format(village.percent, 1),
        "needed": _plain(thresholds.household_percent),
    }


def _by_decree(facts: Facts) -> Finding:
    if facts.decree_number and facts.decree_date:
        said = _("Decree %(number)s of %(day)s.") % {
            "number": facts.decree_number,
            "day": date_format(facts.decree_date, "j M Y"),
        }
        return Finding(Criterion.DECREE, True, (said,))
    return Finding(Criterion.DECREE, False, (_("No decree with number and date on record."),))


def _plain(value: Decimal) -> str:
    """A threshold without zeros at its end."""
    return str(number_format(f"{value.normalize():f}"))
