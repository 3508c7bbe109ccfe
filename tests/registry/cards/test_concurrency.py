"""Two at once: one decision about a proposal counts, and two who ask leave one request."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from registry import services
from registry.corrections import on_record, stamp_of
from registry.models import CardRequest, ChangeProposal
from registry.services import SYSTEM, Decision
from tests.registry.factories import make_firm

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Run them at the same time; what each answered or raised."""
    start, found = threading.Barrier(len(works)), []

    def run(work: Callable[[], Any]) -> None:
        start.wait()
        try:
            found.append(work())
        except ValidationError as error:
            found.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_one_of_two_decisions_counts_and_one_of_two_wishes_stays(people: dict[str, Any]) -> None:
    firm = make_firm("Dua Petugas")
    card = services.card_issue(firm=firm, way="link", by=SYSTEM).card
    (row,) = services.corrections_propose(card=card, wanted={"brand": {"brand": "Lestari"}})
    seen = stamp_of(on_record(firm)["brand"])

    def decide(accept: bool) -> Any:
        decision = Decision(row.pk, accept, seen, "" if accept else "bukan merek")
        return services.proposals_decide(firm=firm, decisions=[decision], by=SYSTEM)

    answers = at_once(lambda: decide(True), lambda: decide(False))
    assert sum(isinstance(each, ValidationError) for each in answers) == 1
    firm.refresh_from_db()
    state = ChangeProposal.objects.get().state
    assert (state, firm.brand) in {("accepted", "Lestari"), ("refused", "")}

    at_once(lambda: services.card_ask(firm=firm), lambda: services.card_ask(firm=firm))
    assert CardRequest.objects.count() == 1
