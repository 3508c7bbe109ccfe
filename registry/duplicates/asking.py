"""What a person asks for in the comparison: which firm stays, what is taken, what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from accounts.policy import Action
from registry.duplicates.choices import CHOICES, WHOSE
from registry.duplicates.comparison import proposed
from registry.duplicates.told import Pair
from registry.models import Firm

_NIB = re.compile(r"^[0-9]{13}$")
_NUMBER = re.compile(r"([0-9]{1,12})/?(?:change/)?$")


@dataclass(frozen=True)
class Asked:
    """A comparison as the person sees it."""

    kept: Firm
    gone: Firm
    choices: Mapping[str, str] = field(default_factory=dict)
    action: str = ""
    reason: str = ""
    seen: str = ""

    @classmethod
    def of_link(cls, query: Mapping[str, str], pair: Pair) -> Asked:
        """A comparison that is opened; the address may name the firm to keep."""
        return cls(*_sides(query.get("pertahankan", ""), pair))

    @classmethod
    def of_form(cls, posted: Mapping[str, str], pair: Pair) -> Asked:
        """A comparison that is sent: only choices that there are."""
        asked = {each.key: posted.get(f"pilih-{each.key}", "") for each in CHOICES}
        return cls(
            *_sides(posted.get("pertahankan", ""), pair),
            choices={key: whose for key, whose in asked.items() if whose in WHOSE},
            action=posted.get("aksi", ""),
            reason=posted.get("alasan", ""),
            seen=posted.get("dilihat", ""),
        )

    @property
    def stamp(self) -> str:
        """The states of the two firms that the person looks at."""
        firms = sorted((self.kept, self.gone), key=lambda firm: firm.pk)
        return ";".join(firm.updated_at.isoformat() for firm in firms)

    @property
    def stale(self) -> bool:
        """Whether a firm was changed after the person looked."""
        return self.seen != self.stamp


def firm_named(text: str, user: Any) -> Firm | None:
    """A firm that the person may change, by NIB, number, or the address of its page."""
    firms = Firm.objects.in_scope(user, Action.CHANGE)
    plain = text.strip()
    digits = re.sub(r"[\s.]", "", plain)
    if _NIB.match(digits):
        found: Firm | None = firms.filter(nib=digits).first()
        return found
    number = _NUMBER.search(plain)
    return firms.filter(pk=int(number[1])).first() if number else None


def _sides(kept: str, pair: Pair) -> tuple[Firm, Firm]:
    one, other = pair.row.first, pair.row.second
    if kept == str(one.pk):
        return one, other
    if kept == str(other.pk):
        return other, one
    return proposed(one, other)
