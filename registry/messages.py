"""What the register says about a cell, a row or a file: one sentence for every problem code.

The rule: a sentence says what is wrong, which value, and what to do next; it never shows the
identity number of a person. Intake, forms and API take their sentences from here.

The placeholders that a code may use: ``value`` (the cell as read), ``count``, ``proposal``,
``rest``, ``field``, ``row``, ``firm``, ``regency``, ``district``, ``village``, ``code``,
``edition``, ``year``, ``heading``, ``limit``, ``latitude``, ``longitude``, ``day``. One without a
parameter shows as an ellipsis.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, Protocol

from django.utils.translation import gettext_lazy as _

from registry import messages_saving

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Level = Literal["error", "warning"]


class Problematic(Protocol):
    """What has a sentence: a problem of :mod:`registry.identifiers` or one of the intake."""

    @property
    def message_code(self) -> str: ...

    @property
    def params(self) -> Mapping[str, str]: ...


_ERRORS: dict[str, StrPromise] = {
    "name_missing": _(
        "The row has no firm name. Write the name in the name column, or delete the row if it is "
        "no firm."
    ),
    "nib_length": _(
        "NIB must have 13 digits; %(value)s has %(count)s. Copy the number from the NIB document."
    ),
    "number_precision_lost": _(
        "The spreadsheet shortened this number to %(value)s, and digits are lost. Set the column "
        "to text and type the number again from the document."
    ),
    "regency_missing": _(
        "The row names no regency. Fill in the regency column, or choose one regency for the "
        "whole file."
    ),
    "region_outside": _(
        "%(value)s is outside the regions of this register. Correct the region, or remove the row."
    ),
    "number_unparseable": _(
        "%(value)s cannot be read as a number. Write digits only, for example 1250."
    ),
    "money_unparseable": _(
        "%(value)s cannot be read as an amount of money. Write rupiah in digits, for example "
        "1.500.000."
    ),
    "duplicate_nib_in_file": _(
        "NIB %(value)s already stands in row %(row)s. Correct the NIB, or keep one of the two rows."
    ),
    "firm_unknown": _(
        "The register knows no firm with %(value)s, and this sheet makes none. Write the NIB of a "
        "registered firm, or take in the list of firms first."
    ),
    "certificate_kind_unknown": _(
        "The row does not say which certificate %(value)s is. Write the kind in a column, for "
        "example Halal or SNI, or in the title of the sheet."
    ),
    "out_of_scope": _(
        "Your account may not change data of %(regency)s. Ask an officer of that region to send "
        "this row."
    ),
}

_WARNINGS: dict[str, StrPromise] = {
    "nib_leading_zero_lost": _(
        "NIB %(value)s has 12 digits; the spreadsheet seems to have dropped its first zero. If "
        "the NIB document says %(proposal)s, enter it with the zero."
    ),
    "nib_placeholder": _(
        "%(value)s stands for a missing NIB and is not saved. Enter the 13 digits when the firm "
        "has its NIB, or leave the cell empty."
    ),
    "npwp_damaged": _(
        "The NPWP has %(count)s readable digits and is not saved. Copy all 15 or 16 digits from "
        "the NPWP card into a cell set to text."
    ),
    "npwp_is_identity": _(
        "The NPWP column holds a person's identity number (NIK). It was not saved. Enter the "
        "firm's own NPWP, or leave the cell empty."
    ),
    "kbli_unknown": _(
        "KBLI %(value)s is not a known five-digit code and is not saved. Look the code up in the "
        "KBLI list."
    ),
    "kbli_not_industry": _(
        "KBLI %(value)s is not an industry code (10 to 33). Check what the firm makes, and choose "
        "the code of its production."
    ),
    "region_ambiguous": _(
        "%(value)s can be more than one place. Write the regency and the district in full, for "
        "example Kabupaten Cirebon or Kota Cirebon."
    ),
    "region_unknown": _(
        "%(value)s is not a known district or village of this region and is not saved. Check the "
        "spelling, or choose the place from the list."
    ),
    "village_not_in_district": _(
        "Village %(value)s is not in district %(district)s and is not saved. Correct the village "
        "or the district."
    ),
    "phone_invalid": _(
        "%(value)s is not a complete telephone number and is not saved. Write it with its area or "
        "mobile code, for example 0812 3456 7890."
    ),
    "phone_damaged": _(
        "The spreadsheet rounded the telephone number to %(value)s, so it is not saved. Set the "
        "column to text and type the number again."
    ),
    "phone_multiple": _(
        "The cell holds several telephone numbers. %(value)s is saved as the firm's number; "
        "%(rest)s goes to the notes. Swap them if another one is better."
    ),
    "email_invalid": _(
        "%(value)s is not a complete e-mail address and is not saved. Write one address, for "
        "example nama@contoh.id."
    ),
    "money_implausible": _(
        "%(value)s is far from the other amounts in this column. Check the number of zeros and "
        "the unit of the column."
    ),
    "unit_unknown": _(
        "Unit %(value)s is not known and is not saved. Choose a unit from the list, for example "
        "kg, kodi or pcs."
    ),
    "date_unparseable": _(
        "%(value)s cannot be read as a date and is not saved. Write day, month and year, for "
        "example 02/03/2021."
    ),
    "date_future": _(
        "The date %(value)s is still to come and is not saved. Check the year and the order of "
        "day and month."
    ),
    "coordinates_swapped": _(
        "Latitude and longitude were in each other's column (%(latitude)s and %(longitude)s) and "
        "have been put right. Swap the columns in your file too."
    ),
    "coordinates_outside": _(
        "The point %(latitude)s, %(longitude)s is outside these regions and is not saved. Copy "
        "the point again from the map."
    ),
    "pirt_invalid": _(
        "%(value)s is not a P-IRT number of 15 digits. It is kept as written; copy the number "
        "from the certificate, for example 2063209010072-29."
    ),
    "halal_invalid": _(
        "%(value)s is not a halal certificate number (ID and 17 digits). It is kept as written; "
        "copy the number from the BPJPH certificate."
    ),
    "name_generic": _(
        "%(value)s names a product, not a firm. Add the firm's own name or the owner's name."
    ),
    "possible_duplicate": _(
        "This row may be the same firm as %(firm)s. Compare the two, then choose merge or not a "
        "duplicate."
    ),
    "duplicate_in_file": _(
        "This row equals row %(row)s of the file. Skip it, or change what tells the two firms "
        "apart."
    ),
    "older_data": _(
        "The row is of %(year)s, and the register already holds newer data of this firm. It only "
        "fills empty fields and the figures of its own year. Check the data year if that is not "
        "meant."
    ),
    "workers_split_stays": _(
        "The sheet gives %(value)s workers in all; for that year %(old)s are on record, told by "
        "men and women. That is kept. Where the new number is right, give men and women too."
    ),
    "website_invalid": _(
        "%(value)s is not a web address and is not saved. Write it as https://contoh.id."
    ),
    "bpom_invalid": _(
        "%(value)s is not a BPOM MD number (MD and 12 digits). It is kept as written; copy the "
        "number from the registration."
    ),
    "sni_invalid": _(
        "%(value)s is not an SNI number. It is kept as written; write number and year, for "
        "example SNI 8152:2015."
    ),
    "brand_number_invalid": _(
        "%(value)s is not a brand number of DJKI. It is kept as written; copy the number from the "
        "certificate, for example IDM000123456."
    ),
}

_QUESTIONS: dict[str, StrPromise] = {
    "money_unit_undeclared": _(
        "Column %(heading)s does not say in which unit its amounts are. Choose rupiah, thousands, "
        "millions or billions before saving."
    ),
}

_REFUSALS: dict[str, StrPromise] = {
    "not_a_spreadsheet": _(
        "This file is not a spreadsheet. Save it as .xlsx, .xls, .ods or .csv and upload it again."
    ),
    "empty": _("The file has no rows. Open it, check which sheet holds the data, and upload it."),
    "no_header": _(
        "No row with column headings was found. Put the headings, for example Nama Usaha and "
        "Alamat, in one row above the data."
    ),
    "not_firm_rows": _(
        "This sheet is a recapitulation, not a list of firms. Upload the list with one firm in "
        "each row."
    ),
    "too_large": _(
        "The file is larger than %(limit)s. Split it by district or by year and upload the parts."
    ),
    "encrypted": _(
        "The file is protected by a password. Remove the password in the spreadsheet program and "
        "upload it again."
    ),
    "unreadable": _(
        "The file is damaged and cannot be read. Open it in the spreadsheet program, save it "
        "under a new name, and upload that."
    ),
}

# More exact sentences for a code: the problem keeps its code, see Problem.variant.
_VARIANTS: dict[str, StrPromise] = {
    "halal_is_decree": _(
        "%(value)s is a halal decree (KH), not a certificate, and is not saved as one. Write the "
        "number that begins with ID and has 17 digits, from the BPJPH certificate."
    ),
    "pirt_too_long": _(
        "P-IRT %(value)s would run until %(year)s, but a P-IRT is given for 5 years. Compare the "
        "last two digits with the certificate."
    ),
    "pirt_other_end": _(
        "P-IRT %(value)s ends in %(year)s by its last two digits, but %(day)s is given as its "
        "end. Compare both with the certificate, and correct the one that is wrong."
    ),
    "pirt_outside": _(
        "P-IRT %(value)s names region %(code)s, which is outside the regions of this register. A "
        "P-IRT falls when production moves: compare it with the certificate."
    ),
    "kbli_other_edition": _(
        "KBLI %(value)s is a code of KBLI %(edition)s, not of the edition chosen for this file, "
        "and is not saved. Choose KBLI %(edition)s, or look up the code of the chosen edition."
    ),
    "possible_duplicate_in_file": _(
        "This row may be the same firm as %(firm)s in row %(row)s of the file. Compare the two, "
        "then keep one of them, or say that they are two firms."
    ),
    "is_web_page": _(
        "This file is a web page, though its name may end in .xls. Open it in the spreadsheet "
        "program, save it as .xlsx, and upload that."
    ),
    "is_pdf": _(
        "This file is a PDF. Upload the spreadsheet from which it was made; a printed list must be "
        "typed into one."
    ),
    "is_document": _(
        "This file is a text document. Copy its table into a spreadsheet with one firm in each "
        "row, and upload that."
    ),
    "is_presentation": _(
        "This file is a presentation. Copy its table into a spreadsheet with one firm in each "
        "row, and upload that."
    ),
    "is_picture": _(
        "This file is a picture. Upload the spreadsheet of which it was taken; a photographed list "
        "must be typed into one."
    ),
    "is_archive": _(
        "This file is an archive such as .zip. Unpack it and upload the spreadsheet that is in it."
    ),
    "firm_unnamed": _(
        "The row names no firm. Write the NIB, or the name of the firm and its place."
    ),
    "is_pivot": _(
        "Sheet %(sheet)s is a pivot table (it has the heading %(heading)s), not a list of firms. "
        "Choose the sheet on which the pivot table is built, or upload that list."
    ),
    "is_recapitulation": _(
        "Sheet %(sheet)s counts firms (heading %(heading)s) and does not list them. Upload the "
        "list with one firm in each row."
    ),
    "no_name_column": _(
        "Headings were found in row %(row)s of sheet %(sheet)s, but none for the name of the firm. "
        "Head that column Nama Usaha, or choose it yourself."
    ),
    "no_such_kind": _(
        "Headings were found in row %(row)s of sheet %(sheet)s, but none for what is to be taken "
        "in. Check that the right kind of list was chosen."
    ),
    "no_such_sheet": _("The file has no sheet %(sheet)s. Choose one of its sheets: %(sheets)s."),
    "split_is_date": _(
        "The spreadsheet turned two numbers of workers into the date %(value)s. Set the column to "
        "text and write them again, for example 3/5."
    ),
    "too_many_rows": _(
        "The file has more than %(limit)s rows. Split it by district or by year and upload the "
        "parts."
    ),
    "percent_out_of_range": _(
        "%(value)s is more than 100 percent. Copy the percentage from the TKDN certificate."
    ),
    "coordinates_incomplete": _(
        "Latitude or longitude is missing (%(latitude)s %(longitude)s), so the point is not "
        "saved. Fill in both, or leave both empty."
    ),
    "coordinates_unreadable": _(
        "%(latitude)s, %(longitude)s cannot be read as a point and is not saved. Write both "
        "numbers as the map shows them, for example -6.70512 and 108.55389."
    ),
    "not_canonical": _("%(value)s is right but not in the form we keep. Write %(proposal)s."),
    "not_canonical_number": _(
        "The number is right but not in the form we keep. Write its digits only."
    ),
    "value_missing": _("A dash or an empty value is no number. Fill it in, or leave it out."),
}

MESSAGES: dict[str, StrPromise] = {
    **_ERRORS,
    **_WARNINGS,
    **_QUESTIONS,
    **_REFUSALS,
    **_VARIANTS,
    **messages_saving.ERRORS,
    **messages_saving.WARNINGS,
}
ERRORS = frozenset(_ERRORS)
WARNINGS = frozenset(_WARNINGS)
QUESTIONS = frozenset(_QUESTIONS)
REFUSALS = frozenset(_REFUSALS)
# Codes of forms and models. An intake report has no code for these fields: keep the text there.
FORM_ONLY = frozenset({"website_invalid", "bpom_invalid", "sni_invalid", "brand_number_invalid"})


class Filled(dict[str, str]):
    """Parameters of a sentence; one that is missing shows as an ellipsis."""

    def __missing__(self, key: str) -> str:
        return "…"


def message_for(problem: Problematic) -> str:
    """The sentence for a problem in the active language. An unknown code raises KeyError."""
    return str(MESSAGES[problem.message_code]) % Filled(problem.params)


def level_of(code: str) -> Level:
    """``warning`` if a row with this problem is saved all the same, else ``error``.

    Open questions and refusals count as errors: nothing is saved. An unknown code or a variant
    raises KeyError.
    """
    if code in WARNINGS or code in messages_saving.WARNINGS:
        return "warning"
    if code in ERRORS | QUESTIONS | REFUSALS or code in messages_saving.ERRORS:
        return "error"
    raise KeyError(code)
