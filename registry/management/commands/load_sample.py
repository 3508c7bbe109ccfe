"""`manage.py load_sample --firms N --seed S`: invented firms and accounts for trying things out."""

from __future__ import annotations

import os
import secrets
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.services import sample_accounts_make
from registry.models import Firm
from registry.sample.build import SOURCE, drafts
from registry.services import SYSTEM, firms_register

CHUNK = 1000


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
        """Load firms, then accounts, and print the accounts."""
        if Firm.objects.filter(is_sample=False).exists():
            if options["if_empty"]:
                return
            raise CommandError(
                _("The register holds real firms: sample firms are not loaded beside them.")
            )
        if not (options["if_empty"] and Firm.objects.exists()):
            self.load(options["firms"], options["seed"], options["verbosity"])
        password = os.environ.get("SAMPLE_PASSWORD") or secrets.token_urlsafe(9)
        for email in sample_accounts_make(password):
            self.stdout.write(f"{email}  {password}")

    def load(self, count: int, seed: int, verbosity: int) -> None:
        """Register the firms in chunks."""
        stream, done = drafts(count, seed, timezone.localdate()), 0
        while chunk := list(islice(stream, CHUNK)):
            firms_register(chunk, by=SYSTEM, reason=SOURCE)
            done += len(chunk)
            if verbosity:
                self.stdout.write(
                    _("%(done)d of %(count)d sample firms") % {"done": done, "count": count}
                )
