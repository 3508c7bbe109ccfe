"""What every page of the wizard does first: who may be here, which intake, at which step it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from accounts import policy
from registry.models import IntakeBatch
from registry.models.intake import BatchState

View = Callable[..., HttpResponseBase]
KIND = "registry.intakebatch"
UPLOAD, COLUMNS, REVIEW, SAVE, RESULT = range(1, 6)
STEPS = (
    gettext_lazy("Upload"),
    gettext_lazy("Match columns"),
    gettext_lazy("Check"),
    gettext_lazy("Save"),
    gettext_lazy("Result"),
)
_PAGES = {
    BatchState.COLUMNS: "registry:import_columns",
    BatchState.PLANNING: "registry:import_review",
    BatchState.REVIEW: "registry:import_review",
    BatchState.SAVING: "registry:import_saving",
}
_STEP_AT_WORK = {
    BatchState.PLANNING: REVIEW,
    BatchState.SAVING: SAVE,
    BatchState.UNDOING: RESULT,
}


def for_staff(view: View) -> View:
    """Only whoever may take sheets in; for everybody else of the office the page is not there."""

    @never_cache
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not policy.may_kind(request.user, policy.Action.ADD, KIND):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def batch_of(request: HttpRequest, pk: int) -> IntakeBatch:
    """The intake, if it lies in the person's scope."""
    batches = IntakeBatch.objects.visible_to(request.user)
    batch = batches.select_related("regency", "taken_by", "undone_by").filter(pk=pk).first()
    if batch is None:
        raise Http404
    found: IntakeBatch = batch
    return found


def page_name(batch: IntakeBatch) -> str:
    """The page of the step at which the intake is."""
    return _PAGES.get(BatchState(batch.state), "registry:import_result")


def address_of(batch: IntakeBatch) -> str:
    """Where the intake goes on."""
    return reverse(page_name(batch), args=[batch.pk])


def go_on(batch: IntakeBatch) -> HttpResponse:
    """To the page of the step at which the intake is."""
    return redirect(address_of(batch))


def tell(request: HttpRequest, error: ValidationError) -> None:
    """Say why nothing was done."""
    messages.error(request, " ".join(error.messages))


def show(
    request: HttpRequest,
    template: str,
    batch: IntakeBatch | None,
    step: int,
    **context: Any,
) -> HttpResponse:
    """A page of the wizard."""
    return render(
        request,
        f"registry/imports/{template}.html",
        {"section": "imports", "batch": batch, "steps": STEPS, "step": step, **context},
    )


def show_progress(request: HttpRequest, batch: IntakeBatch) -> HttpResponse:
    """How far the work in the background is, with what it is called."""
    return show(
        request,
        "progress",
        batch,
        _STEP_AT_WORK[BatchState(batch.state)],
        heading=_heading_at_work(batch),
    )


def _heading_at_work(batch: IntakeBatch) -> str:
    if batch.state == BatchState.PLANNING:
        return _("The file is being read")
    if batch.state == BatchState.UNDOING:
        return _("The intake is being undone")
    return _("The rows are being saved")
