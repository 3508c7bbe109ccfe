"""TKDN-IK as data: the numbers of each regulation, and what firms answered about their product.

Rule: numbers of a regulation stand here with their dates and their source, where an administrator
can change them; what is not known of a regulation is NULL and is shown as "not yet available".
"""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.models.base import tracked
from registry.models.classification import Reference
from registry.models.firms import Firm
from registry.models.parts import FirmPart
from registry.querysets import TkdnRuleQuerySet
from registry.tkdn import Part, Regulation


def _percent(label: Any) -> models.DecimalField:
    return models.DecimalField(
        label,
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )


@tracked()
class TkdnRule(Reference):
    """What one regulation says about TKDN for small industry, as far as it is known."""

    code = models.CharField(_("regulation"), max_length=10, primary_key=True)
    title = models.CharField(_("title"), max_length=200)
    since = models.DateField(_("in force from"), unique=True)
    until = models.DateField(_("in force until"), null=True, blank=True)
    ceiling = models.BigIntegerField(
        _("ceiling of business capital"),
        null=True,
        blank=True,
        help_text=_("Whole rupiah, without land and buildings."),
        validators=[MinValueValidator(0)],
    )
    minimum = _percent(_("minimum to be certified (percent)"))
    material = _percent(_("weight of material (percent)"))
    labour = _percent(_("weight of labour (percent)"))
    overhead = _percent(_("weight of overhead (percent)"))
    development = _percent(_("weight of development (percent)"))
    source = models.CharField(_("source"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)

    objects = TkdnRuleQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("TKDN regulation")
        verbose_name_plural = _("TKDN regulations")
        ordering = ["-since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="tkdn_rule_dates_in_order",
                violation_error_message=_("The regulation can't end before it came into force."),
            ),
            models.CheckConstraint(
                condition=Q(*(Q(**{f"{part.value}__isnull": True}) for part in Part))
                | Q(*(Q(**{f"{part.value}__isnull": False}) for part in Part)),
                name="tkdn_rule_weights_whole",
                violation_error_message=_("Give all four weights, or none of them."),
            ),
        ]

    def __str__(self) -> str:
        return f"Permenperin {self.code}"

    def as_regulation(self) -> Regulation:
        """The same for the pure rules of `registry.tkdn`."""
        weights = {part: getattr(self, part.value) for part in Part}
        return Regulation(
            self.code,
            self.since,
            self.until,
            self.ceiling,
            self.minimum,
            None if None in weights.values() else weights,
        )


def _answer(question: Any, help_text: Any = "") -> models.BooleanField:
    return models.BooleanField(question, null=True, blank=True, help_text=help_text)


@tracked(whole="firm")
class TkdnAnswers(FirmPart):
    """What the firm said about its product; each answer may be unknown."""

    firm = models.OneToOneField(
        Firm, on_delete=models.PROTECT, related_name="tkdn_answers", verbose_name=_("firm")
    )
    made_in_house = _answer(
        _("made by the firm itself"),
        _("No: the product is only packed or repacked here, which is not certified."),
    )
    material = _answer(_("main material from a supplier in Indonesia"))
    labour = _answer(_("permanent workers are Indonesian citizens"))
    overhead = _answer(_("own tools, water and electricity used here"))
    development = _answer(_("brand, SNI, halal or other development of the product"))
    answered_on = models.DateField(_("answered on"), null=True, blank=True)

    class Meta:
        verbose_name = _("answers on TKDN")
        verbose_name_plural = _("answers on TKDN")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @property
    def given(self) -> dict[Part, bool | None]:
        """The answers for the estimate."""
        return {part: getattr(self, part.value) for part in Part}
