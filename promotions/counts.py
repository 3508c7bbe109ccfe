"""The numbers of what is shown in public."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from registry.models import Centre, Firm
from registry.models.certificates import CertificateKind

# What the home page calls "certified": the two that public buyers and shops ask for first.
CERTIFIED = [CertificateKind.TKDN_IK, CertificateKind.HALAL]


@dataclass(frozen=True)
class PublicTotals:
    """What the public pages say of the whole."""

    by_regency: dict[str, int]
    certified: int
    centres: int

    @property
    def firms(self) -> int:
        """All public firms."""
        return sum(self.by_regency.values())


def public_totals() -> PublicTotals:
    """Public firms by regency, those with a valid TKDN or halal certificate, and centres."""
    public = Firm.objects.public()
    by_regency = public.order_by().values_list("regency").annotate(n=Count("pk"))
    return PublicTotals(
        by_regency=dict(by_regency),
        certified=public.with_certificate(CERTIFIED).count(),
        centres=Centre.objects.public().count(),
    )
