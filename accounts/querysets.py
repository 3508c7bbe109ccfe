"""Reading accounts: whom a person may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.base_user import BaseUserManager
from django.db import models

from accounts import policy
from accounts.rules import Role

if TYPE_CHECKING:
    from accounts.models import User


class UserQuerySet(models.QuerySet["User"]):
    """Accounts."""

    def visible_to(self, user: Any) -> Self:
        """The accounts of the person's regions, for those who keep accounts; else none."""
        scope = policy.scope_of(user, "view", "accounts.user")
        if scope.everywhere:
            return self.all()
        return self.filter(regency__in=scope.regencies)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes accounts with a hashed password."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Make an account; without a password nobody can sign in to it."""
        user: User = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """What `manage.py createsuperuser` makes: a province administrator of all regions."""
        fields.setdefault("role", Role.PROVINCE_ADMIN.value)
        fields.setdefault("all_regencies", True)
        return self.create_user(email, password, **fields)
