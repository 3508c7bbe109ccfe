"""The files of the project are whole: no merge was left half done."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
KINDS = ("py", "html", "css", "js", "md", "toml", "sh", "json", "txt", "svg")
FOLDERS = ("accounts", "registry", "promotions", "dashboards", "coordination", "ciayumajakuning")
FOLDERS += ("templates", "static", "tests", "scripts", "docs", "locale")
LEFT = re.compile(r"^(<{7} |>{7} )", re.MULTILINE)


def test_no_file_holds_the_marks_of_an_unfinished_merge() -> None:
    files = [path for name in FOLDERS for path in (ROOT / name).rglob("*.*")]
    files += [path for path in ROOT.glob("*.*") if path.is_file()]
    read = [path for path in files if path.suffix[1:] in (*KINDS, "po")]
    assert len(read) > 200
    found = [str(p.relative_to(ROOT)) for p in read if LEFT.search(p.read_text(errors="replace"))]
    assert found == []
