"""Accounts in the admin, for those who keep them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import password_validation
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class UserForm(forms.ModelForm):
    """An account with an optional new password, hashed on saving."""

    new_password = forms.CharField(
        label=_("new password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 10 characters. Leave empty to keep the present one."),
    )

    class Meta:
        model = User
        fields = ["email", "name", "role", "all_regencies", "regency", "is_active"]

    def clean_new_password(self) -> str:
        """Hold a new password to the rules."""
        password: str = self.cleaned_data["new_password"]
        if password:
            password_validation.validate_password(password, self.instance)
        return password

    def save(self, commit: bool = True) -> User:
        """Hash the new password, or make the account one without."""
        if self.cleaned_data["new_password"]:
            self.instance.set_password(self.cleaned_data["new_password"])
        elif self.instance.pk is None:
            self.instance.set_unusable_password()
        return super().save(commit)


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """Accounts within the administrator's regions."""

    form = UserForm
    list_display = ["email", "name", "role", "region", "is_active"]
    list_filter = ["role", "is_active"]
    search_fields = ["email", "name"]
    list_select_related = ["regency"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Only what the policy shows."""
        return super().get_queryset(request).visible_to(request.user)  # type: ignore[attr-defined]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Accounts are switched off, not deleted: history names them."""
        return False

    @admin.display(description=_("region"))
    def region(self, user: User) -> str:
        """The region's name, or all."""
        return str(user.regency) if user.regency_id else str(_("All regions"))
