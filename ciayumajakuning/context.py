"""What every template may ask for: names, sample data, how fresh the data are, whom to write to."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from registry.counts import last_change
from registry.models import Firm

SAMPLE_KEY = "has-sample-firms"
CHANGE_KEY = "last-change"


def _has_sample() -> bool:
    """Asked of the database at most every ten seconds: it changes twice in the life of a site."""
    known: bool | None = cache.get(SAMPLE_KEY)
    if known is None:
        known = Firm.objects.sample().exists()
        cache.set(SAMPLE_KEY, known, 10)
    return known


def data_date() -> dt.datetime | None:
    """When the data last changed; asked of the database at most once a minute."""
    return cache.get_or_set(CHANGE_KEY, last_change, 60)


def site(request: HttpRequest) -> dict[str, Any]:
    """Names are placeholders until the offices choose; the strip warns of invented firms."""
    return {
        "public_name": "Etalase Ciayumajakuning",
        "staff_name": "Ruang Kerja",
        "has_sample": SimpleLazyObject(_has_sample),
        "data_date": data_date,
        "contact_email": settings.CONTACT_EMAIL,
    }
