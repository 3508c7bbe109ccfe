"""What a text in a column can be made to mean, for all rows that read the same.

Rule: only official places, codes and units are offered, the likeliest first; of the places only
those of the region the sheet is for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from registry.identifiers import is_industry
from registry.intake.table import fold
from registry.models import District, IntakeBatch, KbliCode, Regency, Unit, Village

SUGGESTED = 5
_ALIKE = 0.5
_OF_A_WORD = 0.9
# Words that tell parts of a village apart, and say nothing of which village it is.
_DIRECTIONS = frozenset({"lor", "kidul", "wetan", "kulon", "kaler", "tengah", "desa", "kec", "kab"})


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that the text can mean; `group` is what it lies in."""

    code: str
    name: str
    group: str = ""


@dataclass(frozen=True)
class Choices:
    """The likeliest meanings, and all of them by group."""

    likely: list[Choice]
    groups: dict[str, list[Choice]] = field(default_factory=dict)


def choices_for(batch: IntakeBatch, name: str, text: str, search: str = "") -> Choices:
    """What the text can mean in a column of this field; `search` narrows the long list."""
    every = _choices(batch, name)
    asked = fold(search)
    shown = [c for c in every if asked in fold(f"{c.code} {c.name} {c.group}")] if asked else every
    groups: dict[str, list[Choice]] = {}
    for choice in shown:
        groups.setdefault(choice.group, []).append(choice)
    return Choices(_likely(every, fold(text)), groups)


def _likely(choices: Sequence[Choice], text: str) -> list[Choice]:
    """The choices whose name is like the text, or like one of its words."""
    scored = [(-_alike(text, fold(choice.name)), at) for at, choice in enumerate(choices)]
    best = sorted(scored)[:SUGGESTED]
    return [choices[at] for score, at in best if -score >= _ALIKE]


def _alike(text: str, name: str) -> float:
    words = [word for word in text.split() if word not in _DIRECTIONS]
    ratios = [_OF_A_WORD * _ratio(word, name) for word in words]
    return max(_ratio(text, name), *ratios, 0.0)


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _choices(batch: IntakeBatch, name: str) -> list[Choice]:
    regency = {"regency_id": batch.regency_id} if batch.regency_id else {}
    if name == "regency_code":
        return [Choice(*pair) for pair in Regency.objects.values_list("code", "name")]
    if name == "district_code":
        rows = District.objects.filter(**regency).order_by("regency__position", "name")
        return [Choice(*row) for row in rows.values_list("code", "name", "regency__name")]
    if name == "village_code":
        inside = {f"district__{key}": value for key, value in regency.items()}
        villages = Village.objects.filter(**inside)
        villages = villages.order_by("district__regency__position", "district__name", "name")
        return [Choice(*row) for row in villages.values_list("code", "name", "district__name")]
    if name == "kbli":
        return _activities(batch)
    return [
        Choice(unit.code, f"{unit.code}: {unit.name}") for unit in Unit.objects.order_by("code")
    ]


def _activities(batch: IntakeBatch) -> list[Choice]:
    edition = batch.options.get("kbli_edition") or "2020"
    codes = KbliCode.objects.classes().filter(edition_id=edition).order_by("code")
    return [Choice(row.code, str(row)) for row in codes if is_industry(row.code)]
