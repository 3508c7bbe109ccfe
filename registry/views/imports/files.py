"""Workbooks out and in: the rows to mend, and the register in an office's own columns."""

from __future__ import annotations

import tempfile
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts import policy
from registry.forms_imports import MendedForm
from registry.intake.lookups import template_lists
from registry.intake.plan import Status
from registry.intake.reading import MAX_ROWS, Refused
from registry.intake.review import pending
from registry.intake.roundtrip import firms_for, form_of, write_register
from registry.intake.workbook import write_error_workbook
from registry.messages import message_for
from registry.models import District, IntakeBatch, Regency
from registry.services import intake
from registry.views.imports.answers import workbook_answer
from registry.views.imports.common import REVIEW, batch_of, for_staff, go_on, show
from registry.views.imports.review import OPEN

_TO_MEND = Q(status__in=[Status.ERROR.value, Status.REVIEW.value], decision="")
_IN_MEMORY = 2 * 1024 * 1024
_AT_ONCE = 500


@require_safe
@for_staff
def error_workbook(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The rows that could not be saved, with what is wrong at each cell."""
    batch = batch_of(request, pk)
    if batch.state not in OPEN:
        return go_on(batch)
    rows = pending(batch).filter(_TO_MEND).order_by("row")
    count = rows.count()
    if not count:
        raise Http404
    file = _temporary()
    write_error_workbook(file, batch, rows.iterator(_AT_ONCE), _lists(batch), count)
    file.seek(0)
    return workbook_answer(file, f"perbaikan-impor-{batch.pk}.xlsx")


def _lists(batch: IntakeBatch) -> dict[str, list[str]]:
    lists = template_lists()
    inside = [
        name
        for name, regency in lists.districts
        if batch.regency is None or regency == batch.regency.name
    ]
    return {"regency_code": list(lists.regencies), "district_code": inside}


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def import_mended(request: HttpRequest, pk: int) -> HttpResponse:
    """The error workbook back: its cells go over those of the same rows."""
    batch = batch_of(request, pk)
    if batch.state not in OPEN:
        return go_on(batch)
    sent = request.method == "POST"
    form = MendedForm(request.POST if sent else None, request.FILES if sent else None)
    if sent and form.is_valid() and _taken_back(request, batch, form):
        return redirect("registry:import_review", batch.pk)
    return show(request, "mended", batch, REVIEW, form=form)


def _taken_back(request: HttpRequest, batch: IntakeBatch, form: MendedForm) -> bool:
    try:
        mended = intake.intake_mended_upload(
            batch=batch, content=form.cleaned_data["file"].read(), by=request.user
        )
    except Refused as refused:
        form.add_error("file", message_for(refused))
        return False
    except ValidationError as error:
        form.add_error("file", error.messages)
        return False
    said = ngettext(
        "%(n)s row was read from the workbook.", "%(n)s rows were read from the workbook.",
        mended.rows,
    )  # fmt: skip
    messages.success(request, said % {"n": mended.rows})
    if mended.unknown:
        said = ngettext(
            "%(n)s row of the workbook belongs to no row of this intake and was left out.",
            "%(n)s rows of the workbook belong to no row of this intake and were left out.",
            mended.unknown,
        )
        messages.warning(request, said % {"n": mended.unknown})
    return True


@require_safe
@for_staff
def round_trip(request: HttpRequest) -> HttpResponseBase:
    """The register in the office's own columns: what it would hold, then the workbook."""
    regencies = list(Regency.objects.in_reach(request.user, policy.Action.CHANGE))
    regency = _asked(regencies, request.GET.get("wilayah", ""))
    district = _district(regency, request.GET.get("kecamatan", ""))
    form = form_of(regency) if regency else None
    count, fits = 0, False
    if regency is not None and form is not None:
        firms = firms_for(request.user, regency, district)
        count = firms.count()
        fits = 0 < count <= MAX_ROWS
        if fits and "unduh" in request.GET:
            file = _temporary()
            write_register(file, form, firms, request.user)
            file.seek(0)
            return workbook_answer(file, f"registri-{district or regency.slug}.xlsx")
    districts = District.objects.filter(regency=regency) if regency else ()
    return show(
        request,
        "round_trip",
        None,
        0,
        regencies=regencies,
        regency=regency,
        districts=districts,
        district=district,
        form=form,
        count=count,
        fits=fits,
    )


def _asked(regencies: list[Regency], code: str) -> Regency | None:
    if len(regencies) == 1:
        return regencies[0]
    return next((regency for regency in regencies if regency.pk == code), None)


def _district(regency: Regency | None, code: str) -> str:
    known = regency is not None and District.objects.filter(regency=regency, pk=code).exists()
    return code if known else ""


def _temporary() -> Any:
    """A file that stays in memory while it is small; the answer closes it when it is sent."""
    return tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)
