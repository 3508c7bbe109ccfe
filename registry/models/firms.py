"""A firm and what describes it: owners, production sites, activities, yearly figures.

Unknown is NULL (numbers, dates, yes/no) or an empty text, and never 0 or "no". A size class is
nowhere stored: `registry.sizing` computes it from these inputs.
"""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from registry import validators
from registry.models.base import Placed, place_constraints, point_constraint, tracked
from registry.querysets import FirmPartQuerySet, FirmQuerySet, SiteQuerySet


class LegalForm(models.TextChoices):
    """The legal forms that sheets and NIB documents name."""

    PT = "pt", _("PT (limited company)")
    PT_PERORANGAN = "pt_perorangan", _("PT Perorangan (one-person company)")
    CV = "cv", _("CV (limited partnership)")
    UD = "ud", _("UD (trading business)")
    PD = "pd", _("PD (trading house)")
    PO = "po", _("PO (sole owner)")
    FIRMA = "firma", _("Firma (partnership)")
    KOPERASI = "koperasi", _("Cooperative")
    KUB = "kub", _("KUB (joint business group)")
    YAYASAN = "yayasan", _("Foundation")
    PERORANGAN = "perorangan", _("Individual")


# Bodies that an office may publish under its own decision; the others are persons.
LEGAL_ENTITIES = frozenset({LegalForm.PT, LegalForm.CV, LegalForm.KOPERASI})


class FirmStatus(models.TextChoices):
    """Whether the firm works, as far as the office knows."""

    ACTIVE = "active", _("Active")
    UNVERIFIED = "unverified", _("Not yet verified")
    INACTIVE = "inactive", _("Not working at present")
    CLOSED = "closed", _("Closed")


class NibScale(models.TextChoices):
    """The scale printed on the NIB: an input as reported, not our classification."""

    MICRO = "micro", _("Micro")
    SMALL = "small", _("Small")
    MEDIUM = "medium", _("Medium")
    LARGE = "large", _("Large")


class Confirmation(models.TextChoices):
    """How the firm's data were last confirmed."""

    VISIT = "visit", _("visit")
    PHONE = "phone", _("phone or WhatsApp")
    OFFICE = "office", _("at the office")
    FIRM = "firm", _("by the firm itself")
    SHEET = "sheet", _("from a sheet")


_SEARCH = """
    NEW.search := registry_fold(concat_ws(' ', NEW.name, NEW.brand, NEW.products,
        (SELECT name FROM registry_village WHERE code = NEW.village_id),
        (SELECT name FROM registry_district WHERE code = NEW.district_id),
        (SELECT name FROM registry_regency WHERE code = NEW.regency_id)));
    NEW.search_staff := registry_fold(concat_ws(' ', NEW.search, NEW.nib, NEW.phone,
        replace(NEW.phone, '+62', '0')));
    RETURN NEW;
"""


@tracked(exclude=["search", "search_staff"])
class Firm(Placed):
    """A firm of the register; it belongs to the regency of its address."""

    name = models.CharField(
        _("firm name"), max_length=160, help_text=_("Without PT, CV or UD: that is the legal form.")
    )
    legal_form = models.CharField(
        _("legal form"), max_length=15, choices=LegalForm.choices, blank=True
    )
    brand = models.CharField(_("brand"), max_length=120, blank=True)
    products = models.CharField(
        _("main products"), max_length=250, blank=True, help_text=_("In everyday words.")
    )
    nib = models.CharField(
        _("NIB"),
        max_length=13,
        null=True,
        blank=True,
        unique=True,
        validators=[validators.validate_nib],
        help_text=_("13 digits; spaces and dots are taken out."),
        error_messages={"unique": _("This NIB already belongs to another firm.")},
    )
    scale_on_nib = models.CharField(
        _("scale printed on the NIB"), max_length=10, choices=NibScale.choices, blank=True
    )
    npwp = models.CharField(
        _("NPWP"),
        max_length=16,
        blank=True,
        validators=[validators.validate_npwp],
        help_text=_(
            "15 digits, or 16 that begin with 0. A personal 16-digit NPWP is a NIK and is not kept."
        ),
    )
    address = models.CharField(_("address"), max_length=250, blank=True)
    latitude = models.DecimalField(
        _("latitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    phone = models.CharField(
        _("phone"), max_length=16, blank=True, validators=[validators.validate_phone]
    )
    whatsapp = models.CharField(
        _("WhatsApp"), max_length=16, blank=True, validators=[validators.validate_phone]
    )
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), blank=True)
    start_year = models.PositiveSmallIntegerField(
        _("start year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1800), MaxValueValidator(2100)],
    )
    status = models.CharField(
        _("status"), max_length=10, choices=FirmStatus.choices, default=FirmStatus.ACTIVE
    )
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    closed_reason = models.CharField(_("reason for closing"), max_length=200, blank=True)
    data_year = models.PositiveSmallIntegerField(
        _("data year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1990), MaxValueValidator(2100)],
        help_text=_("The year that the data describe."),
    )
    source = models.CharField(_("source"), max_length=120, blank=True)
    confirmed_on = models.DateField(_("last confirmed on"), null=True, blank=True)
    confirmed_how = models.CharField(
        _("confirmed how"), max_length=10, choices=Confirmation.choices, blank=True
    )
    notes = models.TextField(_("notes"), blank=True)
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)
    search = models.TextField(editable=False, default="")
    search_staff = models.TextField(editable=False, default="")

    objects = FirmQuerySet.as_manager()

    class Meta:
        verbose_name = _("firm")
        verbose_name_plural = _("firms")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(nib__isnull=True) | Q(nib__regex=r"^[0-9]{13}$"),
                name="firm_nib_13_digits",
                violation_error_message=_("NIB must have 13 digits."),
            ),
            models.CheckConstraint(
                condition=Q(npwp="") | Q(npwp__regex=r"^([0-9]{15}|0[0-9]{15})$"),
                name="firm_npwp_not_a_nik",
                violation_error_message=_(
                    "NPWP must have 15 digits, or 16 that begin with 0. A personal 16-digit NPWP "
                    "is a NIK and is not kept."
                ),
            ),
            models.CheckConstraint(
                condition=Q(phone="") | Q(phone__regex=r"^\+62[1-9][0-9]{7,12}$"),
                name="firm_phone_e164",
                violation_error_message=_("The phone number is not an Indonesian number."),
            ),
            models.CheckConstraint(
                condition=~Q(status=FirmStatus.CLOSED) | ~Q(closed_reason=""),
                name="firm_closed_with_reason",
                violation_error_message=_("A firm is closed with a reason."),
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="firm_has_name",
                violation_error_message=_("The firm needs a name."),
            ),
            *place_constraints("firm"),
            point_constraint("firm"),
        ]
        indexes = [
            GinIndex(fields=["search"], name="firm_search", opclasses=["gin_trgm_ops"]),
            GinIndex(fields=["search_staff"], name="firm_search_staff", opclasses=["gin_trgm_ops"]),
            models.Index(fields=["regency", "name", "id"], name="firm_regency_name"),
            models.Index(fields=["name", "id"], name="firm_name"),
            models.Index(fields=["phone"], name="firm_phone", condition=~Q(phone="")),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="firm_search",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf(
                    "name",
                    "brand",
                    "products",
                    "village_id",
                    "district_id",
                    "regency_id",
                    "nib",
                    "phone",
                ),
                func=_SEARCH,
            )
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """The name as people write it: with the legal form before it where it is one."""
        shown = {"pt": "PT", "pt_perorangan": "PT", "cv": "CV", "ud": "UD", "pd": "PD", "po": "PO"}
        words = {"firma": "Firma", "koperasi": "Koperasi", "kub": "KUB", "yayasan": "Yayasan"}
        form = (shown | words).get(self.legal_form)
        return f"{form} {self.name}" if form else self.name

    @property
    def is_legal_entity(self) -> bool:
        """Whether the firm is a body and not a person."""
        return self.legal_form in LEGAL_ENTITIES

    @property
    def is_public(self) -> bool:
        """Whether everybody may see it now."""
        return bool(Firm.objects.public().filter(pk=self.pk).exists())

    @property
    def slug(self) -> str:
        """The readable part of the firm's address on the site."""
        return slugify(self.full_name) or "usaha"

    def get_absolute_url(self) -> str:
        """The firm's public page."""
        return reverse("promotions:firm", kwargs={"slug": self.slug, "pk": self.pk})

    def policy_regencies(self) -> list[str]:
        """The regency of the address."""
        return [self.regency_id]


class FirmPart(models.Model):
    """A row that only describes its firm, and follows its region."""

    firm = models.ForeignKey(Firm, on_delete=models.PROTECT, verbose_name=_("firm"))

    objects = FirmPartQuerySet.as_manager()

    class Meta:
        abstract = True

    def policy_regencies(self) -> list[str]:
        """The regency of the firm."""
        return self.firm.policy_regencies()


class Gender(models.TextChoices):
    """As sheets have it; unknown stays empty."""

    MALE = "male", _("male")
    FEMALE = "female", _("female")


_OWNER_SEARCH = "NEW.search := registry_fold(NEW.name); RETURN NEW;"


@tracked(exclude=["search"])
class Owner(FirmPart):
    """A person who owns the firm. Personal data: never outside the staff area."""

    name = models.CharField(_("owner's name"), max_length=120)
    gender = models.CharField(_("gender"), max_length=6, choices=Gender.choices, blank=True)
    phone = models.CharField(
        _("owner's phone"), max_length=16, blank=True, validators=[validators.validate_phone]
    )
    email = models.EmailField(_("owner's e-mail"), blank=True)
    search = models.TextField(editable=False, default="")

    class Meta:
        verbose_name = _("owner")
        verbose_name_plural = _("owners")
        default_related_name = "owners"
        ordering = ["id"]
        indexes = [GinIndex(fields=["search"], name="owner_search", opclasses=["gin_trgm_ops"])]
        triggers = [
            pgtrigger.Trigger(
                name="owner_search",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("name"),
                func=_OWNER_SEARCH,
            )
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class ProductionSite(Placed):
    """A place where the firm produces; it may lie in another regency than the firm's address."""

    firm = models.ForeignKey(
        Firm, on_delete=models.PROTECT, related_name="sites", verbose_name=_("firm")
    )
    is_main = models.BooleanField(
        _("main site"), default=False, help_text=_("The site at the firm's own address.")
    )
    address = models.CharField(_("address"), max_length=250, blank=True)
    latitude = models.DecimalField(
        _("latitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    centre = models.ForeignKey(
        "registry.Centre",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sites",
        verbose_name=_("industry centre"),
    )

    objects = SiteQuerySet.as_manager()

    class Meta:
        verbose_name = _("production site")
        verbose_name_plural = _("production sites")
        ordering = ["-is_main", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["firm"],
                condition=Q(is_main=True),
                name="site_one_main_a_firm",
                violation_error_message=_("The firm already has a main site."),
            ),
            *place_constraints("site"),
            point_constraint("site"),
        ]

    def __str__(self) -> str:
        place = self.village or self.district or self.regency
        return f"{self.firm} — {place}"

    def policy_regencies(self) -> list[str]:
        """The regency in which the site lies."""
        return [self.regency_id]


@tracked()
class FirmActivity(FirmPart):
    """A KBLI activity of the firm; one may be the primary."""

    kbli = models.ForeignKey(
        "registry.KbliCode",
        on_delete=models.PROTECT,
        related_name="activities",
        verbose_name=_("KBLI"),
        limit_choices_to={"level": "subclass"},
    )
    is_primary = models.BooleanField(_("primary"), default=False)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        default_related_name = "activities"
        ordering = ["-is_primary", "kbli"]
        constraints = [
            models.UniqueConstraint(
                fields=["firm"],
                condition=Q(is_primary=True),
                name="activity_one_primary",
                violation_error_message=_(
                    "The firm already has a primary activity. Untick it first."
                ),
            ),
            models.UniqueConstraint(
                fields=["firm", "kbli"],
                name="activity_once",
                violation_error_message=_("The firm already has this activity."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.kbli)


def _rupiah(label: Any, help_text: Any = "") -> models.BigIntegerField:
    return models.BigIntegerField(
        label,
        null=True,
        blank=True,
        help_text=help_text or _("Whole rupiah."),
        validators=[MinValueValidator(0)],
    )


def _people(label: Any) -> models.PositiveIntegerField:
    return models.PositiveIntegerField(label, null=True, blank=True)


@tracked()
class AnnualProfile(FirmPart):
    """What the firm reported of one year. Every figure may be unknown."""

    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(1990), MaxValueValidator(2100)]
    )
    workers_male = _people(_("male workers"))
    workers_female = _people(_("female workers"))
    workers_total = models.PositiveIntegerField(
        _("workers in total"),
        null=True,
        blank=True,
        help_text=_("Only when the split by gender is not known."),
    )
    investment = _rupiah(_("investment"), _("Whole rupiah, without land and buildings."))
    business_capital = _rupiah(
        _("business capital (modal usaha)"), _("Whole rupiah, without land and buildings.")
    )
    working_capital = _rupiah(_("working capital (modal kerja)"))
    capacity_quantity = models.DecimalField(
        _("capacity a year"), max_digits=16, decimal_places=3, null=True, blank=True
    )
    capacity_unit = models.ForeignKey(
        "registry.Unit", on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("unit")
    )
    production_value = _rupiah(_("production value"))
    raw_material_value = _rupiah(_("raw material value"))
    annual_sales = _rupiah(_("annual sales"))
    exports = models.BooleanField(_("exports"), null=True, blank=True)
    export_countries = models.CharField(_("export countries"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("yearly profile")
        verbose_name_plural = _("yearly profiles")
        default_related_name = "profiles"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["firm", "year"],
                name="profile_once_a_year",
                violation_error_message=_("The firm already has a profile of this year."),
            ),
            models.CheckConstraint(
                condition=Q(workers_total__isnull=True)
                | Q(workers_male__isnull=True, workers_female__isnull=True),
                name="profile_total_or_split",
                violation_error_message=_(
                    "Give the workers either by gender or in total, not both."
                ),
            ),
            models.CheckConstraint(
                condition=Q(
                    *[
                        Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": 0})
                        for field in (
                            "investment",
                            "business_capital",
                            "working_capital",
                            "capacity_quantity",
                            "production_value",
                            "raw_material_value",
                            "annual_sales",
                        )
                    ]
                ),
                name="profile_not_negative",
                violation_error_message=_("Figures can't be negative."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)

    @property
    def workers(self) -> int | None:
        """Workers in all, where known: the total, or the sum when both genders are given."""
        if self.workers_total is not None:
            return self.workers_total
        if self.workers_male is None or self.workers_female is None:
            return None
        return self.workers_male + self.workers_female


def workers_expression(prefix: str = "") -> models.expressions.Combinable:
    """The same as `AnnualProfile.workers`, for queries."""
    from django.db.models.functions import Coalesce

    split = F(f"{prefix}workers_male") + F(f"{prefix}workers_female")
    return Coalesce(F(f"{prefix}workers_total"), split)
