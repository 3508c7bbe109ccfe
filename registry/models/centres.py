"""Industry centres (sentra): a place known for one kind of product, its figures and members."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models.base import Placed, place_constraints, point_constraint, tracked
from registry.querysets import CentrePartQuerySet, CentreQuerySet


class CentreStatus(models.TextChoices):
    """How far a centre is recognised."""

    POTENTIAL = "potential", _("Potential")
    RECORDED = "recorded", _("Recorded")
    DESIGNATED = "designated", _("Designated by decree")
    ASSISTED = "assisted", _("Assisted")
    INACTIVE = "inactive", _("No longer active")


class CentreCriterion(models.TextChoices):
    """The rule by which a place counts as a centre; several are in use."""

    FIVE_FIRMS = "five_firms", _("At least five firms of one kind (Ministry of Industry)")
    HOUSEHOLDS = "households", _("At least one household in five (BPS)")
    DECREE = "decree", _("Decree")


@tracked()
class Centre(Placed):
    """A sentra. Its figures are reported ones; the computed ones are sums over its members."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    commodity = models.ForeignKey(
        "registry.Commodity",
        on_delete=models.PROTECT,
        related_name="centres",
        verbose_name=_("product group"),
    )
    kbli = models.ForeignKey(
        "registry.KbliCode",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("KBLI"),
    )
    status = models.CharField(
        _("status"), max_length=10, choices=CentreStatus.choices, default=CentreStatus.RECORDED
    )
    criterion = models.CharField(
        _("criterion"), max_length=12, choices=CentreCriterion.choices, blank=True
    )
    decree_number = models.CharField(_("decree number"), max_length=80, blank=True)
    decree_date = models.DateField(_("decree date"), null=True, blank=True)
    latitude = models.DecimalField(
        _("latitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    source = models.CharField(_("source"), max_length=250, blank=True)
    source_address = models.CharField(_("address of the source"), max_length=250, blank=True)
    note = models.TextField(_("note"), blank=True)
    villages = models.ManyToManyField(
        "registry.Village",
        through="registry.CentreVillage",
        related_name="centres",
        verbose_name=_("villages"),
    )

    objects = CentreQuerySet.as_manager()

    class Meta:
        verbose_name = _("industry centre")
        verbose_name_plural = _("industry centres")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=CentreStatus.DESIGNATED)
                | (~Q(decree_number="") & Q(decree_date__isnull=False)),
                name="centre_designated_by_decree",
                violation_error_message=_("A designated centre has a decree with number and date."),
            ),
            *place_constraints("centre"),
            point_constraint("centre"),
        ]

    def __str__(self) -> str:
        return self.name

    def policy_regencies(self) -> list[str]:
        """The regency in which the centre lies."""
        return [self.regency_id]


class CentrePart(models.Model):
    """A row that describes a centre and follows its region."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, verbose_name=_("centre"))

    objects = CentrePartQuerySet.as_manager()

    class Meta:
        abstract = True

    def policy_regencies(self) -> list[str]:
        """The regency of the centre."""
        return self.centre.policy_regencies()


@tracked(whole="centre")
class CentreVillage(CentrePart):
    """A village that belongs to the centre."""

    village = models.ForeignKey(
        "registry.Village", on_delete=models.PROTECT, verbose_name=_("village")
    )

    class Meta:
        verbose_name = _("village of a centre")
        verbose_name_plural = _("villages of a centre")
        constraints = [
            models.UniqueConstraint(fields=["centre", "village"], name="centre_village_once")
        ]

    def __str__(self) -> str:
        return str(self.village)


@tracked(whole="centre")
class CentreFigure(CentrePart):
    """What somebody reported of the centre for a year, with the source. Not computed by us."""

    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(1990), MaxValueValidator(2100)]
    )
    units = models.PositiveIntegerField(_("firms"), null=True, blank=True)
    workers = models.PositiveIntegerField(_("workers"), null=True, blank=True)
    production_value = models.BigIntegerField(
        _("production value"), null=True, blank=True, validators=[MinValueValidator(0)]
    )
    source = models.CharField(_("source"), max_length=250)

    class Meta:
        verbose_name = _("reported figure")
        verbose_name_plural = _("reported figures")
        default_related_name = "figures"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "year"], name="centre_figure_once_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.centre} {self.year}"
