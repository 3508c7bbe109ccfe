"""What an office does with a centre: its steps, refused members, thresholds and households.

Rule: the steps are the status. Writing a step sets it, no other writing does, and a step is never
changed; the database holds the table of `registry.centre_steps`.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.centre_criteria import Thresholds
from registry.centre_steps import STEPS, Criterion, Step
from registry.models.base import tracked
from registry.models.centres import CentreCriterion, CentrePart, CentreStatus
from registry.models.classification import Reference
from registry.models.parts import ProductionSite
from registry.querysets import ScopedQuerySet


def _signature(label: Any) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=label,
    )


def _table_of_steps() -> Q:
    """A step that is in the table, with the evidence that it needs there."""
    return reduce(or_, map(_taken_with_evidence, STEPS))


def _taken_with_evidence(step: Step) -> Q:
    filled = Q(source=step.source.value, target=step.target.value)
    for name in step.evidence:
        filled &= Q(decree_date__isnull=False) if name == "decree_date" else ~Q(**{name: ""})
    return filled


_SET_STATUS = """
UPDATE registry_centre SET status = NEW.target
WHERE id = NEW.centre_id AND status = NEW.source;
IF NOT FOUND THEN
    RAISE EXCEPTION 'the step does not begin at the status of the centre'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'centre_step_from_now';
END IF;
RETURN NULL;
"""


@tracked(whole="centre")
class CentreStep(CentrePart):
    """A step of a centre: from, to, when, by whom, with which evidence. Never changed."""

    source = models.CharField(_("from"), max_length=10, choices=CentreStatus.choices)
    target = models.CharField(_("to"), max_length=10, choices=CentreStatus.choices)
    on = models.DateField(_("date of the step"))
    document = models.CharField(_("document or source"), max_length=250, blank=True)
    criterion = models.CharField(
        _("criterion"), max_length=12, choices=CentreCriterion.choices, blank=True
    )
    decree_number = models.CharField(_("decree number"), max_length=80, blank=True)
    decree_date = models.DateField(_("decree date"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=250, blank=True)
    recorded_by = _signature(_("recorded by"))
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    class Meta:
        verbose_name = _("step of a centre")
        verbose_name_plural = _("steps of a centre")
        default_related_name = "steps"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=_table_of_steps(),
                name="centre_step_of_the_table",
                violation_error_message=_("There is no such step, or its evidence is missing."),
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="centre_step_sets_status",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func=_SET_STATUS,
            ),
            pgtrigger.Protect(
                name="centre_step_stays", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()} → {self.get_target_display()}"


@tracked(whole="centre")
class CentreRefusal(CentrePart):
    """A site that does not belong to a centre, so that nobody is asked about it again."""

    site = models.ForeignKey(
        ProductionSite, on_delete=models.CASCADE, verbose_name=_("production site")
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    decided_by = _signature(_("decided by"))
    decided_at = models.DateTimeField(_("decided at"), auto_now_add=True)

    class Meta:
        verbose_name = _("refused member")
        verbose_name_plural = _("refused members")
        default_related_name = "refusals"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "site"], name="centre_refusal_once")
        ]

    def __str__(self) -> str:
        return f"{self.centre}: {self.site}"


class VillageQuerySet(ScopedQuerySet):
    """Rows about a village, by the regency that its district lies in."""

    regency_path = "village__district__regency"


@tracked()
class VillageHouseholds(models.Model):
    """The households of a village in a year, as a source counts them."""

    village = models.ForeignKey(
        "registry.Village",
        on_delete=models.PROTECT,
        related_name="households",
        verbose_name=_("village"),
    )
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(1990), MaxValueValidator(2100)]
    )
    households = models.PositiveIntegerField(_("households"), validators=[MinValueValidator(1)])
    source = models.CharField(_("source"), max_length=250)
    recorded_by = _signature(_("recorded by"))

    objects = VillageQuerySet.as_manager()

    class Meta:
        verbose_name = _("households of a village")
        verbose_name_plural = _("households of villages")
        ordering = ["village", "-year"]
        constraints = [
            models.UniqueConstraint(fields=["village", "year"], name="households_once_a_year"),
            models.CheckConstraint(condition=Q(households__gt=0), name="households_not_none"),
        ]

    def __str__(self) -> str:
        return f"{self.village} {self.year}"

    def policy_regencies(self) -> list[str]:
        """The regency that the village's code begins with."""
        return [self.village.district.regency_id]


@tracked()
class CentreThreshold(Reference):
    """From where on a criterion for centres is met; changed by the province, never by loading."""

    criterion = models.CharField(
        _("criterion"),
        max_length=12,
        choices=[c for c in CentreCriterion.choices if c[0] != Criterion.DECREE],
        primary_key=True,
        editable=False,
    )
    minimum = models.DecimalField(
        _("at least"),
        max_digits=7,
        decimal_places=2,
        validators=[MinValueValidator(1)],
        help_text=_("Firms, or per cent of the households of a village."),
    )
    source = models.CharField(_("source"), max_length=250)

    class Meta:
        verbose_name = _("threshold for centres")
        verbose_name_plural = _("thresholds for centres")
        ordering = ["criterion"]

    def __str__(self) -> str:
        return str(self.get_criterion_display())

    @classmethod
    def in_force(cls) -> Thresholds:
        """The numbers of all criteria, with their sources."""
        rows = {row.criterion: row for row in cls.objects.all()}
        firms, share = rows[Criterion.FIVE_FIRMS.value], rows[Criterion.HOUSEHOLDS.value]
        return Thresholds(firms.minimum, firms.source, share.minimum, share.source)
