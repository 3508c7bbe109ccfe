"""Codes of the second step as people type them: spaces are ignored, one may trust a browser."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms


class CodeField(forms.CharField):
    """A code; apps show it in two groups, and people copy the space."""

    def to_python(self, value: Any) -> str:
        """The code without any space."""
        return "".join(str(super().to_python(value) or "").split())


class SignInCodeForm(AuthenticateForm):
    """The code at sign-in. Trusting the browser is never ticked for anybody."""

    code = CodeField()
    trust = forms.BooleanField(required=False)


class ConfirmCodeForm(ReauthenticateForm):
    """The code before a change to the account."""

    code = CodeField()


class FirstCodeForm(ActivateTOTPForm):
    """The first code of a new authenticator app."""

    code = CodeField()
