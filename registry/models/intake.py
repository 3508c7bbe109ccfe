"""A spreadsheet taken in: the batch, its rows as read and as saved, and how its columns were read.

The rows keep what stood in the sheet, what it was taken to mean, what was wrong with it, what a
person decided, and which firm it became. So the same sheet taken in again finds the same firms,
also those without NIB, and a whole intake can be undone.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.intake.store import shown
from registry.models.base import tracked
from registry.models.firms import Firm
from registry.querysets import IntakeBatchQuerySet


class RowKind(models.TextChoices):
    """What one row of a sheet describes; the values are stored."""

    FIRMS = "firms", _("Firms")
    CERTIFICATES = "certificates", _("Certificates")
    FIGURES = "figures", _("Yearly figures")
    SIINAS = "siinas", _("SIINas accounts")


class BatchState(models.TextChoices):
    """How far an intake is; the values are stored."""

    COLUMNS = "columns", _("Columns to match")
    PLANNING = "planning", _("Being read")
    REVIEW = "review", _("To check")
    SAVING = "saving", _("Being saved")
    SAVED = "saved", _("Saved")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")
    DISCARDED = "discarded", _("Discarded")


# The states in which work goes on in the background.
AT_WORK = (BatchState.PLANNING, BatchState.SAVING, BatchState.UNDOING)
_PROGRESS = ["done", "total", "beat", "failure"]


@tracked(exclude=_PROGRESS)
class IntakeBatch(models.Model):
    """One file taken in by one person."""

    file_name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(_("fingerprint of the file"), max_length=64)
    sheet = models.CharField(_("sheet"), max_length=100, blank=True)
    kind = models.CharField(
        _("kind of rows"), max_length=15, choices=RowKind.choices, default=RowKind.FIRMS
    )
    state = models.CharField(
        _("state"), max_length=10, choices=BatchState.choices, default=BatchState.SAVED
    )
    options = models.JSONField(_("options"), default=dict)
    table = models.JSONField(_("columns as read"), default=dict)
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
    saved_at = models.DateTimeField(_("saved at"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("undone by"),
    )
    done = models.PositiveIntegerField(_("rows done"), default=0)
    total = models.PositiveIntegerField(_("rows to do"), default=0)
    beat = models.DateTimeField(_("last sign of work"), null=True, blank=True)
    failure = models.TextField(_("why the work stopped"), blank=True)

    objects = IntakeBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("intake")
        verbose_name_plural = _("intakes")
        ordering = ["-taken_at"]
        indexes = [models.Index(fields=["sha256"], name="intake_batch_file")]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.taken_at:%Y-%m-%d})"

    def policy_regencies(self) -> list[str]:
        """The regency the sheet was for; sheets of all regions belong to whoever has all."""
        return [self.regency_id] if self.regency_id else ["*"]

    @property
    def at_work(self) -> bool:
        """Whether something goes on in the background."""
        return self.state in AT_WORK


class IntakeFile(models.Model):
    """The cells of an uploaded file, without any identity number, until its rows are settled."""

    batch = models.OneToOneField(IntakeBatch, on_delete=models.CASCADE, related_name="stored")
    content = models.BinaryField(_("cells, compressed"))

    class Meta:
        verbose_name = _("cells of a file")
        verbose_name_plural = _("cells of files")

    def __str__(self) -> str:
        return str(self.batch_id)


class Decision(models.TextChoices):
    """What a person said of a row that may mean a firm on record; the values are stored."""

    SAME = "same", _("The same firm")
    OTHER = "other", _("Another firm")
    SKIP = "skip", _("Leave out")


class Outcome(models.TextChoices):
    """What became of a row; empty until it is settled. The values are stored."""

    ADDED = "added", _("added")
    CHANGED = "changed", _("changed")
    NOTHING = "nothing", _("nothing to change")
    LEFT = "left", _("left out")
    UNDONE = "undone", _("undone")
    KEPT = "kept", _("kept: changed since")


class IntakeRow(models.Model):
    """One row of a sheet: what was read, what was wrong with it, and the firm it became.

    `raw` holds the cells as they stood, by column letter; `edits` what a person typed over them;
    `changed` the old and the new value of each field that an update sets; `matches` the firms it
    may mean, with reasons; `journal` the rows of the register that saving wrote, for the undo.
    """

    # No index of its own: the batch leads three others.
    batch = models.ForeignKey(
        IntakeBatch, on_delete=models.CASCADE, related_name="rows", db_index=False
    )
    row = models.PositiveIntegerField(_("row"))
    status = models.CharField(_("status"), max_length=10)
    level = models.CharField(_("worst problem"), max_length=7, blank=True)
    raw = models.JSONField(_("cells as read"), default=dict)
    edits = models.JSONField(_("cells as mended"), default=dict)
    values = models.JSONField(_("values"), default=dict)
    problems = models.JSONField(_("problems"), default=list)
    changed = models.JSONField(_("what would change"), default=dict)
    matches = models.JSONField(_("firms it may mean"), default=list)
    decision = models.CharField(_("decision"), max_length=5, choices=Decision.choices, blank=True)
    outcome = models.CharField(_("outcome"), max_length=7, choices=Outcome.choices, blank=True)
    journal = models.JSONField(_("what was written"), default=list)
    key = models.CharField(_("key"), max_length=64, blank=True)
    firm = models.ForeignKey(Firm, on_delete=models.SET_NULL, null=True, related_name="intake_rows")

    class Meta:
        verbose_name = _("row")
        verbose_name_plural = _("rows")
        constraints = [models.UniqueConstraint(fields=["batch", "row"], name="intake_row_once")]
        indexes = [
            models.Index(fields=["key"], name="intake_row_key"),
            models.Index(fields=["batch", "status", "row"], name="intake_row_status"),
            models.Index(fields=["batch", "level", "row"], name="intake_row_level"),
            models.Index(
                fields=["batch", "row"], name="intake_row_pending", condition=Q(outcome="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.row}"

    @property
    def cells(self) -> dict[str, str]:
        """The cells by column letter as people see them, with what was typed over them."""
        return {letter: shown(cell) for letter, cell in {**self.raw, **self.edits}.items()}

    @property
    def cells_before(self) -> dict[str, str]:
        """The cells as they stood in the sheet."""
        return {letter: shown(cell) for letter, cell in self.raw.items()}


class ColumnChoice(models.Model):
    """How an office's sheets with these headings are read: used again for the next one.

    `columns` lists heading, field and unit in the order of the sheet; also the form in which the
    office gets its part of the register back.
    """

    regency = models.ForeignKey(
        "registry.Regency", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(_("kind of rows"), max_length=15, choices=RowKind.choices)
    headings_key = models.CharField(_("fingerprint of the headings"), max_length=64)
    sheet = models.CharField(_("sheet"), max_length=100, blank=True)
    columns = models.JSONField(_("columns"), default=list)
    kbli_edition = models.CharField(_("KBLI edition"), max_length=4, blank=True)
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    chosen_at = models.DateTimeField(_("chosen at"), auto_now=True)

    class Meta:
        verbose_name = _("way of reading columns")
        verbose_name_plural = _("ways of reading columns")
        constraints = [
            models.UniqueConstraint(
                fields=["regency", "kind", "headings_key"],
                name="column_choice_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.regency_id or '*'} {self.kind} {self.headings_key[:8]}"
