"""What visitors can narrow the catalogue by: OR inside a group, AND between groups.

One `Facet` is one group of the filter panel: how its values narrow the list, and how many firms
each value has. Both stand beside each other so that a count is always the list behind it. The
names in the address are Indonesian and stay: a filtered list can be shared and printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, FilteredRelation, Q, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.models import Certificate
from registry.models.certificates import CertificateKind
from registry.querysets import FirmQuerySet, data_states

# Certificates a buyer asks for; the others say little to a visitor.
SHOWN_CERTIFICATES = [
    CertificateKind.TKDN_IK,
    CertificateKind.HALAL,
    CertificateKind.PIRT,
    CertificateKind.BPOM_MD,
    CertificateKind.SNI,
    CertificateKind.SVLK,
]

# What is asked of each group: its name in the address, and the ticked values.
Asked = Mapping[str, Sequence[str]]
Counted = Iterable[tuple[str | None, int]]


@dataclass(frozen=True)
class Facet:
    """A group of the filter panel."""

    name: str
    label: Promise
    narrow: Callable[[FirmQuerySet, Sequence[str]], FirmQuerySet]
    # Value and number of firms, by one grouped query.
    tally: Callable[[FirmQuerySet], Counted]
    # Groups that lie inside this one: they are left out too when its values are counted.
    inner: tuple[str, ...] = ()
    # What a chip calls it, where the label is long.
    short: Promise | None = None


def narrowed(firms: FirmQuerySet, asked: Asked, q: str = "") -> FirmQuerySet:
    """The firms with each word of `q`, and of each group one of its values; empty asks nothing."""
    firms = firms.matching(q)
    for facet in FACETS:
        if values := list(asked.get(facet.name, ())):
            firms = facet.narrow(firms, values)
    return firms


def _by_region(firms: FirmQuerySet, slugs: Sequence[str]) -> FirmQuerySet:
    return firms.filter(regency__slug__in=slugs)


def _by_district(firms: FirmQuerySet, codes: Sequence[str]) -> FirmQuerySet:
    return firms.filter(district__in=codes)


def _by_commodity(firms: FirmQuerySet, slugs: Sequence[str]) -> FirmQuerySet:
    return firms.making(*slugs)


def _by_certificate(firms: FirmQuerySet, kinds: Sequence[str]) -> FirmQuerySet:
    return firms.with_certificate(list(kinds))


def _by_state(firms: FirmQuerySet, states: Sequence[str]) -> FirmQuerySet:
    return firms.in_state(*states)


def _by_group(firms: FirmQuerySet, slugs: Sequence[str]) -> FirmQuerySet:
    return firms.in_group(*slugs)


def _by_centre(firms: FirmQuerySet, slugs: Sequence[str]) -> FirmQuerySet:
    return firms.at_centre(*slugs)


def _grouped(path: str, *, distinct: bool = False) -> Callable[[FirmQuerySet], Counted]:
    def tally(firms: FirmQuerySet) -> Counted:
        return firms.order_by().values_list(path).annotate(n=Count("pk", distinct=distinct))

    return tally


def _grouped_by_industry(firms: FirmQuerySet) -> Counted:
    primary = FilteredRelation("activities", condition=Q(activities__is_primary=True))
    counted: Any = firms.alias(main_activity=primary).order_by()
    return counted.values_list("main_activity__kbli__group").annotate(n=Count("pk"))


def _grouped_by_state(firms: FirmQuerySet) -> Counted:
    states = [When(condition, then=Value(state)) for state, condition in data_states().items()]
    counted: Any = firms.order_by().annotate(data=Case(*states, output_field=CharField()))
    return counted.values_list("data").annotate(n=Count("pk"))


def _grouped_by_certificate(firms: FirmQuerySet) -> Counted:
    valid = Certificate.objects.filter(kind__in=SHOWN_CERTIFICATES).valid_on()
    counted: Any = valid.filter(firm__in=firms.order_by().values("pk")).order_by()
    return counted.values_list("kind").annotate(n=Count("firm", distinct=True))


FACETS = (
    Facet("wilayah", _("Region"), _by_region, _grouped("regency__slug"), inner=("kecamatan",)),
    Facet("kecamatan", _("District"), _by_district, _grouped("district")),
    Facet(
        "komoditas",
        _("Product group"),
        _by_commodity,
        _grouped("activities__kbli__commodity_of__commodity", distinct=True),
    ),
    Facet(
        "sertifikat",
        _("Certificate still valid"),
        _by_certificate,
        _grouped_by_certificate,
        short=_("Certificate"),
    ),
    Facet("keadaan", _("State of the data"), _by_state, _grouped_by_state),
    Facet(
        "kelompok",
        _("Industry group (KBLI)"),
        _by_group,
        _grouped_by_industry,
        short=_("Industry group"),
    ),
    Facet(
        "sentra",
        _("Industry centre"),
        _by_centre,
        _grouped("sites__centre__slug", distinct=True),
    ),
)
