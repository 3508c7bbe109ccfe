"""One row of a sheet: all its cells, mending one, and comparing it with the firms it may be."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from registry.intake.compare import comparison_of
from registry.intake.review import columns_of, next_to_look_at, pending
from registry.intake.shown import ShownRow, place_names, shown_row
from registry.models import IntakeBatch, IntakeRow
from registry.models.intake import Decision
from registry.services import intake
from registry.views.imports.common import REVIEW, batch_of, for_staff, go_on, show, tell
from registry.views.imports.review import OPEN


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def import_row(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """All cells of a row; those with a problem, or the one asked for, can be typed anew."""
    batch = batch_of(request, pk)
    if batch.state not in OPEN:
        return go_on(batch)
    row = _row_of(batch, number)
    columns = [column for column in columns_of(batch) if not column.get("dropped")]
    shown = shown_row(row, columns, place_names([row]))
    asked = request.GET.get("ubah", "")
    typed: dict[str, str] = {}
    if request.method == "POST":
        typed = _typed(request, shown)
        if _mended(request, row, typed):
            return _after(request, batch, number)
    return show(
        request,
        "row",
        batch,
        REVIEW,
        shown=shown,
        cells=[(cell, *_box(cell, asked, typed)) for cell in shown.cells],
        editable=bool(shown.offending) or any(cell.letter == asked for cell in shown.cells),
        comparison=comparison_of(row, request.user) if shown.compares else None,
        following=next_to_look_at(batch, number),
    )


@require_POST
@for_staff
def import_decide(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Whether the row is the same firm, another one, or stays out."""
    batch = batch_of(request, pk)
    if batch.state not in OPEN:
        return go_on(batch)
    row = _row_of(batch, number)
    decision, firm = _decision(request.POST.get("pilih", ""))
    try:
        intake.intake_decide(row=row, decision=decision, firm=firm, by=request.user)
    except ValidationError as error:
        tell(request, error)
        return redirect("registry:import_row", batch.pk, number)
    messages.success(
        request, _("Row %(row)s: your choice is kept, also for later sheets.") % {"row": number}
    )
    return _onward(batch, number)


def _row_of(batch: IntakeBatch, number: int) -> IntakeRow:
    row = pending(batch).select_related("firm", "batch").filter(row=number).first()
    if row is None:
        raise Http404
    found: IntakeRow = row
    return found


def _decision(chosen: str) -> tuple[str, int | None]:
    """The choice of a radio button: "same-12" names the firm."""
    name, _dash, firm = chosen.partition("-")
    if name == Decision.SAME and firm.isascii() and firm.isdigit():
        return name, int(firm)
    return (name if name in Decision.values else ""), None


def _box(cell: Any, asked: str, typed: dict[str, str]) -> tuple[bool, str]:
    """Whether the cell has a text box, and what stands in it."""
    shown = bool(cell.level) or cell.letter == asked or cell.letter in typed
    return shown, typed.get(cell.letter, cell.text)


def _typed(request: HttpRequest, shown: ShownRow) -> dict[str, str]:
    """What was typed over cells, as far as it differs."""
    found = {}
    for cell in shown.cells:
        text = request.POST.get(f"sel_{cell.letter}")
        if text is not None and text.strip() != cell.text:
            found[cell.letter] = text.strip()[:500]
    return found


def _mended(request: HttpRequest, row: IntakeRow, typed: dict[str, str]) -> bool:
    try:
        for letter, text in typed.items():
            row = intake.intake_mend_cell(row=row, letter=letter, text=text, by=request.user) or row
    except ValidationError as error:
        tell(request, error)
        return False
    return True


def _after(request: HttpRequest, batch: IntakeBatch, number: int) -> HttpResponse:
    """Back to the row while it still has an error, else on to the list."""
    row = _row_of(batch, number)
    if row.level:
        messages.warning(
            request, _("Row %(row)s is kept, and still has something to mend.") % {"row": number}
        )
        return redirect("registry:import_row", batch.pk, number)
    messages.success(request, _("Row %(row)s is right now.") % {"row": number})
    return _onward(batch, number)


def _onward(batch: IntakeBatch, number: int) -> HttpResponse:
    """To the next row to look at, else to the list."""
    following = next_to_look_at(batch, number)
    if following is not None:
        return redirect("registry:import_row", batch.pk, following.row)
    return redirect("registry:import_review", batch.pk)
