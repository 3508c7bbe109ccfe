"""What every admin page of the register keeps: shows by the policy, writes by the services."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.forms import BaseModelFormSet, ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from registry import services
from registry.admin.controls import NamedEmptyMixin
from registry.admin.history import HistoryMixin

COUNT_LIMIT = 10_000


class CappedPaginator(Paginator):
    """Counts up to 10,000 rows and no further: in a longer list one filters."""

    @cached_property
    def count(self) -> int:
        """The number of rows, at most the limit."""
        rows: Any = self.object_list
        return int(rows.order_by().values("pk")[:COUNT_LIMIT].count())


class LateErrorMixin:
    """A form that shows what a save found out a moment ago."""

    late_error: ValidationError | None = None

    def clean(self) -> Any:
        """Add the sentences of the late error above the form."""
        cleaned = super().clean()  # type: ignore[misc]
        if self.late_error is not None:
            self.add_error(None, self.late_error)  # type: ignore[attr-defined]
        return cleaned


class ScopedAdmin(NamedEmptyMixin, HistoryMixin, admin.ModelAdmin):
    """Lists what the person may see; saves through `services.save_row`."""

    paginator = CappedPaginator
    show_full_result_count = False
    empty_value_display = _lazy("not provided")
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Rows in the person's scope; outside it a page answers as if there were none."""
        queryset: Any = super().get_queryset(request)
        visible: QuerySet[Any] = queryset.visible_to(request.user)
        return visible

    def save_model(self, request: HttpRequest, obj: Model, form: ModelForm, change: bool) -> None:
        """One road in."""
        services.save_row(obj, by=request.user, reason=reason_of(form, change))

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        """Take away a row that only describes something."""
        services.remove_row(obj, by=request.user, reason=_("Removed in the admin"))

    def save_formset(
        self, request: HttpRequest, form: ModelForm, formset: BaseModelFormSet, change: bool
    ) -> None:
        """Each row of an inline by the same road."""
        reason = reason_of(form, change)
        rows = formset.save(commit=False)
        for row in formset.deleted_objects:
            services.remove_row(row, by=request.user, reason=reason)
        for row in rows:
            self.save_inline_row(request, row, reason)

    def save_inline_row(self, request: HttpRequest, row: Any, reason: str) -> None:
        """Save one row of an inline."""
        services.save_row(row, by=request.user, reason=reason)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """What only the save could see shows in the form, with all that was typed."""
        if object_id is not None and self.get_object(request, unquote(object_id)) is None:
            raise Http404
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except (ValidationError, services.NotAllowed) as refused:
            if hasattr(request, "late_error"):
                raise  # shown once already: the form itself could not hold it
            sentences = getattr(refused, "messages", None) or [str(refused)]
            request.late_error = ValidationError(sentences)  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm]:
        """Hand the request to forms that ask for it."""
        form: type[ModelForm] = super().get_form(request, obj, change=change, **kwargs)
        late = getattr(request, "late_error", None)
        kept = {"request": request, "late_error": late}
        return type(form.__name__, (LateErrorMixin, form), kept)


class ReadOnlyAdmin(ScopedAdmin):
    """A table that is looked at here and changed elsewhere."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never here."""
        return False


def reason_of(form: ModelForm, change: bool) -> str:
    """Why: what the person wrote, or what the page does."""
    written = str(form.cleaned_data.get("change_reason", "")).strip()
    return written or (_("Changed in the admin") if change else _("Added in the admin"))


def say(request: HttpRequest, error: ValidationError) -> None:
    """Show the sentences of an error on the next page."""
    for sentence in error.messages:
        messages.error(request, sentence)
