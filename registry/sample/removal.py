"""Takes invented firms out again, with all that hangs on them and their history."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.db import models, transaction

from registry.models import (
    AnnualProfile,
    Certificate,
    Consent,
    Firm,
    FirmActivity,
    Owner,
    ProductionSite,
    SiinasAccount,
    SiinasStep,
)

# From the leaves to the root, each with the way to its firm.
_TABLES: tuple[tuple[type[models.Model], str], ...] = (
    (SiinasStep, "account__site__firm"),
    (SiinasAccount, "site__firm"),
    (Certificate, "firm"),
    (Consent, "firm"),
    (AnnualProfile, "firm"),
    (FirmActivity, "firm"),
    (Owner, "firm"),
    (ProductionSite, "firm"),
)


def remove_sample() -> int:
    """Remove all sample firms in one transaction; returns how many there were. Real ones stay."""
    with transaction.atomic():
        sample = list(Firm.objects.sample().values_list("pk", flat=True))
        gone: list[tuple[type[models.Model], list[int]]] = [
            (
                model,
                list(
                    model._base_manager.filter(**{f"{path}__in": sample}).values_list(
                        "pk", flat=True
                    )
                ),
            )
            for model, path in _TABLES
        ]
        gone.append((Firm, sample))
        for model, keys in gone:
            rows: Any = model._base_manager.filter(pk__in=keys)
            rows._raw_delete(rows.db)
            _forget(model, keys)
    return len(sample)


def _forget(model: type[models.Model], keys: list[int]) -> None:
    """Event tables only grow, but what was invented leaves no history."""
    events: Any = model._meta.get_field("events").related_model
    with pgtrigger.ignore(f"{events._meta.label}:append_only"):
        found = events._base_manager.filter(pgh_obj_id__in=keys)
        found._raw_delete(found.db)
