"""The one road in: every write of the register, one function for each thing a person does.

All take keyword-only arguments, `by` (who) and `reason` (why); check the policy on the row as it
was and as it will be; run in one transaction; and leave who and why in the history.
"""

from __future__ import annotations

from registry.services.base import SYSTEM, NotAllowed, remove_row, save_row
from registry.services.consents import consent_give, consent_withdraw
from registry.services.contacts import contact_log
from registry.services.duplicates import duplicate_dismiss, pair_open, pairs_refresh
from registry.services.firms import (
    FirmDraft,
    firm_close,
    firm_register,
    firm_reopen,
    firm_save,
    firm_verify,
    firms_register,
)
from registry.services.history import row_restore
from registry.services.merging import firms_merge, merge_conflicts, merge_undo
from registry.services.siinas import StepNotPossible, siinas_open, siinas_step

__all__ = [
    "SYSTEM",
    "FirmDraft",
    "NotAllowed",
    "StepNotPossible",
    "consent_give",
    "consent_withdraw",
    "contact_log",
    "duplicate_dismiss",
    "firm_close",
    "firm_register",
    "firm_reopen",
    "firm_save",
    "firm_verify",
    "firms_merge",
    "firms_register",
    "merge_conflicts",
    "merge_undo",
    "pair_open",
    "pairs_refresh",
    "remove_row",
    "row_restore",
    "save_row",
    "siinas_open",
    "siinas_step",
]
