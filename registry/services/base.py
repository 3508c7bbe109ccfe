"""What every write does: ask the policy, check the row, write in one transaction, say why."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from accounts import policy
from accounts.policy import Action

Row = TypeVar("Row", bound=models.Model)
# Who did it. Whoever runs a command has no account: these columns stay empty then.
_SIGNATURES = frozenset({"recorded_by", "taken_by", "decided_by"})


class NotAllowed(PermissionDenied):
    """The person may not do this with this row."""


@dataclass(frozen=True)
class Operator:
    """Whoever runs a command on the server: every right, no account of the office."""

    role: str = policy.Role.PROVINCE_ADMIN.value
    all_regencies: bool = True
    regency_id: None = None
    is_authenticated: bool = True
    is_active: bool = True
    pk: None = None


SYSTEM = Operator()


@contextmanager
def writing(*, by: Any, reason: str, **context: Any) -> Iterator[None]:
    """One transaction whose every change carries who and why."""
    with pghistory.context(user=by.pk, reason=reason, **context), transaction.atomic():
        yield


def require(by: Any, action: Action, row: models.Model) -> None:
    """Stop unless the policy says yes to this very row."""
    if not policy.may(by, action, row):
        raise NotAllowed(
            _("You may not change %(what)s: it lies outside your region or role.")
            % {"what": row._meta.verbose_name}
        )


def save_row(row: Row, *, by: Any, reason: str, **context: Any) -> Row:
    """Add or change one row, checked as it was and as it will be.

    Raises `NotAllowed`, or `ValidationError` with messages for people.
    """
    adding = row._state.adding
    with writing(by=by, reason=reason, **context):
        if not adding:
            stored = type(row)._base_manager.select_for_update(of=("self",)).get(pk=row.pk)
            require(by, Action.CHANGE, stored)
        require(by, Action.ADD if adding else Action.CHANGE, row)
        row.full_clean(exclude=None if by.pk else _SIGNATURES)
        with integrity_as_sentences(type(row)):
            row.save()
    return row


def remove_row(row: models.Model, *, by: Any, reason: str) -> None:
    """Take away a row that only describes something; its history stays."""
    with writing(by=by, reason=reason):
        require(by, Action.DELETE, row)
        row.delete()


@contextmanager
def integrity_as_sentences(model: type[models.Model]) -> Iterator[None]:
    """Turn a constraint that another writer tripped a moment ago into its message."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        for constraint in model._meta.constraints:
            if constraint.name == name:
                raise ValidationError(constraint.get_violation_error_message()) from error
        for field in model._meta.fields:
            if field.unique and name and f"_{field.column}_" in f"{name}_":
                raise ValidationError({field.name: field.error_messages["unique"]}) from error
        raise
