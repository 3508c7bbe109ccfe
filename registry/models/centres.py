"""Industry centres (sentra): a place known for one kind of product, its figures and members."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.centre_steps import BIRTHS, BY_DECREE, Criterion, Status
from registry.models.base import Placed, place_constraints, point_constraint, tracked
from registry.querysets import CentrePartQuerySet, CentreQuerySet


class CentreStatus(models.TextChoices):
    """The statuses in people's words."""

    POTENTIAL = Status.POTENTIAL.value, _("Potential")
    RECORDED = Status.RECORDED.value, _("Recorded")
    DESIGNATED = Status.DESIGNATED.value, _("Designated by decree")
    ASSISTED = Status.ASSISTED.value, _("Assisted")
    INACTIVE = Status.INACTIVE.value, _("No longer active")


class CentreCriterion(models.TextChoices):
    """The criteria in people's words; their numbers stand in `CentreThreshold`."""

    FIVE_FIRMS = Criterion.FIVE_FIRMS.value, _("Enough firms of one kind (Ministry of Industry)")
    HOUSEHOLDS = Criterion.HOUSEHOLDS.value, _("Share of the households of a village (BPS)")
    DECREE = Criterion.DECREE.value, _("Decree")


class Origin(models.TextChoices):
    """Whose word it is: what a public source says is not the office's own."""

    PUBLIC = "public", _("Public source, not the office's own")
    OFFICE = "office", _("The office")


# A status changes only after its step was written (see `CentreStep`), and a centre is born with
# one of two: whoever writes past the services is refused here.
_BEGINNINGS = ", ".join(f"'{birth.value}'" for birth in BIRTHS)
_STATUS_GUARD = f"""
IF TG_OP = 'INSERT' THEN
    IF NEW.status NOT IN ({_BEGINNINGS}) THEN
        RAISE EXCEPTION 'a centre can not begin as %', NEW.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'centre_status_by_steps';
    END IF;
ELSIF NEW.status IS DISTINCT FROM OLD.status AND (OLD.status, NEW.status) IS DISTINCT FROM (
    SELECT (source, target) FROM registry_centrestep
    WHERE centre_id = NEW.id ORDER BY id DESC LIMIT 1
) THEN
    RAISE EXCEPTION 'the status of a centre changes by its steps'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'centre_status_by_steps';
END IF;
RETURN NEW;
"""  # noqa: S608 - made of the values above, of nothing typed


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
        _("status"),
        max_length=10,
        choices=CentreStatus.choices,
        default=CentreStatus.RECORDED,
        editable=False,
    )
    criterion = models.CharField(
        _("criterion"),
        max_length=12,
        choices=CentreCriterion.choices,
        blank=True,
        editable=False,
    )
    decree_number = models.CharField(_("decree number"), max_length=80, blank=True, editable=False)
    decree_date = models.DateField(_("decree date"), null=True, blank=True, editable=False)
    latitude = models.DecimalField(
        _("latitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    source = models.CharField(_("source"), max_length=250, blank=True)
    source_address = models.CharField(_("address of the source"), max_length=250, blank=True)
    origin = models.CharField(
        _("recorded after"),
        max_length=6,
        choices=Origin.choices,
        default=Origin.OFFICE,
        editable=False,
    )
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
                condition=~Q(status__in=[s.value for s in Status if s in BY_DECREE])
                | (~Q(decree_number="") & Q(decree_date__isnull=False)),
                name="centre_designated_by_decree",
                violation_error_message=_("A designated centre has a decree with number and date."),
            ),
            *place_constraints("centre"),
            point_constraint("centre"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="centre_status_by_steps",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("status"),
                func=_STATUS_GUARD,
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def by_decree(self) -> bool:
        """Whether a decree is in force."""
        return self.status in BY_DECREE

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


def _rupiah(label: Any) -> models.BigIntegerField:
    return models.BigIntegerField(
        label,
        null=True,
        blank=True,
        help_text=_("Whole rupiah."),
        validators=[MinValueValidator(0)],
    )


@tracked(whole="centre")
class CentreFigure(CentrePart):
    """What somebody reported of the centre for a year, with the source. Not computed by us."""

    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(1990), MaxValueValidator(2100)]
    )
    units = models.PositiveIntegerField(_("firms"), null=True, blank=True)
    workers = models.PositiveIntegerField(_("workers"), null=True, blank=True)
    investment = _rupiah(_("investment"))
    production_value = _rupiah(_("production value"))
    raw_material_value = _rupiah(_("raw material value"))
    source = models.CharField(_("source"), max_length=250)
    origin = models.CharField(
        _("reported by"),
        max_length=6,
        choices=Origin.choices,
        default=Origin.OFFICE,
        editable=False,
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now=True)

    class Meta:
        verbose_name = _("reported figure")
        verbose_name_plural = _("reported figures")
        default_related_name = "figures"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "year"],
                name="centre_figure_once_a_year",
                violation_error_message=_("The centre already has figures of this year."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.centre} {self.year}"
