"""Thin faces of the register for staff: firms, duplicates, reports, private files."""

from __future__ import annotations

from registry.views.duplicates import merge_list, merge_page, pair_compare, pair_list, pair_page
from registry.views.files import private_file
from registry.views.firms import firm_list, firm_page
from registry.views.reports import report_list, report_many, report_sheet, report_sheets

__all__ = [
    "firm_list",
    "firm_page",
    "merge_list",
    "merge_page",
    "pair_compare",
    "pair_list",
    "pair_page",
    "private_file",
    "report_list",
    "report_many",
    "report_sheet",
    "report_sheets",
]
