"""`manage.py load_reference`: regions, KBLI, groups, units, consent texts and centres."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from registry.reference import load_all


class Command(BaseCommand):
    """Loads the reference data, again and again without harm, and says what it did."""

    help = "Load the reference data of registry/data; only differences are written."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, then print a line for each table."""
        for outcome in load_all():
            if options["verbosity"] == 0:
                continue
            line = _(
                "%(table)s: %(added)d added, %(changed)d changed, %(unchanged)d unchanged, "
                "%(removed)d removed"
            ) % {
                "table": outcome.model._meta.verbose_name_plural,
                "added": outcome.added,
                "changed": outcome.changed,
                "unchanged": outcome.unchanged,
                "removed": outcome.removed,
            }
            if outcome.kept:
                line += _(", %(kept)d no longer in the file but still in use") % {
                    "kept": outcome.kept
                }
            if outcome.agreed:
                line += _(
                    ", %(agreed)d differ from the file but firms agreed to them: add a new version"
                ) % {"agreed": outcome.agreed}
            self.stdout.write(line)
