"""Writes the page that the web server shows while the service is closed.

The page needs neither this program nor the database: only the style sheet beside the static files.
"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.template.loader import render_to_string


class Command(BaseCommand):
    """`manage.py maintenance_page [FILE]`."""

    help = "Write the maintenance page, in both languages, as one file for the web server."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file; beside the collected static files if left out."""
        default = Path(settings.STATIC_ROOT) / "pemeliharaan.html"
        parser.add_argument("file", nargs="?", type=Path, default=default, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it whole: a half-written page is never served."""
        target: Path = options["file"]
        page = render_to_string("maintenance.html", {"static_url": settings.STATIC_URL})
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f"{target.name}.new")
        draft.write_text(page, encoding="utf-8")
        draft.replace(target)
        self.stdout.write(f"wrote {target}")
