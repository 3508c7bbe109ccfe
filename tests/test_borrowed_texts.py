"""Texts that Django and we both have: one catalogue holds both, so one of ours can spoil its."""

from __future__ import annotations

from pathlib import Path

import django
from babel.messages.pofile import read_po

from ciayumajakuning.messages import stored

# Where our words are meant to take the place of Django's.
OURS = {
    "Page not found",
    "Error:",
    "Change password",
    "Filter",
    "Save and add another",
    "Password",
    "New password",
    "group",
}


def test_our_texts_leave_those_of_the_admin_their_sense() -> None:
    ours = {message.id: message.string for message in stored() if isinstance(message.id, str)}
    spoilt = []
    for part in ("contrib/admin", "contrib/auth", "conf"):
        path = Path(django.__path__[0]) / part / "locale/id/LC_MESSAGES/django.po"
        with path.open("rb") as file:
            theirs = read_po(file)
        spoilt += [
            f"{message.id}: {ours[message.id]} instead of {message.string}"
            for message in theirs
            if message.id
            and not message.context
            and message.id in ours
            and message.id not in OURS
            and ours[message.id] != message.string
        ]
    assert sorted(set(spoilt)) == []
