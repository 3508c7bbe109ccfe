"""The causes of problems in a sheet, each as people name it, and what mends it in the sheet.

Rule: the sentence at a cell (`registry.messages`) speaks of one value; these speak of all rows
with the same cause. Every code of the contract has both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    Text = StrPromise | str

# Fields of which one answer can mend every row that reads the same.
MAPPED = frozenset({"regency_code", "district_code", "village_code", "kbli", "capacity_unit"})
MAPPED_CODES = frozenset(
    {
        "region_unknown",
        "region_ambiguous",
        "region_outside",
        "village_not_in_district",
        "kbli_unknown",
        "unit_unknown",
    }
)
# Problems that a person settles by comparing the row with another.
COMPARED = frozenset({"possible_duplicate", "duplicate_in_file"})


@dataclass(frozen=True, slots=True)
class Remedy:
    """A cause, and how to mend it."""

    cause: Text
    mend: Text


_TEXT_COLUMN = _(
    "Set the column to Text in the spreadsheet program, then type the numbers again from the "
    "document."
)
_KEPT_EMPTY = _("The rows are saved without this value. Mend it here or in the sheet.")

REMEDIES: dict[str, Remedy] = {
    "name_missing": Remedy(
        _("The firm has no name"), _("Write the name, or delete the row if it is no firm.")
    ),
    "nib_length": Remedy(
        _("NIB does not have 13 digits"),
        _("Set the column to Text, then type the whole NIB with its leading zero."),
    ),
    "number_precision_lost": Remedy(_("The spreadsheet shortened the number"), _TEXT_COLUMN),
    "regency_missing": Remedy(
        _("The row names no regency"),
        _("Fill in the regency column, or choose the region when you upload the file."),
    ),
    "region_outside": Remedy(
        _("The place is outside these regions"), _("Correct the region, or leave the rows out.")
    ),
    "number_unparseable": Remedy(
        _("The number cannot be read"), _("Write digits only, for example 1250.")
    ),
    "money_unparseable": Remedy(
        _("The amount cannot be read"), _("Write rupiah in digits, for example 1.500.000.")
    ),
    "duplicate_nib_in_file": Remedy(
        _("The same NIB stands twice in the file"),
        _("Correct the NIB, or keep one of the two rows."),
    ),
    "out_of_scope": Remedy(
        _("The firm belongs to another region"),
        _("Ask an officer of that region to send these rows."),
    ),
    "nib_leading_zero_lost": Remedy(
        _("NIB lost its leading zero"), _("Compare with the NIB document, then type all 13 digits.")
    ),
    "nib_placeholder": Remedy(
        _("The NIB column holds a filler"),
        _("Leave the cell empty, or enter the NIB. The rows are saved without a NIB."),
    ),
    "npwp_damaged": Remedy(_("NPWP is incomplete"), _TEXT_COLUMN),
    "npwp_is_identity": Remedy(
        _("The NPWP column holds an identity number"),
        _("It was not stored. Enter the firm's own NPWP, or leave the cell empty."),
    ),
    "kbli_unknown": Remedy(_("KBLI is not known"), _KEPT_EMPTY),
    "kbli_not_industry": Remedy(
        _("KBLI is not an industry code"), _("Choose the code of what the firm makes (10 to 33).")
    ),
    "region_ambiguous": Remedy(_("The place can be more than one"), _KEPT_EMPTY),
    "region_unknown": Remedy(_("The place is not known"), _KEPT_EMPTY),
    "village_not_in_district": Remedy(_("The village is not in that district"), _KEPT_EMPTY),
    "phone_invalid": Remedy(_("The telephone number is incomplete"), _KEPT_EMPTY),
    "phone_damaged": Remedy(_("The spreadsheet rounded the telephone number"), _TEXT_COLUMN),
    "phone_multiple": Remedy(
        _("Several telephone numbers in one cell"),
        _("The first is saved, the others go to the notes."),
    ),
    "email_invalid": Remedy(_("The e-mail address is incomplete"), _KEPT_EMPTY),
    "website_invalid": Remedy(_("The web address is incomplete"), _KEPT_EMPTY),
    "money_implausible": Remedy(
        _("The amount is far from the others"), _("Check the number of zeros and the unit.")
    ),
    "unit_unknown": Remedy(_("The unit is not known"), _KEPT_EMPTY),
    "date_unparseable": Remedy(
        _("The date cannot be read"), _("Write day/month/year, for example 28/02/2027.")
    ),
    "date_future": Remedy(
        _("The date is still to come"), _("Check the year and the order of day and month.")
    ),
    "coordinates_swapped": Remedy(
        _("Latitude and longitude were swapped"),
        _("They have been put right. Swap the columns in your file too."),
    ),
    "coordinates_outside": Remedy(_("The point is not in these regions"), _KEPT_EMPTY),
    "pirt_invalid": Remedy(
        _("P-IRT does not have 15 digits"), _("It is kept as written. Compare the certificate.")
    ),
    "halal_invalid": Remedy(
        _("The halal number has another form"),
        _("It is kept as written. Compare the certificate."),
    ),
    "name_generic": Remedy(
        _("The name is only a product"), _("Add the firm's own name or the owner's name.")
    ),
    "possible_duplicate": Remedy(
        _("Possibly a firm that is already there"),
        _("Compare the two, then say whether they are the same firm."),
    ),
    "duplicate_in_file": Remedy(
        _("The row stands twice in the file"),
        _("Leave one of them out, or say that they are two firms."),
    ),
    "older_data": Remedy(
        _("The data are older than the register's"),
        _("They fill empty fields only. Check the data year if that is not meant."),
    ),
    "workers_split_stays": Remedy(
        _("Workers in all differ from men and women on record"),
        _("Men and women are kept. Give both in the sheet where the new number is right."),
    ),
}
_OTHER = Remedy(_("Something to look at"), _("The rows say what is wrong."))


def remedy_of(code: str) -> Remedy:
    """What to say of a cause; a code nobody named yet gets a general word."""
    return REMEDIES.get(code, _OTHER)


def maps_once(code: str, field: str | None) -> bool:
    """Whether one answer can mend all rows that read the same in this column."""
    return code in MAPPED_CODES and field in MAPPED
