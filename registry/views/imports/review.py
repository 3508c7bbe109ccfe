"""The third step: what the sheet says, what is wrong with it, what mends many rows at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from registry.intake.labels import label_of
from registry.intake.offers import choices_for
from registry.intake.remedies import MAPPED, REMEDIES, remedy_of
from registry.intake.review import (
    FIRST,
    PAGE_SIZE,
    TABS,
    Tallies,
    causes_of,
    columns_of,
    rows_of,
    rows_reading,
    tallies_of,
)
from registry.intake.shown import shown_page
from registry.models import IntakeBatch
from registry.models.intake import BatchState
from registry.paging import page_of
from registry.services import intake
from registry.views.imports.common import (
    REVIEW,
    batch_of,
    for_staff,
    go_on,
    show,
    show_progress,
    tell,
)

# The states in which rows can be looked at and mended.
OPEN = (BatchState.REVIEW, BatchState.SAVED)


@require_safe
@for_staff
def import_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Causes with their remedies, counts, and the rows that need a look, 25 at a time."""
    batch = batch_of(request, pk)
    if batch.state == BatchState.PLANNING:
        return show_progress(request, batch)
    if batch.state not in OPEN:
        return go_on(batch)
    tallies, causes = tallies_of(batch), causes_of(batch)
    tab = request.GET.get("saring", FIRST)
    tab = tab if tab in TABS else FIRST
    code, letter = _cause_asked(request)
    page = page_of(rows_of(batch, tab, code, letter), request.GET.get("hal"), PAGE_SIZE)
    columns, rows = shown_page(batch, page.rows)
    return show(
        request,
        "review",
        batch,
        REVIEW,
        tallies=tallies,
        errors=[cause for cause in causes if cause.level == "error"],
        warnings=[cause for cause in causes if cause.level != "error"],
        tabs=_tabs(tallies),
        tab="" if code else tab,
        cause=(remedy_of(code).cause, letter) if code else None,
        page=page,
        columns=columns,
        rows=rows,
        matched=len([c for c in columns_of(batch) if c.get("field")]),
        headed=len([c for c in columns_of(batch) if not c.get("dropped")]),
    )


def _cause_asked(request: HttpRequest) -> tuple[str, str]:
    code = request.GET.get("sebab", "")
    return (code, request.GET.get("kolom", "")[:3]) if code in REMEDIES else ("", "")


def _tabs(tallies: Tallies) -> list[tuple[str, Any, int]]:
    """The tabs with their numbers; one without rows is left out, but for the first and all."""
    tabs = [(key, label, tallies.of_tab(key)) for key, (label, _condition) in TABS.items()]
    return [tab for tab in tabs if tab[2] or tab[0] in (FIRST, "semua")]


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def import_map(request: HttpRequest, pk: int) -> HttpResponse:
    """One meaning for every row that reads the same in a column."""
    batch = batch_of(request, pk)
    if batch.state not in OPEN:
        return go_on(batch)
    letter, text = request.GET.get("kolom", ""), request.GET.get("isi", "")
    column = next((c for c in columns_of(batch) if c["letter"] == letter), None)
    field = column.get("field") if column else None
    if column is None or field not in MAPPED or not text:
        raise Http404
    if request.method == "POST":
        code = request.POST.get("kode", "")
        code = request.POST.get("kode_lain", "") if code in ("", "lain") else code
        if code and _mapped(request, batch, str(field), text, code):
            return redirect("registry:import_review", batch.pk)
    search = request.GET.get("cari", "").strip()[:60]
    return show(
        request,
        "map",
        batch,
        REVIEW,
        column=column,
        text=text,
        label=label_of(str(field)),
        count=rows_reading(batch, letter, text).count(),
        choices=choices_for(batch, str(field), text, search),
        search=search,
        empty=request.method == "POST",
    )


def _mapped(request: HttpRequest, batch: IntakeBatch, field: str, text: str, code: str) -> bool:
    try:
        rows = intake.intake_map_value(
            batch=batch, field=field, text=text, code=code, by=request.user
        )
    except ValidationError as error:
        tell(request, error)
        return False
    said = ngettext(
        "“%(text)s” is mapped in %(n)s row.", "“%(text)s” is mapped in %(n)s rows.", rows
    )
    messages.success(request, said % {"text": text, "n": rows})
    return True
