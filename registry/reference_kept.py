"""Reference rows that people edit: added where they are missing, never written over.

Rule: offices edit centres and the words of messages, an administrator the numbers of a regulation
and the thresholds for centres; loading again leaves all of that alone.
"""

from __future__ import annotations

from django.db import models

from registry.models import (
    Centre,
    CentreFigure,
    CentreThreshold,
    CentreVillage,
    MessageTemplate,
    TkdnRule,
)
from registry.models.centres import Origin
from registry.reference import Outcome, kbli_id, read, typed


def add_kept() -> list[Outcome]:
    """Add every such row that the register lacks."""
    return [
        add_tkdn_rules(),
        _add(CentreThreshold, ("criterion",), "centre_thresholds.csv"),
        _add(MessageTemplate, ("queue", "language"), "message_templates.csv"),
        add_centres(),
    ]


def add_tkdn_rules() -> Outcome:
    """Add the regulations on TKDN that the register lacks."""
    return _add(TkdnRule, ("code",), "tkdn_rules.csv")


def _add(model: type[models.Model], key: tuple[str, ...], file: str) -> Outcome:
    outcome = Outcome(model)
    rows = model._default_manager
    known = set(rows.values_list(*key))
    for row in read(file):
        if tuple(row[name] for name in key) in known:
            outcome.unchanged += 1
            continue
        rows.create(**typed(model, row))
        outcome.added += 1
    return outcome


def add_centres() -> Outcome:
    """Add the centres that public sources name and the register does not have yet.

    They and their figures say so: what somebody elsewhere wrote is not the office's own.
    """
    outcome = Outcome(Centre)
    known = set(Centre.objects.values_list("slug", flat=True))
    for row in read("centres.csv"):
        if row["slug"] in known:
            outcome.unchanged += 1
            continue
        _add_centre(row)
        outcome.added += 1
    return outcome


def _add_centre(row: dict[str, str]) -> None:
    centre = Centre.objects.create(
        name=row["name"],
        slug=row["slug"],
        commodity_id=row["commodity_slug"],
        kbli_id=kbli_id("2020", row["kbli_2020"]) or None,
        regency_id=row["regency_code"],
        district_id=row["district_code"] or None,
        village_id=row["village_code"] or None,
        latitude=row["lat"] or None,
        longitude=row["lon"] or None,
        source=row["source"],
        source_address=row["source_ref"],
        origin=Origin.PUBLIC,
        note=row["note"],
    )
    if row["village_code"]:
        CentreVillage.objects.create(centre=centre, village_id=row["village_code"])
    if row["year"] and (row["units"] or row["workers"]):
        CentreFigure.objects.create(
            centre=centre,
            year=row["year"],
            units=row["units"] or None,
            workers=row["workers"] or None,
            source=row["source"],
            origin=Origin.PUBLIC,
        )
