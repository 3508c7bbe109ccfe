"""Reference rows that people edit: added where they are missing, never written over."""

from __future__ import annotations

from registry.models import Centre, CentreFigure, CentreVillage, TkdnRule
from registry.reference import Outcome, kbli_id, read, typed


def add_tkdn_rules() -> Outcome:
    """Add the regulations that the register lacks; an administrator's numbers stay."""
    outcome = Outcome(TkdnRule)
    known = set(TkdnRule.objects.values_list("pk", flat=True))
    for row in read("tkdn_rules.csv"):
        if row["code"] in known:
            outcome.unchanged += 1
            continue
        TkdnRule.objects.create(**typed(TkdnRule, row))
        outcome.added += 1
    return outcome


def add_centres() -> Outcome:
    """Add the centres that public sources name and the register does not have yet."""
    outcome = Outcome(Centre)
    known = set(Centre.objects.values_list("slug", flat=True))
    for row in read("centres.csv"):
        if row["slug"] in known:
            outcome.unchanged += 1
            continue
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
            )
        outcome.added += 1
    return outcome
