"""Work of the register that goes on in the background.

The rule: a task is short and safe to repeat. An intake is worked on for some seconds, then handed
to the next task; who finds it without a sign of life takes it up again.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django_q.tasks import async_task

from registry import mail, services
from registry.intake import work
from registry.models import Firm, IntakeBatch
from registry.models.intake import AT_WORK
from registry.schedules import enter

# Seconds for one task, far below the lease of a task; who takes up a living one finds it locked.
SLICE = 20.0
STALE = dt.timedelta(seconds=20)


def start(batch: IntakeBatch) -> None:
    """Let a worker go on with the intake."""
    async_task("registry.tasks.go_on", batch.pk, group="intake")


def go_on(pk: int) -> None:
    """Work on an intake for a while; then let the next task go on."""
    if work.run(pk, SLICE):
        async_task("registry.tasks.go_on", pk, group="intake")


def resume_intakes() -> int:
    """Take up the intakes that nobody works on any more; returns how many."""
    stale = IntakeBatch.objects.filter(state__in=AT_WORK, beat__lt=timezone.now() - STALE)
    found = list(stale.order_by("beat"))
    for batch in found:
        start(batch)
    return len(found)


def ask_for_card(firm: Firm, root: str) -> None:
    """Let a worker see to a card that somebody asked for on the public page of a firm.

    The request is answered the same and as quickly, whether there is an address to write to or not.
    """
    async_task("registry.tasks.send_card", firm.pk, root, group="cards")


def send_card(pk: int, root: str) -> None:
    """Mail the firm a card to its e-mail on record; without one, the office has to bring it.

    Repeated after a failure it makes a new card: the one that never left is known to nobody.
    """
    firm = Firm.objects.standing().filter(pk=pk).first()
    if firm is None:
        return
    services.card_ask(firm=firm)
    if firm.email and mail.can_send():
        mail.send_card(firm, root)


SCHEDULES = (
    ("intakes that nobody works on", "registry.tasks.resume_intakes", 1),
    ("words of what was written last", "registry.mending.gather_latest", 10),
    ("all words of the register", "registry.mending.gather_all", 24 * 60),
)


def keep_schedules(**_signal: Any) -> None:
    """Enter what runs again and again."""
    enter(SCHEDULES)
