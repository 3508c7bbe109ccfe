"""What describes a firm: owners, production sites, activities, yearly figures.

Unknown is NULL (numbers, yes/no) or an empty text, and never 0 or "no".
"""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry import validators
from registry.models.base import Placed, place_constraints, point_constraint, tracked
from registry.models.firms import Firm
from registry.querysets import FirmPartQuerySet, SiteQuerySet


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


@tracked(whole="firm", exclude=["search"])
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
        indexes = [
            GinIndex(fields=["search"], name="owner_search", opclasses=["gin_trgm_ops"]),
            models.Index(fields=["search"], name="owner_search_same"),
        ]
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


@tracked(whole="firm")
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


@tracked(whole="firm")
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
    land_investment = _rupiah(_("investment in land"))
    building_investment = _rupiah(_("investment in buildings"))
    capacity_quantity = models.DecimalField(
        _("capacity a year"), max_digits=16, decimal_places=3, null=True, blank=True
    )
    capacity_unit = models.ForeignKey(
        "registry.Unit", on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("unit")
    )
    installed_capacity = models.DecimalField(
        _("installed capacity a year"),
        max_digits=16,
        decimal_places=3,
        null=True,
        blank=True,
        help_text=_("In the unit of the capacity."),
    )
    production_quantity = models.DecimalField(
        _("production a year"), max_digits=16, decimal_places=3, null=True, blank=True
    )
    production_unit = models.ForeignKey(
        "registry.Unit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("unit of production"),
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
                            "land_investment",
                            "building_investment",
                            "capacity_quantity",
                            "installed_capacity",
                            "production_quantity",
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
