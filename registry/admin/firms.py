"""Firms in the admin: the form in the order of the paper, the list inside one's scope."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from registry import services
from registry.admin.alike import CarefulFirmForm, remember_decisions
from registry.admin.base import ScopedAdmin, reason_of
from registry.admin.filters import GroupFilter, NibFilter, QueueFilter
from registry.admin.parts import (
    ActivityInline,
    CertificateInline,
    ConsentInline,
    FacilitationInline,
    OwnerInline,
    PartnershipInline,
    ProfileInline,
    SiteInline,
    TkdnInline,
)
from registry.admin.steps import FirmStepsMixin
from registry.admin.together import NextMixin, SecondSaverMixin
from registry.certificate_lines import doubts_of
from registry.completeness import missing_of, share_of
from registry.eligibility import readiness_of
from registry.forms import SiteForm
from registry.models import (
    Certificate,
    Consent,
    Firm,
    ProductionSite,
)
from registry.sizes import sizes_of

# The order of the paper form: field sets by number, inlines by name; and for what may be closed,
# the queues of the work list that open it.
_SECTIONS: tuple[tuple[int | str, frozenset[str]], ...] = (
    (0, frozenset()),
    (1, frozenset()),
    ("activities", frozenset()),
    ("profiles", frozenset({"pekerja"})),
    ("certificates", frozenset()),
    ("tkdn_answers", frozenset()),
    ("sites", frozenset({"siinas"})),
    ("partnerships", frozenset()),
    ("facilitations", frozenset()),
    (2, frozenset({"telepon"})),
    ("owners", frozenset()),
    (3, frozenset()),
    ("consents", frozenset()),
    (4, frozenset()),
)


def sections_of(adminform: Any, inlines: Any, gaps: set[str]) -> list[dict[str, Any]]:
    """Field sets and inlines in the order of the paper form, those with a gap open."""
    fieldsets = list(adminform)
    by_prefix = {inline.formset.prefix: inline for inline in inlines}
    found: list[dict[str, Any]] = []
    for each, openers in _SECTIONS:
        if isinstance(each, int):
            part, section = fieldsets[each], {"fieldset": fieldsets[each], "number": each}
        elif each in by_prefix:
            part = by_prefix[each]
            section = {"inline": part}
        else:
            continue  # hidden from this person
        if gaps & openers:
            part.classes = part.classes.replace("collapse", "")
        found.append(section)
    return found


@admin.register(Firm)
class FirmAdmin(SecondSaverMixin, NextMixin, FirmStepsMixin, ScopedAdmin):
    """Correct one firm, fast."""

    form = CarefulFirmForm
    list_display = ["full_name", "regency", "district", "nib", "status", "year"]
    list_filter = ["regency", "status", QueueFilter, NibFilter, GroupFilter]
    list_select_related = ["regency", "district"]
    search_fields = ["search_staff"]
    search_help_text = _("Name, brand, product, place, NIB, phone or owner.")
    ordering = ["name", "id"]
    autocomplete_fields = ["village", "district"]
    view_on_site = False
    readonly_fields = ["size_classes", "tkdn_readiness", "self_confirmed_on"]
    change_form_template = "admin/registry/firm/change_form.html"
    inlines = [
        ActivityInline,
        CertificateInline,
        TkdnInline,
        ProfileInline,
        SiteInline,
        PartnershipInline,
        FacilitationInline,
        OwnerInline,
        ConsentInline,
    ]
    fieldsets = [
        (
            _("1 Identity"),
            {
                "fields": [
                    "name",
                    "legal_form",
                    "brand",
                    "products",
                    "nib",
                    "scale_on_nib",
                    "npwp",
                    "start_year",
                ]
            },
        ),
        (
            _("2 Location"),
            {
                "fields": ["village", "district", "regency", "address", "latitude", "longitude"],
                "description": _("Choose the village: district and regency follow from it."),
            },
        ),
        (
            _("6 Contact"),
            {
                "fields": ["phone", "whatsapp", "email", "website", "work_language"],
                "classes": ["collapse"],
            },
        ),
        (
            _("7 Data and publication"),
            {
                "fields": [
                    "status",
                    "data_year",
                    "confirmed_on",
                    "confirmed_how",
                    "self_confirmed_on",
                    "source",
                    "size_classes",
                    "tkdn_readiness",
                    "notes",
                ]
            },
        ),
        (None, {"fields": ["change_reason"]}),
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

    @admin.display(description=_("ready for TKDN-IK (estimate, internal)"))
    def tkdn_readiness(self, firm: Firm) -> str:
        """Whether the firm may ask for the certificate, or why not yet."""
        if firm.pk is None:
            return str(_("Shown once the firm is saved."))
        ready = readiness_of(firm, timezone.localdate())
        if ready.eligible:
            return str(_("Eligible: nothing on record stands in the way."))
        return str(_("Not yet: %(why)s.") % {"why": ready.why_not})

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The address of a firm that was merged leads to the one that stands for it."""
        if object_id is not None and object_id.isdigit():
            kept = Firm.objects.visible_to(request.user).filter(merged__pk=int(object_id)).first()
            if kept is not None:
                address = reverse("admin:registry_firm_change", args=[kept.pk])
                return redirect(address, permanent=True)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """By what staff know, the owner's name included."""
        firms: Any = queryset
        return firms.matching_staff(search_term), False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save the firm with its main site."""
        services.firm_save(obj, by=request.user, reason=reason_of(form, change))
        remember_decisions(obj, form, request.user)

    def save_inline_row(self, request: HttpRequest, row: Any, reason: str) -> None:
        """A new consent comes with its end, if any; an unusual certificate number is told of."""
        if isinstance(row, Consent) and row._state.adding:
            services.consent_give(
                firm=row.firm,
                purpose=row.purpose,
                channel=row.channel,
                on=row.given_on,
                text=row.text if row.text_id else None,
                withdrawn_on=row.withdrawn_on,
                paper=row.paper,
                by=request.user,
                reason=reason,
            )
            return
        super().save_inline_row(request, row, reason)
        if isinstance(row, Certificate):
            for sentence in doubts_of(row):
                messages.warning(request, sentence)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The form in the order of the paper, with what the firm still lacks above it."""
        firm = context.get("original")
        missing = missing_of(firm) if firm is not None else []
        context |= {
            "missing": missing,
            "share": share_of(missing),
            "sections": sections_of(
                context["adminform"],
                context["inline_admin_formsets"],
                {fact.key for fact in missing},
            ),
        }
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(ProductionSite)
class SiteAdmin(ScopedAdmin):
    """Sites in one's region, also those of firms that belong to another."""

    form = SiteForm
    list_display = ["firm", "regency", "district", "village", "is_main"]
    list_filter = ["regency"]
    list_select_related = ["firm", "regency", "district", "village__district__regency"]
    autocomplete_fields = ["village", "district", "centre"]
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
