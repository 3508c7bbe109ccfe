"""Forms of a centre: proposing one, taking a step, figures of a year, households of a village."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import policy
from accounts.policy import Action
from registry import services
from registry.centre_figures import years_of
from registry.centre_members import village_codes
from registry.centre_steps import Criterion, Status, step_between
from registry.forms_centres import FigureForm, HouseholdsForm, ProposalForm, StepForm
from registry.models import Centre, CentreFigure, District, Village
from registry.models.centres import CentreStatus
from registry.views.centres.common import of_centre

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
@never_cache
@login_required
def centre_propose(request: HttpRequest) -> HttpResponse:
    """First the district, then what is proposed there, so that no list is longer than a screen."""
    scope = policy.scope_of(request.user, Action.ADD, "registry.centre")
    if not scope:
        raise PermissionDenied
    districts = District.objects.select_related("regency").order_by("regency__position", "name")
    choices = [district for district in districts if district.regency_id in scope]
    chosen = next((d for d in choices if d.pk == request.GET.get("kecamatan")), None)
    context: dict[str, Any] = {"section": "centres", "districts": choices, "chosen": chosen}
    if chosen is None:
        return render(request, "registry/centres/district.html", context)
    villages = Village.objects.filter(district=chosen).order_by("name")
    form = ProposalForm(villages, request.POST or None)
    if request.method == "POST" and form.is_valid():
        centre, named = form.save(commit=False), list(form.cleaned_data["villages"])
        centre.regency_id, centre.district = chosen.regency_id, chosen
        centre.village = named[0] if len(named) == 1 else None

        def propose() -> Any:
            return services.centre_propose(centre=centre, villages=named, by=request.user)

        if _done(form, propose):
            messages.success(request, _("%(centre)s is proposed.") % {"centre": centre})
            return redirect("registry:centre", pk=centre.pk)
    return render(request, "registry/centres/propose.html", {**context, "form": form})


@require_http_methods(_METHODS)
@of_centre(Action.CHANGE)
def centre_step(request: HttpRequest, centre: Centre) -> HttpResponse:
    """One step of the status, with the evidence that the table asks for."""
    target = request.GET.get("ke", "")
    seen = request.POST.get("seen", centre.status)
    known = {status.value for status in Status}
    step = step_between(seen, target) if {seen, target} <= known else None
    if step is None:
        raise Http404
    kept = {
        "criterion": centre.criterion or Criterion.DECREE.value,
        "decree_number": centre.decree_number,
        "decree_date": centre.decree_date,
    }
    form = StepForm(step, kept, request.POST or None)
    if request.method == "POST" and form.is_valid():

        def take() -> Any:
            return services.centre_step(
                centre=centre, target=target, by=request.user, **form.cleaned_data
            )

        if _done(form, take):
            said = _("Recorded: %(centre)s is “%(status)s” now.")
            label = CentreStatus(target).label
            messages.success(request, said % {"centre": centre, "status": label})
            return redirect("registry:centre", pk=centre.pk)
    context = {"step": step, "target_label": CentreStatus(target).label}
    return _form(request, "step", centre, form, **context)


@require_http_methods(_METHODS)
@of_centre(Action.CHANGE)
def centre_figures(request: HttpRequest, centre: Centre) -> HttpResponse:
    """What the office reports of a year, beside what the linked firms add up to."""
    year = request.GET.get("tahun", "")
    figure = None
    if year.isascii() and year.isdigit() and len(year) == 4:
        figure = CentreFigure.objects.filter(centre=centre, year=int(year)).first()
    row = figure or CentreFigure(centre=centre)
    form = FigureForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():

        def keep() -> Any:
            return services.centre_figure_save(figure=form.save(commit=False), by=request.user)

        if _done(form, keep):
            said = _("Figures of %(year)s are recorded.") % {"year": form.instance.year}
            messages.success(request, said)
            return redirect("registry:centre", pk=centre.pk)
    return _form(request, "figures", centre, form, figure=figure, years=years_of(centre))


@require_http_methods(_METHODS)
@of_centre(Action.CHANGE)
def centre_households(request: HttpRequest, centre: Centre) -> HttpResponse:
    """The households of a village of the centre, with year and source."""
    codes = village_codes(centre)
    if not codes:
        raise Http404
    form = HouseholdsForm(codes, request.POST or None)
    if request.method == "POST" and form.is_valid():

        def keep() -> Any:
            return services.households_save(row=form.save(commit=False), by=request.user)

        if _done(form, keep):
            messages.success(request, _("The number of households is recorded."))
            return redirect("registry:centre", pk=centre.pk)
    return _form(request, "households", centre, form)


def _done(form: forms.BaseForm, do: Callable[[], Any]) -> bool:
    """Whether it went through; else the form says why, with all that was typed."""
    try:
        do()
    except ValidationError as error:
        form.add_error(None, ValidationError(error.messages))
        return False
    return True


def _form(
    request: HttpRequest, name: str, centre: Centre, form: forms.BaseForm, **more: Any
) -> HttpResponse:
    context = {"section": "centres", "centre": centre, "form": form, **more}
    return render(request, f"registry/centres/{name}.html", context)
