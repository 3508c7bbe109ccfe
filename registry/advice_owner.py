"""The next step of a firm on the chain, as a sentence for the firm itself.

Rule: as `registry.advice`, said to the owner: one thing to do, in everyday words, and nobody is
asked for a password. Sources of the steps: OSS (PP 5/2021), SIINas (Permenperin 13/2025).
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.advice import Advice
from registry.siinas import Blocker, State

# The rungs of `registry.chain` in the words of somebody who meets them for the first time.
RUNG_WORDS: dict[str, Promise] = {
    "nib": _("Business identification number (NIB)"),
    "account": _("Account in SIINas, the information system of the Ministry of Industry"),
    "profile": _("Profile in SIINas complete"),
    "tkdn": _("Certificate of local content (TKDN), free for small industry"),
    "partner": _("Sales to or partnership with local government"),
}
_BY_RUNG: dict[str, Promise] = {
    "nib": _(
        "Get a NIB: it is free, at oss.go.id or with the help of the office. Bring your ID card "
        "and a phone."
    ),
    "tkdn": _(
        "Ask the office whether one of your products can get a TKDN certificate. It costs nothing."
    ),
    "partner": _("Offer a product in the e-catalogue of government; the office helps you with it."),
}
_ALL_DONE = _("Every step on record is done. Keep your certificates from running out.")
_UNKNOWN = _("Tell the office whether you already have a SIINas account; if not, it helps you.")
_MAIL = _("Read the e-mail that stands on your NIB: your SIINas account comes there.")
_BY_STATE: dict[str, Promise] = {
    State.NOT_REGISTERED: _("Register in SIINas; the office goes through it with you."),
    State.SUBMITTED: _MAIL,
    State.AWAITING_EMAIL: _MAIL,
    State.ISSUED: _("Fill in the profile of your firm in SIINas; the office helps you."),
    State.PROFILE_INCOMPLETE: _("Fill in the parts of your SIINas profile that are still empty."),
    State.INACTIVE: _("Tell the office whether you need your SIINas account again."),
}
_BY_BLOCKER: dict[str, Promise] = {
    Blocker.EMAIL_LOST: _("Change the e-mail of your NIB in OSS, then register in SIINas again."),
    Blocker.PASSWORD_FORGOTTEN: _("Set a new SIINas password by the e-mail that is on your NIB."),
    Blocker.ADDRESS_WRONG: _("Mend the address of your firm in SIINas."),
    Blocker.KBLI_NOT_INDUSTRY: _("Add an industry activity (KBLI 10–33) to your NIB in OSS."),
    Blocker.NIB_NOT_RBA: _("Renew your NIB in the risk-based OSS."),
    Blocker.OTHER: _("Ask the office what still blocks your SIINas account."),
}
_MAIL_OVERDUE = _(
    "The e-mail with your SIINas account should be there by now: look in the spam folder of the "
    "e-mail on your NIB. If it is not there, tell the office."
)

FOR_OWNER = Advice(_BY_RUNG, _ALL_DONE, _UNKNOWN, _BY_STATE, _BY_BLOCKER, _MAIL_OVERDUE)
