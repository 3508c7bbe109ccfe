"""What visitors can narrow the catalogue by: OR inside a group, AND between groups.

The names in the address are Indonesian and stay: a filtered list can be shared and printed.
"""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _

from registry.models import Commodity, Firm, IndustryGroup, Regency
from registry.models.certificates import CertificateKind
from registry.querysets import FirmQuerySet

# Certificates a buyer asks for; the others say little to a visitor.
SHOWN_CERTIFICATES = [
    CertificateKind.TKDN_IK,
    CertificateKind.HALAL,
    CertificateKind.PIRT,
    CertificateKind.BPOM_MD,
    CertificateKind.SNI,
    CertificateKind.SVLK,
]


class FirmFilter(filters.FilterSet):
    """Filters of the public list of firms."""

    q = filters.CharFilter(label=_("Search"), method="by_words", max_length=100)
    wilayah = filters.ModelMultipleChoiceFilter(
        label=_("Region"),
        to_field_name="slug",
        queryset=Regency.objects.all(),
        widget=CheckboxSelectMultiple,
        method="by_regency",
    )
    komoditas = filters.ModelMultipleChoiceFilter(
        label=_("Product group"),
        queryset=Commodity.objects.all(),
        widget=CheckboxSelectMultiple,
        method="by_commodity",
    )
    kelompok = filters.ModelMultipleChoiceFilter(
        label=_("Industry group (KBLI)"),
        queryset=IndustryGroup.objects.all(),
        widget=CheckboxSelectMultiple,
        method="by_group",
    )
    sertifikat = filters.MultipleChoiceFilter(
        label=_("Certificate still valid"),
        choices=[(kind.value, kind.label) for kind in SHOWN_CERTIFICATES],
        widget=CheckboxSelectMultiple,
        method="by_certificate",
    )

    class Meta:
        model = Firm
        fields: list[str] = []

    def by_words(self, firms: FirmQuerySet, name: str, value: str) -> FirmQuerySet:
        """Each word in the name, brand, products or place."""
        return firms.matching(value)

    def by_regency(self, firms: FirmQuerySet, name: str, value: Any) -> FirmQuerySet:
        """In one of the regions."""
        return firms.filter(regency__in=value) if value else firms

    def by_commodity(self, firms: FirmQuerySet, name: str, value: Any) -> FirmQuerySet:
        """Making something of one of the product groups."""
        return firms.making(*value) if value else firms

    def by_group(self, firms: FirmQuerySet, name: str, value: Any) -> FirmQuerySet:
        """With the primary activity in one of the industry groups."""
        return firms.in_group(*value) if value else firms

    def by_certificate(self, firms: FirmQuerySet, name: str, value: list[str]) -> FirmQuerySet:
        """With a valid certificate of one of the kinds."""
        return firms.with_certificate(value) if value else firms
