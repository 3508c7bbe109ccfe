"""A register with a centre of rattan in Tegalwangi and firms around it."""

from __future__ import annotations

from typing import Any

import pytest

from registry.models import Centre
from registry.services import SYSTEM, centre_members_link
from tests.registry.factories import CIGUGUR, make_firm


@pytest.fixture
def centre(db: None) -> Centre:
    """The centre of Tegalwangi, as public sources name it."""
    return Centre.objects.select_related("commodity").get(slug="rotan-tegalwangi")


@pytest.fixture
def firms(centre: Centre) -> dict[str, Any]:
    """Two members with yearly profiles, two that may belong here, and those that may not."""
    made = {
        "first": make_firm("Rotan Satu", profile={"workers_male": 4, "workers_female": 2}),
        "second": make_firm("Rotan Dua", profile={"production_value": 900_000_000}),
        "third": make_firm("Rotan Tiga"),
        "fourth": make_firm("Rotan Empat"),
        "batik": make_firm("Batik Sana", kbli="2020-13134"),
        "closed": make_firm("Rotan Tutup", status="closed", closed_reason="uji"),
        "far": make_firm("Rotan Jauh", village=CIGUGUR),
        "unknown": make_firm("Tanpa KBLI", kbli=None),
    }
    sites = [made[name].sites.get() for name in ("first", "second")]
    centre_members_link(centre=centre, sites=sites, by=SYSTEM)
    return made
