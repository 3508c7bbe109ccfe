"""Targets that a decree sets for a regency and a year, measured by the numbers of the chain."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models.base import tracked
from registry.querysets import ScopedQuerySet


class Measure(models.TextChoices):
    """What a target can be about; the values are stored."""

    ACCOUNTS = "account", _("SIINas accounts issued in the year")
    COMPLETE = "complete", _("Complete SIINas accounts")
    TKDN = "tkdn", _("Firms with a valid TKDN certificate")
    TKDN_NEW = "tkdn_new", _("TKDN certificates issued in the year")
    CERTIFICATES = "certs", _("Certificates of any kind issued in the year")
    PARTNERS = "partner", _("Firms with a partnership begun in the year")
    JOBS = "jobs", _("Jobs added by partnerships")
    REPORTS = "reports", _("Share of accounts that have reported (%)")


PERCENT = frozenset({Measure.REPORTS.value})
# What is new in the year counts, as decrees ask; of the others, what holds on the day.
NEW_IN_YEAR = frozenset(
    {
        Measure.ACCOUNTS.value,
        Measure.TKDN_NEW.value,
        Measure.CERTIFICATES.value,
        Measure.PARTNERS.value,
    }
)


@tracked()
class Target(models.Model):
    """One number that a regency is to reach in a year, with the decree that says so."""

    regency = models.ForeignKey(
        "registry.Regency", on_delete=models.PROTECT, verbose_name=_("regency or city")
    )
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(2019), MaxValueValidator(2100)]
    )
    measure = models.CharField(_("measure"), max_length=8, choices=Measure.choices)
    value = models.PositiveIntegerField(_("target"), validators=[MinValueValidator(1)])
    decree = models.CharField(_("number of the decree"), max_length=120)
    decreed_on = models.DateField(_("date of the decree"))

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["-year", "regency", "measure"]
        constraints = [
            models.UniqueConstraint(
                fields=["regency", "year", "measure"],
                name="target_once",
                violation_error_message=_(
                    "The region has a target of this measure and year already. Change that one."
                ),
            ),
            models.CheckConstraint(
                condition=Q(value__gte=1),
                name="target_positive",
                violation_error_message=_("A target is at least 1."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.regency}, {self.year}: {self.get_measure_display()}"

    def clean(self) -> None:
        """A share ends at 100."""
        if self.measure in PERCENT and self.value is not None and self.value > 100:
            raise ValidationError({"value": _("A share is at most 100%.")})

    def policy_regencies(self) -> list[str]:
        """Its regency."""
        return [self.regency_id]
