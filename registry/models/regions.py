"""Regencies, districts and villages under their Kemendagri codes, loaded as reference data.

The five regencies are rows, not code: another set of regions needs other rows.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.base import tracked
from registry.querysets import ReferenceQuerySet, RegencyQuerySet


class Region(models.Model):
    """What the three levels share; the code is the key, with its dots."""

    code = models.CharField(_("code"), max_length=13, primary_key=True)
    name = models.CharField(_("name"), max_length=80)
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def policy_regencies(self) -> None:
        """Names of places belong to everybody."""
        return


class RegencyKind(models.TextChoices):
    """A city or a regency."""

    KOTA = "kota", _("city")
    KABUPATEN = "kabupaten", _("regency")


@tracked()
class Regency(Region):
    """A kabupaten or kota whose office takes part."""

    bps_code = models.CharField(_("BPS code"), max_length=4, unique=True)
    short_name = models.CharField(_("short name"), max_length=40)
    slug = models.SlugField(_("slug"), unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=RegencyKind.choices)
    position = models.PositiveSmallIntegerField(_("position"), unique=True)
    mark = models.CharField(_("region mark"), max_length=20, blank=True)
    area_km2 = models.DecimalField(_("area (km²)"), max_digits=9, decimal_places=3, null=True)
    population = models.PositiveIntegerField(_("population"), null=True)

    objects = RegencyQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("regency or city")
        verbose_name_plural = _("regencies and cities")
        ordering = ["position"]

    def __str__(self) -> str:
        return self.short_name


@tracked()
class District(Region):
    """A kecamatan."""

    regency = models.ForeignKey(
        Regency, on_delete=models.PROTECT, related_name="districts", verbose_name=_("regency")
    )
    bps_code = models.CharField(_("BPS code"), max_length=7, blank=True)

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        ordering = ["name"]


class VillageKind(models.TextChoices):
    """A desa or a kelurahan."""

    DESA = "desa", _("village (desa)")
    KELURAHAN = "kelurahan", _("urban village (kelurahan)")


@tracked()
class Village(Region):
    """A desa or kelurahan; names repeat, so the district belongs to what people see."""

    district = models.ForeignKey(
        District, on_delete=models.PROTECT, related_name="villages", verbose_name=_("district")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=VillageKind.choices)
    postal_code = models.CharField(_("postal code"), max_length=5, blank=True)

    class Meta:
        verbose_name = _("village")
        verbose_name_plural = _("villages")
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name}, {self.district.name}, {self.district.regency.short_name}"


@tracked()
class NameVariant(models.Model):
    """Another spelling of a district or village, or its former name."""

    code = models.CharField(_("code"), max_length=13)
    variant = models.CharField(_("variant"), max_length=80)
    source = models.CharField(_("source"), max_length=40, blank=True)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("spelling variant")
        verbose_name_plural = _("spelling variants")
        constraints = [
            models.UniqueConstraint(fields=["code", "variant"], name="variant_once"),
        ]

    def __str__(self) -> str:
        return f"{self.variant} ({self.code})"
