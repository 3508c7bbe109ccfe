"""A spreadsheet taken in: the batch, and what became of each of its rows.

The rows keep which firm a line of a sheet became, so that the same sheet taken in again finds the
same firms, also those without NIB.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.base import tracked
from registry.models.firms import Firm
from registry.querysets import IntakeBatchQuerySet


@tracked()
class IntakeBatch(models.Model):
    """One file taken in by one person."""

    file_name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(_("fingerprint of the file"), max_length=64)
    sheet = models.CharField(_("sheet"), max_length=100, blank=True)
    options = models.JSONField(_("options"), default=dict)
    summary = models.JSONField(_("summary"), default=dict)
    regency = models.ForeignKey(
        "registry.Regency",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("regency"),
    )
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("taken in by"),
    )
    taken_at = models.DateTimeField(_("taken in at"), auto_now_add=True)

    objects = IntakeBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("intake")
        verbose_name_plural = _("intakes")
        ordering = ["-taken_at"]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.taken_at:%Y-%m-%d})"

    def policy_regencies(self) -> list[str]:
        """The regency the sheet was for; sheets of all regions belong to whoever has all."""
        return [self.regency_id] if self.regency_id else ["*"]


class IntakeRow(models.Model):
    """One row of a sheet: what was read, what was wrong with it, and the firm it became."""

    batch = models.ForeignKey(IntakeBatch, on_delete=models.CASCADE, related_name="rows")
    row = models.PositiveIntegerField(_("row"))
    status = models.CharField(_("status"), max_length=10)
    values = models.JSONField(_("values"), default=dict)
    problems = models.JSONField(_("problems"), default=list)
    key = models.CharField(_("key"), max_length=64, blank=True)
    firm = models.ForeignKey(Firm, on_delete=models.SET_NULL, null=True, related_name="intake_rows")

    class Meta:
        verbose_name = _("row")
        verbose_name_plural = _("rows")
        constraints = [models.UniqueConstraint(fields=["batch", "row"], name="intake_row_once")]
        indexes = [models.Index(fields=["key"], name="intake_row_key")]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.row}"
