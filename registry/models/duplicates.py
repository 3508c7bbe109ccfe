"""Pairs of firms that may be one, what was decided about them, and merges that can be undone.

Rule: a decision is remembered; a pair that was found to be two firms is never asked about again.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.duplicates.querysets import DuplicatePairQuerySet, FirmMergeQuerySet
from registry.models.base import tracked
from registry.models.firms import Firm

UNDO_DAYS = 30


class PairState(models.TextChoices):
    """What became of a pair."""

    OPEN = "open", _("Not yet decided")
    NOT_DUPLICATE = "not_duplicate", _("Not a duplicate")
    MERGED = "merged", _("Merged")


@tracked()
class DuplicatePair(models.Model):
    """Two firms that may be one; `first` has the smaller number, so each pair stands once."""

    first = models.ForeignKey(
        Firm, on_delete=models.PROTECT, related_name="pairs_as_first", verbose_name=_("firm A")
    )
    second = models.ForeignKey(
        Firm, on_delete=models.PROTECT, related_name="pairs_as_second", verbose_name=_("firm B")
    )
    score = models.PositiveSmallIntegerField(_("likeness"), default=0)
    reasons = models.JSONField(_("reasons"), default=list, blank=True)
    state = models.CharField(
        _("state"), max_length=13, choices=PairState.choices, default=PairState.OPEN
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    found_at = models.DateTimeField(_("found at"), auto_now_add=True)

    objects = DuplicatePairQuerySet.as_manager()

    class Meta:
        verbose_name = _("possible duplicate")
        verbose_name_plural = _("possible duplicates")
        ordering = ["-score", "id"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="pair_in_order"),
            models.CheckConstraint(
                condition=Q(state=PairState.OPEN) | Q(decided_at__isnull=False),
                name="pair_decided_at_a_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-score", "id"], name="pair_open", condition=Q(state=PairState.OPEN)
            )
        ]

    def __str__(self) -> str:
        return f"{self.first} / {self.second}"

    def policy_regencies(self) -> list[str]:
        """The regencies of both firms."""
        return [*self.first.policy_regencies(), *self.second.policy_regencies()]


@tracked()
class FirmMerge(models.Model):
    """Two firms that became one: what was chosen, and every row that changed for it.

    `changes` lists rows in the order in which they changed, each with its values before and
    after; undoing walks it backwards.
    """

    kept = models.ForeignKey(
        Firm, on_delete=models.PROTECT, related_name="merges_kept", verbose_name=_("kept firm")
    )
    gone = models.ForeignKey(
        Firm, on_delete=models.PROTECT, related_name="merges_gone", verbose_name=_("merged firm")
    )
    choices = models.JSONField(_("choices"), default=dict, blank=True)
    changes = models.JSONField(_("changed rows"), default=list, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("merged by"),
    )
    merged_at = models.DateTimeField(_("merged at"), auto_now_add=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("undone by"),
    )
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)

    objects = FirmMergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["-merged_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="merge_of_two_firms"),
            models.UniqueConstraint(
                fields=["gone"], condition=Q(undone_at__isnull=True), name="merge_gone_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gone} → {self.kept}"

    def policy_regencies(self) -> list[str]:
        """The regency of the firm that was kept."""
        return self.kept.policy_regencies()

    @property
    def until(self) -> dt.date:
        """The last day on which it can be undone."""
        return timezone.localtime(self.merged_at).date() + dt.timedelta(days=UNDO_DAYS)

    @property
    def can_be_undone(self) -> bool:
        """Whether it still stands and its 30 days are not over."""
        return self.undone_at is None and timezone.localdate() <= self.until
