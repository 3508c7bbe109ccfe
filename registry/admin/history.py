"""History in the admin: sentences, an earlier state beside today, bringing it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from accounts import policy
from registry import services
from registry.forms import ReasonForm
from registry.history import alike, compared, event_of, history_of
from registry.services.history import RESTORABLE

PAGE_SIZE = 25


class HistoryMixin:
    """Adds the history pages to an admin of rows that are seen through `visible_to`."""

    def get_urls(self) -> list[URLPattern]:
        """The page of one earlier state, beside Django's own address of the history."""
        opts = self.opts  # type: ignore[attr-defined]
        state = path(
            "<path:object_id>/history/<slug:key>/",
            self.admin_site.admin_view(self.state_view),  # type: ignore[attr-defined]
            name=f"{opts.app_label}_{opts.model_name}_state",
        )
        return [state, *super().get_urls()]  # type: ignore[misc]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What became of the row and of what describes it, as sentences."""
        row = self._row(request, object_id)
        page = Paginator(history_of(row, request.user), PAGE_SIZE).get_page(request.GET.get("hal"))
        return self._answer(
            request,
            "history",
            _("History of %(thing)s") % {"thing": row},
            {
                "row": row,
                "page": page,
                "restorable": _names(),
                "state_url": f"admin:{row._meta.app_label}_{row._meta.model_name}_state",
                **(extra_context or {}),
            },
        )

    def state_view(self, request: HttpRequest, object_id: str, key: str) -> HttpResponse:
        """An earlier state against today's; sent with a reason, it is brought back."""
        row = self._row(request, object_id)
        found = event_of(row, key, request.user)
        if found is None:
            raise Http404
        model, event = found
        form = ReasonForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                services.row_restore(
                    model=model, event=event, by=request.user, reason=form.cleaned_data["reason"]
                )
            except ValidationError as error:
                form.add_error(None, ValidationError(error.messages))
            except services.NotAllowed as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, _("The earlier state is back. The history keeps both."))
                return redirect(self._address("history", row))
        changes = compared(model, event)
        gone = not model._base_manager.filter(pk=event.pgh_obj_id).exists()
        may = policy.may_kind(request.user, policy.Action.CHANGE, model._meta.label_lower)
        return self._answer(
            request,
            "state",
            _("Earlier state of %(thing)s") % {"thing": row},
            {
                "row": row,
                "event": event,
                "kind": model._meta.verbose_name,
                "changes": changes,
                "gone": gone,
                "alike": [] if gone else alike(model, event),
                "may_restore": may and model in RESTORABLE and bool(changes),
                "form": form,
                "back": self._address("history", row),
            },
        )

    def _row(self, request: HttpRequest, object_id: str) -> Any:
        row = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        if row is None:
            raise Http404
        return row

    def _address(self, name: str, row: Any) -> str:
        return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{name}", args=[row.pk])

    def _answer(
        self, request: HttpRequest, name: str, title: str, context: dict[str, Any]
    ) -> HttpResponse:
        site = self.admin_site  # type: ignore[attr-defined]
        return TemplateResponse(
            request,
            f"admin/registry/{name}.html",
            {
                **site.each_context(request),
                "title": title,
                "opts": self.opts,  # type: ignore[attr-defined]
                "object": context["row"],
                **context,
            },
        )


def _names() -> set[str]:
    return {str(model._meta.model_name) for model in RESTORABLE}
