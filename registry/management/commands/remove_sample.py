"""`manage.py remove_sample [--yes]`: takes the invented firms and accounts out again."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.services import sample_accounts_remove
from registry.models import Firm
from registry.sample.removal import remove_sample

AGREED = frozenset({"y", "ya", "yes"})


class Command(BaseCommand):
    """Removes sample firms with their history, and sample accounts. Real ones stay."""

    help = "Remove all sample firms, what hangs on them, their history, and the sample accounts."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to ask first."""
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask, remove, then say how much."""
        if not (options["yes"] or self.agreed()):
            self.stdout.write(_("Nothing was removed."))
            return
        with transaction.atomic():
            removed = remove_sample()
            deleted, kept = sample_accounts_remove()
        if not options["verbosity"]:
            return
        firms = removed.pop(Firm)
        self.stdout.write(
            _("Removed: %(firms)d sample firms, %(accounts)d sample accounts.")
            % {"firms": firms, "accounts": deleted}
        )
        for model, count in removed.items():
            if count:
                self.stdout.write(f"  {model._meta.verbose_name_plural}: {count}")
        if kept:
            self.stdout.write(
                _("%(kept)d sample accounts are switched off: other records refer to them.")
                % {"kept": kept}
            )

    def agreed(self) -> bool:
        """Ask whoever sits at the keyboard; a script must say --yes."""
        if not sys.stdin.isatty():
            raise CommandError(_("Add --yes to remove the sample firms without being asked."))
        question = _("Remove %(firms)d sample firms with all their data and history? (ya/tidak) ")
        answer = input(question % {"firms": Firm.objects.sample().count()})
        return answer.strip().lower() in AGREED
