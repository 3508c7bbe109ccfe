"""The stamp of a form: when it was opened, and the secret of the inquiry that it will send.

Rule: signed, so that nobody makes one up; and used once, so that a form that is sent twice is one
inquiry. A form that lay open longer than a day gets a new stamp and keeps what was typed.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core import signing
from django.utils import timezone

from registry.cards import new_token

_SALT = "promotions.inquiry"
# Who reads the form, types and checks takes longer than this many seconds.
SOONEST = 4
MOST_AGE = dt.timedelta(days=1)


@dataclass(frozen=True)
class Stamp:
    """A form that was opened, with the secret that its inquiry will have."""

    token: str
    opened_at: dt.datetime

    @property
    def too_fast(self) -> bool:
        """Whether it comes back sooner than anybody types."""
        return timezone.now() - self.opened_at < dt.timedelta(seconds=SOONEST)


def new_stamp() -> str:
    """A stamp for a form that is opened now."""
    told = [new_token(), timezone.now().timestamp()]
    return signing.dumps(told, salt=_SALT)


def read_stamp(text: str) -> Stamp | None:
    """The stamp, or None for one that is missing, made up or too old."""
    try:
        token, opened = signing.loads(text, salt=_SALT, max_age=MOST_AGE)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Stamp(token, dt.datetime.fromtimestamp(opened, tz=dt.UTC))
