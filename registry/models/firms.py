"""A firm: who it is, where it is, how it is reached. What else describes it stands in `parts`.

Unknown is NULL (numbers, dates, yes/no) or an empty text, and never 0 or "no". A size class is
nowhere stored: `registry.sizing` computes it from these inputs.
"""

from __future__ import annotations

import datetime as dt

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from registry import validators
from registry.completeness import own_facts
from registry.models.base import Placed, place_constraints, point_constraint, tracked
from registry.querysets import FirmQuerySet


class LegalForm(models.TextChoices):
    """The legal forms that sheets and NIB documents name."""

    PT = "pt", _("PT (limited company)")
    PT_PERORANGAN = "pt_perorangan", _("PT Perorangan (one-person company)")
    CV = "cv", _("CV (limited partnership)")
    UD = "ud", _("UD (trading business)")
    PD = "pd", _("PD (trading house)")
    PO = "po", _("PO (sole owner)")
    FIRMA = "firma", _("Firma (partnership)")
    KOPERASI = "koperasi", _("Cooperative")
    KUB = "kub", _("KUB (joint business group)")
    YAYASAN = "yayasan", _("Foundation")
    PERORANGAN = "perorangan", _("Individual")


# Bodies that an office may publish under its own decision; the others are persons.
LEGAL_ENTITIES = frozenset({LegalForm.PT, LegalForm.CV, LegalForm.KOPERASI})


class FirmStatus(models.TextChoices):
    """Whether the firm works, as far as the office knows."""

    ACTIVE = "active", _("Active")
    UNVERIFIED = "unverified", _("Not yet verified")
    INACTIVE = "inactive", _("Not working at present")
    CLOSED = "closed", _("Closed")


class DataState(models.TextChoices):
    """How far the office vouches for the data: three states, none of them more than it says."""

    LISTED = "terdaftar", _("Listed")
    REVIEWED = "diperiksa", _("Reviewed")
    VERIFIED = "terverifikasi", _("Verified")


class SeenDocument(models.TextChoices):
    """The document that an officer saw when verifying a firm."""

    NIB = "nib", _("NIB document")
    DEED = "deed", _("deed of the body")
    CERTIFICATE = "certificate", _("certificate (TKDN, halal, P-IRT …)")
    SIINAS = "siinas", _("proof of the SIINas account")
    OTHER = "other", _("other document of an authority")


class NibScale(models.TextChoices):
    """The scale printed on the NIB: an input as reported, not our classification."""

    MICRO = "micro", _("Micro")
    SMALL = "small", _("Small")
    MEDIUM = "medium", _("Medium")
    LARGE = "large", _("Large")


class Confirmation(models.TextChoices):
    """How the office last confirmed the firm's data; what the firm says itself stands apart."""

    VISIT = "visit", _("visit")
    PHONE = "phone", _("phone or WhatsApp")
    OFFICE = "office", _("at the office")
    SHEET = "sheet", _("from a sheet")


class WorkLanguage(models.TextChoices):
    """Languages that firms of the five regions work in."""

    INDONESIAN = "id", _("Indonesian")
    JAVANESE = "jv", _("Javanese (Cirebon, Indramayu)")
    SUNDANESE = "su", _("Sundanese")


# Confirmations in which somebody of the office spoke with the firm or read its papers.
REVIEWING = frozenset({Confirmation.VISIT, Confirmation.PHONE, Confirmation.OFFICE})

_SEARCH = """
    NEW.search := registry_fold(concat_ws(' ', NEW.name, NEW.brand, NEW.products,
        (SELECT name FROM registry_village WHERE code = NEW.village_id),
        (SELECT name FROM registry_district WHERE code = NEW.district_id),
        (SELECT name FROM registry_regency WHERE code = NEW.regency_id)));
    NEW.search_staff := btrim(concat_ws(' ', NEW.search, NEW.nib, NULLIF(NEW.phone, ''),
        NULLIF(replace(NEW.phone, '+62', '0'), '')));
    NEW.name_key := registry_key(NEW.name);
    NEW.blocks := registry_blocks(NEW.name_key, NEW.village_id, NEW.district_id);
    RETURN NEW;
"""


@tracked(exclude=["search", "search_staff", "name_key", "blocks", "own_facts"])
class Firm(Placed):
    """A firm of the register; it belongs to the regency of its address."""

    name = models.CharField(
        _("firm name"), max_length=160, help_text=_("Without PT, CV or UD: that is the legal form.")
    )
    legal_form = models.CharField(
        _("legal form"), max_length=15, choices=LegalForm.choices, blank=True
    )
    brand = models.CharField(_("brand"), max_length=120, blank=True)
    products = models.CharField(
        _("main products"), max_length=250, blank=True, help_text=_("In everyday words.")
    )
    nib = models.CharField(
        _("NIB"),
        max_length=13,
        null=True,
        blank=True,
        unique=True,
        validators=[validators.validate_nib],
        help_text=_("13 digits; spaces and dots are taken out."),
        error_messages={"unique": _("This NIB already belongs to another firm.")},
    )
    scale_on_nib = models.CharField(
        _("scale printed on the NIB"), max_length=10, choices=NibScale.choices, blank=True
    )
    npwp = models.CharField(
        _("NPWP"),
        max_length=16,
        blank=True,
        validators=[validators.validate_npwp],
        help_text=_(
            "15 digits, or 16 that begin with 0. A personal 16-digit NPWP is a NIK and is not kept."
        ),
    )
    address = models.CharField(_("address"), max_length=250, blank=True)
    latitude = models.DecimalField(
        _("latitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=8, decimal_places=5, null=True, blank=True
    )
    phone = models.CharField(
        _("phone"), max_length=16, blank=True, validators=[validators.validate_phone]
    )
    whatsapp = models.CharField(
        _("WhatsApp"), max_length=16, blank=True, validators=[validators.validate_phone]
    )
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), blank=True)
    work_language = models.CharField(
        _("language of work"),
        max_length=2,
        choices=WorkLanguage.choices,
        blank=True,
        help_text=_("What messages to the firm are written in. Empty: Indonesian."),
    )
    start_year = models.PositiveSmallIntegerField(
        _("start year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1800), MaxValueValidator(2100)],
    )
    status = models.CharField(
        _("status"), max_length=10, choices=FirmStatus.choices, default=FirmStatus.ACTIVE
    )
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    closed_reason = models.CharField(_("reason for closing"), max_length=200, blank=True)
    data_year = models.PositiveSmallIntegerField(
        _("data year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1990), MaxValueValidator(2100)],
        help_text=_("The year that the data describe."),
    )
    source = models.CharField(_("source"), max_length=120, blank=True)
    confirmed_on = models.DateField(_("last confirmed on"), null=True, blank=True)
    confirmed_how = models.CharField(
        _("confirmed how"), max_length=10, choices=Confirmation.choices, blank=True
    )
    # By its card. It says that the data are right; that the office looked at them it does not.
    self_confirmed_on = models.DateField(
        _("confirmed by the firm itself on"), null=True, blank=True, editable=False
    )
    verified_on = models.DateField(_("verified on"), null=True, blank=True, editable=False)
    verified_document = models.CharField(
        _("document seen"), max_length=12, choices=SeenDocument.choices, blank=True, editable=False
    )
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("verified by"),
    )
    notes = models.TextField(_("notes"), blank=True)
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)
    own_facts = models.GeneratedField(
        expression=own_facts(), output_field=models.IntegerField(), db_persist=True
    )
    search = models.TextField(editable=False, default="")
    search_staff = models.TextField(editable=False, default="")
    name_key = models.TextField(editable=False, default="")
    blocks = SearchVectorField(editable=False, default="")
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        verbose_name=_("merged into"),
    )

    objects = FirmQuerySet.as_manager()

    class Meta:
        verbose_name = _("firm")
        verbose_name_plural = _("firms")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(nib__isnull=True) | Q(nib__regex=r"^[0-9]{13}$"),
                name="firm_nib_13_digits",
                violation_error_message=_("NIB must have 13 digits."),
            ),
            models.CheckConstraint(
                condition=Q(npwp="") | Q(npwp__regex=r"^([0-9]{15}|0[0-9]{15})$"),
                name="firm_npwp_not_a_nik",
                violation_error_message=_(
                    "NPWP must have 15 digits, or 16 that begin with 0. A personal 16-digit NPWP "
                    "is a NIK and is not kept."
                ),
            ),
            models.CheckConstraint(
                condition=Q(phone="") | Q(phone__regex=r"^\+62[1-9][0-9]{7,12}$"),
                name="firm_phone_e164",
                violation_error_message=_("The phone number is not an Indonesian number."),
            ),
            models.CheckConstraint(
                condition=~Q(status=FirmStatus.CLOSED) | ~Q(closed_reason=""),
                name="firm_closed_with_reason",
                violation_error_message=_("A firm is closed with a reason."),
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="firm_has_name",
                violation_error_message=_("The firm needs a name."),
            ),
            models.CheckConstraint(
                condition=Q(verified_on__isnull=True, verified_document="")
                | (Q(verified_on__isnull=False) & ~Q(verified_document="")),
                name="firm_verified_by_document",
                violation_error_message=_("A firm is verified by a document, on a day."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=models.F("id")),
                name="firm_not_merged_into_itself",
            ),
            *place_constraints("firm"),
            point_constraint("firm"),
        ]
        indexes = [
            GinIndex(fields=["search_staff"], name="firm_search_staff", opclasses=["gin_trgm_ops"]),
            GinIndex(fields=["blocks"], name="firm_blocks"),
            # Lists and their counts leave merged firms out, and so need nothing but these.
            *(
                models.Index(fields=fields, name=name, condition=Q(merged_into__isnull=True))
                for name, fields in (
                    ("firm_standing_regency_name", ["regency", "name", "id"]),
                    ("firm_standing_name", ["name", "id"]),
                )
            ),
            models.Index(fields=["-own_facts", "name", "id"], name="firm_completeness"),
            models.Index(fields=["phone"], name="firm_phone", condition=~Q(phone="")),
            models.Index(fields=["whatsapp"], name="firm_whatsapp", condition=~Q(whatsapp="")),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="firm_search",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf(
                    "name",
                    "brand",
                    "products",
                    "village_id",
                    "district_id",
                    "regency_id",
                    "nib",
                    "phone",
                ),
                func=_SEARCH,
            )
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """The name as people write it: with the legal form before it where it is one."""
        shown = {"pt": "PT", "pt_perorangan": "PT", "cv": "CV", "ud": "UD", "pd": "PD", "po": "PO"}
        words = {"firma": "Firma", "koperasi": "Koperasi", "kub": "KUB", "yayasan": "Yayasan"}
        form = (shown | words).get(self.legal_form)
        return f"{form} {self.name}" if form else self.name

    @property
    def is_legal_entity(self) -> bool:
        """Whether the firm is a body and not a person."""
        return self.legal_form in LEGAL_ENTITIES

    @property
    def data_state(self) -> DataState:
        """How far the office vouches for the data."""
        if self.verified_on is not None:
            return DataState.VERIFIED
        if self.confirmed_on is not None and self.confirmed_how in REVIEWING:
            return DataState.REVIEWED
        return DataState.LISTED

    @property
    def state_on(self) -> dt.date | None:
        """The day of the state; being listed has none."""
        days = {DataState.VERIFIED: self.verified_on, DataState.REVIEWED: self.confirmed_on}
        return days.get(self.data_state)

    @property
    def last_confirmed_on(self) -> dt.date | None:
        """The last day on which the office or the firm itself said that the data are right."""
        return max(filter(None, (self.confirmed_on, self.self_confirmed_on)), default=None)

    @property
    def is_public(self) -> bool:
        """Whether everybody may see it now."""
        return bool(Firm.objects.public().filter(pk=self.pk).exists())

    @property
    def asks_not_to_be_shown(self) -> bool:
        """Whether its wish not to be shown is in force."""
        return bool(self.objections.in_force().exists())

    @property
    def slug(self) -> str:
        """The readable part of the firm's address on the site."""
        return slugify(self.full_name) or "usaha"

    def get_absolute_url(self) -> str:
        """The firm's public page."""
        return reverse("promotions:firm", kwargs={"slug": self.slug, "pk": self.pk})

    def policy_regencies(self) -> list[str]:
        """The regency of the address; a merged firm is nobody's, so nothing of it can change."""
        return [] if self.merged_into_id else [self.regency_id]
