"""What a person mends before saving: one cell, one value for all rows, whether two are one firm."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Func, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from registry.identifiers import holds_identity
from registry.intake.fields import BY_NAME, Kind
from registry.intake.planning import depending, folded, remedy_cells, replan, save_replanned
from registry.intake.staging import counted
from registry.models import District, Firm, IntakeBatch, IntakeRow, KbliCode, Regency, Unit, Village
from registry.models.firms import LegalForm
from registry.models.intake import BatchState, Decision
from registry.services.intake.base import held

_OPEN = (BatchState.REVIEW, BatchState.SAVED)
_LONGEST = 500
_REMEDIED = {
    "regency_code", "district_code", "village_code", "kbli", "capacity_unit", "legal_form",
}  # fmt: skip


def intake_mend_cell(*, row: IntakeRow, letter: str, text: str, by: Any) -> IntakeRow:
    """Type another text into a cell; the row is read again, and rows that spoke of it as well."""
    with held(row.batch, *_OPEN, by=by) as now:
        kept = _open_row(now, row.pk)
        check_text(now, letter, text)
        kept.edits = {**kept.edits, letter: text.strip() or None}
        reread(now, [kept], by)
    return kept


def check_text(batch: IntakeBatch, letter: str, text: str) -> None:
    """Refuse a cell that the sheet has not, and a text that must not be kept."""
    column = next((c for c in batch.table["columns"] if c["letter"] == letter), None)
    if column is None or column["dropped"]:
        raise ValidationError(_("The sheet has no column %(column)s.") % {"column": letter})
    if len(text) > _LONGEST:
        raise ValidationError(_("At most %(count)d letters fit here.") % {"count": _LONGEST})
    if holds_identity(text):
        raise ValidationError(
            _("This looks like the identity number of a person (NIK). Leave it out.")
        )


def reread(batch: IntakeBatch, rows: list[IntakeRow], by: Any) -> None:
    """Read rows again, then those that speak of them; the summary follows."""
    for row in rows:
        row.batch = batch
    replan(batch, rows, by)
    save_replanned(rows)
    others = depending(rows)
    for row in others:
        row.batch = batch
    replan(batch, others, by)
    save_replanned(others)
    batch.summary = counted(batch)


def intake_map_value(*, batch: IntakeBatch, field: str, text: str, code: str, by: Any) -> int:
    """Say once what a text in the column of a field means, for all rows; returns how many."""
    with held(batch, *_OPEN, by=by) as now:
        column = next((c for c in now.table["columns"] if c["field"] == field), None)
        if column is None or field not in _REMEDIED:
            raise ValidationError(_("This column can't be mapped for all rows at once."))
        code = _known(now, field, code)
        maps = [m for m in now.options.get("maps") or [] if not _same(m, field, text)]
        maps.append({"field": field, "text": text, "cells": remedy_cells(field, code)})
        now.options["maps"] = maps
        rows = _reading(now, column["letter"], text)
        reread(now, rows, by)
    return len(rows)


def intake_decide(*, row: IntakeRow, decision: str, firm: int | None = None, by: Any) -> IntakeRow:
    """Say whether the row is the same firm as another, a firm of its own, or left out."""
    with held(row.batch, *_OPEN, by=by) as now:
        kept = _open_row(now, row.pk)
        if decision not in ("", *Decision.values):
            raise ValidationError(_("There is no such decision."))
        if decision in (Decision.SAME, Decision.OTHER) and kept.status != "review":
            raise ValidationError(_("This row does not wait for a decision."))
        kept.firm = None
        if decision == Decision.SAME:
            kept.firm = _meant(kept, firm, by)
        kept.decision = decision
        kept.save(update_fields=["decision", "firm"])
    return kept


def _meant(row: IntakeRow, pk: int | None, by: Any) -> Firm | None:
    """The firm that a row is said to be; none where it is an earlier row of the file."""
    if pk is None:
        if any(match["row"] for match in row.matches):
            return None
        raise ValidationError(_("Say which firm the row is the same as."))
    firm = Firm.objects.in_scope(by, "change").filter(pk=pk).first()
    if firm is None:
        raise ValidationError(_("This firm is not on record in your region."))
    return firm


def _open_row(batch: IntakeBatch, pk: int) -> IntakeRow:
    row: IntakeRow = batch.rows.select_for_update(of=("self",)).get(pk=pk)
    if row.outcome:
        raise ValidationError(_("This row is saved already. Change the firm itself."))
    return row


def _same(remedy: dict[str, Any], field: str, text: str) -> bool:
    return remedy["field"] == field and folded(remedy["text"]) == folded(text)


def _known(batch: IntakeBatch, field: str, code: str) -> str:
    """The code, if the official list has it."""
    edition = batch.options.get("kbli_edition") or "2020"
    found = {
        "regency_code": lambda: Regency.objects.filter(code=code),
        "district_code": lambda: District.objects.filter(code=code),
        "village_code": lambda: Village.objects.filter(code=code),
        "kbli": lambda: KbliCode.objects.classes().filter(code=code, edition=edition),
        "capacity_unit": lambda: Unit.objects.filter(code=code),
    }
    is_form = field == "legal_form"
    known = code in LegalForm.values if is_form else found[field]().exists()
    if not known:
        raise ValidationError(
            _("%(code)s is no code for “%(field)s”.")
            % {"code": code, "field": BY_NAME[field].heading}
        )
    return code.replace("_", " ") if BY_NAME[field].kind is Kind.LEGAL_FORM else code


def _reading(batch: IntakeBatch, letter: str, text: str) -> list[IntakeRow]:
    """The rows that are not saved yet and whose cell reads the text."""
    spaces = (Value(r"\s+"), Value(" "), Value("g"))
    rows = batch.rows.filter(outcome="").annotate(
        mended=KeyTextTransform(letter, "edits"), stood=KeyTextTransform(letter, "raw")
    )
    text_field = TextField()
    written = Func(F("mended"), F("stood"), function="COALESCE", output_field=text_field)
    single = Func(written, *spaces, function="REGEXP_REPLACE", output_field=text_field)
    cleaned = Func(single, function="TRIM", output_field=text_field)
    return list(rows.annotate(cell=Lower(cleaned)).filter(cell=folded(text)).order_by("row"))
