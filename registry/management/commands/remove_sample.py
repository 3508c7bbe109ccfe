"""`manage.py remove_sample`: takes the invented firms and accounts out again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.services import sample_accounts_remove
from registry.sample.removal import remove_sample


class Command(BaseCommand):
    """Removes sample firms with their history, and sample accounts. Real ones stay."""

    help = "Remove all sample firms, what hangs on them, their history, and the sample accounts."

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove, then say how much."""
        with transaction.atomic():
            firms, accounts = remove_sample(), sample_accounts_remove()
        self.stdout.write(
            _("Removed: %(firms)d sample firms, %(accounts)d sample accounts.")
            % {"firms": firms, "accounts": accounts}
        )
