"""Thin faces of the register for staff: firms, duplicates, cards, proposals, reports, files."""

from __future__ import annotations

from registry.views.cards import cards_print, firm_cards
from registry.views.desk import contact_new, desk
from registry.views.desk_many import desk_many
from registry.views.desk_papers import desk_forms, desk_visits, desk_xlsx
from registry.views.duplicates import merge_list, merge_page, pair_compare, pair_list, pair_page
from registry.views.files import private_file
from registry.views.firms import firm_find, firm_list, firm_page
from registry.views.proposals import card_request_close, proposal_decide, proposal_list
from registry.views.reports import report_list, report_many, report_sheet, report_sheets

__all__ = [
    "card_request_close",
    "cards_print",
    "contact_new",
    "desk",
    "desk_forms",
    "desk_many",
    "desk_visits",
    "desk_xlsx",
    "firm_cards",
    "firm_find",
    "firm_list",
    "firm_page",
    "merge_list",
    "merge_page",
    "pair_compare",
    "pair_list",
    "pair_page",
    "private_file",
    "proposal_decide",
    "proposal_list",
    "report_list",
    "report_many",
    "report_sheet",
    "report_sheets",
]
