"""The reasons of a score in people's words: "NIB sama", "nama 92% mirip", "desa sama"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from registry.duplicates.scoring import Reason

_FOR: dict[str, Promise] = {
    "nib": _lazy("same NIB"),
    "name": _lazy("same name"),
    "name_generic": _lazy("same name, but it only says what is made"),
    "village": _lazy("same village"),
    "district": _lazy("same district"),
    "regency": _lazy("same regency or city"),
    "phone": _lazy("same phone"),
    "owner": _lazy("same owner"),
}
_AGAINST: dict[str, Promise] = {
    "nib_differs": _lazy("different NIB"),
    "name_differs": _lazy("different name"),
    "village_differs": _lazy("different village"),
    "place_differs": _lazy("different district or regency"),
    "owner_differs": _lazy("different owner"),
}
CODES = frozenset({*_FOR, *_AGAINST})


def is_for(reason: Reason) -> bool:
    """Whether the reason speaks for one firm, and not against it."""
    return reason.code in _FOR


def sentence_of(reason: Reason) -> str:
    """One reason in words."""
    if reason.code == "name" and reason.percent is not None and reason.percent < 100:
        return _("name %(percent)s%% alike") % {"percent": reason.percent}
    return str((_FOR | _AGAINST)[reason.code])


def in_words(reasons: Iterable[Reason]) -> str:
    """All reasons in one line, as they are told in a list."""
    return ", ".join(sentence_of(reason) for reason in reasons)


def stored(reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    """The reasons as the database keeps them."""
    return [
        {"code": r.code} if r.percent is None else {"code": r.code, "percent": r.percent}
        for r in reasons
    ]


def read(kept: Iterable[Mapping[str, Any]]) -> tuple[Reason, ...]:
    """What the database kept; a reason that is no longer known is left out."""
    return tuple(Reason(r["code"], r.get("percent")) for r in kept if r.get("code") in CODES)
