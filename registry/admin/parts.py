"""What describes a firm, as inlines of its form."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ChoiceField
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from registry.admin.controls import NamedEmptyMixin
from registry.forms import CertificateForm, ConsentForm, SiteForm, mark_fields
from registry.models import (
    AnnualProfile,
    Certificate,
    Consent,
    Facilitation,
    FirmActivity,
    Owner,
    Partnership,
    ProductionSite,
    TkdnAnswers,
    TkdnRule,
)


class MarkedMixin(NamedEmptyMixin):
    """Fields say how far the public sees them."""

    model: Any

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Mark the fields of each form."""
        formset = super().get_formset(request, obj, **kwargs)  # type: ignore[misc]
        mark_fields(formset.form.base_fields, self.model._meta.model_name)
        return formset


class PartInline(MarkedMixin, admin.StackedInline):
    """Rows that describe the firm, in their order, each field with its label."""

    extra = 0
    show_change_link = False


class OwnerInline(PartInline):
    """Owners. Internal: never shown outside the staff area."""

    model = Owner
    fields = [("name", "gender"), ("phone", "email")]
    verbose_name_plural = _("Owners (internal)")


class ActivityInline(PartInline):
    """KBLI activities, found by code, title or everyday word."""

    model = FirmActivity
    verbose_name_plural = _("3 Activities (KBLI)")
    fields = [("kbli", "is_primary")]
    autocomplete_fields = ["kbli"]


class ProfileInline(PartInline):
    """Yearly figures. Empty means not provided, 0 means none."""

    model = AnnualProfile
    verbose_name_plural = _("Yearly figures (internal)")
    classes = ["collapse"]
    fieldsets = [
        (None, {"fields": [("year", "source")]}),
        (_("Workers"), {"fields": [("workers_male", "workers_female", "workers_total")]}),
        (
            _("Money"),
            {
                "fields": [
                    ("investment", "business_capital", "working_capital"),
                    ("land_investment", "building_investment"),
                    ("annual_sales", "production_value", "raw_material_value"),
                ]
            },
        ),
        (
            _("Capacity, production and export"),
            {
                "fields": [
                    ("capacity_quantity", "installed_capacity", "capacity_unit"),
                    ("production_quantity", "production_unit"),
                    ("exports", "export_countries"),
                ]
            },
        ),
    ]


class CertificateInline(PartInline):
    """Certificates with their own dates."""

    model = Certificate
    verbose_name_plural = _("4 Licences and certificates")
    classes = ["collapse"]
    form = CertificateForm
    fields = [
        ("kind", "number", "status"),
        ("product", "tkdn_percent", "regulation"),
        ("issued_on", "valid_until", "open_ended"),
        ("issuer", "file"),
        ("facilitation_program", "facilitated_by", "facilitation_year"),
    ]

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """The regulations on record can be chosen, asked for once for all rows."""
        if db_field.name != "regulation":
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        rules = [(rule.pk, str(rule)) for rule in TkdnRule.objects.all()]
        return ChoiceField(
            choices=[("", "---------"), *rules], required=False, label=db_field.verbose_name
        )


class PartnershipInline(PartInline):
    """Partnerships with local government, with their evidence."""

    model = Partnership
    verbose_name_plural = _("Partnerships with local government")
    classes = ["collapse"]
    fields = [
        ("kind", "partner"),
        ("started_on", "ended_on", "value"),
        ("evidence", "address", "file"),
        ("jobs_before", "jobs_after"),
    ]


class FacilitationInline(PartInline):
    """Help and training that the firm was given."""

    model = Facilitation
    verbose_name_plural = _("Facilitation and training")
    classes = ["collapse"]
    fields = [("kind", "program"), ("given_on", "given_by", "value")]


class TkdnInline(PartInline):
    """What the firm said about its product, for the estimate of TKDN-IK."""

    model = TkdnAnswers
    verbose_name_plural = _("Answers on TKDN-IK (estimate only)")
    classes = ["collapse"]
    fields = [
        ("made_in_house", "answered_on"),
        ("material", "labour"),
        ("overhead", "development"),
    ]


class SiteInline(PartInline):
    """Production sites in the person's region, each with the state of its SIINas account."""

    model = ProductionSite
    verbose_name_plural = _("5 Production sites and SIINas")
    form = SiteForm
    classes = ["collapse"]
    autocomplete_fields = ["village", "district", "centre"]
    fields = ["village", "district", "regency", "address", "centre", "is_main", "siinas_state"]
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
    """Consents, one for each purpose; who recorded it is set by itself."""

    model = Consent
    form = ConsentForm
    verbose_name_plural = _("Consents of the firm")
    classes = ["collapse"]
    fields = [
        ("purpose", "channel"),
        ("given_on", "withdrawn_on"),
        "paper",
        ("text", "recorded_by"),
    ]
    readonly_fields = ["recorded_by"]
