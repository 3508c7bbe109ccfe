"""Loads the reference data: regions, KBLI, product groups, units, consent texts, centres.

Rule: the files of `registry/data` are the truth for these tables. Only differences are written, so
that loading again changes nothing and leaves no trace in the history. Two exceptions: offices edit
centres and the texts of messages, so one that exists is never written over; and a consent text that
a firm agreed to keeps its words, whatever the file says (a new wording is a new version).
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pghistory
from django.db import models, transaction
from django.db.models import F, ProtectedError, RestrictedError

from registry.models import (
    Centre,
    CentreFigure,
    CentreVillage,
    Commodity,
    CommodityKbli,
    Consent,
    ConsentText,
    District,
    IndustryGroup,
    KbliCode,
    KbliEdition,
    KbliMapping,
    KbliWord,
    MessageTemplate,
    NameVariant,
    Regency,
    Unit,
    Village,
)
from registry.search import fold

DATA = Path(__file__).resolve().parent / "data"
CHUNK = 2000
ASIDE = 10_000  # beyond every position in use
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
    agreed: int = 0  # consent texts whose words changed in the file after firms agreed to them
    gone: list[models.Model] = field(default_factory=list)


def load_all() -> list[Outcome]:
    """Bring every reference table in line with its file, in one transaction."""
    with transaction.atomic(), pghistory.context(reason="load_reference"):
        outcomes = [sync(model, key, rows()) for model, key, rows in TABLES]
        for outcome in reversed(outcomes):  # villages before their district
            _remove(outcome)
        outcomes += [add_centres(), add_texts()]
    return outcomes


def read(name: str) -> list[dict[str, str]]:
    """The rows of a file of `registry/data`."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sync(model: type[models.Model], key: tuple[str, ...], wanted: Iterable[Fields]) -> Outcome:
    """Add and change rows until the table holds `wanted`; rows that it lacks stand in `gone`."""
    outcome = Outcome(model)
    manager = model._base_manager
    rows = [_typed(model, raw) for raw in wanted]
    present = {tuple(getattr(row, name) for name in key): row for row in manager.order_by("pk")}
    if model is KbliWord:
        _take_out_of_order(present, [tuple(fields[name] for name in key) for fields in rows])
    new, changed, moved, names = [], [], [], set()
    for fields in rows:
        row = present.pop(tuple(fields[name] for name in key), None)
        if row is None:
            new.append(model(**fields))
            continue
        differing = {n for n, value in fields.items() if getattr(row, n) != value}
        if not differing:
            outcome.unchanged += 1
            continue
        if model is ConsentText and Consent.objects.filter(text=row.pk).exists():
            outcome.agreed += 1
            continue
        for name in differing:
            setattr(row, name, fields[name])
        names |= differing
        changed.append(row)
        if "position" in differing:
            moved.append(row)
    outcome.gone = list(present.values())
    _free_positions(model, new, moved, outcome.gone)
    if changed:
        manager.bulk_update(changed, sorted(names), batch_size=CHUNK)
    manager.bulk_create(new, batch_size=CHUNK)
    outcome.added, outcome.changed = len(new), len(changed)
    return outcome


def _take_out_of_order(present: dict[Any, models.Model], wanted: list[Any]) -> None:
    """File order is preference: words after one that comes in anew are written again behind it."""
    position = {key: place for place, key in enumerate(wanted)}
    words = {word for word, _kbli in set(wanted) - set(present)}
    for word in words:
        first = min(place for key, place in position.items() if key[0] == word)
        again = [k for k in present if k[0] == word and position.get(k, -1) > first]
        for key in again:
            present.pop(key).delete()


def _free_positions(
    model: type[models.Model],
    new: list[models.Model],
    moved: list[models.Model],
    gone: list[models.Model],
) -> None:
    """Where a row takes the position of another, move that one out of the way first."""
    if "position" not in {f.name for f in model._meta.fields}:
        return
    taken = {row.position for row in [*new, *moved]}  # type: ignore[attr-defined]
    keys = [row.pk for row in [*moved, *gone]]
    in_the_way = model._base_manager.filter(pk__in=keys, position__in=taken)
    in_the_way.update(position=F("position") + ASIDE)


def _remove(outcome: Outcome) -> None:
    """Delete what the file no longer has, unless something refers to it."""
    for row in outcome.gone:
        try:
            with transaction.atomic():
                row.delete()
            outcome.removed += 1
        except (ProtectedError, RestrictedError):
            outcome.kept += 1


def _typed(model: type[models.Model], raw: Fields) -> Fields:
    """Text from a file as the table's own types; an empty cell of a nullable column is NULL."""
    fields: Fields = {}
    by_name = {f.name: f for f in model._meta.fields} | {f.attname: f for f in model._meta.fields}
    for name, value in raw.items():
        column = by_name[name]
        if value == "" and column.null:
            fields[name] = None
        elif isinstance(column, models.ForeignKey):
            fields[name] = column.target_field.to_python(value)
        else:
            fields[name] = column.clean(value, None) if value != "" else value
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


def add_texts() -> Outcome:
    """Add the texts of messages that the office does not have yet."""
    outcome = Outcome(MessageTemplate)
    known = set(MessageTemplate.objects.values_list("queue", "language"))
    rows = read("message_templates.csv")
    new = [MessageTemplate(**row) for row in rows if (row["queue"], row["language"]) not in known]
    MessageTemplate.objects.bulk_create(new)
    outcome.added, outcome.unchanged = len(new), len(rows) - len(new)
    return outcome
