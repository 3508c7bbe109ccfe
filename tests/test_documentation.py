"""The documents say what is true: every setting, command, field and decision has its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from ciayumajakuning import environment

ROOT = Path(settings.BASE_DIR)


def test_every_setting_of_the_environment_is_documented() -> None:
    table = (ROOT / "docs" / "operasi.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", table, re.MULTILINE)) == environment.names()


@pytest.mark.parametrize(
    "command",
    sorted(
        path.stem
        for path in ROOT.glob("*/management/commands/*.py")
        if path.stem != "__init__" and ".venv" not in path.parts
    ),
)
def test_every_command_is_named_for_newcomers(command: str) -> None:
    assert command in (ROOT / "README.md").read_text(encoding="utf-8")


def dictionary() -> dict[str, set[str]]:
    """The columns that the data dictionary explains, by table."""
    text = (ROOT / "docs" / "kamus-data.md").read_text(encoding="utf-8")
    sections = re.split(r"^### `(\w+)`$", text, flags=re.MULTILINE)[1:]
    tables = zip(sections[::2], sections[1::2], strict=True)
    return {
        table: {
            name
            for cell in re.findall(r"^\| (`.*?) \|", body, re.MULTILINE)
            for name in re.findall(r"`(\w+)`", cell)
        }
        for table, body in tables
    }


def tables() -> list[type[models.Model]]:
    """Our own tables, without those that history keeps."""
    ours = (apps.get_app_config(app) for app in ("accounts", "promotions", "registry"))
    every = (model for app in ours for model in app.get_models())
    return [model for model in every if not hasattr(model, "pgh_tracked_model")]


def test_every_table_is_in_the_dictionary_and_no_other() -> None:
    assert set(dictionary()) == {model.__name__ for model in tables()}


@pytest.mark.parametrize("model", tables(), ids=lambda model: model.__name__)
def test_the_dictionary_explains_the_fields_that_people_meet(model: type[models.Model]) -> None:
    helpers = {"id", "search", "search_staff", "name_key", "blocks"}
    fields = {field.name for field in model._meta.get_fields() if field.concrete}
    assert dictionary()[model.__name__] == fields - helpers


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "keputusan"
    listed = set(re.findall(r"\((\d{4}-[^)]+\.md)\)", (folder / "README.md").read_text("utf-8")))
    assert listed == {path.name for path in folder.glob("0*.md")}


def test_links_between_documents_lead_somewhere() -> None:
    for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (path.parent / target).exists(), f"{path.name}: {target}"
