"""What visitors can narrow the catalogue by: OR inside a group, AND between groups.

The names in the address are Indonesian and stay: a filtered list can be shared and printed.
"""

from __future__ import annotations

from collections.abc import Iterable
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


def narrowed(
    firms: FirmQuerySet,
    *,
    q: str = "",
    wilayah: Iterable[str] = (),
    komoditas: Iterable[str] = (),
    kelompok: Iterable[str] = (),
    sertifikat: Iterable[str] = (),
) -> FirmQuerySet:
    """The firms with each word of `q`, and of each group one of its values; empty asks nothing."""
    firms = firms.matching(q)
    if slugs := list(wilayah):
        firms = firms.filter(regency__slug__in=slugs)
    if slugs := list(komoditas):
        firms = firms.making(*slugs)
    if slugs := list(kelompok):
        firms = firms.in_group(*slugs)
    if kinds := list(sertifikat):
        firms = firms.with_certificate(kinds)
    return firms


class FirmFilter(filters.FilterSet):
    """Filters of the public list of firms; `narrowed` is the rule."""

    q = filters.CharFilter(label=_("Search"), max_length=100)
    wilayah = filters.ModelMultipleChoiceFilter(
        label=_("Region"),
        to_field_name="slug",
        queryset=Regency.objects.all(),
        widget=CheckboxSelectMultiple,
    )
    komoditas = filters.ModelMultipleChoiceFilter(
        label=_("Product group"), queryset=Commodity.objects.all(), widget=CheckboxSelectMultiple
    )
    kelompok = filters.ModelMultipleChoiceFilter(
        label=_("Industry group (KBLI)"),
        queryset=IndustryGroup.objects.all(),
        widget=CheckboxSelectMultiple,
    )
    sertifikat = filters.MultipleChoiceFilter(
        label=_("Certificate still valid"),
        choices=[(kind.value, kind.label) for kind in SHOWN_CERTIFICATES],
        widget=CheckboxSelectMultiple,
    )

    class Meta:
        model = Firm
        fields: list[str] = []

    def filter_queryset(self, queryset: FirmQuerySet) -> FirmQuerySet:
        """The rule, with the values that the form found good."""
        good: dict[str, Any] = self.form.cleaned_data
        return narrowed(
            queryset,
            q=good.get("q") or "",
            wilayah=[regency.slug for regency in good.get("wilayah") or ()],
            komoditas=[commodity.pk for commodity in good.get("komoditas") or ()],
            kelompok=[group.pk for group in good.get("kelompok") or ()],
            sertifikat=good.get("sertifikat") or (),
        )
