"""A certificate of a firm or of one of its products, valid by its own dates."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from registry.certification import coded_end, is_halal_decree, parsed
from registry.models.base import PrivateFileField, tracked
from registry.models.parts import FirmPart
from registry.querysets import CertificateQuerySet

# So many days before its end a certificate is told of; the one in the middle is "expiring soon".
EXPIRY_DAYS = (30, 90, 180)
EXPIRING_DAYS = EXPIRY_DAYS[1]


class CertificateKind(models.TextChoices):
    """The certificates the register follows."""

    TKDN_IK = "tkdn_ik", _("TKDN-IK (local content)")
    HALAL = "halal", _("Halal")
    PIRT = "pirt", _("P-IRT (home-industry food)")
    BPOM_MD = "bpom_md", _("BPOM MD")
    SNI = "sni", _("SNI")
    BRAND = "brand", _("Brand (merek)")
    SVLK = "svlk", _("SVLK (legal timber)")
    NUTRITION = "nutrition", _("Nutrition test")
    CURATION = "curation", _("Product curation")
    GREEN = "green", _("Green industry")


# Kinds that are given for some years (domain rules: TKDN-IK and P-IRT for five).
DATED_KINDS = (CertificateKind.TKDN_IK, CertificateKind.PIRT)


class CertificateStatus(models.TextChoices):
    """How far the certificate is; whether it is still valid, its dates tell."""

    APPLIED = "applied", _("Applied for")
    RETURNED = "returned", _("Returned for completion")
    ISSUED = "issued", _("Issued")
    REVOKED = "revoked", _("Revoked")


class Validity(models.TextChoices):
    """The few words of the design for a certificate on a day."""

    VALID = "valid", _("Valid")
    EXPIRING = "expiring", _("Expiring soon")
    EXPIRED = "expired", _("Expired")
    UNKNOWN = "unknown", _("End date not provided")
    NOT_ISSUED = "not_issued", _("Not issued")


_HALAL_DECREE = _(
    "%(value)s is the number of a halal decree (KH), not of a certificate. Write the number that "
    "begins with ID and has 17 digits, from the BPJPH certificate."
)
_ISSUED_LATER = _(
    "The certificate can't have been issued on %(date)s: that day has not come yet. Correct the "
    "date, or choose “Applied for”."
)


@tracked(whole="firm")
class Certificate(FirmPart):
    """A certificate, with number, dates, file, and who paid for it."""

    kind = models.CharField(_("kind"), max_length=10, choices=CertificateKind.choices)
    number = models.CharField(_("number"), max_length=60, blank=True)
    product = models.CharField(
        _("product"), max_length=160, blank=True, help_text=_("TKDN-IK is given per product.")
    )
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=CertificateStatus.choices,
        default=CertificateStatus.ISSUED,
    )
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    open_ended = models.BooleanField(
        _("no end date"), default=False, help_text=_("Halal since 2022, for example.")
    )
    tkdn_percent = models.DecimalField(
        _("TKDN percent"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    # The code of a `TkdnRule`; forms offer those on record, and an older one stays as it is.
    regulation = models.CharField(_("regulation"), max_length=10, blank=True)
    file = PrivateFileField(_("file"))
    issuer = models.CharField(
        _("issuer"),
        max_length=120,
        blank=True,
        help_text=_("The body, where the kind has several."),
    )
    facilitation_program = models.CharField(
        _("programme of facilitation"), max_length=160, blank=True
    )
    facilitated_by = models.CharField(_("paid or arranged by"), max_length=120, blank=True)
    facilitation_year = models.PositiveSmallIntegerField(
        _("year of facilitation"), null=True, blank=True
    )

    objects = CertificateQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        default_related_name = "certificates"
        ordering = ["kind", "-issued_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(issued_on__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("issued_on")),
                name="certificate_dates_in_order",
                violation_error_message=_("The certificate can't end before it was issued."),
            ),
            models.CheckConstraint(
                condition=Q(open_ended=False) | Q(valid_until__isnull=True),
                name="certificate_open_or_dated",
                violation_error_message=_("A certificate without end date has no end date."),
            ),
            models.CheckConstraint(
                condition=Q(open_ended=False) | ~Q(kind__in=DATED_KINDS),
                name="certificate_kind_has_an_end",
                violation_error_message=_(
                    "TKDN-IK and P-IRT always have an end date. Untick “no end date” and give the "
                    "date on the certificate, or leave it empty while it is not known."
                ),
            ),
            models.CheckConstraint(
                condition=Q(tkdn_percent__isnull=True)
                | Q(kind=CertificateKind.TKDN_IK, tkdn_percent__range=(0, 100)),
                name="certificate_percent_is_tkdn",
                violation_error_message=_("A percentage from 0 to 100, and only for TKDN-IK."),
            ),
            models.UniqueConstraint(
                fields=["firm", "kind", "number"],
                condition=~Q(number=""),
                name="certificate_number_once_a_firm",
                violation_error_message=_("The firm already has a certificate with this number."),
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "valid_until"], name="certificate_ends"),
            models.Index(
                fields=["issued_on", "kind"],
                name="certificate_issued",
                condition=Q(status=CertificateStatus.ISSUED),
            ),
            models.Index(
                fields=["valid_until", "id"],
                name="certificate_ends_next",
                include=["firm"],
                condition=Q(status=CertificateStatus.ISSUED),
            ),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, [self.get_kind_display(), self.number]))

    def clean(self) -> None:
        """Keep a number in its canonical form, and refuse that of a halal decree.

        One on record since before stops nobody from saving the rest, but it is never an issued
        certificate. What can't be yet (issued on a day to come) is refused; an end that the number
        itself tells is filled in.
        """
        super().clean()
        issued = self.status == CertificateStatus.ISSUED
        if is_halal_decree(self.kind, self.number) and (issued or not self._is_stored()):
            raise ValidationError({"number": _HALAL_DECREE % {"value": self.number}})
        if issued and self.issued_on and self.issued_on > timezone.localdate():
            day = date_format(self.issued_on, "j M Y")
            raise ValidationError({"issued_on": _ISSUED_LATER % {"date": day}})
        found = parsed(self.kind, self.number)
        if found.problem is None:
            self.number = found.value or ""
        self.fill_end()

    def fill_end(self) -> None:
        """Where no end date is given, take the one that the number tells (P-IRT).

        Every road in calls it: forms and services by `clean`, an intake for each row it adds.
        """
        if self.valid_until is not None or self.open_ended:
            return
        end = coded_end(self.kind, self.number, timezone.localdate())
        if end and not (self.issued_on and self.issued_on > end):
            self.valid_until = end

    def get_regulation_display(self) -> str:
        """The regulation as certificates name it."""
        return f"Permenperin {self.regulation}" if self.regulation else ""

    def _is_stored(self) -> bool:
        same = type(self)._base_manager.filter(pk=self.pk, kind=self.kind, number=self.number)
        return bool(self.pk and same.exists())

    def validity(self, on: dt.date) -> Validity:
        """The state on a day; `CertificateQuerySet.valid_on` is the same rule for queries."""
        if self.status != CertificateStatus.ISSUED or (self.issued_on and self.issued_on > on):
            return Validity.NOT_ISSUED
        if self.open_ended:
            return Validity.VALID
        if self.valid_until is None:
            return Validity.UNKNOWN
        if self.valid_until < on:
            return Validity.EXPIRED
        if self.valid_until <= on + dt.timedelta(days=EXPIRING_DAYS):
            return Validity.EXPIRING
        return Validity.VALID
