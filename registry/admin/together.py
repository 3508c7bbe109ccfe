"""Saving a firm beside others: differences when two write at once, and the way on in a queue."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from registry.admin.clash import clash_of
from registry.desk.asked import FROM, Asked, came_from, desk_address
from registry.models import Firm
from registry.versions import as_text, version_of


class SecondSaverMixin:
    """The second of two people who save one firm sees the differences and loses nothing."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Hold the firm while it is looked at and saved, so that no third one slips between."""
        if request.method != "POST" or object_id is None or not object_id.isdigit():
            return super().changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc]
        with transaction.atomic():
            rows = Firm.objects.visible_to(request.user).filter(pk=int(object_id))
            firm = rows.select_for_update(of=("self",)).first()
            if firm is not None:
                self._compare(request, firm)
            return super().changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc]

    def _compare(self, request: HttpRequest, firm: Firm) -> None:
        form = self.get_form(request, firm, change=True)  # type: ignore[attr-defined]
        pairs = self.get_formsets_with_inlines(request, firm)  # type: ignore[attr-defined]
        clash = clash_of(request, firm, form, [formset for formset, _inline in pairs])
        if clash is None:
            return
        request.POST = clash.data  # type: ignore[assignment]
        if clash.open:
            request.clash = clash  # type: ignore[attr-defined]
            request.late_error = ValidationError(  # type: ignore[attr-defined]
                _("Somebody changed this firm meanwhile. Look at the differences, then save again.")
            )

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The form carries the version that it shows; after a clash still the one it began with."""
        firm = context.get("original")
        if firm is not None:
            typed = request.POST.get("_versi", "")
            context["clash"] = getattr(request, "clash", None)
            context["version"] = typed or as_text(version_of(firm))
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]


class NextMixin:
    """After saving: back to where the form was opened from, or on to the next firm of it."""

    def response_change(self, request: HttpRequest, obj: Firm) -> HttpResponse:
        """ "Save and go on" opens the next firm of the queue or list that one came from."""
        asked = came_from(request, request.GET.get(FROM))
        if asked is not None:
            return self._in_queue(request, obj, asked)
        if "_next" not in request.POST:
            return super().response_change(request, obj)  # type: ignore[misc]
        filters = self.get_preserved_filters(request)  # type: ignore[attr-defined]
        chosen = parse_qs(filters).get("_changelist_filters", [""])[0]
        following = self._next_of_list(request, obj, chosen)
        if following is None:
            said = _("%(firm)s is saved. The list ends here.")
            address = f"{reverse('admin:registry_firm_changelist')}?{chosen}"
        else:
            said = _("%(firm)s is saved.")
            address = f"{_form(following)}?{filters}"
        messages.success(request, said % {"firm": obj})
        return redirect(address)

    def _in_queue(self, request: HttpRequest, firm: Firm, asked: Asked) -> HttpResponse:
        messages.success(request, _("%(firm)s is saved.") % {"firm": firm})
        carried = urlencode({FROM: asked.query})
        if "_continue" in request.POST:
            return redirect(f"{_form(firm)}?{carried}")
        following = asked.after(firm) if "_next" in request.POST else None
        return redirect(f"{_form(following)}?{carried}" if following else desk_address(asked))

    def _next_of_list(self, request: HttpRequest, firm: Firm, chosen: str) -> Firm | None:
        """The next firm by name in the list with its filters; the saved one may have left it."""
        request.GET = QueryDict(chosen)
        firms = self.get_changelist_instance(request).get_queryset(request)  # type: ignore[attr-defined]
        after = Q(name__gt=firm.name) | Q(name=firm.name, pk__gt=firm.pk)
        following: Firm | None = firms.filter(after).order_by("name", "pk").first()
        return following

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The form knows the queue or the list that it was opened from."""
        asked = came_from(request, request.GET.get(FROM))
        context["desk"] = desk_address(asked) if asked else ""
        context["queue"] = asked.queue if asked else None
        context["from_queue"] = asked or self.get_preserved_filters(request)  # type: ignore[attr-defined]
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]


def _form(firm: Firm) -> str:
    return reverse("admin:registry_firm_change", args=[firm.pk])
