"""Thin faces of the register for staff: firms, private files."""

from __future__ import annotations

from registry.views.files import private_file
from registry.views.firms import firm_list, firm_page

__all__ = ["firm_list", "firm_page", "private_file"]
