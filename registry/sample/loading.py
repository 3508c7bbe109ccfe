"""Fills a register with invented firms. Rule: never beside real ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from itertools import islice

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from registry.models import Firm
from registry.sample.build import SOURCE, drafts
from registry.sample.reports import load_reports
from registry.services import SYSTEM, firms_register

CHUNK = 1000
ALL_AT_ONCE = 5000


class SampleRefused(Exception):
    """Sample firms can't go in; the text says why and what to do."""


def refuse_beside_real_firms() -> None:
    """Stop where the register holds a firm that nobody invented."""
    if Firm.objects.filter(is_sample=False).exists():
        raise SampleRefused(
            _(
                "The register holds real firms: sample firms are not loaded beside them. "
                "Use an empty database to try things out."
            )
        )


def at_once(count: int) -> AbstractContextManager[object]:
    """One transaction for a load that a start of the product makes: a kill leaves nothing half.

    Larger loads commit each chunk: PostgreSQL walks over all checks still to be done with every
    row that has a trigger, so that one transaction gets slower and slower.
    """
    return transaction.atomic() if count <= ALL_AT_ONCE else nullcontext()


def load_sample(
    count: int, seed: int, today: dt.date, tell: Callable[[int], None] = lambda done: None
) -> None:
    """Register `count` invented firms, chunk by chunk; `tell` hears how many are done."""
    refuse_beside_real_firms()
    stream, done = drafts(count, seed, today), 0
    while chunk := list(islice(stream, CHUNK)):
        try:
            firms_register(chunk, by=SYSTEM, reason=SOURCE)
        except ValidationError as taken:
            raise SampleRefused(
                _(
                    "Sample firms of seed %(seed)d are in the register already. Choose "
                    "another --seed, or take them out with remove_sample first."
                )
                % {"seed": seed}
            ) from taken
        done += len(chunk)
        tell(done)
    load_reports(seed, today)
