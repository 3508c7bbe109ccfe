"""What a firm allowed, purpose by purpose, and what an office decided in its place.

Nothing of a firm is public without a consent in force. The one exception is a regency's recorded
decision to publish bodies (PT, CV, cooperatives); a firm that withdrew its consent stays hidden
all the same. Basis: UU 27/2022 on personal data (valid consent, withdrawal).
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from registry.models.base import PrivateFileField, tracked
from registry.models.parts import FirmPart
from registry.querysets import ConsentQuerySet, PublicationQuerySet, ReferenceQuerySet


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
