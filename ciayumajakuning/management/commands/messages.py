"""`manage.py messages --update | --check | --compile`: the texts of the screen."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ciayumajakuning import messages


class Command(BaseCommand):
    """Collects, checks and compiles the translations."""

    help = "Collect (--update), check (--check) or compile (--compile) the texts of the screen."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """One of three jobs."""
        job = parser.add_mutually_exclusive_group(required=True)
        job.add_argument("--update", action="store_true", help="bring locale/ up to date")
        job.add_argument("--check", action="store_true", help="fail when a text has no translation")
        job.add_argument("--compile", action="store_true", help="write the .mo files")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do the job."""
        if options["update"]:
            missing = messages.update()
            self.stdout.write("\n".join([f"{len(missing)} texts to translate:", *missing]))
        elif options["check"]:
            found = messages.problems()
            if found:
                raise CommandError("\n".join(found))
            self.stdout.write("Every text has its Indonesian version.")
        else:
            for path in messages.compile_all():
                self.stdout.write(f"wrote {path.name} of {path.parts[-3]}")
