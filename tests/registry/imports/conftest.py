"""Sheets on their way through the wizard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from registry.models import IntakeBatch
from registry.services.intake import intake_match_columns, intake_upload
from tests.registry.intake.conftest import make_workbook

HEADINGS = ["Nama Usaha", "NIB", "Kabupaten", "Kecamatan", "Desa", "Nomor HP", "NIK", "KBLI"]
NIK = "3209150101800001"
GOOD = [
    "Batik Sekar", "2103000779772", "Kab. Cirebon", "Plered", "Trusmi Kulon", "0812 3456 7890",
    NIK, "13134",
]  # fmt: skip
SHORT = ["Rotan Jaya", "2103", "Kab. Cirebon", "Weru", "Tegalwangi", None, NIK, None]
ODD = ["Kerupuk Dua", None, "Kab. Cirebon", "Weroe Lor", None, None, NIK, None]
ODDER = ["Tahu Tiga", None, "Kab. Cirebon", "weroe  lor", None, None, NIK, None]
MESSY = [HEADINGS, GOOD, SHORT, ODD, ODDER]
ANSWERS = {"fields": {}, "units": {}, "kbli_edition": "2020", "year": 2025, "remember": True}


@pytest.fixture
def officer(people: dict[str, Any]) -> Any:
    return people["cirebon_staff"]


@pytest.fixture
def take(officer: Any) -> Callable[..., IntakeBatch]:
    """Takes a sheet of rows in, up to the columns."""

    def uploaded(rows: list[list[Any]], *, by: Any = None, name: str = "data.xlsx") -> IntakeBatch:
        batch: IntakeBatch = intake_upload(name=name, content=make_workbook(rows), by=by or officer)
        return batch

    return uploaded


@pytest.fixture
def planned(take: Callable[..., IntakeBatch], officer: Any) -> IntakeBatch:
    """A messy sheet with its plan: one row right, one with an error, two with an odd place."""
    batch = intake_match_columns(batch=take(MESSY), by=officer, **ANSWERS)
    assert batch.state == "review"
    found: IntakeBatch = batch
    return found
