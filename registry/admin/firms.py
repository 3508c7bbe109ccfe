"""Firms in the admin: the form in the order of the paper, the list inside one's scope."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from accounts import policy
from registry import services
from registry.admin.base import ScopedAdmin, say
from registry.admin.parts import (
    ActivityInline,
    CertificateInline,
    ConsentInline,
    OwnerInline,
    ProfileInline,
    SiteInline,
)
from registry.forms import CloseForm, FirmForm, SiteForm
from registry.models import (
    Consent,
    Firm,
    IndustryGroup,
    ProductionSite,
)
from registry.querysets import FirmQuerySet
from registry.sizes import sizes_of


class NibFilter(admin.SimpleListFilter):
    """With or without NIB."""

    title = _("NIB")
    parameter_name = "nib"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Two answers."""
        return [("ya", _("on record")), ("tidak", _("not provided"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """By presence."""
        if self.value() in {"ya", "tidak"}:
            return queryset.filter(nib__isnull=self.value() == "tidak")
        return queryset


class GroupFilter(admin.SimpleListFilter):
    """By industry group of the primary activity, unmapped firms included."""

    title = _("industry group")
    parameter_name = "kelompok"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The groups, and those in none."""
        groups: list[tuple[str, Any]] = [(g.pk, g.name) for g in IndustryGroup.objects.all()]
        return [*groups, ("tanpa", _("not mapped"))]

    def queryset(self, request: HttpRequest, queryset: FirmQuerySet) -> FirmQuerySet:  # type: ignore[override]
        """By group."""
        chosen = self.value()
        if chosen == "tanpa":
            return queryset.unmapped()
        return queryset.in_group(chosen) if chosen else queryset


@admin.register(Firm)
class FirmAdmin(ScopedAdmin):
    """Correct one firm, fast."""

    form = FirmForm
    list_display = ["full_name", "regency", "district", "nib", "status", "year"]
    list_filter = ["regency", "status", NibFilter, GroupFilter]
    list_select_related = ["regency", "district"]
    search_fields = ["search_staff"]
    search_help_text = _("Name, brand, product, place, NIB, phone or owner.")
    ordering = ["name", "id"]
    autocomplete_fields = ["village"]
    view_on_site = False
    readonly_fields = ["size_classes"]
    change_form_template = "admin/registry/firm/change_form.html"
    inlines = [
        ActivityInline,
        CertificateInline,
        ProfileInline,
        SiteInline,
        OwnerInline,
        ConsentInline,
    ]
    fieldsets = [
        (
            _("1 Identity"),
            {
                "fields": [
                    ("legal_form", "name"),
                    ("brand", "products"),
                    ("nib", "scale_on_nib"),
                    ("npwp", "start_year"),
                ]
            },
        ),
        (
            _("2 Location"),
            {
                "fields": [
                    "village",
                    ("regency", "district"),
                    "address",
                    ("latitude", "longitude"),
                ],
                "description": _("Choose the village: district and regency follow from it."),
            },
        ),
        (_("3 Contact"), {"fields": [("phone", "whatsapp"), ("email", "website")]}),
        (
            _("4 Data"),
            {
                "fields": [
                    ("status", "data_year"),
                    ("confirmed_on", "confirmed_how"),
                    "source",
                    "size_classes",
                    "notes",
                    "change_reason",
                ]
            },
        ),
    ]

    @admin.display(description=_("firm"), ordering="name")
    def full_name(self, firm: Firm) -> str:
        """The name with its legal form."""
        return firm.full_name

    @admin.display(description=_("data year"), ordering="data_year")
    def year(self, firm: Firm) -> str | None:
        """The data year as it is written, without a mark for thousands."""
        return str(firm.data_year) if firm.data_year else None

    @admin.display(description=_("size classes (computed, internal)"))
    def size_classes(self, firm: Firm) -> str:
        """The class under each definition, or what is missing for it."""
        if firm.pk is None:
            return str(_("Shown once the firm is saved."))
        sizes = sizes_of(firm, timezone.localdate())
        lines = format_html_join(mark_safe("<br>"), "{}: {}", sizes.lines)
        return format_html("{} ({})", lines, str(sizes.year or _("no yearly profile")))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """By what staff know, the owner's name included."""
        firms: Any = queryset
        return firms.matching_staff(search_term), False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save the firm with its main site."""
        from registry.admin.base import reason_of

        services.firm_save(obj, by=request.user, reason=reason_of(form, change))

    def save_inline_row(self, request: HttpRequest, row: Any, reason: str) -> None:
        """A new consent takes the words in force; the rest is saved as it is."""
        if isinstance(row, Consent) and row._state.adding:
            services.consent_give(
                firm=row.firm,
                purpose=row.purpose,
                channel=row.channel,
                on=row.given_on,
                paper=row.paper,
                by=request.user,
                reason=reason,
            )
            return
        super().save_inline_row(request, row, reason)

    def get_urls(self) -> list[URLPattern]:
        """The page that closes a firm, in place of deletion."""
        close = path(
            "<path:object_id>/tutup/",
            self.admin_site.admin_view(self.close_view),
            name="registry_firm_close",
        )
        return [close, *super().get_urls()]

    def close_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask why, then close; the safe choice stands first."""
        firm = get_object_or_404(self.get_queryset(request), pk=object_id)
        if not policy.may(request.user, policy.Action.CHANGE, firm):
            raise PermissionDenied
        form = CloseForm(request.POST or None)
        back = reverse("admin:registry_firm_change", args=[firm.pk])
        if request.method == "POST" and form.is_valid():
            try:
                services.firm_close(
                    firm=firm,
                    by=request.user,
                    reason=form.cleaned_data["reason"],
                    on=form.cleaned_data["on"],
                )
            except ValidationError as error:
                say(request, error)
            else:
                messages.success(
                    request,
                    _("%(firm)s is closed and no longer shown to the public.") % {"firm": firm},
                )
            return redirect(back)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Close %(firm)s") % {"firm": firm},
            "firm": firm,
            "form": form,
            "back": back,
            "opts": self.opts,
        }
        return render(request, "admin/registry/firm/close.html", context)


@admin.register(ProductionSite)
class SiteAdmin(ScopedAdmin):
    """Sites in one's region, also those of firms that belong to another."""

    form = SiteForm
    list_display = ["firm", "regency", "district", "village", "is_main"]
    list_filter = ["regency"]
    list_select_related = ["firm", "regency", "district", "village__district__regency"]
    autocomplete_fields = ["village", "centre"]
    fields = ["firm_name", "regency", "district", "village", "address", "centre"]
    readonly_fields = ["firm_name"]

    @admin.display(description=_("firm"))
    def firm_name(self, site: ProductionSite) -> str:
        """The firm, by name."""
        return site.firm.full_name

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Sites are added at their firm."""
        return False

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """By the firm."""
        found = Firm.objects.all().matching_staff(search_term).values("pk")
        return (queryset.filter(firm__in=found) if search_term else queryset), False

    search_fields = ["firm__search_staff"]
