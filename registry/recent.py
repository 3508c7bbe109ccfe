"""The latest changes in a person's regions as sentences, for the start page.

Rule: as in `registry.history`, a person reads of a change what the policy lets them see of the row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import F, OuterRef, QuerySet, Subquery

from accounts import policy
from registry.history import PARTS, Entry, Moment, entry_of, moment_of, people_of, write_of
from registry.models import Firm, FirmCard, ProductionSite
from registry.wording import Names

# So many writes are shown, of each so many rows, of each so many fields.
WRITES, ROWS, FIELDS = 8, 3, 3
# So many events of each table are looked at: enough for the writes above.
LOOKED = WRITES * (ROWS + 1)


@dataclass(frozen=True)
class RecentRow:
    """A changed row, with the firm that it is or describes."""

    firm: int
    name: str
    entry: Entry

    @property
    def changes(self) -> tuple[str, ...]:
        """The first fields that changed, as sentences; of a new row, none."""
        if self.entry.kind != "update":
            return ()
        return tuple(change.sentence for change in self.entry.changes[:FIELDS])

    @property
    def more(self) -> bool:
        """Whether further fields changed."""
        return self.entry.kind == "update" and len(self.entry.changes) > FIELDS


@dataclass(frozen=True)
class Recent:
    """One write, with the first of the rows that it changed."""

    moment: Moment
    rows: tuple[RecentRow, ...]
    more: bool


def recent_changes(user: Any) -> list[Recent]:
    """The latest writes to firms and what describes them, the latest first.

    The queries are as many as there are kinds of parts, however long the history is.
    """
    writes: dict[tuple[Any, Any], list[tuple[type[models.Model], Any]]] = {}
    for model, event in _latest(user):
        writes.setdefault(write_of(event), []).append((model, event))
    # Stable: of writes at the same instant the later one comes first.
    chosen = sorted(writes.values(), key=lambda each: each[0][1].pgh_created_at)[::-1][:WRITES]
    told = [pair for write in chosen for pair in write]
    before = _before(told)
    names = Names.of([*(event for _model, event in told), *before.values()])
    people = people_of(event for _model, event in told)
    found = [_recent(write, before, names, people) for write in chosen]
    return [recent for recent in found if recent.rows]


def _latest(user: Any) -> list[tuple[type[models.Model], Any]]:
    """The latest events of every table in the person's regions, firms before their parts."""
    found: list[tuple[type[models.Model], Any]] = []
    parts = [each for each in PARTS[Firm] if each[0] is not FirmCard]  # opening one is no news
    tables: list[tuple[type[models.Model], str]] = [(Firm, ""), *parts]
    for model, way in tables:
        kind = model._meta.label_lower
        if not policy.may_kind(user, policy.Action.VIEW, kind):
            continue
        scope = policy.scope_of(user, policy.Action.VIEW, kind)
        events = _events(model).annotate(
            firm_pk=F(way or "pgh_obj_id"),
            firm_name=F(f"{way}__name" if way else "name"),
        )
        if not scope.everywhere:
            events = events.filter(**{f"{_place(model, way)}__in": scope.regencies})
        latest = events.select_related("pgh_context").order_by("-pgh_id")[:LOOKED]
        found += [(model, event) for event in reversed(latest)]
    return found


def _events(model: type[models.Model]) -> QuerySet[Any]:
    events: QuerySet[Any] = apps.get_model(
        "registry", f"{model.__name__}Event"
    )._default_manager.all()
    return events


def _place(model: type[models.Model], way: str) -> str:
    """The way to the regency that says who may see a row."""
    if model in (Firm, ProductionSite):
        return "regency"
    return way.removesuffix("firm") + "regency" if "site__" in way else f"{way}__regency"


def _before(told: list[tuple[type[models.Model], Any]]) -> dict[tuple[Any, Any], Any]:
    """The state before each update."""
    numbers: dict[type[models.Model], list[int]] = {}
    for model, event in told:
        if event.pgh_label == "update":
            numbers.setdefault(model, []).append(event.pgh_id)
    found = {}
    for model, updates in numbers.items():
        events = _events(model)
        earlier = events.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id"))
        pairs = dict(
            events.filter(pgh_id__in=updates)
            .annotate(earlier=Subquery(earlier.order_by("-pgh_id").values("pgh_id")[:1]))
            .values_list("pgh_id", "earlier")
        )
        states = events.in_bulk([number for number in pairs.values() if number])
        for number, previous in pairs.items():
            if previous in states:
                found[model, number] = states[previous]
    return found


def _recent(
    write: list[tuple[type[models.Model], Any]],
    before: dict[tuple[Any, Any], Any],
    names: Names,
    people: dict[int, str],
) -> Recent:
    rows = []
    for model, event in write:
        old = before.get((model, event.pgh_id))
        if event.pgh_label == "update" and old is None:
            continue  # its beginning was not kept
        entry = entry_of(model, event, old, names)
        if entry is not None:
            rows.append(RecentRow(event.firm_pk, event.firm_name or "", entry))
    moment = moment_of(write[0][1], tuple(row.entry for row in rows), people)
    return Recent(moment, tuple(rows[:ROWS]), len(rows) > ROWS)
