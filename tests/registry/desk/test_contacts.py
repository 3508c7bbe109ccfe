"""The contact log: who may write it, what it refuses, and what its latest entry decides."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from registry.desk.queues import due_today
from registry.history import history_of
from registry.models import Contact, Firm
from registry.services import NotAllowed, contact_log, firms_merge
from tests.registry.factories import CIGUGUR, make_firm

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def form(**fields: str) -> dict[str, str]:
    day = f"{TODAY():%d/%m/%Y}"
    return {"on": day, "channel": "phone", "outcome": "told", "note": "", "next_on": "", **fields}


def test_officer_logs_a_contact_and_comes_back_to_the_queue(
    client: Any, people: dict[str, User]
) -> None:
    firm = make_firm()
    client.force_login(people["cirebon_staff"])
    sent = form(note="Bersedia", kembali="antrean=nib&kecamatan=32.09.19", _daftar="1")
    answer = client.post(f"/kerja/usaha/{firm.pk}/kontak/", sent)
    assert answer["Location"] == "/kerja/tugas/?antrean=nib&kecamatan=32.09.19"
    contact = Contact.objects.get()
    assert (contact.channel, contact.outcome, contact.note) == ("phone", "told", "Bersedia")
    assert contact.recorded_by == people["cirebon_staff"]
    page = client.get(f"/kerja/usaha/{firm.pk}/?antrean=nib").content.decode()
    assert "Bersedia" in page
    assert "antrean=nib" in page


def test_what_was_typed_stays_when_a_day_is_refused(client: Any, people: dict[str, User]) -> None:
    firm = make_firm()
    client.force_login(people["cirebon_staff"])
    tomorrow = f"{TODAY() + dt.timedelta(1):%d/%m/%Y}"
    answer = client.post(f"/kerja/usaha/{firm.pk}/kontak/", form(on=tomorrow, note="Jangan hilang"))
    assert answer.status_code == 400
    assert "Jangan hilang" in answer.content.decode()
    assert tomorrow in answer.content.decode()
    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    ("on", "next_on"), [(1, None), (-3, -4)], ids=["a talk to come", "next before it"]
)
def test_days_out_of_order_are_refused(
    people: dict[str, User], on: int, next_on: int | None
) -> None:
    def day(n: int) -> dt.date:
        return TODAY() + dt.timedelta(n)

    with pytest.raises(ValidationError):
        contact_log(
            firm=make_firm(),
            channel="visit",
            outcome="done",
            by=people["province"],
            on=day(on),
            next_on=day(next_on) if next_on is not None else None,
        )


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("province", 302),
        ("cirebon_staff", 302),
        ("kuningan_staff", 404),
        ("official_all", 403),
        ("official_kuningan", 403),
    ],
)
def test_only_the_office_of_the_firm_writes_its_log(
    client: Any, people: dict[str, User], who: str, status: int
) -> None:
    firm = make_firm()
    client.force_login(people[who])
    assert client.post(f"/kerja/usaha/{firm.pk}/kontak/", form()).status_code == status
    assert Contact.objects.count() == (status == 302)


def test_service_refuses_a_firm_of_another_region(people: dict[str, User]) -> None:
    with pytest.raises(NotAllowed):
        contact_log(
            firm=make_firm(village=CIGUGUR),
            channel="phone",
            outcome="told",
            by=people["cirebon_staff"],
        )


def test_officials_read_no_contact(client: Any, people: dict[str, User]) -> None:
    firm = make_firm()
    contact_log(
        firm=firm, channel="phone", outcome="told", note="Rahasia", by=people["cirebon_staff"]
    )
    assert "telepon" not in "".join(
        entry.sentence for m in history_of(firm, people["official_all"]) for entry in m.entries
    )
    client.force_login(people["official_all"])
    assert "Rahasia" not in client.get(f"/kerja/usaha/{firm.pk}/").content.decode()


def test_latest_entry_decides_whether_the_firm_is_due(people: dict[str, User]) -> None:
    firm, by = make_firm(), people["cirebon_staff"]
    past = TODAY() - dt.timedelta(9)

    def log(on: dt.date, next_on: dt.date | None) -> None:
        contact_log(firm=firm, channel="phone", outcome="agreed", on=on, next_on=next_on, by=by)

    log(past, TODAY())
    assert due_today(by).count == 1
    log(past, TODAY() + dt.timedelta(2))
    assert due_today(by).count == 0
    log(past + dt.timedelta(1), TODAY() - dt.timedelta(1))
    assert due_today(by).count == 1
    log(TODAY(), None)
    assert due_today(by).count == 0
    assert due_today(people["kuningan_staff"]).count == 0


def test_log_moves_along_when_two_firms_become_one(people: dict[str, User]) -> None:
    kept, gone, by = make_firm("Satu"), make_firm("Dua"), people["cirebon_staff"]
    for firm in (kept, gone):
        contact_log(firm=firm, channel="phone", outcome="told", by=by)
    firms_merge(kept=kept, gone=gone, by=by, choices={}, reason="uji")
    assert Firm.objects.get(pk=kept.pk).contacts.count() == 2
