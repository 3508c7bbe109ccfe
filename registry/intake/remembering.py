"""How an office's sheets with the same headings were read before: used again for the next one."""

from __future__ import annotations

from typing import Any

from registry.intake.sheets import is_field, matched
from registry.models import ColumnChoice, IntakeBatch


def apply(batch: IntakeBatch) -> None:
    """Read the columns of an upload as the office had this set of headings read the last time."""
    choice = ColumnChoice.objects.filter(
        regency=batch.regency_id, kind=batch.kind, headings_key=batch.table["headings_key"]
    ).first()
    if choice is None:
        return
    for column, kept in zip(batch.table["columns"], choice.columns, strict=False):
        if column["dropped"] or (kept["field"] and not is_field(kept["field"], batch.kind)):
            continue
        matched(batch.table, column["letter"], kept["field"], kept["unit"], "chosen")
    batch.options["kbli_edition"] = choice.kbli_edition
    batch.table["remembered"] = True


def remember(batch: IntakeBatch, by: Any) -> None:
    """Keep how the columns of this batch are read."""
    ColumnChoice.objects.update_or_create(
        regency_id=batch.regency_id,
        kind=batch.kind,
        headings_key=batch.table["headings_key"],
        defaults={
            "sheet": batch.sheet,
            "columns": [
                {name: column[name] for name in ("heading", "field", "unit")}
                for column in batch.table["columns"]
            ],
            "kbli_edition": batch.options.get("kbli_edition") or "",
            "chosen_by_id": by.pk,
        },
    )
