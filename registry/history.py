"""The history of a row as sentences: who changed what, when, why, from which value to which.

Rule: a person reads of the history what the policy lets them see of the rows themselves; owners
stay hidden from those who may not see owners. The database writes the history (see `tracked`);
nothing here changes anything.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

from accounts import policy
from accounts.models import User
from registry.models import (
    AnnualProfile,
    Centre,
    CentreFigure,
    CentreStep,
    CentreVillage,
    Certificate,
    ChangeProposal,
    Consent,
    Contact,
    Facilitation,
    Firm,
    FirmActivity,
    FirmCard,
    Objection,
    Owner,
    Partnership,
    ProductionSite,
    SiinasAccount,
    SiinasReport,
    TkdnAnswers,
)
from registry.wording import Names, in_words

# What describes a thing, and the way from there to it.
PARTS: dict[type[models.Model], tuple[tuple[type[models.Model], str], ...]] = {
    Firm: (
        (Owner, "firm"),
        (FirmActivity, "firm"),
        (AnnualProfile, "firm"),
        (Certificate, "firm"),
        (Partnership, "firm"),
        (Facilitation, "firm"),
        (TkdnAnswers, "firm"),
        (Consent, "firm"),
        (Objection, "firm"),
        (ChangeProposal, "firm"),
        (FirmCard, "firm"),
        (Contact, "firm"),
        (ProductionSite, "firm"),
        (SiinasAccount, "site__firm"),
        (SiinasReport, "account__site__firm"),
    ),
    Centre: ((CentreVillage, "centre"), (CentreFigure, "centre"), (CentreStep, "centre")),
}
# Of one kind of row so many events are looked at; a thing that has more shows its latest.
MOST = 500
# What says nothing to people: keys, what the machine stamps, and of a part the way to its whole.
_SILENT = frozenset({"id", "created_at", "updated_at", "recorded_at", "is_sample"})
_OF_SITES = (ProductionSite, SiinasAccount, SiinasReport)
_WAYS = {model: way.split("__")[0] for parts in PARTS.values() for model, way in parts}


@dataclass(frozen=True)
class Change:
    """A field that got another value."""

    label: str
    old: str
    new: str

    @property
    def sentence(self) -> str:
        """For example: phone: from not provided to 0812…"""
        return _("%(what)s: from %(old)s to %(new)s") % {
            "what": self.label,
            "old": self.old,
            "new": self.new,
        }


@dataclass(frozen=True)
class Entry:
    """What became of one row in one write. `key` finds its state again."""

    kind: str  # "insert", "update", "delete"
    model: type[models.Model]
    event: int
    row: str
    changes: tuple[Change, ...]
    current: bool = False  # whether it is what the row holds now

    @property
    def model_name(self) -> str:
        """The model's short name."""
        return str(self.model._meta.model_name)

    @property
    def key(self) -> str:
        """The model and the number of the event, as they stand in an address."""
        return f"{self.model_name}-{self.event}"

    @property
    def sentence(self) -> str:
        """What was done with which row."""
        words = {
            "insert": _("added %(thing)s %(row)s"),
            "update": _("changed %(thing)s %(row)s"),
            "delete": _("took away %(thing)s %(row)s"),
        }
        said = words[self.kind] % {"thing": self.model._meta.verbose_name, "row": self.row}
        return said.rstrip()


@dataclass(frozen=True)
class Moment:
    """One write of one person, with all that it changed."""

    at: dt.datetime
    who: str
    why: str
    batch: int | None
    entries: tuple[Entry, ...]


def history_of(row: models.Model, user: Any) -> list[Moment]:
    """Every write that changed the row or what describes it, the latest first.

    The queries are as many as there are kinds of parts, however long the history is.
    """
    events = _events_of(row, user)
    names = Names.of(event for _model, event, _before in events)
    entries: dict[tuple[Any, Any], list[Entry]] = {}
    context: dict[tuple[Any, Any], Any] = {}
    last = {(model, event.pgh_obj_id): event.pgh_id for model, event, _before in events}
    for model, event, before in events:
        current = last[model, event.pgh_obj_id] == event.pgh_id
        entry = entry_of(model, event, before, names, current)
        if entry is None:
            continue
        key = write_of(event)
        entries.setdefault(key, []).append(entry)
        context[key] = event
    people = people_of(context.values())
    moments = [moment_of(context[key], tuple(each), people) for key, each in entries.items()]
    # Stable: of writes at the same instant the later one comes first.
    return sorted(moments, key=lambda moment: moment.at)[::-1]


def event_of(row: models.Model, key: str, user: Any) -> tuple[type[models.Model], Any] | None:
    """The event that a key names, if it belongs to the row and the person may see it."""
    name, _dash, number = key.rpartition("-")
    if not (number.isascii() and number.isdigit()):
        return None
    for model, event, _before in _events_of(row, user):
        if model._meta.model_name == name and event.pgh_id == int(number):
            return model, event
    return None


def compared(model: type[models.Model], event: Any) -> list[Change]:
    """Where the state that an event holds differs from now; a row taken away has no now."""
    now = model._base_manager.filter(pk=event.pgh_obj_id).first()
    names = Names.of(filter(None, [event, now]))
    return _changes(model, now, event, names)


def changes_between(then: Any, now: models.Model) -> list[Change]:
    """Where a row differs from what an event of its history holds."""
    return _changes(type(now), then, now, Names.of(filter(None, [then, now])))


def alike(model: type[models.Model], event: Any) -> list[Change]:
    """The filled fields in which the state that an event holds is the same as now."""
    different = {change.label for change in compared(model, event)}
    every = _changes(model, None, event, Names.of([event]))
    return [change for change in every if change.label not in different]


def _events_of(row: models.Model, user: Any) -> list[tuple[type[models.Model], Any, Any]]:
    """Events with their model and the state before; parts that the person may not see left out."""
    found = _with_before(type(row), {"pgh_obj_id": row.pk})
    for model, way in PARTS.get(type(row), ()):
        if not policy.may_kind(user, policy.Action.VIEW, model._meta.label_lower):
            continue
        if model in _OF_SITES:  # never taken away, and with regions of theirs
            rows: Any = model._default_manager
            seen = rows.visible_to(user).filter(**{way: row.pk})
            found += _with_before(
                model, {"pgh_obj_id__in": list(seen.values_list("pk", flat=True))}
            )
        else:
            found += _with_before(model, {f"{way}_id": row.pk})
    return found


def _with_before(
    model: type[models.Model], which: dict[str, Any]
) -> list[tuple[type[models.Model], Any, Any]]:
    events: Any = apps.get_model("registry", f"{model.__name__}Event")._default_manager
    latest = events.filter(**which).select_related("pgh_context").order_by("-pgh_id")[:MOST]
    before: dict[Any, Any] = {}
    found = []
    for event in reversed(latest):
        last = before.get(event.pgh_obj_id)
        before[event.pgh_obj_id] = event
        if event.pgh_label == "insert":
            found.append((model, event, None))
        elif last is not None:  # else its beginning lies before what was looked at
            found.append((model, event, last))
    return found


def entry_of(
    model: type[models.Model], event: Any, before: Any, names: Names, current: bool = False
) -> Entry | None:
    """What an event says; None where people would see nothing of it."""
    changes = _changes(model, before, event, names) if event.pgh_label != "delete" else []
    if event.pgh_label == "update" and not changes:
        return None  # only a time stamp
    row = _row_in_words(model, event, names)
    current = current and event.pgh_label != "delete"
    return Entry(event.pgh_label, model, event.pgh_id, row, tuple(changes), current)


def _changes(model: type[models.Model], old: Any, new: Any, names: Names) -> list[Change]:
    """The fields in which two states differ; against nothing, the fields that are filled."""
    found = []
    for field in model._meta.concrete_fields:
        if field.name in _SILENT or field.name == _WAYS.get(model):
            continue
        if not hasattr(new, field.attname):
            continue
        was, now = getattr(old, field.attname, None), getattr(new, field.attname)
        if was == now or (old is None and now in (None, "", False)):
            continue
        label = str(field.verbose_name)
        found.append(Change(label, in_words(field, was, names), in_words(field, now, names)))
    return found


def _row_in_words(model: type[models.Model], event: Any, names: Names) -> str:
    """Which row of its kind: what people would call it."""
    told = {
        Firm: ("name",),
        Centre: ("name",),
        Owner: ("name",),
        FirmActivity: ("kbli",),
        AnnualProfile: ("year",),
        CentreFigure: ("year",),
        CentreStep: ("target",),
        CentreVillage: ("village",),
        Certificate: ("kind", "number"),
        Partnership: ("kind", "partner"),
        Facilitation: ("program",),
        Consent: ("purpose",),
        ChangeProposal: ("what",),
        FirmCard: ("way",),
        Contact: ("channel", "outcome"),
        ProductionSite: ("village",),
        SiinasReport: ("period",),
    }.get(model, ())
    fields = [model._meta.get_field(name) for name in told]
    values = [(field, getattr(event, field.attname)) for field in fields]  # type: ignore[union-attr]
    return " ".join(in_words(f, value, names) for f, value in values if value not in (None, ""))


def write_of(event: Any) -> tuple[Any, Any]:
    """What the events of one write have in common."""
    return event.pgh_context_id or event.pgh_created_at, event.pgh_created_at


def moment_of(event: Any, entries: tuple[Entry, ...], people: dict[int, str]) -> Moment:
    """When, who and why, as the context of an event says."""
    said: dict[str, Any] = event.pgh_context.metadata if event.pgh_context else {}
    return Moment(
        at=event.pgh_created_at,
        who=people.get(said.get("user") or 0, "") or _nobody_of_the_office(said),
        why=str(said.get("reason") or ""),
        batch=said.get("batch"),
        entries=entries,
    )


def _nobody_of_the_office(said: dict[str, Any]) -> str:
    return _("the firm itself, by its card") if said.get("card") else _("the system")


def people_of(events: Iterable[Any]) -> dict[int, str]:
    """The names of those who made the changes, by number."""
    numbers = {event.pgh_context.metadata.get("user") for event in events if event.pgh_context}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=numbers - {None})}
