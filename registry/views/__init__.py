"""Thin faces of the register for staff: firms, duplicates, private files."""

from __future__ import annotations

from registry.views.desk import contact_new, desk
from registry.views.desk_many import desk_many
from registry.views.desk_papers import desk_forms, desk_visits, desk_xlsx
from registry.views.duplicates import merge_list, merge_page, pair_compare, pair_list, pair_page
from registry.views.files import private_file
from registry.views.firms import firm_find, firm_list, firm_page

__all__ = [
    "contact_new",
    "desk",
    "desk_forms",
    "desk_many",
    "desk_visits",
    "desk_xlsx",
    "firm_find",
    "firm_list",
    "firm_page",
    "merge_list",
    "merge_page",
    "pair_compare",
    "pair_list",
    "pair_page",
    "private_file",
]
