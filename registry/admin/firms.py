"""Firms in the admin: the form in the order of the paper, the list inside one's scope."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts import policy
from registry import services
from registry.admin.base import ScopedAdmin, say
from registry.forms import CloseForm, FirmForm, SiteForm
from registry.models import (
    AnnualProfile,
    Certificate,
    Consent,
    Firm,
    FirmActivity,
    IndustryGroup,
    Owner,
    ProductionSite,
)
from registry.querysets import FirmQuerySet


class PartInline(admin.TabularInline):
    """Rows that describe the firm, in their order; one empty row to add."""

    extra = 0
    show_change_link = False


class OwnerInline(PartInline):
    """Owners. Internal: never shown outside the staff area."""

    model = Owner
    fields = ["name", "gender", "phone", "email"]
    verbose_name_plural = _("owners (internal)")


class ActivityInline(PartInline):
    """KBLI activities, found by code, title or everyday word."""

    model = FirmActivity
    fields = ["kbli", "is_primary"]
    autocomplete_fields = ["kbli"]


class ProfileInline(admin.StackedInline):
    """Yearly figures. Empty means not provided, 0 means none."""

    model = AnnualProfile
    extra = 0
    classes = ["collapse"]
    fieldsets = [
        (None, {"fields": [("year", "source")]}),
        (_("Workers"), {"fields": [("workers_male", "workers_female", "workers_total")]}),
        (
            _("Money"),
            {
                "fields": [
                    ("investment", "business_capital", "working_capital"),
                    ("annual_sales", "production_value", "raw_material_value"),
                ]
            },
        ),
        (
            _("Capacity and export"),
            {"fields": [("capacity_quantity", "capacity_unit"), ("exports", "export_countries")]},
        ),
    ]


class CertificateInline(admin.StackedInline):
    """Certificates with their own dates."""

    model = Certificate
    extra = 0
    classes = ["collapse"]
    fields = [
        ("kind", "number", "status"),
        ("product", "tkdn_percent", "regulation"),
        ("issued_on", "valid_until", "open_ended"),
        ("file", "facilitated_by", "facilitation_year"),
    ]


class SiteInline(admin.StackedInline):
    """Production sites in the person's region, each with the state of its SIINas account."""

    model = ProductionSite
    form = SiteForm
    extra = 0
    classes = ["collapse"]
    autocomplete_fields = ["village", "centre"]
    fields = [("regency", "district"), "village", "address", ("centre", "is_main"), "siinas_state"]
    readonly_fields = ["siinas_state"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Sites elsewhere belong to the office there."""
        queryset: Any = super().get_queryset(request)
        visible: QuerySet[Any] = queryset.visible_to(request.user).select_related("siinas")
        return visible

    @admin.display(description=_("SIINas account"))
    def siinas_state(self, site: ProductionSite) -> str:
        """The state, read only: it changes by steps on a page of its own."""
        if site.pk is None:
            return str(_("Save the site first."))
        account = getattr(site, "siinas", None)
        if account is None:
            return format_html(
                '{} · <a href="{}">{}</a>',
                _("not provided"),
                reverse("admin:registry_siinasaccount_open", args=[site.pk]),
                _("Follow the account of this site"),
            )
        return format_html(
            '{} · <a href="{}">{}</a>',
            account.get_state_display(),
            reverse("admin:registry_siinasaccount_step", args=[account.pk]),
            _("Record a step"),
        )


class ConsentInline(PartInline):
    """Consents, one for each purpose; words in force and recorder are set by themselves."""

    model = Consent
    fields = ["purpose", "given_on", "channel", "paper", "withdrawn_on", "text", "recorded_by"]
    readonly_fields = ["text", "recorded_by"]


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
