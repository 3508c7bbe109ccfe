"""`manage.py intake_template OUT.xlsx`: the empty sheet for offices to fill."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from registry.intake.lookups import template_lists
from registry.intake.template import template_bytes


class Command(BaseCommand):
    """Writes the template."""

    help = "Write the empty spreadsheet that offices fill in."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to, and whether over a file that is there."""
        parser.add_argument("out")
        parser.add_argument("--force", action="store_true", help="write over an existing file")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file; one that is there stays unless --force is given."""
        path = Path(options["out"])
        with translation.override("id"):
            if path.exists() and not options["force"]:
                raise CommandError(
                    _("%(path)s is there already. Choose another name, or add --force.")
                    % {"path": path}
                )
            try:
                path.write_bytes(template_bytes(template_lists()))
            except OSError as error:
                raise CommandError(
                    _("%(path)s cannot be written: %(reason)s.")
                    % {"path": path, "reason": error.strerror}
                ) from error
            if options["verbosity"]:
                self.stdout.write(_("Template written: %(path)s") % {"path": path})
