"""The beginning of the wizard: history, upload, template."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from registry.forms_imports import UploadForm
from registry.intake.lookups import template_lists
from registry.intake.reading import Refused
from registry.intake.template import template_bytes
from registry.messages import message_for
from registry.models import IntakeBatch
from registry.models.intake import Outcome
from registry.paging import page_of
from registry.services import intake
from registry.views.imports.answers import workbook_answer
from registry.views.imports.common import UPLOAD, for_staff, page_name, show
from registry.worklist import unfinished_intakes

PAGE_SIZE = 25
WAITING_SHOWN = 10


@require_safe
@for_staff
def import_list(request: HttpRequest) -> HttpResponse:
    """Who took in what, how far it is, and what waits for a person."""
    batches = IntakeBatch.objects.visible_to(request.user).select_related("taken_by", "regency")
    page = page_of(batches, request.GET.get("hal"), PAGE_SIZE)
    waiting = unfinished_intakes(request.user).select_related("taken_by", "regency")
    return show(
        request,
        "list",
        None,
        0,
        page=page,
        rows=[(batch, page_name(batch), _numbers(batch)) for batch in page.rows],
        waiting=[(batch, page_name(batch)) for batch in waiting[:WAITING_SHOWN]],
    )


def _numbers(batch: IntakeBatch) -> list[tuple[Any, int | None]]:
    """What the batch says of its rows; None before they are read."""
    counts = batch.summary
    return [
        (_("New"), counts.get(Outcome.ADDED.value, counts.get("new"))),
        (_("Updated"), counts.get(Outcome.CHANGED.value, counts.get("update"))),
        (_("Errors"), counts.get("error")),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def import_new(request: HttpRequest) -> HttpResponse:
    """Kind, region and file; a refusal says what was seen and keeps the rest of the form."""
    sent = request.method == "POST"
    form = UploadForm(
        request.POST if sent else None, request.FILES if sent else None, user=request.user
    )
    if sent and form.is_valid():
        batch = _taken(form, request)
        if batch is not None:
            return redirect("registry:import_columns", batch.pk)
    return show(request, "new", None, UPLOAD, form=form)


def _taken(form: UploadForm, request: HttpRequest) -> IntakeBatch | None:
    """The intake, or None with the reason at the file."""
    file = form.cleaned_data["file"]
    try:
        batch: IntakeBatch = intake.intake_upload(
            name=file.name,
            content=file.read(),
            kind=form.cleaned_data["kind"],
            regency=form.cleaned_data.get("regency") or "",
            by=request.user,
        )
    except Refused as refused:
        form.add_error("file", message_for(refused))
    except ValidationError as error:
        form.add_error(None if "file" not in form.fields else "file", error.messages)
    else:
        return batch
    return None


@require_safe
@for_staff
def import_template(request: HttpRequest) -> HttpResponseBase:
    """The empty sheet for offices to fill."""
    return workbook_answer(template_bytes(template_lists()), "templat-data-ikm.xlsx")
