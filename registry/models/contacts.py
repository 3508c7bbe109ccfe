"""The contact log of a firm, and the texts that staff begin a message with.

Rule: an entry of the log is never changed; what turns out otherwise is a new entry. The latest
entry of a firm decides whether it is to be contacted again, and when.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.contacts import check_text
from registry.models.base import tracked
from registry.models.firms import WorkLanguage
from registry.models.parts import FirmPart
from registry.querysets import ContactQuerySet, ReferenceQuerySet


class ContactChannel(models.TextChoices):
    """How the firm was reached for; the values are stored."""

    PHONE = "phone", _("Phone call")
    WHATSAPP = "whatsapp", _("WhatsApp")
    VISIT = "visit", _("Visit")
    OFFICE = "office", _("At the office")
    EMAIL = "email", _("E-mail")


class ContactOutcome(models.TextChoices):
    """What came of it; the values are stored."""

    NO_ANSWER = "no_answer", _("No answer")
    WRONG_NUMBER = "wrong_number", _("The number is not theirs")
    TOLD = "told", _("Told what is needed")
    AGREED = "agreed", _("Agreed on the next step")
    DONE = "done", _("Step done together")
    REFUSED = "refused", _("Does not want it")
    STOPPED = "stopped", _("The firm no longer works")


@tracked(whole="firm")
class Contact(FirmPart):
    """One time that somebody of the office reached for the firm, and what came of it."""

    on = models.DateField(_("day"))
    channel = models.CharField(_("channel"), max_length=10, choices=ContactChannel.choices)
    outcome = models.CharField(_("outcome"), max_length=15, choices=ContactOutcome.choices)
    note = models.CharField(_("note"), max_length=500, blank=True)
    next_on = models.DateField(
        _("contact again on"), null=True, blank=True, help_text=_("Empty when nothing is agreed.")
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    objects = ContactQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        default_related_name = "contacts"
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(next_on__isnull=True) | Q(next_on__gte=F("on")),
                name="contact_next_after_it",
                violation_error_message=_("The next contact can't be before this one."),
            )
        ]
        indexes = [
            models.Index(fields=["firm", "-on", "-id"], name="contact_latest"),
            models.Index(
                fields=["next_on"], name="contact_next", condition=Q(next_on__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}: {self.get_outcome_display()}"


@tracked()
class MessageTemplate(models.Model):
    """The text that a message begins with, of one queue in one language."""

    queue = models.SlugField(_("queue"), max_length=20)
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=WorkLanguage.choices,
        default=WorkLanguage.INDONESIAN,
    )
    body = models.TextField(
        _("text"),
        max_length=1000,
        validators=[check_text],
        help_text=_("{nama}, {langkah}, {wilayah}, {petugas} and {hari} are filled in."),
    )
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("message template")
        verbose_name_plural = _("message templates")
        ordering = ["queue", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["queue", "language"],
                name="message_template_once",
                violation_error_message=_("This queue already has a text in this language."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.queue} ({self.get_language_display()})"

    def policy_regencies(self) -> None:
        """The texts are the same everywhere."""
        return
