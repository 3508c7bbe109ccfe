"""How numbers are put on a page: words, shares of a bar. No counting here.

The breaks of tints stand in `dashboards.charts.tints`.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from dashboards.charts.matrix import Row
from registry.counts import Matrix, Rung

BAR = 1000


@dataclass(frozen=True)
class ShownRung:
    """A rung of the chain in words, with the length of its bar of 1,000."""

    label: str
    count: int | None
    base: int | None
    of_what: str
    share: float | None
    bar: int


def shown_ladder(rungs: list[Rung]) -> list[ShownRung]:
    """The chain as people read it, each rung with its unit and what it is a part of."""
    words = {
        "firms": (_("Firms on record and working"), ""),
        "nib": (_("Firms with a NIB"), _("working firms")),
        "account": (_("Sites with a SIINas account"), _("sites of firms with a NIB")),
        "complete": (_("Accounts with a complete profile"), _("accounts")),
        "tkdn": (
            _("Firms with a valid TKDN certificate"),
            _("firms with a NIB and a complete account"),
        ),
        "partner": (_("Partners of local government"), ""),
    }
    return [
        ShownRung(
            label=words[rung.key][0],
            count=rung.count,
            base=rung.base,
            of_what=words[rung.key][1],
            share=rung.share,
            bar=BAR if rung.key == "firms" else round((rung.share or 0) * BAR / 100),
        )
        for rung in rungs
    ]


def shown_matrix(matrix: Matrix) -> list[Row]:
    """The rows of the matrix for the tag `matrix`, groups by name with their KBLI divisions."""
    return [
        Row(
            label=row.group.name if row.group else _("Not mapped to an industry group"),
            cells=row.cells,
            note=f"KBLI {row.group.divisions}" if row.group and row.group.divisions else "",
        )
        for row in matrix.rows
    ]
