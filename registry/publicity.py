"""Which fields of a firm the public can see, in the words that stand beside them in the forms.

Rule: what is not listed is internal. The public pages have an allow-list of their own
(`promotions.profiles`); a test holds the two against each other.
"""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Shown(TextChoices):
    """How far a field is seen; the label is said at the field."""

    ALWAYS = "always", _("shown in public")
    PRESENCE = "presence", _("the public sees only that it is on record")
    BODIES = "bodies", _("shown in public for PT, CV and cooperatives")
    WITH_CONSENT = "consent", _("shown in public with consent only")
    DATE = "date", _("the public sees the date")
    INTERNAL = "internal", _("internal")


_SHOWN: dict[str, dict[str, Shown]] = {
    "firm": {
        "name": Shown.ALWAYS,
        "legal_form": Shown.ALWAYS,
        "brand": Shown.ALWAYS,
        "products": Shown.ALWAYS,
        "start_year": Shown.ALWAYS,
        "regency": Shown.ALWAYS,
        "district": Shown.ALWAYS,
        "village": Shown.ALWAYS,
        "nib": Shown.PRESENCE,
        "website": Shown.BODIES,
        "phone": Shown.WITH_CONSENT,
        "whatsapp": Shown.WITH_CONSENT,
        "address": Shown.WITH_CONSENT,
        "latitude": Shown.WITH_CONSENT,
        "longitude": Shown.WITH_CONSENT,
        "confirmed_on": Shown.DATE,
        "self_confirmed_on": Shown.DATE,
    },
    "firmactivity": {"kbli": Shown.ALWAYS},
    "certificate": {
        "kind": Shown.ALWAYS,
        "number": Shown.ALWAYS,
        "product": Shown.ALWAYS,
        "tkdn_percent": Shown.ALWAYS,
        "valid_until": Shown.ALWAYS,
        "open_ended": Shown.ALWAYS,
    },
    "productionsite": {"centre": Shown.ALWAYS},
}


def shown(model_name: str, field_name: str) -> Shown:
    """How far the public sees a field of a firm or of what describes it."""
    return _SHOWN.get(model_name, {}).get(field_name, Shown.INTERNAL)
