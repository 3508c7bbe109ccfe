"""A person who signs in: e-mail, role and region. What follows from them is `policy`'s to say."""

from __future__ import annotations

from typing import Any

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import policy
from accounts.querysets import UserManager
from accounts.rules import Role


class RoleChoices(models.TextChoices):
    """The roles in people's words."""

    PROVINCE_ADMIN = Role.PROVINCE_ADMIN.value, _("Province administrator")
    REGENCY_STAFF = Role.REGENCY_STAFF.value, _("Regency officer")
    OFFICIAL = Role.OFFICIAL.value, _("Official (reads only)")


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    exclude=["password", "last_login"],
)
class User(AbstractBaseUser):
    """An account of the office. Rights come from role and region alone; there are no groups."""

    email = models.EmailField(
        _("e-mail"),
        unique=True,
        error_messages={"unique": _("This e-mail already has an account.")},
    )
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=20, choices=RoleChoices.choices)
    all_regencies = models.BooleanField(
        _("all regions"), default=False, help_text=_("Sees and works in every region.")
    )
    regency = models.ForeignKey(
        "registry.Regency",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("region"),
        related_name="+",
    )
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Untick instead of deleting the account.")
    )
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["email"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]),
                name="user_role_known",
                violation_error_message=_("Choose one of the roles."),
            ),
            models.CheckConstraint(
                condition=Q(all_regencies=True, regency__isnull=True)
                | Q(all_regencies=False, regency__isnull=False),
                name="user_scope_is_one_thing",
                violation_error_message=_("Give the account one region, or all regions."),
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.REGENCY_STAFF.value) | Q(all_regencies=False),
                name="user_regency_staff_has_regency",
                violation_error_message=_("A regency officer works in one region."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep e-mails in lower case: one address is one account."""
        self.email = self.email.lower()
        super().save(*args, **kwargs)

    def policy_regencies(self) -> list[str] | None:
        """The region of the account; accounts of all regions belong to whoever has all."""
        return [self.regency_id] if self.regency_id else ["*"]

    @property
    def is_staff(self) -> bool:
        """What Django's admin asks."""
        return policy.is_staff_member(self)

    @property
    def may_take_in(self) -> bool:
        """Whether the person takes sheets of data in."""
        return policy.may_kind(self, policy.Action.ADD, "registry.intakebatch")

    @property
    def may_use_desk(self) -> bool:
        """Whether the person works through the queues of firms."""
        return policy.may_kind(self, policy.Action.ADD, "registry.contact")

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Django's question (`registry.change_firm`, maybe with a row), the policy's answer."""
        app_label, _dot, codename = perm.partition(".")
        action, _underscore, model_name = codename.partition("_")
        if obj is not None:
            return policy.may(self, action, obj)
        return policy.may_kind(self, action, f"{app_label}.{model_name}")

    def has_perms(self, perm_list: list[str], obj: Any = None) -> bool:
        """Whether the person has each of the rights."""
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def has_module_perms(self, app_label: str) -> bool:
        """Whether the app shows in the admin's index: some kind of it can be seen."""
        from accounts.rules import RIGHTS

        if self.role not in set(Role):
            return False
        kinds = RIGHTS[Role(self.role)]
        return any(
            kind.startswith(f"{app_label}.") and policy.may_kind(self, "view", kind)
            for kind in kinds
        )
