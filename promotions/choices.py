"""What the filter panel and its chips show, from the address. Unknown values are told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from promotions.filters import FirmFilter


@dataclass(frozen=True)
class Choice:
    """A box to tick."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Group:
    """A group of boxes; the first ones stand open."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    open: bool

    @property
    def any(self) -> bool:
        """Whether something in it is ticked: then it is never folded away."""
        return any(choice.chosen for choice in self.choices)

    @property
    def first(self) -> tuple[Choice, ...]:
        """The boxes that stand open in a long group."""
        return self.choices if len(self.choices) <= LONG else self.choices[:OPEN_CHOICES]

    @property
    def rest(self) -> tuple[Choice, ...]:
        """The boxes of a long group behind "all of them"."""
        return self.choices[len(self.first) :]

    @property
    def any_rest(self) -> bool:
        """Whether something among the rest is ticked."""
        return any(choice.chosen for choice in self.rest)


@dataclass(frozen=True)
class Chip:
    """An active filter, and the address without it."""

    name: str
    group: str
    label: str
    without: str
    joined: bool  # whether it stands beside another value of its group, with "or" between


# Of each group, by its name in the address: value and label of its boxes.
Options = dict[str, list[tuple[str, str]]]

OPEN_GROUPS = 2
# A group with more boxes than this shows its first ones and folds the others away.
LONG = 8
OPEN_CHOICES = 6
MAX_QUESTION = 100
# Of unknown values, so many are named, and so much of each.
MAX_TOLD, MAX_TOLD_LENGTH = 5, 40


def options_of(filters: FirmFilter) -> Options:
    """Every box of every group, from the database once."""
    found: Options = {}
    for name in filters.filters:
        if name != "q":
            field: Any = filters.form.fields[name]
            found[name] = [(str(value), str(label)) for value, label in field.choices]
    return found


def known_only(params: QueryDict, options: Options) -> tuple[QueryDict, list[str]]:
    """The address without values that no box has, and those values."""
    cleaned, ignored = params.copy(), []
    question = " ".join(params.get("q", "").replace("\x00", " ").split())
    cleaned.pop("q", None)
    if question:
        cleaned["q"] = question[:MAX_QUESTION]
    for name, boxes in options.items():
        known = {value for value, _label in boxes}
        asked = params.getlist(name)
        ignored += [value for value in asked if value and value not in known]
        cleaned.setlist(name, list(dict.fromkeys(v for v in asked if v in known)))
    return cleaned, [value[:MAX_TOLD_LENGTH] for value in ignored[:MAX_TOLD]]


def groups_of(params: QueryDict, options: Options) -> list[Group]:
    """The panel."""
    found = []
    for position, (name, boxes) in enumerate(options.items()):
        chosen = set(params.getlist(name))
        choices = tuple(Choice(value, label, value in chosen) for value, label in boxes)
        label = str(FirmFilter.base_filters[name].label)
        found.append(Group(name, label, choices, position < OPEN_GROUPS))
    return found


def chips_of(params: QueryDict, groups: list[Group]) -> list[Chip]:
    """The active filters, each with the address that leaves it out."""
    chips: list[Chip] = []
    if question := params.get("q", ""):
        chips.append(
            Chip("q", str(FirmFilter.base_filters["q"].label), question, _less(params, "q"), False)
        )
    for group in groups:
        chosen = [choice for choice in group.choices if choice.chosen]
        for position, choice in enumerate(chosen):
            without = _less(params, group.name, choice.value)
            chips.append(Chip(group.name, group.label, choice.label, without, position > 0))
    return chips


def address_without_filters(params: QueryDict) -> str:
    """The list with nothing ticked; what was searched for and the order stay."""
    kept = QueryDict(mutable=True)
    for name in ("q", "urut"):
        if value := params.get(name):
            kept[name] = value
    return f"?{kept.urlencode()}"


def _less(params: QueryDict, name: str, value: str | None = None) -> str:
    rest = params.copy()
    rest.pop("hal", None)
    if value is None:
        rest.pop(name, None)
    else:
        rest.setlist(name, [v for v in rest.getlist(name) if v != value])
    return f"?{rest.urlencode()}"
