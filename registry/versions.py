"""Two people on one firm: what the other one changed while a form was open, field by field.

Rule: a version is the number of the latest event of each table that a form of a firm shows. What
only one of the two changed holds; where both changed a field, a person chooses. Nothing that
somebody typed is thrown away without being asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Max, Value

from registry.history import moment_of, people_of
from registry.models import (
    AnnualProfile,
    Certificate,
    Consent,
    Facilitation,
    Firm,
    FirmActivity,
    Owner,
    Partnership,
    ProductionSite,
    SiinasAccount,
    SiinasStep,
    TkdnAnswers,
)

PARTS: tuple[type[models.Model], ...] = (
    Owner,
    FirmActivity,
    AnnualProfile,
    Certificate,
    Partnership,
    Facilitation,
    TkdnAnswers,
    Consent,
    ProductionSite,
)
TABLES: tuple[type[models.Model], ...] = (Firm, *PARTS)
Version = Mapping[str, int]


def version_of(firm: Firm) -> dict[str, int]:
    """The latest event of each table that speaks of the firm, by the table's short name."""
    latest = [
        about(model, firm)
        .order_by()
        .values(table=Value(str(model._meta.model_name)))
        .annotate(top=Max("pgh_id"))
        .values_list("table", "top")
        for model in TABLES
    ]
    found = latest[0].union(*latest[1:], all=True)
    return {table: top for table, top in found if top}


def as_text(version: Version) -> str:
    """A version as a form carries it."""
    return ",".join(f"{name}:{number}" for name, number in sorted(version.items()))


def from_text(text: str) -> dict[str, int] | None:
    """The version that a form carried; None where it carried none that can be read."""
    found = {}
    for part in text.split(","):
        name, _colon, number = part.partition(":")
        if not (name.isascii() and number.isascii() and number.isdigit()):
            return None
        found[name] = int(number)
    return found


def changed_since(firm: Firm, model: type[models.Model], version: Version) -> dict[Any, Any]:
    """The rows of a table that changed since, each with its state then (None: not there then)."""
    then = version.get(str(model._meta.model_name), 0)
    events = about(model, firm)
    keys = set(events.filter(pgh_id__gt=then).values_list("pgh_obj_id", flat=True))
    before = events.filter(pgh_obj__in=keys, pgh_id__lte=then).order_by("pgh_obj_id", "-pgh_id")
    found: dict[Any, Any] = dict.fromkeys(keys)
    found |= {event.pgh_obj_id: event for event in before.distinct("pgh_obj_id")}
    return found


def authors_since(firm: Firm, version: Version) -> list[Any]:
    """Who wrote since, and when, the latest first."""
    latest: list[Any] = []
    for model in TABLES:
        then = version.get(str(model._meta.model_name), 0)
        since = about(model, firm).filter(pgh_id__gt=then).select_related("pgh_context")
        event = since.order_by("pgh_id").last()
        if event is not None:
            latest.append(event)
    return _by_person(latest)


def _by_person(events: Iterable[Any]) -> list[Any]:
    ordered = sorted(events, key=lambda event: event.pgh_created_at, reverse=True)
    people = people_of(ordered)
    seen: dict[str, Any] = {}
    for event in ordered:
        moment = moment_of(event, (), people)
        seen.setdefault(moment.who, moment)
    return list(seen.values())


def about(model: type[models.Model], firm: Firm) -> Any:
    """The history of the firm's rows in one table."""
    events: Any = apps.get_model("registry", f"{model.__name__}Event")._default_manager
    if model is Firm:
        return events.filter(pgh_obj=firm.pk)
    if model is ProductionSite:  # never taken away, and its history is asked for by the site
        return events.filter(pgh_obj__in=ProductionSite.objects.filter(firm=firm.pk).values("pk"))
    return events.filter(firm=firm.pk)


def account_version(account: SiinasAccount) -> str:
    """The latest event of a SIINas account and its latest step, as a form carries them."""
    latest = {
        "account": _account_events(account).aggregate(top=Max("pgh_id"))["top"],
        "step": SiinasStep.objects.filter(account=account.pk).aggregate(top=Max("pk"))["top"],
    }
    return as_text({name: top for name, top in latest.items() if top})


def account_then(account: SiinasAccount, version: str) -> Any:
    """The account as it was at a version (an event of its history); None: not known."""
    then = (from_text(version) or {}).get("account", 0)
    return _account_events(account).filter(pgh_id__lte=then).order_by("pgh_id").last()


def _account_events(account: SiinasAccount) -> Any:
    events: Any = apps.get_model("registry", "SiinasAccountEvent")._default_manager
    return events.filter(pgh_obj=account.pk)
