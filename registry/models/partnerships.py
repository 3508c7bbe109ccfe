"""Partnership of a firm with local government, with its proof; and the help that it was given.

The rule: a partnership counts from its first to its last day; the jobs it brought are the
difference of two counts that somebody wrote down, and unknown while one of them is missing.
"""

from __future__ import annotations

import datetime as dt

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.models.base import PrivateFileField, tracked
from registry.models.parts import FirmPart
from registry.querysets import PartnershipQuerySet


class PartnershipKind(models.TextChoices):
    """What ties the firm to local government; the values are stored."""

    CATALOGUE = "catalogue", _("E-catalogue listing")
    CONTRACT = "contract", _("Procurement contract")
    MENTORING = "mentoring", _("Mentoring")
    OFFTAKER = "offtaker", _("Off-taker (buys regularly)")


@tracked(whole="firm")
class Partnership(FirmPart):
    """One tie between a firm and an office or buyer, with its evidence."""

    kind = models.CharField(_("kind"), max_length=10, choices=PartnershipKind.choices)
    partner = models.CharField(_("partner"), max_length=160, help_text=_("Office or buyer."))
    started_on = models.DateField(_("since"))
    ended_on = models.DateField(_("until"), null=True, blank=True)
    value = models.BigIntegerField(
        _("value"),
        null=True,
        blank=True,
        help_text=_("Whole rupiah."),
        validators=[MinValueValidator(0)],
    )
    address = models.URLField(_("address in the e-catalogue"), max_length=300, blank=True)
    jobs_before = models.PositiveIntegerField(_("workers before"), null=True, blank=True)
    jobs_after = models.PositiveIntegerField(_("workers after"), null=True, blank=True)
    evidence = models.CharField(
        _("number of the document"),
        max_length=120,
        blank=True,
        help_text=_("Of the contract, letter or listing."),
    )
    file = PrivateFileField(_("file"))

    objects = PartnershipQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        default_related_name = "partnerships"
        indexes = [models.Index(fields=["started_on"], name="partnership_started")]
        ordering = ["-started_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="partnership_dates_in_order",
                violation_error_message=_("The partnership can't end before it began."),
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=0),
                name="partnership_value_not_negative",
                violation_error_message=_("Figures can't be negative."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.partner}"

    @property
    def jobs_added(self) -> int | None:
        """Workers more than before (fewer: below 0); unknown unless both counts are known."""
        if self.jobs_before is None or self.jobs_after is None:
            return None
        return self.jobs_after - self.jobs_before

    def in_force(self, on: dt.date) -> bool:
        """The same rule as `PartnershipQuerySet.in_force`."""
        return self.started_on <= on and (self.ended_on is None or self.ended_on >= on)


class FacilitationKind(models.TextChoices):
    """What a firm was helped with; the values are stored."""

    TRAINING = "training", _("Training")
    CERTIFICATION = "certification", _("Certification")
    MACHINERY = "machinery", _("Machines and tools")
    PACKAGING = "packaging", _("Packaging and brand")
    EXHIBITION = "exhibition", _("Exhibition")
    FINANCE = "finance", _("Finance")
    OTHER = "other", _("Other")


@tracked(whole="firm")
class Facilitation(FirmPart):
    """Help or training that the firm was given, so that it is spread and seen."""

    kind = models.CharField(_("kind"), max_length=15, choices=FacilitationKind.choices)
    program = models.CharField(_("programme"), max_length=160)
    given_on = models.DateField(_("given on"))
    given_by = models.CharField(_("given by"), max_length=120, blank=True)
    value = models.BigIntegerField(
        _("value"),
        null=True,
        blank=True,
        help_text=_("Whole rupiah, of this firm's share."),
        validators=[MinValueValidator(0)],
    )

    class Meta:
        verbose_name = _("facilitation")
        verbose_name_plural = _("facilitations")
        default_related_name = "facilitations"
        ordering = ["-given_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["firm", "kind", "program", "given_on"],
                name="facilitation_once",
                violation_error_message=_("This facilitation is on record already."),
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=0),
                name="facilitation_value_not_negative",
                violation_error_message=_("Figures can't be negative."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program} ({self.given_on:%Y})"
