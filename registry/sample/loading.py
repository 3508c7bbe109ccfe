"""Fills a register with invented firms. Rule: never beside real ones, and all of them or none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import islice

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from registry.models import Firm
from registry.sample.build import SOURCE, drafts
from registry.services import SYSTEM, firms_register

CHUNK = 1000


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


def load_sample(
    count: int, seed: int, today: dt.date, tell: Callable[[int], None] = lambda done: None
) -> None:
    """Register `count` invented firms in one transaction; `tell` hears how many are done."""
    refuse_beside_real_firms()
    done = 0
    with transaction.atomic():
        stream = drafts(count, seed, today)
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
            connection.check_constraints()  # now, so that none pile up until the end
            done += len(chunk)
            tell(done)
