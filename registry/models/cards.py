"""A firm's own card, what the firm proposes by it, and who asked for one.

Rule: a card is a link that only its holder knows: the table keeps the hash of its secret, never the
secret. It opens one firm, until a day, unless the office revokes it before. What a firm proposes
changes nothing until an officer accepts it.
"""

from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models.base import tracked
from registry.models.parts import FirmPart
from registry.querysets import CardQuerySet, CardRequestQuerySet, ProposalQuerySet


class CardWay(models.TextChoices):
    """How a card gets to the firm."""

    LINK = "link", _("link made by an officer")
    PRINT = "print", _("printed")
    MAIL = "mail", _("by e-mail, as asked for on the public page")


@tracked(whole="firm", exclude=["token_hash"])
class FirmCard(FirmPart):
    """One link to the firm's own page. A firm may have several: on paper, in its WhatsApp …"""

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    way = models.CharField(_("way"), max_length=5, choices=CardWay.choices)
    issued_at = models.DateTimeField(_("made on"), auto_now_add=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("made by"),
    )
    expires_on = models.DateField(_("valid until"))
    revoked_at = models.DateTimeField(_("revoked on"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last opened"), null=True, blank=True)

    objects = CardQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("firm card")
        verbose_name_plural = _("firm cards")
        default_related_name = "cards"
        ordering = ["-issued_at", "-id"]

    def __str__(self) -> str:
        return str(self.get_way_display())


class Correction(models.TextChoices):
    """What a firm can propose to correct; nothing else of it."""

    PHONE = "phone", _("phone")
    WHATSAPP = "whatsapp", _("WhatsApp")
    EMAIL = "email", _("e-mail")
    WEBSITE = "website", _("website")
    ADDRESS = "address", _("address")
    VILLAGE = "village", _("village")
    PRODUCTS = "products", _("main products")
    BRAND = "brand", _("brand")
    WORKERS = "workers", _("workers")


class ProposalState(models.TextChoices):
    """What became of a proposal."""

    WAITING = "waiting", _("waits for the officer")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("refused")
    SUPERSEDED = "superseded", _("replaced by a newer one")


@tracked(whole="firm", exclude=["old", "new"])
class ChangeProposal(FirmPart):
    """One correction: which, what stood on record when it was made, and what it should be.

    `old` and `new` hold columns and their values, as `registry.corrections` reads them.
    """

    card = models.ForeignKey(
        FirmCard, on_delete=models.PROTECT, related_name="+", editable=False, verbose_name=_("card")
    )
    what = models.CharField(_("field"), max_length=10, choices=Correction.choices)
    old = models.JSONField(_("on record"), encoder=DjangoJSONEncoder)
    new = models.JSONField(_("proposed"), encoder=DjangoJSONEncoder)
    state = models.CharField(
        _("state"), max_length=10, choices=ProposalState.choices, default=ProposalState.WAITING
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    made_at = models.DateTimeField(_("proposed on"), auto_now_add=True)
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

    objects = ProposalQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("proposed correction")
        verbose_name_plural = _("proposed corrections")
        default_related_name = "proposals"
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["firm", "what"],
                condition=Q(state="waiting"),
                name="proposal_one_waiting",
                violation_error_message=_("A correction of this field already waits."),
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""),
                name="proposal_refused_with_reason",
                violation_error_message=_("Say why the correction is refused: the firm reads it."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "superseded"]) | Q(decided_at__isnull=False),
                name="proposal_decided_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_what_display())


class RequestState(models.TextChoices):
    """What became of the wish for a card."""

    WAITING = "waiting", _("waits for the office")
    MAILED = "mailed", _("link sent by e-mail")
    DONE = "done", _("done")


@tracked(whole="firm")
class CardRequest(FirmPart):
    """Somebody asked on the public page for the firm's card: whoever that is learns nothing."""

    state = models.CharField(
        _("state"), max_length=7, choices=RequestState.choices, default=RequestState.WAITING
    )
    made_at = models.DateTimeField(_("asked on"), auto_now_add=True)
    done_at = models.DateTimeField(_("done on"), null=True, blank=True)

    objects = CardRequestQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("request for a card")
        verbose_name_plural = _("requests for cards")
        default_related_name = "card_requests"
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["firm"], condition=Q(state="waiting"), name="card_request_one_waiting"
            )
        ]

    def __str__(self) -> str:
        return str(self.get_state_display())
