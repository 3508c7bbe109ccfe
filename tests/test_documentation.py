"""The documents say what is true: every setting, command and decision has its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

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


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "keputusan"
    listed = set(re.findall(r"\((\d{4}-[^)]+\.md)\)", (folder / "README.md").read_text("utf-8")))
    assert listed == {path.name for path in folder.glob("0*.md")}


def test_links_between_documents_lead_somewhere() -> None:
    for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (path.parent / target).exists(), f"{path.name}: {target}"
