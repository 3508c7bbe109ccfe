"""What is done with a firm on a page of its own: closing, seeing a document, not showing it.

Rule: the page names the firm and the effect, the safe choice stands first, and a service writes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from accounts import policy
from registry import services
from registry.forms import CloseForm, ObjectionForm, ReasonForm, VerifyForm


@dataclass(frozen=True)
class Step:
    """Something that is done with a firm on a page of its own."""

    title: Any
    effect: Any
    button: Any
    done: Any
    form: type[forms.Form]
    do: Callable[..., Any]


CLOSE = Step(
    _("Close %(firm)s"),
    _(
        "The firm leaves the public pages and the numbers of working firms at once. Its data and "
        "its history stay, and it can be opened again."
    ),
    _("Close the firm"),
    _("%(firm)s is closed and no longer shown to the public."),
    CloseForm,
    services.firm_close,
)
REOPEN = Step(
    _("Open %(firm)s again"),
    _(
        "The firm counts as active again. It is shown to the public as far as its consents, "
        "still in force, allow."
    ),
    _("Open the firm again"),
    _("%(firm)s is open again."),
    ReasonForm,
    services.firm_reopen,
)
VERIFY = Step(
    _("Document of %(firm)s seen"),
    _(
        "The firm is then shown as “verified”, with the day and your office. Look at the document "
        "itself: name, legal form and NIB here must stand as they do there. When one of the three "
        "changes later, the firm is no longer verified."
    ),
    _("Record the document"),
    _("%(firm)s is verified."),
    VerifyForm,
    services.firm_verify,
)


OBJECT = Step(
    _("%(firm)s asks not to be shown"),
    _(
        "The firm leaves the catalogue at once, whatever your office decided on companies and "
        "cooperatives; a consent to the catalogue ends with it. It stays so until the firm takes "
        "it back or agrees to the catalogue."
    ),
    _("Do not show the firm"),
    _("%(firm)s is not shown to the public."),
    ObjectionForm,
    services.objection_record,
)
LIFT = Step(
    _("%(firm)s may be shown again"),
    _(
        "The firm took back its wish not to be shown. It stands in the catalogue again as far as "
        "a consent or the decision of your office allows."
    ),
    _("Record that the firm took it back"),
    _("%(firm)s: the wish not to be shown is taken back."),
    ReasonForm,
    services.objection_lift,
)


class FirmStepsMixin:
    """The pages of the steps, for the admin of firms."""

    def get_urls(self) -> list[URLPattern]:
        """The pages that close a firm in place of deletion, open it again, verify or hide it."""
        wrap = self.admin_site.admin_view  # type: ignore[attr-defined]
        return [
            path("<int:pk>/tutup/", wrap(self.close_view), name="registry_firm_close"),
            path("<int:pk>/buka/", wrap(self.reopen_view), name="registry_firm_reopen"),
            path("<int:pk>/dokumen/", wrap(self.verify_view), name="registry_firm_verify"),
            path("<int:pk>/keberatan/", wrap(self.object_view), name="registry_firm_object"),
            path("<int:pk>/keberatan/cabut/", wrap(self.lift_view), name="registry_firm_lift"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def close_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask why, then close."""
        return self._step(request, pk, CLOSE)

    def reopen_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask why, then open a closed firm again."""
        return self._step(request, pk, REOPEN)

    def verify_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Record which document of the firm was seen."""
        return self._step(request, pk, VERIFY)

    def object_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Record that the firm asked not to be shown."""
        return self._step(request, pk, OBJECT)

    def lift_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Record that it took that back."""
        return self._step(request, pk, LIFT)

    def _step(self, request: HttpRequest, pk: int, step: Step) -> HttpResponse:
        """A page that names the firm and the effect; the safe choice stands first."""
        firm = get_object_or_404(self.get_queryset(request), pk=pk)  # type: ignore[attr-defined]
        if not policy.may(request.user, policy.Action.CHANGE, firm):
            raise PermissionDenied
        form = step.form(request.POST or None)
        back = reverse("admin:registry_firm_change", args=[firm.pk])
        if request.method == "POST" and form.is_valid():
            try:
                step.do(firm=firm, by=request.user, **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, ValidationError(error.messages))
            else:
                messages.success(request, step.done % {"firm": firm})
                return redirect(back)
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": step.title % {"firm": firm},
            "step": step,
            "firm": firm,
            "form": form,
            "back": back,
            "opts": self.opts,  # type: ignore[attr-defined]
        }
        return render(request, "admin/registry/firm/step.html", context)
