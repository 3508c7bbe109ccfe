"""Making and taking away the sample accounts of a register that holds only invented firms.

Rule: an address that a real person uses is never touched, nor is a password that nobody asked to
change.
"""

from __future__ import annotations

import secrets

import pghistory
from django.db import transaction
from django.db.models import ProtectedError, RestrictedError

from accounts.models import User
from accounts.rules import Role

DOMAIN = "contoh.id"
# Name of the account → role and region; None is all regions.
SAMPLE: dict[str, tuple[Role, str | None]] = {
    "provinsi": (Role.PROVINCE_ADMIN, None),
    "kab-cirebon": (Role.REGENCY_STAFF, "32.09"),
    "kota-cirebon": (Role.REGENCY_STAFF, "32.74"),
    "indramayu": (Role.REGENCY_STAFF, "32.12"),
    "majalengka": (Role.REGENCY_STAFF, "32.10"),
    "kuningan": (Role.REGENCY_STAFF, "32.08"),
    "pejabat": (Role.OFFICIAL, None),
}


def sample_accounts_make(password: str = "") -> dict[str, str | None]:
    """Make the sample accounts: e-mail → password, None where an account keeps the one it has.

    All get `password`, also those that are there. Without it new ones get a random one.
    """
    new = password or secrets.token_urlsafe(9)
    told: dict[str, str | None] = {}
    with transaction.atomic(), pghistory.context(reason="Akun contoh"):
        present = {user.email: user for user in User.objects.filter(email__endswith=f"@{DOMAIN}")}
        for name, (role, regency) in SAMPLE.items():
            email = f"{name}@{DOMAIN}"
            user = present.get(email)
            if user is None:
                _make(email, new, name, role, regency)
                told[email] = new
            elif user.is_sample:
                told[email] = _renew(user, password, new)
    return told


def _make(email: str, password: str, name: str, role: Role, regency: str | None) -> None:
    User.objects.create_user(
        email,
        password,
        name=f"{name.replace('-', ' ').title()} (contoh)",
        role=role.value,
        regency_id=regency,
        all_regencies=regency is None,
        is_sample=True,
    )


def _renew(user: User, asked: str, new: str) -> str | None:
    """Give the password that was asked for, or a new one to an account that was switched off."""
    if user.is_active and not asked:
        return None
    if not (user.is_active and user.check_password(new)):
        user.is_active = True
        user.set_password(new)
        user.save()
    return new


def sample_accounts_remove() -> tuple[int, int]:
    """Delete the sample accounts; one that real work refers to is switched off instead.

    Returns how many were deleted and how many were switched off.
    """
    deleted = kept = 0
    with transaction.atomic(), pghistory.context(reason="Akun contoh"):
        for user in User.objects.filter(is_sample=True):
            try:
                user.delete()
                deleted += 1
            except (ProtectedError, RestrictedError):
                user.is_active = False
                user.set_unusable_password()
                user.save()
                kept += 1
    return deleted, kept
