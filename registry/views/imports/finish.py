"""The last two steps: saving with its progress, the result, undoing and throwing away."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from registry.forms_imports import UndoForm
from registry.intake import undoing
from registry.intake.results import result_of
from registry.models import IntakeBatch
from registry.models.intake import BatchState
from registry.services import intake
from registry.views.imports.common import (
    COLUMNS,
    RESULT,
    REVIEW,
    address_of,
    batch_of,
    for_staff,
    go_on,
    show,
    show_progress,
    tell,
)

_BEFORE_SAVING = (BatchState.COLUMNS, BatchState.REVIEW)
_AFTER_SAVING = (BatchState.SAVED, BatchState.UNDONE, BatchState.DISCARDED)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def import_saving(request: HttpRequest, pk: int) -> HttpResponse:
    """Starting to save, and how far it is."""
    batch = batch_of(request, pk)
    if request.method == "POST":
        strict = request.POST.get("galat") == "semua-benar"
        try:
            intake.intake_save(batch=batch, all_or_nothing=strict, by=request.user)
        except ValidationError as error:
            tell(request, error)
            return redirect("registry:import_review", batch.pk)
        return redirect("registry:import_saving", batch.pk)
    return show_progress(request, batch) if batch.state == BatchState.SAVING else go_on(batch)


@require_safe
@for_staff
def import_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The moving part of a page of progress; when the work is done, it says where to go on."""
    batch = batch_of(request, pk)
    answer = render(request, "registry/imports/moving.html", {"batch": batch})
    if not batch.at_work:
        answer["X-Next"] = address_of(batch)
    return answer


@require_safe
@for_staff
def import_result(request: HttpRequest, pk: int) -> HttpResponse:
    """What was added, changed and left, and what comes next."""
    batch = batch_of(request, pk)
    if batch.state == BatchState.UNDOING:
        return show_progress(request, batch)
    if batch.state not in _AFTER_SAVING:
        return go_on(batch)
    return show(
        request,
        "result",
        batch,
        RESULT,
        result=result_of(batch, request.user),
        until=undo_until(batch),
    )


def undo_until(batch: IntakeBatch) -> dt.datetime | None:
    """Until when the whole intake can be undone; None when it can't be."""
    if batch.saved_at is None or not intake.may_be_undone(batch):
        return None
    until: dt.datetime = batch.saved_at + dt.timedelta(days=undoing.DAYS)
    return until


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Why, and the firms changed since, before anything is undone."""
    batch = batch_of(request, pk)
    until = undo_until(batch)
    if until is None:
        return go_on(batch)
    form = UndoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            intake.intake_undo(batch=batch, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return go_on(batch_of(request, pk))
    return show(
        request,
        "undo",
        batch,
        RESULT,
        form=form,
        conflicts=intake.undo_conflicts(batch),
        until=until,
        result=result_of(batch, request.user),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def import_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throwing away an intake of which nothing was saved."""
    batch = batch_of(request, pk)
    if batch.state not in _BEFORE_SAVING:
        return go_on(batch)
    if request.method == "POST":
        try:
            intake.intake_discard(batch=batch, by=request.user)
        except ValidationError as error:
            tell(request, error)
            return go_on(batch)
        messages.success(
            request,
            _("The intake of %(file)s is discarded; nothing was saved.")
            % {"file": batch.file_name},
        )
        return redirect("registry:imports")
    step: Any = COLUMNS if batch.state == BatchState.COLUMNS else REVIEW
    return show(request, "discard", batch, step)
