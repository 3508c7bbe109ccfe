"""Loads the centres that public sources name, and the thresholds for centres.

Rule: each is added once. Offices edit centres and the province the thresholds, so loading again
writes over neither; and what somebody elsewhere wrote is marked as not the office's own.
"""

from __future__ import annotations

from registry.models import Centre, CentreFigure, CentreThreshold, CentreVillage
from registry.models.centres import Origin

Row = dict[str, str]
Rows = list[Row]


def add_thresholds(rows: Rows) -> int:
    """Add the thresholds that the register does not have yet; returns how many."""
    known = set(CentreThreshold.objects.values_list("criterion", flat=True))
    new = [CentreThreshold(**row) for row in rows if row["criterion"] not in known]
    return len(CentreThreshold.objects.bulk_create(new))


def add_centres(rows: Rows) -> int:
    """Add the centres that the register does not have yet; returns how many."""
    known = set(Centre.objects.values_list("slug", flat=True))
    new = [row for row in rows if row["slug"] not in known]
    for row in new:
        _add_centre(row)
    return len(new)


def _add_centre(row: Row) -> None:
    centre = Centre.objects.create(
        name=row["name"],
        slug=row["slug"],
        commodity_id=row["commodity_slug"],
        kbli_id=f"2020-{row['kbli_2020']}" if row["kbli_2020"] else None,
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
