"""What buyers write to firms, and what became of it with each firm.

Rule: the buyer's words and contact are kept until a day that is fixed when they are sent, then
erased; history never holds them. The address of the status page is a secret of which the table has
the hash. Nothing that a buyer sent is thrown away unread: what looks like advertising is held for
an officer.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from promotions.querysets import InquiryFirmQuerySet, InquiryQuerySet
from registry.models import Commodity, Firm, Regency, Unit
from registry.models.base import tracked

# What a row says of where it belongs when it is of no one region: only who reaches all sees it.
EVERY_REGION = "*"
BUYERS_OWN = ("name", "company", "email", "phone", "text")


class InquiryState(models.TextChoices):
    """Where an inquiry, or its copy for one firm, stands."""

    HELD = "held", _("being checked")
    ROUTING = "routing", _("waits for an officer to choose firms")
    SENT = "sent", _("with the firm")
    DESK = "desk", _("with the office")
    ANSWERED = "answered", _("answered")
    CLOSED = "closed", _("closed")


class Suspicion(models.TextChoices):
    """Why a message is held for an officer."""

    TRAP = "trap", _("a field that nobody sees was filled in")
    FAST = "fast", _("sent sooner than anybody types")
    LINK = "link", _("it holds a link")
    WORDS = "words", _("it has words of advertising")
    REPEATED = "repeated", _("the same words came before")


class CloseReason(models.TextChoices):
    """Why the office closed an inquiry; the buyer reads it."""

    SPAM = "spam", _("advertising, not an inquiry")
    UNSUITABLE = "unsuitable", _("the firm can't make this")
    UNREACHED = "unreached", _("the firm could not be reached")
    WITHDRAWN = "withdrawn", _("the buyer no longer needs it")
    DOUBLE = "double", _("asked twice")


class Way(models.TextChoices):
    """How the inquiry gets to the firm."""

    MAIL = "mail", _("by e-mail")
    DESK = "desk", _("told by the office")


def _close_constraint(prefix: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=~Q(state="closed") | ~Q(close_reason=""),
        name=f"{prefix}_closed_with_reason",
        violation_error_message=_("Say why the inquiry is closed: the buyer reads it."),
    )


@tracked(exclude=["token_hash", "content_hash", *BUYERS_OWN])
class Inquiry(models.Model):
    """One message of a buyer: who, what, how much, until when, in which language."""

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    content_hash = models.CharField(max_length=64, editable=False, blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=InquiryState.choices, default=InquiryState.SENT
    )
    held_for = ArrayField(
        models.CharField(max_length=8, choices=Suspicion.choices),
        default=list,
        blank=True,
        verbose_name=_("held because"),
    )
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    name = models.CharField(_("name"), max_length=100, blank=True)
    company = models.CharField(_("company"), max_length=120, blank=True)
    country = models.CharField(_("country"), max_length=2)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    text = models.TextField(_("message"), max_length=1000, blank=True)
    quantity = models.PositiveIntegerField(
        _("quantity"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("unit")
    )
    wanted_on = models.DateField(_("needed in the month of"), null=True, blank=True)
    regency = models.ForeignKey(
        Regency,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("regency or city"),
    )
    commodity = models.ForeignKey(
        Commodity, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("product group")
    )
    site = models.CharField(_("sent on the pages at"), max_length=100, editable=False)
    sent_at = models.DateTimeField(_("sent on"), auto_now_add=True)
    erase_on = models.DateField(_("erased on"))
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True)
    close_reason = models.CharField(
        _("reason"), max_length=10, choices=CloseReason.choices, blank=True
    )
    decided_at = models.DateTimeField(_("decided on"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("decided by"),
    )

    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("inquiry")
        verbose_name_plural = _("inquiries")
        default_related_name = "inquiries"
        ordering = ["sent_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at__isnull=False) | ~Q(email="") | ~Q(phone=""),
                name="inquiry_has_contact",
                violation_error_message=_("Give an e-mail or a WhatsApp number; one is enough."),
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(**dict.fromkeys(BUYERS_OWN, ""), content_hash=""),
                name="inquiry_erased_is_empty",
            ),
            _close_constraint("inquiry"),
        ]
        indexes = [
            models.Index(fields=["state", "sent_at"], name="inquiry_state"),
            models.Index(
                fields=["erase_on"], name="inquiry_erase", condition=Q(erased_at__isnull=True)
            ),
            models.Index(fields=["content_hash", "sent_at"], name="inquiry_content"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What the buyer and the offices call it: P-2026-000123."""
        return f"P-{self.sent_at.year}-{self.pk:06d}"

    @property
    def held_reasons(self) -> list[Promise]:
        """Why it is held, in words."""
        return [Suspicion(each).label for each in self.held_for]

    def policy_regencies(self) -> list[str]:
        """The regions of the firms written to and the one named; without any, every region's."""
        found = set(self.firms.values_list("firm__regency", flat=True)) if self.pk else set()
        if self.regency_id:
            found.add(self.regency_id)
        return sorted(found) or [EVERY_REGION]


@tracked(whole="firm", exclude=["note"])
class InquiryFirm(models.Model):
    """An inquiry as it goes to one firm: how it gets there, and what became of it."""

    inquiry = models.ForeignKey(
        Inquiry, on_delete=models.PROTECT, related_name="firms", verbose_name=_("inquiry")
    )
    firm = models.ForeignKey(Firm, on_delete=models.PROTECT, verbose_name=_("firm"))
    state = models.CharField(
        _("state"), max_length=8, choices=InquiryState.choices, default=InquiryState.SENT
    )
    way = models.CharField(_("way"), max_length=4, choices=Way.choices, default=Way.DESK)
    due_on = models.DateField(_("to be answered until"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("letter sent on"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(_("next try"), null=True, blank=True)
    answered_by_firm = models.BooleanField(_("the firm says so by its card"), null=True, blank=True)
    close_reason = models.CharField(
        _("reason"), max_length=10, choices=CloseReason.choices, blank=True
    )
    note = models.CharField(_("note of the office"), max_length=200, blank=True)
    made_at = models.DateTimeField(_("made on"), auto_now_add=True)
    decided_at = models.DateTimeField(_("decided on"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("decided by"),
    )

    objects = InquiryFirmQuerySet.as_manager()

    class Meta:
        verbose_name = _("inquiry to a firm")
        verbose_name_plural = _("inquiries to firms")
        default_related_name = "inquiries"
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["inquiry", "firm"],
                name="inquiry_once_a_firm",
                violation_error_message=_("This firm already has the inquiry."),
            ),
            models.CheckConstraint(condition=~Q(state="routing"), name="inquiryfirm_is_of_a_firm"),
            models.CheckConstraint(
                condition=Q(state__in=["held", "closed"]) | Q(due_on__isnull=False),
                name="inquiryfirm_has_a_day",
            ),
            _close_constraint("inquiryfirm"),
        ]
        indexes = [
            models.Index(fields=["state", "due_on"], name="inquiryfirm_due"),
            models.Index(
                fields=["next_try_at"],
                name="inquiryfirm_mail",
                condition=Q(state="sent", way="mail", mailed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inquiry.number}: {self.firm}"

    def policy_regencies(self) -> Any:
        """The regency of the firm."""
        return self.firm.policy_regencies()

    @property
    def is_overdue(self) -> bool:
        """Whether the firm has let its days pass; the same as `InquiryFirmQuerySet.overdue`."""
        due = self.due_on
        return self.state == InquiryState.SENT and due is not None and due < timezone.localdate()

    @property
    def said(self) -> Promise:
        """The state in the words of the choices."""
        return InquiryState(self.state).label
