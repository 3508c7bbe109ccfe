"""Reporting periods of SIINas, and what became of each account's report.

The rule: every industrial company reports periodically through SIINas (Permenperin 2/2019, Pasal
2(1) and 3(1)). How often, and until when, changes by circular: a period with its days is a row, not
code. Reports are a measure beside the chain of accounts, never a step of it.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.models.base import tracked
from registry.models.siinas import SiinasAccount
from registry.querysets import PeriodQuerySet, ReportQuerySet


class PeriodKind(models.TextChoices):
    """How long a period is."""

    SEMESTER = "semester", _("Semester")
    QUARTER = "quarter", _("Quarter")


MONTHS = {PeriodKind.SEMESTER.value: 6, PeriodKind.QUARTER.value: 3}
_ROMAN = ("", "I", "II", "III", "IV")


class Obliged(models.TextChoices):
    """Whose complete accounts a period asks; a firm whose NIB scale is unknown is asked too."""

    ALL = "all", _("All complete accounts")
    SMALL = "small", _("Micro and small, by the scale on the NIB")
    LARGER = "larger", _("Medium and large, by the scale on the NIB")


# The scales on the NIB that each asks; the empty one is "unknown".
SCALES = {
    Obliged.ALL.value: ("", "micro", "small", "medium", "large"),
    Obliged.SMALL.value: ("", "micro", "small"),
    Obliged.LARGER.value: ("", "medium", "large"),
}


def days_of_period(kind: str, year: int, number: int) -> tuple[dt.date, dt.date]:
    """The first and last day of a semester or quarter of the calendar year."""
    months = MONTHS[kind]
    after = number * months
    end = dt.date(year + after // 12, after % 12 + 1, 1) - dt.timedelta(days=1)
    return dt.date(year, (number - 1) * months + 1, 1), end


@tracked()
class ReportingPeriod(models.Model):
    """A semester or quarter for which accounts report; kept by the province."""

    kind = models.CharField(_("kind"), max_length=8, choices=PeriodKind.choices)
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(2019), MaxValueValidator(2100)]
    )
    number = models.PositiveSmallIntegerField(
        _("number"),
        validators=[MinValueValidator(1), MaxValueValidator(4)],
        help_text=_("Semester 1 or 2, quarter 1 to 4."),
    )
    first_day = models.DateField(
        _("first day"), blank=True, help_text=_("Left empty: by the calendar.")
    )
    last_day = models.DateField(
        _("last day"), blank=True, help_text=_("Left empty: by the calendar.")
    )
    due_on = models.DateField(
        _("due on"),
        null=True,
        blank=True,
        help_text=_("The last day to report. Left empty until it is known: nothing is late then."),
    )
    obliged = models.CharField(
        _("who must report"), max_length=7, choices=Obliged.choices, default=Obliged.ALL
    )
    note = models.CharField(
        _("legal basis"),
        max_length=250,
        blank=True,
        help_text=_("Regulation or circular that sets the period and its date."),
    )

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("reporting period")
        verbose_name_plural = _("reporting periods")
        ordering = ["-last_day", "-first_day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "year", "number"],
                name="period_once",
                violation_error_message=_("This period is on record already."),
            ),
            models.CheckConstraint(
                condition=Q(kind="quarter", number__range=(1, 4))
                | Q(kind="semester", number__range=(1, 2)),
                name="period_number_of_kind",
                violation_error_message=_("A year has two semesters and four quarters."),
            ),
            models.CheckConstraint(
                condition=Q(first_day__lt=F("last_day")),
                name="period_days_in_order",
                violation_error_message=_("The period can't end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("last_day")),
                name="period_due_after_end",
                violation_error_message=_("A report is due when the period is over, not before."),
            ),
        ]

    def __str__(self) -> str:
        number = _ROMAN[self.number] if 1 <= self.number <= 4 else str(self.number)
        return f"{self.get_kind_display()} {number} {self.year}"

    def clean(self) -> None:
        """Days that were left empty are those of the calendar."""
        limit = {"semester": 2, "quarter": 4}.get(self.kind, 0)
        if self.year and self.number and self.number <= limit:
            first, last = days_of_period(self.kind, self.year, self.number)
            self.first_day = self.first_day or first
            self.last_day = self.last_day or last

    def policy_regencies(self) -> None:
        """The same for every region."""

    @property
    def slug(self) -> str:
        """How addresses name the period: 2026-s1, 2026-q3."""
        return f"{self.year}-{self.kind[0]}{self.number}"

    @property
    def scales(self) -> tuple[str, ...]:
        """The scales on the NIB whose accounts must report."""
        return SCALES[self.obliged]

    def over(self, on: dt.date) -> bool:
        """Whether the period has ended."""
        return self.last_day < on

    def late(self, on: dt.date) -> bool:
        """Whether its date is past; a date that nobody knows is not."""
        return self.due_on is not None and self.due_on < on


class ReportState(models.TextChoices):
    """Where a report stands in SIINas, in the words that SIINas uses."""

    DRAFT = "draft", _("Draft, not sent yet")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned to be mended")
    ACCEPTED = "accepted", _("Accepted")


# A report in one of these states is made.
REPORTED = (ReportState.SUBMITTED.value, ReportState.ACCEPTED.value)


@tracked()
class SiinasReport(models.Model):
    """What became of the report of one account for one period. No row: nothing is known of one."""

    account = models.ForeignKey(
        SiinasAccount, on_delete=models.PROTECT, related_name="reports", verbose_name=_("account")
    )
    period = models.ForeignKey(
        ReportingPeriod,
        on_delete=models.PROTECT,
        related_name="reports",
        verbose_name=_("reporting period"),
    )
    state = models.CharField(_("state"), max_length=9, choices=ReportState.choices)
    on = models.DateField(_("on"))
    note = models.CharField(_("note"), max_length=250, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("SIINas report")
        verbose_name_plural = _("SIINas reports")
        ordering = ["-period__last_day", "account"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "period"],
                name="report_once",
                violation_error_message=_("The report of this period is on record already."),
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(note=""),
                name="report_returned_with_reason",
                violation_error_message=_("Say why the report was returned."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period}: {self.get_state_display()}"

    def policy_regencies(self) -> list[str]:
        """The regency of the site."""
        regencies: Any = self.account.policy_regencies()
        return list(regencies)
