"""A page of the desk: each firm once, with all its gaps, its next step and its last contact.

Rule: a page takes the same number of queries however many firms there are and whatever they lack.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Case, F, OuterRef, Subquery, Value, When

from registry.advice import FOR_OFFICER, furthest
from registry.chain import Rung, chain_of, with_chain
from registry.completeness import FACTS, Fact
from registry.contacts import whatsapp_number
from registry.desk.queues import DESK, DeskQueue
from registry.models import Contact, Firm, SiinasAccount, SiinasStep
from registry.querysets import FirmQuerySet
from registry.worklist import QUEUES


@dataclass(frozen=True)
class Row:
    """A firm as it stands in a list of the desk."""

    firm: Any
    chain: tuple[Rung, ...]
    gaps: tuple[DeskQueue, ...]  # every queue in which it lacks something
    missing: tuple[Fact, ...]  # the facts that it lacks
    account: Any  # the furthest SIINas account, with the day `since` it stands where it stands
    contact: Contact | None  # the latest one
    whatsapp: str = ""  # the link that opens WhatsApp with a text, where the firm has a number

    @property
    def step(self) -> str:
        """What to do next, in a sentence."""
        return FOR_OFFICER.on(self.rung, self.account)

    @property
    def rung(self) -> str:
        """The first rung of the chain that is not reached; "" when all are."""
        return next((rung.key for rung in self.chain if rung.mark != "sudah"), "")

    @property
    def number(self) -> str:
        """The number that can have WhatsApp, or ""."""
        return whatsapp_number(self.firm.whatsapp, self.firm.phone)

    @property
    def again(self) -> dt.date | None:
        """The day agreed for the next contact."""
        return self.contact.next_on if self.contact else None


def with_places(firms: FirmQuerySet) -> FirmQuerySet:
    """Firms with what a row shows of them."""
    return with_chain(firms).select_related("regency", "district", "village")


def rows_of(firms: Sequence[Any], user: Any) -> list[Row]:
    """The rows of firms that come with `with_places`, in their order."""
    keys = [firm.pk for firm in firms]
    lacks = _lacks(keys)
    accounts, contacts = _accounts(keys, user), _contacts(keys, user)
    return [
        Row(
            firm,
            chain_of(firm),
            tuple(queue for queue in DESK if queue.lacks and lacks[firm.pk][f"q_{queue.key}"]),
            tuple(fact for fact in FACTS if lacks[firm.pk][f"f_{fact.key}"]),
            accounts.get(firm.pk),
            contacts.get(firm.pk),
        )
        for firm in firms
    ]


def _lacks(keys: Iterable[int]) -> dict[int, dict[str, bool]]:
    """Of each firm, which queues and facts hold of it; one query."""
    conditions = {
        **{f"q_{queue.key}": QUEUES[queue.key].condition() for queue in DESK if queue.lacks},
        **{f"f_{fact.key}": fact.missing() for fact in FACTS},
    }
    told = {
        name.replace("-", "_"): Case(
            When(condition, then=Value(True)), default=Value(False), output_field=BooleanField()
        )
        for name, condition in conditions.items()
    }
    found = Firm.objects.filter(pk__in=keys).annotate(**told).values("pk", *told)
    return {row["pk"]: {name: row[name.replace("-", "_")] for name in conditions} for row in found}


def _accounts(keys: Iterable[int], user: Any) -> dict[int, Any]:
    steps = SiinasStep.objects.filter(account=OuterRef("pk"), target=OuterRef("state"))
    steps = steps.exclude(source=F("target"))  # a correction does not begin the state anew
    since = Subquery(steps.order_by("-on", "-pk").values("on")[:1])
    accounts = SiinasAccount.objects.visible_to(user).filter(site__firm__in=keys)
    accounts = accounts.select_related("site").annotate(since=since)
    found: dict[int, list[Any]] = {}
    for account in accounts.order_by("-site__is_main", "pk"):
        found.setdefault(account.site.firm_id, []).append(account)
    return {firm: furthest(each) for firm, each in found.items()}


def _contacts(keys: Iterable[int], user: Any) -> dict[int, Contact]:
    latest = Contact.objects.visible_to(user).filter(firm__in=keys)
    latest = (
        latest.order_by("firm_id", "-on", "-pk").distinct("firm_id").select_related("recorded_by")
    )
    return {contact.firm_id: contact for contact in latest}
