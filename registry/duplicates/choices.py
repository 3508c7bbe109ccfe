"""What is chosen when two firms become one: fields that only make sense together are one choice.

Rule: an empty value never wins over a filled one unless a person says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.models import Firm

KEPT, GONE = "kept", "gone"


@dataclass(frozen=True)
class Choice:
    """One thing to choose: the columns that go together, and what people call them."""

    key: str
    label: Promise
    columns: tuple[str, ...]

    def values(self, firm: Firm) -> dict[str, Any]:
        """What a firm has of it."""
        return {column: getattr(firm, column) for column in self.columns}

    def is_blank(self, firm: Firm) -> bool:
        """Whether a firm has nothing of it."""
        return all(value in (None, "") for value in self.values(firm).values())

    def default(self, kept: Firm, gone: Firm) -> str:
        """What is taken unless somebody chooses: the kept firm's, where it has any."""
        if self.key == "place":
            deeper = _place(gone) != _place(kept) and _place(gone).startswith(_place(kept))
            return GONE if deeper else KEPT
        return GONE if self.is_blank(kept) and not self.is_blank(gone) else KEPT


CHOICES = (
    Choice("name", _("firm name"), ("name",)),
    Choice("legal_form", _("legal form"), ("legal_form",)),
    Choice("brand", _("brand"), ("brand",)),
    Choice("products", _("main products"), ("products",)),
    Choice("nib", _("NIB"), ("nib", "scale_on_nib")),
    Choice("npwp", _("NPWP"), ("npwp",)),
    Choice("place", _("place"), ("village_id", "district_id", "regency_id")),
    Choice("address", _("address"), ("address",)),
    Choice("point", _("coordinates"), ("latitude", "longitude")),
    Choice("phone", _("phone"), ("phone",)),
    Choice("whatsapp", _("WhatsApp"), ("whatsapp",)),
    Choice("email", _("e-mail"), ("email",)),
    Choice("website", _("website"), ("website",)),
    Choice("work_language", _("language of work"), ("work_language",)),
    Choice("start_year", _("start year"), ("start_year",)),
    Choice("status", _("status"), ("status", "closed_on", "closed_reason")),
    Choice("data", _("data year and source"), ("data_year", "source")),
    Choice("confirmed", _("last confirmed"), ("confirmed_on", "confirmed_how")),
    Choice("self_confirmed", _("confirmed by the firm itself"), ("self_confirmed_on",)),
    Choice("notes", _("notes"), ("notes",)),
)
# What nobody chooses: what the machine keeps, and the seal, which follows name, form and NIB.
NOT_CHOSEN = frozenset(
    {
        "id", "created_at", "updated_at", "is_sample", "own_facts", "search", "search_staff",
        "name_key", "blocks", "merged_into_id", "verified_on", "verified_document",
        "verified_by_id",
    }
)  # fmt: skip


def differing(kept: Firm, gone: Firm) -> list[Choice]:
    """The choices in which two firms differ."""
    return [each for each in CHOICES if each.values(kept) != each.values(gone)]


def resolved(kept: Firm, gone: Firm, asked: Mapping[str, str]) -> dict[str, str]:
    """For every choice that differs, whose value is taken. Raises `ValidationError`."""
    known = {each.key for each in CHOICES}
    if wrong := [key for key, whose in asked.items() if key not in known or whose not in WHOSE]:
        raise ValidationError(
            _("These choices are not known: %(what)s. Open the comparison again.")
            % {"what": ", ".join(sorted(wrong))}
        )
    if kept.nib and gone.nib and "nib" not in asked:
        raise ValidationError(
            _("Both firms have a NIB, and the two differ. Choose which one is right.")
        )
    different = differing(kept, gone)
    return {each.key: asked.get(each.key) or each.default(kept, gone) for each in different}


WHOSE = frozenset({KEPT, GONE})


def _place(firm: Firm) -> str:
    return str(firm.village_id or firm.district_id or firm.regency_id)
