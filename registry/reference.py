"""Loads the reference data: regions, KBLI, product groups, units, consent texts, centres.

Rule: the files of `registry/data` are the truth for these tables. Only differences are written, so
that loading again changes nothing and leaves no trace in the history. Centres are the exception:
offices edit them, so a centre that exists is never written over.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pghistory
from django.db import models, transaction
from django.db.models import ProtectedError

from registry.models import (
    Centre,
    CentreFigure,
    CentreVillage,
    Commodity,
    CommodityKbli,
    ConsentText,
    District,
    IndustryGroup,
    KbliCode,
    KbliEdition,
    KbliMapping,
    KbliWord,
    NameVariant,
    Regency,
    Unit,
    Village,
)
from registry.search import fold

DATA = Path(__file__).resolve().parent / "data"
CHUNK = 2000
Fields = dict[str, Any]


@dataclass
class Outcome:
    """What loading did with one table."""

    model: type[models.Model]
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    kept: int = 0  # gone from the file, but something still refers to them


def load_all() -> list[Outcome]:
    """Bring every reference table in line with its file, in one transaction."""
    with transaction.atomic(), pghistory.context(reason="load_reference"):
        outcomes = [sync(model, key, rows()) for model, key, rows in TABLES]
        outcomes.append(add_centres())
    return outcomes


def read(name: str) -> list[dict[str, str]]:
    """The rows of a file of `registry/data`."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sync(model: type[models.Model], key: tuple[str, ...], wanted: Iterable[Fields]) -> Outcome:
    """Add, change and remove rows until the table holds exactly `wanted`."""
    outcome = Outcome(model)
    manager = model._base_manager
    present = {tuple(getattr(row, name) for name in key): row for row in manager.all()}
    new, changed, names = [], [], set()
    for raw in wanted:
        fields = _typed(model, raw)
        row = present.pop(tuple(fields[name] for name in key), None)
        if row is None:
            new.append(model(**fields))
            continue
        differing = {n for n, value in fields.items() if getattr(row, n) != value}
        if not differing:
            outcome.unchanged += 1
            continue
        for name in differing:
            setattr(row, name, fields[name])
        names |= differing
        changed.append(row)
    manager.bulk_create(new, batch_size=CHUNK)
    if changed:
        manager.bulk_update(changed, sorted(names), batch_size=CHUNK)
    outcome.added, outcome.changed = len(new), len(changed)
    for row in present.values():
        try:
            with transaction.atomic():
                row.delete()
            outcome.removed += 1
        except ProtectedError:
            outcome.kept += 1
    return outcome


def _typed(model: type[models.Model], raw: Fields) -> Fields:
    """Text from a file as the table's own types; an empty cell of a nullable column is NULL."""
    fields: Fields = {}
    by_name = {f.name: f for f in model._meta.fields} | {f.attname: f for f in model._meta.fields}
    for name, value in raw.items():
        field = by_name[name]
        if value == "" and field.null:
            fields[name] = None
        elif isinstance(field, models.ForeignKey):
            fields[name] = field.target_field.to_python(value)
        else:
            fields[name] = field.clean(value, None) if value != "" else value
    return fields


def _plain(file: str, **renamed: str) -> Callable[[], list[Fields]]:
    """Rows of a file under the table's names; `renamed` says column=field, "" leaves it out."""

    def rows() -> list[Fields]:
        found = []
        for row in read(file):
            fields = {renamed.get(column, column): value for column, value in row.items()}
            fields.pop("", None)
            found.append(fields)
        return found

    return rows


def _kbli_id(edition: str, code: str) -> str:
    return f"{edition}-{code}" if code else ""


def _kbli_codes() -> list[Fields]:
    words: dict[str, list[str]] = {}
    for row in read("kbli_words.csv"):
        words.setdefault(_kbli_id(row["edition"], row["code"]), []).append(row["word"])
    groups = {
        division: row["slug"]
        for row in read("industry_groups.csv")
        for division in row["divisions"].split()
    }
    found = []
    for row in sorted(read("kbli.csv"), key=lambda r: (r["edition"], _depth(r["level"]))):
        key = _kbli_id(row["edition"], row["code"])
        texts = [row["code"], row["title_id"], row["title_en"], *words.get(key, [])]
        found.append(
            {
                "id": key,
                "edition_id": row["edition"],
                "code": row["code"],
                "level": row["level"],
                "parent_id": _kbli_id(row["edition"], row["parent_code"]),
                "section": row["section"],
                "title_id": row["title_id"],
                "title_en": row["title_en"],
                "group_id": groups.get(row["code"][:2], "") if row["section"] == "C" else "",
                "search": fold(" ".join(texts)),
            }
        )
    return found


def _depth(level: str) -> int:
    return ("section", "division", "group", "class", "subclass").index(level)


def _mappings() -> list[Fields]:
    return [
        {
            "old_id": _kbli_id("2020", row["code_2020"]),
            "new_id": _kbli_id("2025", row["code_2025"]),
            "change": row["change"],
            "basis": row["basis"],
        }
        for row in read("kbli_mapping.csv")
    ]


def _words() -> list[Fields]:
    return [
        {"word": row["word"], "kbli_id": _kbli_id(row["edition"], row["code"])}
        for row in read("kbli_words.csv")
    ]


def _commodity_codes() -> list[Fields]:
    return [
        {"commodity_id": row["commodity_slug"], "kbli_id": _kbli_id(row["edition"], row["code"])}
        for row in read("commodity_kbli.csv")
    ]


_POINT = {"lat": "latitude", "lon": "longitude"}
TABLES: list[tuple[type[models.Model], tuple[str, ...], Callable[[], list[Fields]]]] = [
    (Regency, ("code",), _plain("regencies.csv", province_code="", **_POINT)),
    (District, ("code",), _plain("districts.csv", regency_code="regency_id", **_POINT)),
    (Village, ("code",), _plain("villages.csv", district_code="district_id", **_POINT)),
    (NameVariant, ("code", "variant"), _plain("name_variants.csv")),
    (KbliEdition, ("code",), _plain("kbli_editions.csv")),
    (IndustryGroup, ("slug",), _plain("industry_groups.csv")),
    (KbliCode, ("id",), _kbli_codes),
    (KbliMapping, ("old_id", "new_id"), _mappings),
    (KbliWord, ("word", "kbli_id"), _words),
    (Commodity, ("slug",), _plain("commodities.csv", group_slug="group_id")),
    (CommodityKbli, ("kbli_id",), _commodity_codes),
    (Unit, ("code",), _plain("units.csv", factor_to_base="factor")),
    (ConsentText, ("purpose", "version"), _plain("consent_texts.csv")),
]


def add_centres() -> Outcome:
    """Add the centres that public sources name and the register does not have yet."""
    outcome = Outcome(Centre)
    known = set(Centre.objects.values_list("slug", flat=True))
    for row in read("centres.csv"):
        if row["slug"] in known:
            outcome.unchanged += 1
            continue
        centre = Centre.objects.create(
            name=row["name"],
            slug=row["slug"],
            commodity_id=row["commodity_slug"],
            kbli_id=_kbli_id("2020", row["kbli_2020"]) or None,
            regency_id=row["regency_code"],
            district_id=row["district_code"] or None,
            village_id=row["village_code"] or None,
            latitude=row["lat"] or None,
            longitude=row["lon"] or None,
            source=row["source"],
            source_address=row["source_ref"],
            note=row["note"],
        )
        if row["village_code"]:
            CentreVillage.objects.create(centre=centre, village_id=row["village_code"])
        if row["year"] and (row["units"] or row["workers"]):
            CentreFigure.objects.create(
                centre=centre,
                year=row["year"],
                units=row["units"] or None,
                workers=row["workers"] or None,
                source=row["source"],
            )
        outcome.added += 1
    return outcome
