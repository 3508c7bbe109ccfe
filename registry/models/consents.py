"""What a firm allowed, purpose by purpose, and what an office decided in its place.

Nothing of a firm is public without a consent in force. The one exception is a regency's recorded
decision to publish bodies (PT, CV, cooperatives); a firm that withdrew its consent, or asked not
to be shown, stays hidden all the same. Basis: UU 27/2022 on personal data (valid consent, its
withdrawal, objection).
"""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from registry.models.base import PrivateFileField, tracked
from registry.models.parts import FirmPart
from registry.querysets import (
    ConsentQuerySet,
    ObjectionQuerySet,
    PublicationQuerySet,
    ReferenceQuerySet,
)


class Purpose(models.TextChoices):
    """What a consent is for; each is given and withdrawn by itself."""

    CATALOGUE = "catalogue", _("Shown in the catalogue")
    WHATSAPP = "whatsapp", _("Phone and WhatsApp shown")
    EXACT_LOCATION = "exact_location", _("Exact location shown")
    SIINAS_BADGE = "siinas_badge", _("SIINas badge shown")


class Channel(models.TextChoices):
    """How the firm said so."""

    PAPER = "paper", _("signed paper")
    WHATSAPP = "whatsapp", _("WhatsApp message")
    OFFICE = "office", _("at the office")
    VISIT = "visit", _("during a visit")
    CARD = "card", _("the firm's own card")


@tracked()
class ConsentText(models.Model):
    """The words a firm agrees to. A version is never changed: a new one is added."""

    purpose = models.CharField(_("purpose"), max_length=15, choices=Purpose.choices)
    version = models.PositiveSmallIntegerField(_("version"))
    effective_on = models.DateField(_("effective on"))
    body_id = models.TextField(_("text (Indonesian)"))
    body_en = models.TextField(_("text (English)"))

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
        ordering = ["purpose", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["purpose", "version"], name="consent_text_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} v{self.version}"

    @property
    def body(self) -> str:
        """The text in the language of the reader."""
        return self.body_en if (get_language() or "id").startswith("en") else self.body_id

    def policy_regencies(self) -> None:
        """The words are the same everywhere."""
        return


@tracked(whole="firm")
class Consent(FirmPart):
    """One consent for one purpose: which words, when, how, recorded by whom, and its end."""

    purpose = models.CharField(_("purpose"), max_length=15, choices=Purpose.choices)
    text = models.ForeignKey(
        ConsentText, on_delete=models.PROTECT, related_name="+", verbose_name=_("text version")
    )
    given_on = models.DateField(_("given on"))
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    paper = PrivateFileField(_("signed paper (scan)"))
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)

    objects = ConsentQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        default_related_name = "consents"
        ordering = ["purpose", "-given_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["firm", "purpose"],
                condition=Q(withdrawn_on__isnull=True),
                name="consent_one_in_force",
                violation_error_message=_("A consent for this purpose is already in force."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("given_on")),
                name="consent_dates_in_order",
                violation_error_message=_("A consent can't be withdrawn before it was given."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_purpose_display())

    def clean(self) -> None:
        """Days have been; the words are of this purpose, and held on the day of giving."""
        not_yet_come(self, "given_on", "withdrawn_on")
        text = self.text if self.text_id else None
        if text and text.purpose != self.purpose:
            raise ValidationError(
                {
                    "text": _("%(text)s is a text for another purpose. Choose one for “%(for)s”.")
                    % {"text": text, "for": self.get_purpose_display()}
                }
            )
        if text and self.given_on and self.given_on < text.effective_on:
            raise ValidationError(
                {
                    "text": _(
                        "%(text)s holds since %(since)s, so it can't have been signed on %(date)s. "
                        "Choose the version that was on the paper."
                    )
                    % {
                        "text": text,
                        "since": date_format(text.effective_on, "j M Y"),
                        "date": date_format(self.given_on, "j M Y"),
                    }
                }
            )


def not_yet_come(row: models.Model, *names: str) -> None:
    """Refuse a day on which something is said to have happened, and that is still to come."""
    for name in names:
        day = getattr(row, name)
        if day and day > timezone.localdate():
            label = row._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            raise ValidationError(
                {
                    name: _("%(what)s: %(date)s has not come yet. Give the day on which it was.")
                    % {"what": str(label).capitalize(), "date": date_format(day, "j M Y")}
                }
            )


class ObjectionWay(models.TextChoices):
    """How the firm said that it does not want to be shown."""

    LETTER = "letter", _("letter or e-mail")
    PHONE = "phone", _("phone")
    WHATSAPP = "whatsapp", _("WhatsApp message")
    OFFICE = "office", _("at the office")
    VISIT = "visit", _("during a visit")
    CARD = "card", _("the firm's own card")


@tracked(whole="firm")
class Objection(FirmPart):
    """The firm asked not to be shown: it beats the office's decision on bodies until it is lifted.

    Whoever objects need not say why. Basis: UU 27/2022, the right to object and to withdraw.
    """

    said_on = models.DateField(_("said on"))
    way = models.CharField(_("way"), max_length=10, choices=ObjectionWay.choices)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    lifted_on = models.DateField(_("taken back on"), null=True, blank=True)

    objects = ObjectionQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("objection to being shown")
        verbose_name_plural = _("objections to being shown")
        default_related_name = "objections"
        ordering = ["-said_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["firm"],
                condition=Q(lifted_on__isnull=True),
                name="objection_one_in_force",
                violation_error_message=_("The firm has asked already not to be shown."),
            ),
            models.CheckConstraint(
                condition=Q(lifted_on__isnull=True) | Q(lifted_on__gte=F("said_on")),
                name="objection_dates_in_order",
                violation_error_message=_("It can't be taken back before it was said."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_way_display())

    def clean(self) -> None:
        """The days have been."""
        not_yet_come(self, "said_on", "lifted_on")


@tracked()
class PublicationDecision(models.Model):
    """An office's decision to publish bodies of its regency without asking each. Off by default."""

    regency = models.ForeignKey(
        "registry.Regency", on_delete=models.PROTECT, related_name="+", verbose_name=_("regency")
    )
    number = models.CharField(_("number of the decision"), max_length=80)
    decided_on = models.DateField(_("decided on"))
    reason = models.TextField(_("reason"))
    paper = PrivateFileField(_("decision (scan)"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication decision")
        verbose_name_plural = _("publication decisions")
        ordering = ["-decided_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["regency"],
                condition=Q(revoked_on__isnull=True),
                name="publication_one_in_force",
                violation_error_message=_("The regency already has a decision in force."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.regency}: {self.number}"

    def policy_regencies(self) -> list[str]:
        """The regency that decided."""
        return [self.regency_id]
