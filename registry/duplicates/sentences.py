"""The reasons of a score in people's words: "NIB sama", "nama 92% mirip", "desa sama"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.duplicates.scoring import Reason

_FOR: dict[str, Promise] = {
    "nib": _("same NIB"),
    "name": _("same name"),
    "name_generic": _("same name, but it only says what is made"),
    "village": _("same village"),
    "district": _("same district"),
    "regency": _("same regency or city"),
    "phone": _("same phone"),
    "owner": _("same owner"),
}
_AGAINST: dict[str, Promise] = {
    "nib_differs": _("different NIB"),
    "name_differs": _("different name"),
    "village_differs": _("different village"),
    "place_differs": _("different district or regency"),
    "owner_differs": _("different owner"),
}
CODES = frozenset({*_FOR, *_AGAINST})


def is_for(reason: Reason) -> bool:
    """Whether the reason speaks for one firm, and not against it."""
    return reason.code in _FOR


def sentence_of(reason: Reason) -> str:
    """One reason in words."""
    if reason.code == "name" and reason.percent is not None and reason.percent < 100:
        return str(_("name %(percent)s%% alike") % {"percent": reason.percent})
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
