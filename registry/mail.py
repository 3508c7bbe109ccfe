"""Letters to firms: short, in the language of their work, to the contact on record alone."""

from __future__ import annotations

from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from registry import services
from registry.cards import FIRMS_LANGUAGE
from registry.models import Firm
from registry.models.cards import CardWay


def can_send() -> bool:
    """Whether letters leave this machine: without `EMAIL_URL` they are only written to the log."""
    return not settings.EMAIL_BACKEND.endswith("console.EmailBackend")


def send_card(firm: Firm, root: str) -> None:
    """Make a card and mail it to the firm; when the mail does not leave, there is no card."""
    with transaction.atomic(), override(FIRMS_LANGUAGE):
        issued = services.card_issue(
            firm=firm,
            way=CardWay.MAIL,
            by=services.SYSTEM,
            reason=_("Asked for on the public page"),
        )
        path = reverse("promotions:card", kwargs={"token": issued.token})
        body = _(
            "Somebody asked on the public page of %(firm)s for the link to its card. With it you "
            "can see your next step, say that your data are right, correct them, and decide what "
            "the public sees:\n\n%(address)s\n\nThe link works until %(day)s. Please do not pass "
            "it on. If you did not ask for it, you need not do anything."
        ) % {
            "firm": firm,
            "address": urljoin(root, path),
            "day": date_format(issued.card.expires_on, "j F Y"),
        }
        send_mail(_("The card of your firm"), body, None, [firm.email])
