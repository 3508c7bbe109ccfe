"""The numbers of what is shown in public."""

from __future__ import annotations

from dataclasses import dataclass

from registry.models import Centre, Firm


@dataclass(frozen=True)
class PublicTotals:
    """What the public pages say of the whole."""

    firms: int
    centres: int


def public_totals() -> PublicTotals:
    """Public firms and centres."""
    return PublicTotals(
        firms=Firm.objects.public().count(), centres=Centre.objects.public().count()
    )
