"""The next step of a firm on the chain, as a sentence for the officer who goes there.

Rule: advice follows from what is on record and names one thing to do. Steps in SIINas and OSS are
taken by the owner, with the owner's own account; nobody is asked for a password.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.models import SiinasAccount
from registry.siinas import Blocker, State, mail_overdue


@dataclass(frozen=True)
class Advice:
    """The sentences for one reader; `by_state` and `by_blocker` are about the SIINas account."""

    by_rung: Mapping[str, Promise]
    all_done: Promise
    unknown: Promise
    by_state: Mapping[str, Promise]
    by_blocker: Mapping[str, Promise]
    mail_overdue: Promise

    def on(self, rung: str, account: SiinasAccount | None) -> str:
        """What to do next on a rung of `registry.chain`; "" as rung means all are reached.

        `account` is the furthest one.
        """
        if account is not None and account.state == State.BLOCKED and rung != "nib":
            # Past the account too: without it the firm can neither report nor apply.
            return str(self.by_blocker.get(account.blocker, self.by_blocker[Blocker.OTHER]))
        if rung not in ("account", "profile"):
            return str(self.by_rung.get(rung, self.all_done))
        if account is None:
            return str(self.unknown)
        if mail_overdue(account.state, account.registered_on, timezone.localdate()):
            return str(self.mail_overdue)
        return str(self.by_state.get(account.state, self.unknown))


_UNKNOWN = _("Ask whether the firm already has a SIINas account, then record the answer.")
_BY_RUNG: dict[str, Promise] = {
    "nib": _("Help the owner to get a NIB in OSS, then record its 13 digits."),
    "tkdn": _("Check which product can get a TKDN-IK certificate, then help to apply."),
    "partner": _("List a product in the e-catalogue, or agree on mentoring, then record it."),
}
_ALL_DONE = _("Every step on record is done. Keep certificates from running out.")
_BY_STATE: dict[str, Promise] = {
    State.NOT_REGISTERED: _("Go with the owner through the registration in SIINas."),
    State.SUBMITTED: _(
        "Check that the owner reads the e-mail on the NIB: the account comes there."
    ),
    State.AWAITING_EMAIL: _(
        "Check that the owner reads the e-mail on the NIB: the account comes there."
    ),
    State.ISSUED: _("Help to fill the eight sections of the profile in SIINas."),
    State.PROFILE_INCOMPLETE: _("Help to fill the sections of the profile that are missing."),
    State.COMPLETE: _("The account is complete. Check what TKDN-IK still asks for."),
    State.BLOCKED: _("Clear what blocks the account, then record where it goes on."),
    State.INACTIVE: _("Ask whether the firm needs an account again, then record the answer."),
}
_BY_BLOCKER: dict[str, Promise] = {
    Blocker.EMAIL_LOST: _("Help the owner to change the e-mail in OSS, then register again."),
    Blocker.PASSWORD_FORGOTTEN: _("Help the owner to set a new password by the e-mail on the NIB."),
    Blocker.ADDRESS_WRONG: _("Help the owner to mend the address in SIINas."),
    Blocker.KBLI_NOT_INDUSTRY: _(
        "Help the owner to add an industry KBLI (10–33) to the NIB in OSS."
    ),
    Blocker.NIB_NOT_RBA: _("Help the owner to move the NIB to risk-based OSS."),
    Blocker.OTHER: _("Read the note of the last step, then agree with the owner on what to do."),
}
_MAIL_OVERDUE = _(
    "The e-mail with the account is overdue: it comes within 24 hours of registration. Look in "
    "the spam folder with the owner, else ask the SIINas helpdesk and record the ticket."
)


# The furthest account of a firm is the one that the chain speaks of.
_FURTHEST = ("complete", "profile_incomplete", "issued", "blocked", "awaiting_email")


def distance(account: SiinasAccount | None) -> int:
    """How far an account is from complete; the furthest one has the smallest distance.

    Of two that have come as far, the one that is not blocked is the further one.
    """
    state = account.stands_at if account else ""
    place = _FURTHEST.index(state) if state in _FURTHEST else len(_FURTHEST)
    return 2 * place + (account is not None and account.state == State.BLOCKED)


def furthest(accounts: Iterable[SiinasAccount]) -> SiinasAccount | None:
    """The account that the chain speaks of; of those as far as each other the first one given.

    Whoever asks gives the account of the main site first.
    """
    return min(accounts, key=distance, default=None)


FOR_OFFICER = Advice(_BY_RUNG, _ALL_DONE, _UNKNOWN, _BY_STATE, _BY_BLOCKER, _MAIL_OVERDUE)


def after(state: str) -> str:
    """What follows once an account stands at a state."""
    return str(_BY_STATE[state])
