"""A sheet of 5,000 rows while worker, web process and PostgreSQL are killed in the middle."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scripts.ground.bench.messy import write_sheet
from scripts.ground.places import ROOT
from tests.scripts.walking import Walk, walking

pytestmark = pytest.mark.slow

ROWS = 5_000
WEB, WORKER, POSTGRES = "gunicorn", "qcluster", "bin/postgres -D"

# What a person does in the wizard, by the same services; the worker of the copy does the rest.
BEGIN = """
from pathlib import Path
from accounts.models import User
from registry.services.intake import intake_match_columns, intake_save, intake_upload
import time
by = User.objects.get(email="provinsi@contoh.id")
path = Path({path!r})
batch = intake_upload(name=path.name, content=path.read_bytes(), by=by)
batch = intake_match_columns(batch=batch, fields={{}}, units={{}}, kbli_edition="2020", by=by)
while batch.state == "planning":
    time.sleep(0.1)
    batch.refresh_from_db()
assert batch.state == "review", batch.failure
intake_save(batch=batch, by=by)
"""
WAIT = """
import time
from registry.models import IntakeBatch
until = time.monotonic() + 240
while True:
    batch = IntakeBatch.objects.latest("pk")
    if batch.done >= {least} or batch.state != "saving":
        break
    assert time.monotonic() < until, batch.done
    time.sleep(0.02)
print("DONE", batch.done, batch.state, batch.failure)
"""
TELL = """
import json
from registry.models import Firm, IntakeRow
names = ["name", "nib", "phone", "regency_id", "district_id", "village_id", "address", "products"]
parts = ["owners__name", "profiles__year", "profiles__investment", "activities__kbli_id",
         "sites__siinas__state", "certificates__number"]
firms = Firm.objects.filter(source={name!r}).order_by("name", "nib", "phone", *parts)
rows = IntakeRow.objects.filter(batch__file_name={name!r}).order_by("row")
events = Firm.pgh_event_model.objects.filter(source={name!r}).count()
print("TOLD", json.dumps([
    list(firms.values_list(*names, *parts)),
    list(rows.values_list("row", "status", "outcome")), events,
]))
"""


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that every copy takes in."""
    path = tmp_path_factory.mktemp("sheet") / "berantakan.xlsx"
    write_sheet(path, ROWS, ROOT / "registry" / "data")
    return path


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The data folder of a copy that has been served once."""
    for walk in walking(Walk(tmp_path_factory.mktemp("prepared") / "var")):
        walk.start()
        assert walk.stop() == 0
        yield walk.var


def said(walk: Walk, code: str, word: str = "") -> str:
    """What a piece of code says on the copy, after a word."""
    answer = walk.manage("shell", "-c", code)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.partition(f"{word} ")[2].strip() if word else ""


def taken(walk: Walk, sheet: Path) -> Any:
    """The firms, the rows and the number of states in history that the sheet made."""
    assert said(walk, WAIT.format(least=10**6), "DONE").split()[1:] == ["saved"]
    return json.loads(said(walk, TELL.format(name=sheet.name), "TOLD"))


def test_killed_in_the_middle_the_register_equals_a_clean_run(
    prepared: Path, tmp_path: Path, sheet: Path
) -> None:
    results = []
    for name, victims in (("clean", ()), ("killed", (WORKER, WEB, POSTGRES))):
        var = tmp_path / name
        shutil.copytree(prepared, var)
        for walk in walking(Walk(var)):
            walk.start()
            begin, least = BEGIN.format(path=str(sheet)), 1
            if not victims:
                said(walk, begin)
            for victim in victims:
                # Saving takes seconds: who begins it looks at it, too.
                done = int(said(walk, begin + WAIT.format(least=least), "DONE").split()[0])
                begin = ""
                assert done < ROWS * 0.95
                least = done + 1
                walk.kill(victim)
                assert walk.script is not None
                assert walk.script.wait(60) != 0
                walk.start()
            results.append(taken(walk, sheet))
            assert walk.stop() == 0
    clean, killed = results
    assert killed == clean
    assert len(clean[0]) > ROWS * 0.9
    assert len({row for row, *_rest in map(tuple, clean[1])}) == len(clean[1])
