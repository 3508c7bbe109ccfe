"""What an intake says of a row when saving it; `registry.messages` gives these sentences too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

# The row stays open with one of these.
ERRORS: dict[str, StrPromise] = {
    "not_saved": _("The register did not take this row: %(why)s Mend the row, then save again."),
    "earlier_row_open": _(
        "This row is the same firm as row %(row)s, and that row is not saved yet. Mend row "
        "%(row)s first, then decide again."
    ),
}
# The row is saved, but not all of it.
WARNINGS: dict[str, StrPromise] = {
    "siinas_stays": _(
        "The SIINas account of %(firm)s stays as it is; the step needs evidence. Record it on the "
        "firm's page."
    ),
    "changed_since": _(
        "%(firm)s was changed after the import (%(what)s), so undoing left it as it is. Change it "
        "on its own page where that is needed."
    ),
}
