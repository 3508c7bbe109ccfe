"""What the public side does in the background: letters to firms, erasing what is over.

The rule: short and safe to repeat. A letter stands in the table until it has left, so nothing is
lost when a worker dies; two workers never send the same one.
"""

from __future__ import annotations

import logging
from typing import Any

from django.db import transaction
from django_q.tasks import async_task

from promotions import services
from promotions.inquiries.letters import send_letter
from promotions.models import InquiryFirm
from registry.schedules import enter

logger = logging.getLogger(__name__)
# Letters of one run; the next run takes the next ones.
LETTERS = 50


def post() -> None:
    """Let a worker send what waits now, without waiting for the next run."""
    async_task("promotions.tasks.send_waiting", group="inquiries")


def send_waiting() -> int:
    """Send the letters whose time has come; returns how many left."""
    sent = 0
    for pk in (
        InquiryFirm.objects.to_mail().order_by("next_try_at").values_list("pk", flat=True)[:LETTERS]
    ):
        sent += _send(pk)
    return sent


def _send(pk: int) -> bool:
    """Send one letter, unless another worker is at it."""
    with transaction.atomic():
        rows = InquiryFirm.objects.to_mail().select_for_update(skip_locked=True, of=("self",))
        row = rows.select_related("inquiry", "firm").filter(pk=pk).first()
        if row is None:
            return False
        try:
            with transaction.atomic():
                send_letter(row)
        except Exception:  # whatever a mail server says: the letter waits, nothing is lost
            logger.exception("letter of inquiry %s did not leave", row.inquiry.number)
            services.letter_failed(row=row)
            return False
        services.letter_left(row=row)
        return True


def erase_due() -> int:
    """Erase the buyers of inquiries whose day has come."""
    return services.inquiries_erase()


SCHEDULES = (
    ("letters to firms", "promotions.tasks.send_waiting", 5),
    ("buyers whose day of erasing has come", "promotions.tasks.erase_due", 24 * 60),
)


def keep_schedules(**_signal: Any) -> None:
    """Enter what runs again and again."""
    enter(SCHEDULES)
