"""Before a firm is saved: firms of the register that it may be.

Rule: an ordinary save that would make a duplicate is stopped once, with the firms and the reasons;
whoever says "not a duplicate" saves, and that decision is remembered.
"""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from registry import services
from registry.duplicates.matching import Candidate, Match, matches
from registry.duplicates.sentences import in_words
from registry.forms import FirmForm
from registry.models import Firm

# What may make a firm like another one.
_TELLING = ("name", "products", "nib", "phone", "whatsapp", "village", "district", "regency")
_ELSEWHERE = "x"  # stands for firms of other regions, of which the person knows no number
TICK = "bukan_ganda"


class CarefulFirmForm(FirmForm):
    """The form of a firm that looks for the same firm before it saves."""

    alike: list[Match]

    def clean(self) -> Any:
        """Stop once where the firm may be in the register already."""
        cleaned = super().clean()
        self.alike = []
        if self.errors or not self._asks(cleaned):
            return cleaned
        self.alike = matches([self._candidate(cleaned)], self.request.user).get(0, [])
        if not self.alike_numbers <= self._ticked():
            self.add_error(
                None,
                ValidationError(
                    _(
                        "This firm may stand in the register already. Look at the firms below; "
                        "if it is another one, tick “not a duplicate” and save again."
                    )
                ),
            )
        return cleaned

    @property
    def alike_numbers(self) -> set[str]:
        """The firms to look at, as the tick names them."""
        return {str(match.firm) if match.in_scope else _ELSEWHERE for match in self.alike}

    @property
    def tick(self) -> str:
        """What the tick stands for: exactly the firms that are shown."""
        return ",".join(sorted(self.alike_numbers))

    @property
    def alike_told(self) -> list[tuple[Match, str]]:
        """The firms with their reasons in words."""
        return [(match, in_words(match.reasons)) for match in self.alike]

    def _asks(self, cleaned: dict[str, Any]) -> bool:
        """Whether the firm is new, or says something else of itself than before."""
        now = {name: getattr(cleaned.get(name), "pk", cleaned.get(name)) for name in _TELLING}
        return self.instance._state.adding or any(
            (value or "") != (self.initial.get(name) or "") for name, value in now.items()
        )

    def _ticked(self) -> set[str]:
        return set(str(self.data.get(TICK, "")).split(","))

    def _candidate(self, cleaned: dict[str, Any]) -> Candidate:
        def code(name: str) -> str:
            return cleaned[name].pk if cleaned.get(name) else ""

        typed = {k: str(v) for k, v in self.data.items() if re.match(r"^owners-\d+-name$", k)}
        return Candidate(
            name=cleaned.get("name") or "",
            owners=tuple(filter(None, typed.values())),
            phones=tuple(filter(None, (cleaned.get("phone"), cleaned.get("whatsapp")))),
            nib=cleaned.get("nib") or "",
            regency=code("regency"),
            district=code("district"),
            village=code("village"),
            product=cleaned.get("products") or "",
            firm=self.instance.pk,
        )


def remember_decisions(firm: Firm, form: CarefulFirmForm, by: Any) -> None:
    """Keep what the tick said; about firms of other regions nobody here can decide."""
    numbers = [match.firm for match in form.alike if match.firm is not None]
    for other in Firm.objects.filter(pk__in=numbers):
        services.duplicate_dismiss(
            first=firm, second=other, by=by, reason=_("Said when the firm was saved")
        )
