"""What every template may ask for: the names of the two sides, and whether sample firms are in."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from registry.models import Firm

SAMPLE_KEY = "has-sample-firms"


def _has_sample() -> bool:
    """Asked of the database at most every ten seconds: it changes twice in the life of a site."""
    known: bool | None = cache.get(SAMPLE_KEY)
    if known is None:
        known = Firm.objects.sample().exists()
        cache.set(SAMPLE_KEY, known, 10)
    return known


def site(request: HttpRequest) -> dict[str, Any]:
    """Names are placeholders until the offices choose; the strip warns of invented firms."""
    return {
        "public_name": "Etalase Ciayumajakuning",
        "staff_name": "Ruang Kerja",
        "has_sample": SimpleLazyObject(_has_sample),
    }
