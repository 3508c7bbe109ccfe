"""Two firms side by side: every choice in words, whose value is proposed, and what moves along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.duplicates.choices import CHOICES, GONE, KEPT, Choice
from registry.models import Firm, SiinasAccount, TkdnAnswers
from registry.wording import Names, in_words

_PLACE = "place"


@dataclass(frozen=True)
class Side:
    """What one firm has of a choice, and whether it is the one that is taken."""

    whose: str  # "kept" or "gone"
    text: str
    blank: bool
    taken: bool


@dataclass(frozen=True)
class Line:
    """One choice with both sides."""

    choice: Choice
    kept: Side
    gone: Side
    differs: bool


@dataclass(frozen=True)
class Along:
    """How many rows of a kind the firm that goes brings with it."""

    label: Promise
    count: int


def lines_of(kept: Firm, gone: Firm, asked: Mapping[str, str] | None = None) -> list[Line]:
    """Every choice that one of the firms fills; `asked` are the choices made so far."""
    names = Names.of([kept, gone])
    found = []
    for choice in CHOICES:
        if choice.is_blank(kept) and choice.is_blank(gone):
            continue
        taken = (asked or {}).get(choice.key) or choice.default(kept, gone)
        mine, theirs = (
            Side(whose, _in_words(choice, firm, names), choice.is_blank(firm), taken == whose)
            for whose, firm in ((KEPT, kept), (GONE, gone))
        )
        found.append(Line(choice, mine, theirs, choice.values(kept) != choice.values(gone)))
    return found


def along_of(gone: Firm) -> list[Along]:
    """What moves along with a firm, kind by kind; what the other has already stands once."""
    accounts = SiinasAccount.objects.filter(site__firm=gone)
    counted = (
        (_("owners"), gone.owners),
        (_("activities"), gone.activities),
        (_("yearly profiles"), gone.profiles),
        (_("certificates"), gone.certificates),
        (_("answers on TKDN"), TkdnAnswers.objects.filter(firm=gone)),
        (_("consents"), gone.consents),
        (_("objections to being shown"), gone.objections),
        (_("production sites"), gone.sites),
        (_("SIINas accounts"), accounts),
        (_("rows of sheets"), gone.intake_rows),
    )
    found = [Along(label, rows.count()) for label, rows in counted]
    return [each for each in found if each.count]


def proposed(one: Firm, other: Firm) -> tuple[Firm, Firm]:
    """Which firm to keep unless somebody says otherwise: documents seen, NIB, data, then age."""

    def rank(firm: Firm) -> tuple[bool, bool, int, int]:
        return firm.verified_on is not None, bool(firm.nib), firm.own_facts, -firm.pk

    kept, gone = sorted((one, other), key=rank, reverse=True)
    return kept, gone


def _in_words(choice: Choice, firm: Firm, names: Names) -> str:
    """The filled columns of a choice; of a place, the deepest says all."""
    fields = {field.attname: field for field in Firm._meta.concrete_fields}
    said = [
        in_words(fields[column], value, names)
        for column, value in choice.values(firm).items()
        if value not in (None, "")
    ]
    if choice.key == _PLACE:
        said = said[:1]
    return ", ".join(said)
