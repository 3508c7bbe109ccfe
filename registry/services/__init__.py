"""The one road in: every write of the register, one function for each thing a person does.

All take keyword-only arguments, `by` (who) and `reason` (why); check the policy on the row as it
was and as it will be; run in one transaction; and leave who and why in the history.
"""

from __future__ import annotations

from registry.services.base import SYSTEM, NotAllowed, remove_row, save_row
from registry.services.cards import (
    IssuedCard,
    card_ask,
    card_confirm,
    card_consent_give,
    card_consent_withdraw,
    card_issue,
    card_object,
    card_object_lift,
    card_opened,
    card_request_close,
    card_revoke,
    cards_issue,
    cards_revoke,
)
from registry.services.centre_members import (
    centre_members_link,
    centre_members_refuse,
    centre_members_unlink,
    centre_refusals_lift,
)
from registry.services.centres import (
    centre_figure_save,
    centre_propose,
    centre_step,
    households_save,
)
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
from registry.services.objections import objection_lift, objection_record
from registry.services.proposals import Decision, corrections_propose, proposals_decide
from registry.services.reports import report_record, reports_record
from registry.services.siinas import (
    StepNotPossible,
    SteppedMeanwhile,
    siinas_open,
    siinas_step,
)

__all__ = [
    "SYSTEM",
    "Decision",
    "FirmDraft",
    "IssuedCard",
    "NotAllowed",
    "StepNotPossible",
    "SteppedMeanwhile",
    "card_ask",
    "card_confirm",
    "card_consent_give",
    "card_consent_withdraw",
    "card_issue",
    "card_object",
    "card_object_lift",
    "card_opened",
    "card_request_close",
    "card_revoke",
    "cards_issue",
    "cards_revoke",
    "centre_figure_save",
    "centre_members_link",
    "centre_members_refuse",
    "centre_members_unlink",
    "centre_propose",
    "centre_refusals_lift",
    "centre_step",
    "consent_give",
    "consent_withdraw",
    "contact_log",
    "corrections_propose",
    "duplicate_dismiss",
    "firm_close",
    "firm_register",
    "firm_reopen",
    "firm_save",
    "firm_verify",
    "firms_merge",
    "firms_register",
    "households_save",
    "merge_conflicts",
    "merge_undo",
    "objection_lift",
    "objection_record",
    "pair_open",
    "pairs_refresh",
    "proposals_decide",
    "remove_row",
    "report_record",
    "reports_record",
    "row_restore",
    "save_row",
    "siinas_open",
    "siinas_step",
]
