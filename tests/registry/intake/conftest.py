"""Sheets and official lists for the tests of the intake."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.apps import apps
from django.db import connection

from registry.intake import words
from registry.intake.fields import BY_NAME
from registry.intake.interpret import Reference
from registry.intake.places import PlaceIndex

DATA = Path(__file__).resolve().parents[3] / "registry" / "data"

Workbook = Callable[..., bytes]


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def places() -> PlaceIndex:
    """The official places, read from the files that ship with the register."""
    return PlaceIndex(
        [(r["code"], r["name"], r["short_name"], r["kind"]) for r in _rows("regencies.csv")],
        [(r["code"], r["code"][:5], r["name"]) for r in _rows("districts.csv")],
        [(r["code"], r["code"][:8], r["name"]) for r in _rows("villages.csv")],
        [(r["code"], r["variant"]) for r in _rows("name_variants.csv")],
    )


@pytest.fixture(scope="session")
def reference(places: PlaceIndex) -> Reference:
    """All official lists."""
    kbli = _rows("kbli.csv")
    return Reference(
        places=places,
        kbli={
            edition: frozenset(
                r["code"] for r in kbli if r["edition"] == edition and r["level"] == "subclass"
            )
            for edition in ("2020", "2025")
        },
        units=words.unit_table((r["code"], r["name_id"], r["aliases"]) for r in _rows("units.csv")),
    )


def make_workbook(rows: Sequence[Sequence[Any]], sheet: str = "Data IKM") -> bytes:
    """A workbook with one sheet; text stays text, also where it looks like a number.

    The same rows give the same bytes: the file does not say when it was made.
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"strings_to_formulas": False}) as book:
        book.set_properties({"created": datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)})
        page = book.add_worksheet(sheet)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, str):
                    page.write_string(row, column, cell)
                elif cell is not None:
                    page.write(row, column, cell)
    return buffer.getvalue()


@pytest.fixture
def workbook() -> Workbook:
    """Makes a workbook of rows."""
    return make_workbook


@pytest.fixture
def filled() -> Callable[[Sequence[dict[str, Any]]], bytes]:
    """Makes a sheet with the headings of our template, filled with rows by field."""

    def make(rows: Sequence[dict[str, Any]]) -> bytes:
        headings = [field.heading for field in BY_NAME.values()]
        return make_workbook([headings, *([row.get(name) for name in BY_NAME] for row in rows)])

    return make


@pytest.fixture
def holds_anywhere(db: None) -> Callable[[str], bool]:
    """Whether any table of the register has the digits, in any column."""

    def holds(digits: str) -> bool:
        with connection.cursor() as cursor:
            for model in apps.get_app_config("registry").get_models():
                cursor.execute(f'SELECT row_to_json(t)::text FROM "{model._meta.db_table}" t')
                if any(digits in str(row).replace(" ", "") for row in cursor.fetchall()):
                    return True
        return False

    return holds
