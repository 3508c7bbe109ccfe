"""What staff write to a firm: the text of the queue, filled in, behind a link to WhatsApp.

Rule: the link only opens WhatsApp; a person reads the text and sends it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format

from registry.advice_owner import FOR_OWNER
from registry.contacts import filled, whatsapp_link
from registry.desk.queues import DeskQueue
from registry.desk.rows import Row
from registry.models import MessageTemplate
from registry.models.firms import WorkLanguage


@dataclass(frozen=True)
class Message:
    """A text to a firm in one language; `link` is "" where no number can have WhatsApp."""

    language: str
    label: Any
    text: str
    link: str


def with_links(rows: Iterable[Row], queue: DeskQueue, user: Any) -> list[Row]:
    """The rows with the link that opens WhatsApp with the queue's text.

    In the firm's language of work where the office wrote one in it, else in Indonesian.
    """
    texts = _texts(queue)
    return [
        replace(row, whatsapp=whatsapp_link(row.number, _said(_for(row, texts), row, user)))
        if row.number
        else row
        for row in rows
    ]


def _for(row: Row, texts: Mapping[str, str]) -> str:
    indonesian = texts.get(WorkLanguage.INDONESIAN.value, "")
    return texts.get(row.firm.work_language, indonesian)


def messages_of(row: Row, queue: DeskQueue, user: Any) -> list[Message]:
    """The texts of a queue for a firm, its language of work first, then the others written."""
    found = []
    for language, body in _texts(queue).items():
        text = _said(body, row, user)
        link = whatsapp_link(row.number, text) if row.number else ""
        found.append(Message(language, WorkLanguage(language).label, text, link))
    return sorted(found, key=lambda message: message.language != row.firm.work_language)


def _texts(queue: DeskQueue) -> Mapping[str, str]:
    rows = MessageTemplate.objects.filter(queue=queue.key).order_by("language")
    return dict(rows.values_list("language", "body"))


def _said(body: str, row: Row, user: Any) -> str:
    """The text as it is sent: what is filled in is Indonesian, whatever the screen speaks.

    The next step is said as to the firm, and not as to the officer.
    """
    with translation.override("id"):
        return filled(
            body,
            {
                "nama": row.firm.full_name,
                "langkah": FOR_OWNER.on(row.rung, row.account),
                "wilayah": row.firm.regency.name,
                "petugas": user,
                "hari": date_format(timezone.localdate(), "j F Y"),
            },
        )
