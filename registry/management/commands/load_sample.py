"""`manage.py load_sample --firms N --seed S`: invented firms and accounts for trying things out."""

from __future__ import annotations

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.services import sample_accounts_make
from registry.models import Firm
from registry.sample.cards import use_some_cards
from registry.sample.loading import SampleRefused, at_once, load_sample


class Command(BaseCommand):
    """Loads invented firms, each marked as sample. Never beside real ones."""

    help = "Load invented firms, marked as sample, and sample accounts."

    def add_arguments(self, parser: CommandParser) -> None:
        """How many, and from which seed."""
        parser.add_argument("--firms", type=int, default=2500)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when there are firms"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load firms and accounts, and print the accounts."""
        if options["if_empty"] and Firm.objects.exists():
            return
        count = options["firms"]

        def tell(done: int) -> None:
            if options["verbosity"]:
                line = _("%(done)d of %(count)d sample firms") % {"done": done, "count": count}
                self.stdout.write(line)

        try:
            with at_once(count):
                load_sample(count, options["seed"], timezone.localdate(), tell)
                use_some_cards()
                accounts = sample_accounts_make(os.environ.get("SAMPLE_PASSWORD", ""))
        except SampleRefused as refused:
            raise CommandError(str(refused)) from refused
        for email, password in accounts.items():
            self.stdout.write(f"{email}  {password or _('(password unchanged)')}")
