"""How numbers are put on a page: words, shares of a bar, tint classes. No counting here."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from registry.counts import Matrix, Rung

# Fixed breaks of the tint, so that a colour means the same in every quarter.
BREAKS = (1, 50, 150, 400, 1000)
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


@dataclass(frozen=True)
class ShownRow:
    """A row of the matrix: its name, its KBLI divisions, its tinted cells, its sum."""

    name: str
    divisions: str
    cells: tuple[tuple[int, str], ...]
    total: int


@dataclass(frozen=True)
class Step:
    """A tint class and the numbers it stands for; `end` None: and more."""

    tint: str
    start: int
    end: int | None


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


def shown_matrix(matrix: Matrix) -> list[ShownRow]:
    """The rows of the matrix with tint classes `h0` to `h5`."""
    return [
        ShownRow(
            name=row.group.name if row.group else _("Not mapped to an industry group"),
            divisions=row.group.divisions if row.group else "",
            cells=tuple((n, f"h{tint(n)}") for n in row.cells),
            total=row.total,
        )
        for row in matrix.rows
    ]


def tint(n: int) -> int:
    """The class of a number: 0 for none, 5 for the largest."""
    return sum(n >= limit for limit in BREAKS)


def legend() -> list[Step]:
    """What the tints mean, in numbers."""
    limits = [0, *BREAKS]
    ends = [*(limit - 1 for limit in BREAKS), None]
    return [
        Step(f"h{position}", start, end)
        for position, (start, end) in enumerate(zip(limits, ends, strict=True))
    ]
