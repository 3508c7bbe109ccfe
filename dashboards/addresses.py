"""Where a number leads: the staff's list of firms under the filters that the number counts by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from registry.counts import MEASURES
from registry.models import Regency


@dataclass(frozen=True)
class Within:
    """What the dashboard is narrowed to: a region, an industry group, both or neither."""

    regency: Regency | None = None
    group: str = ""

    def firms(self, asked: Mapping[str, str], regency: Regency | None = None) -> str:
        """The list of the firms that meet the filters, in `regency` or in the chosen region."""
        region = regency or self.regency
        parts = {
            **({"wilayah": region.slug} if region else {}),
            **({"kelompok": self.group} if self.group else {}),
            **asked,
        }
        return _list(parts)

    def measure(self, name: str, regency: Regency | None = None) -> str:
        """The list of the firms of a measure of `registry.counts`."""
        return self.firms(MEASURES[name], regency)

    @property
    def query(self) -> str:
        """The filters as they stand in the address of the dashboard."""
        parts = {"wilayah": self.regency.slug if self.regency else "", "kelompok": self.group}
        return urlencode({name: value for name, value in parts.items() if value})


def group_and_region(group: str, regency: Regency | None = None) -> str:
    """The list of the firms of a cell of the matrix, of a row or of a column."""
    parts = {"wilayah": regency.slug if regency else "", "kelompok": group}
    return _list({name: value for name, value in parts.items() if value})


def _list(parts: Mapping[str, str]) -> str:
    return f"{reverse('registry:firms')}?{urlencode(parts)}"
