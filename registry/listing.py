"""The staff's list of firms as a page shows it: order, chips of active filters, sortable heads.

Rule: what is in force stands in the address, and every link of the list keeps the rest of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.filters import RULES, StaffFirmFilter

PAGE_SIZE = 50
# Filters that stand open; the others are folded away until one is in force.
OPEN = frozenset({"wilayah", "kecamatan", "kelompok"})
DEFAULT_ORDER = "nama"
# Each order is total (it ends with the key) and stands in an index, read forwards or backwards.
ORDERS: dict[str, tuple[str, ...]] = {
    "nama": ("name", "pk"),
    "-nama": ("-name", "-pk"),
    "isian": ("own_facts", "-name", "-pk"),
    "-isian": ("-own_facts", "name", "pk"),
    "-dicatat": ("-pk",),
    "dicatat": ("pk",),
}
ORDER_LABELS: dict[str, Promise] = {
    "nama": _("Name A–Z"),
    "-nama": _("Name Z–A"),
    "isian": _("Least complete first"),
    "-isian": _("Most complete first"),
    "-dicatat": _("Newest first"),
    "dicatat": _("Oldest first"),
}


@dataclass(frozen=True)
class Chip:
    """An active filter, and the address without it."""

    group: Any
    label: Any
    without: str


@dataclass(frozen=True)
class Head:
    """A sortable head of the table: where it leads, and what `aria-sort` says now."""

    href: str
    sort: str  # "ascending", "descending" or empty


@dataclass(frozen=True)
class Listing:
    """What is in force on the list."""

    asked: Mapping[str, str]
    question: str
    order: str
    chips: tuple[Chip, ...]

    @property
    def query(self) -> str:
        """The address of the list as it stands, without the page."""
        return _query(self._parts())

    @property
    def cleared(self) -> str:
        """The list without filters; what was searched for and the order stay."""
        return _query({name: v for name, v in self._parts().items() if name not in RULES})

    @property
    def heads(self) -> dict[str, Head]:
        """The sortable heads by name; a second use turns the order round."""
        return {name: self._head(name) for name in ("nama", "isian", "dicatat")}

    @property
    def active(self) -> int:
        """How many filters are in force, the question aside."""
        return len(self.asked)

    @property
    def inner_active(self) -> bool:
        """Whether a filter is in force that stands folded away."""
        return any(name not in OPEN for name in self.asked)

    def without(self, name: str) -> str:
        """The address that leaves one thing out."""
        return _query({key: v for key, v in self._parts().items() if key != name})

    def _parts(self) -> dict[str, str]:
        return {
            **({"q": self.question} if self.question else {}),
            **self.asked,
            **({"urut": self.order} if self.order != DEFAULT_ORDER else {}),
        }

    def _head(self, name: str) -> Head:
        sort = {name: "ascending", f"-{name}": "descending"}.get(self.order, "")
        turned = f"-{name}" if sort == "ascending" else name
        return Head(_query({**self._parts(), "urut": turned}), sort)


def listing_of(filters: StaffFirmFilter, order: str | None) -> Listing:
    """What the filters and the order of the address come to."""
    order = order if order in ORDERS else DEFAULT_ORDER
    plain = Listing(filters.asked, filters.question, order, ())
    return Listing(plain.asked, plain.question, order, tuple(_chips(filters, plain)))


def _chips(filters: StaffFirmFilter, listing: Listing) -> list[Chip]:
    chips = []
    if listing.question:
        chips.append(Chip(filters.filters["q"].label, listing.question, listing.without("q")))
    for name, value in listing.asked.items():
        field: Any = filters.form.fields[name]
        label = dict(field.choices).get(value, value)
        chips.append(Chip(filters.filters[name].label, label, listing.without(name)))
    return chips


def _query(parts: Mapping[str, str]) -> str:
    return f"?{urlencode(parts)}"
