"""Making and taking away the sample accounts of a register that holds only invented firms."""

from __future__ import annotations

from django.db.models import ProtectedError

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


def sample_accounts_make(password: str) -> list[str]:
    """Make the sample accounts, or give them this password; returns their e-mails."""
    made = []
    for name, (role, regency) in SAMPLE.items():
        email = f"{name}@{DOMAIN}"
        user = User.objects.filter(email=email, is_sample=True).first()
        if user is None:
            user = User.objects.create_user(
                email,
                password,
                name=f"{name.replace('-', ' ').title()} (contoh)",
                role=role.value,
                regency_id=regency,
                all_regencies=regency is None,
                is_sample=True,
            )
        elif not user.check_password(password):
            user.set_password(password)
            user.save()
        made.append(user.email)
    return made


def sample_accounts_remove() -> int:
    """Delete the sample accounts; one that real work refers to is switched off instead."""
    users = list(User.objects.filter(is_sample=True))
    for user in users:
        try:
            user.delete()
        except ProtectedError:
            user.is_active = False
            user.set_unusable_password()
            user.save()
    return len(users)
