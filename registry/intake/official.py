"""The official lists as the intake needs them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from registry.intake.places import PlaceIndex


@dataclass(frozen=True, slots=True)
class Reference:
    """Places, codes of KBLI by edition, spellings of units."""

    places: PlaceIndex
    kbli: Mapping[str, frozenset[str]]
    units: Mapping[str, str]
