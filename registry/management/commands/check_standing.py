"""`manage.py check_standing`: prove that every derived row equals a full recount, or rebuild."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from registry.standing.checking import differences
from registry.standing.keeping import rebuild


class Command(BaseCommand):
    """Compare, tell what differs, and mend it when asked to."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """One option: mend."""
        parser.add_argument("--rebuild", action="store_true", help="work every row out anew")

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell the outcome; status 1 where something differs and was not mended."""
        if options["rebuild"]:
            count = rebuild()
            self.stdout.write(_("%(count)s firms worked out anew.") % {"count": count})
        found = differences()
        for each in found:
            self.stderr.write(_("Firm %(firm)s: %(what)s") % {"firm": each.firm, "what": each.what})
        if found:
            raise CommandError(
                _(
                    "%(count)s or more rows differ from a full recount. Mend them with "
                    "check_standing --rebuild."
                )
                % {"count": len(found)}
            )
        self.stdout.write(_("Every row equals a full recount."))
