"""Work of the register in the background: short tasks that may run twice without harm."""

from __future__ import annotations

from django_q.tasks import async_task

from registry.models import District, Firm, Regency
from registry.services import pairs_refresh


def sweep_duplicates() -> int:
    """Every night: one short task a district, and one a regency for firms without a district."""
    districts = list(District.objects.values_list("pk", flat=True))
    regencies = list(Regency.objects.values_list("pk", flat=True))
    for code in [*districts, *regencies]:
        async_task("registry.tasks.sweep_place", code)
    return len(districts) + len(regencies)


def sweep_place(code: str) -> int:
    """Look for duplicates of the firms of a district, or of a regency where none is known."""
    in_district = Firm.objects.filter(district=code)
    in_regency = Firm.objects.filter(regency=code, district__isnull=True)
    return pairs_refresh(in_district | in_regency)
