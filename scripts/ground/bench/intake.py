"""One measurement of taking a sheet in: ours, plain reading with COPY, or django-import-export.

Rule: each starts from an emptied register and ends with the rows in the database.
"""

from __future__ import annotations

import csv
import io
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import django
from python_calamine import CalamineWorkbook

from scripts.ground.bench.many import fill
from scripts.ground.bench.memory import Peak
from scripts.ground.bench.messy import write_sheet
from scripts.ground.places import ROOT

_HEAD = 4  # title, blank, headings, numbers of columns


def main(what: str, path: Path, *options: str) -> None:
    """Measure and print the seconds as JSON."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ciayumajakuning.settings")
    django.setup()
    measures = {"baseline": _baseline, "peer": _peer, "product": _product, "sheet": _sheet}
    asked = dict(option.partition("=")[::2] for option in options)
    print(json.dumps(measures[what](path, asked)))


def _sheet(path: Path, options: dict[str, str]) -> dict[str, Any]:
    """Write the sheet that is measured."""
    write_sheet(path, int(options["rows"]), ROOT / "registry" / "data")
    return {}


def _product(path: Path, options: dict[str, str]) -> dict[str, Any]:
    from registry.intake.interpret import Options
    from registry.intake.session import Upload, make_plan
    from registry.services import SYSTEM
    from registry.services.intake import intake_commit

    _empty()
    if "firms" in options:
        fill(int(options["firms"]))
    with Peak() as peak:
        began = time.perf_counter()
        upload = Upload(path.name, path.read_bytes())
        plan = make_plan(upload, Options(), by=SYSTEM)
        planned = time.perf_counter()
        intake_commit(plan=plan, upload=upload, options=Options(), by=SYSTEM)
        done = time.perf_counter()
    return {"dry": planned - began, "commit": done - planned, "memory": peak.megabytes}


def _baseline(path: Path, _options: dict[str, str]) -> dict[str, Any]:
    from django.db import connection

    began = time.perf_counter()
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()[_HEAD:]
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    text.seek(0)
    columns = ", ".join(f"c{at} text" for at in range(len(rows[0])))
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE bench_rows ({columns})")
        cursor.cursor.copy_expert("COPY bench_rows FROM STDIN WITH CSV", text)
    return {"seconds": time.perf_counter() - began}


def _peer(path: Path, _options: dict[str, str]) -> dict[str, Any]:
    """The clean values of the same rows, name by name, into the table of firms alone."""
    import tablib
    from import_export.fields import Field
    from import_export.resources import ModelResource

    from registry.models import Firm

    columns = ("name", "products", "address", "phone", "nib")

    class FirmResource(ModelResource):
        regency = Field(attribute="regency_id", column_name="regency")

        class Meta:
            model = Firm
            fields = (*columns, "regency")
            import_id_fields = ("nib",)
            use_transactions = True

    _empty()
    began = time.perf_counter()
    sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()[_HEAD:]
    data = tablib.Dataset(headers=[*columns, "regency"])
    for at, row in enumerate(sheet):
        name = str(row[1] or "Usaha")[:150]
        data.append([name, row[12], row[5], "", f"{at + 10**12}", "32.09"])
    FirmResource().import_data(data, dry_run=True, raise_errors=True)
    planned = time.perf_counter()
    FirmResource().import_data(data, dry_run=False, raise_errors=True)
    return {"dry": planned - began, "commit": time.perf_counter() - planned}


def _empty() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE registry_firm, registry_intakebatch CASCADE")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
