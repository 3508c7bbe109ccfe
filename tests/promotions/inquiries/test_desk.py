"""Inquiries at the desk: who sees which, what is done about them, and letters that do not leave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import User
from promotions import services, tasks
from promotions.inquiries.queues import QUEUES, counts_of, rows_of
from promotions.models import Inquiry, InquiryFirm
from registry.models import Firm
from registry.services import SYSTEM, NotAllowed, firms_merge
from tests.registry.factories import CIGUGUR, make_firm

pytestmark = pytest.mark.django_db
Send = Callable[..., Inquiry]
LIST = "/kerja/pertanyaan/"


def html(answer: Any) -> str:
    return unescape(answer.content.decode())


def page(inquiry: Inquiry) -> str:
    return f"{LIST}{inquiry.pk}/"


def late(row: InquiryFirm) -> None:
    InquiryFirm.objects.filter(pk=row.pk).update(due_on=timezone.localdate() - dt.timedelta(days=1))


@pytest.fixture
def silent(reference_data: None) -> Firm:
    """A firm without an e-mail on record."""
    return make_firm("Tanpa Surel", phone="+6281200001234", consents=("catalogue",))


@pytest.mark.parametrize(
    ("who", "listed", "one"),
    [
        (None, 302, 302),
        ("province", 200, 200),
        ("cirebon_staff", 200, 200),
        ("kuningan_staff", 200, 404),
        ("official_all", 403, 403),
        ("official_kuningan", 403, 403),
    ],
)
def test_role_by_route(
    client: Any,
    people: dict[str, User],
    silent: Firm,
    send: Send,
    who: str | None,
    listed: int,
    one: int,
) -> None:
    inquiry = send(silent)
    row = inquiry.firms.get()
    if who:
        client.force_login(people[who])
    assert client.get(LIST).status_code == listed
    assert client.get(page(inquiry)).status_code == one
    act = client.post(f"{page(inquiry)}usaha/{row.pk}/", {"aksi": "jawab"})
    assert act.status_code == (302 if one == 200 else one)
    row.refresh_from_db()
    assert (row.state == "answered") is (one == 200)


def test_officer_sees_of_an_inquiry_the_firms_of_the_own_region(
    client: Any, people: dict[str, User], silent: Firm, send: Send
) -> None:
    far = make_firm("Rotan Jauh", village=CIGUGUR, consents=("catalogue",))
    inquiry = send(silent, also=[str(far.pk)])
    client.force_login(people["kuningan_staff"])
    told = html(client.get(page(inquiry)))
    assert "Rotan Jauh" in told
    assert "Tanpa Surel" not in told
    row = inquiry.firms.get(firm=silent)
    assert client.post(f"{page(inquiry)}usaha/{row.pk}/", {"aksi": "jawab"}).status_code == 404


def test_request_without_region_belongs_to_those_who_reach_all(
    client: Any, people: dict[str, User], send: Send
) -> None:
    inquiry = send(None)
    for who, status in (("province", 200), ("cirebon_staff", 404)):
        client.force_login(people[who])
        assert client.get(page(inquiry)).status_code == status
    with pytest.raises(NotAllowed):
        services.inquiry_close(inquiry=inquiry, reason="spam", by=people["cirebon_staff"])


def test_desk_tells_the_firm_and_then_waits(
    client: Any, people: dict[str, User], silent: Firm, send: Send
) -> None:
    inquiry = send(silent)
    client.force_login(people["cirebon_staff"])
    told = html(client.get(page(inquiry)))
    assert "https://wa.me/6281200001234?text=" in told
    assert "tel:+6281200001234" in told
    row = inquiry.firms.get()
    client.post(f"{page(inquiry)}usaha/{row.pk}/", {"aksi": "sampai", "note": "lewat WA"})
    row.refresh_from_db()
    assert (row.state, row.note, row.decided_by) == ("sent", "lewat WA", people["cirebon_staff"])
    assert counts_of(people["cirebon_staff"])["berjalan"] == 1


def test_closing_needs_a_reason_that_the_buyer_reads(
    client: Any, people: dict[str, User], silent: Firm, send: Send
) -> None:
    inquiry = send(silent)
    client.force_login(people["cirebon_staff"])
    where = f"{page(inquiry)}usaha/{inquiry.firms.get().pk}/"
    refused = client.post(where, {"aksi": "tutup", "note": "sudah dihubungi"})
    assert refused.status_code == 409
    assert 'value="sudah dihubungi"' in html(refused)
    assert inquiry.firms.get().state == "desk"
    client.post(where, {"aksi": "tutup", "reason": "unsuitable", "note": "rahasia kantor"})
    status = html(client.get(f"/pertanyaan/{inquiry.token}/"))
    assert inquiry.firms.get().state == "closed"
    assert str(inquiry.firms.get().get_close_reason_display()) in status
    assert "rahasia kantor" not in status


def test_unanswered_after_its_day_is_overdue_at_the_desk(
    client: Any, people: dict[str, User], firm: Firm, send: Send
) -> None:
    row = send(firm).firms.get()
    officer = people["cirebon_staff"]
    assert counts_of(officer)["terlambat"] == 0
    assert not Inquiry.objects.waiting_for_desk(officer).exists()
    late(row)
    assert counts_of(officer)["terlambat"] == 1
    assert counts_of(officer)["berjalan"] == 0
    assert counts_of(people["kuningan_staff"])["terlambat"] == 0
    assert Inquiry.objects.waiting_for_desk(officer).count() == 1


def test_each_inquiry_stands_in_one_queue(
    people: dict[str, User], firm: Firm, silent: Firm, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    from accounts.limits import Limit
    from promotions import inquiry_views

    monkeypatch.setattr(inquiry_views, "SENT_PER_ADDRESS", Limit("many", 100, 3600))
    made = [
        send(firm, text="a"),
        send(firm, text="b"),
        send(silent, text="c"),
        send(None, text="d", regency="32.09"),
        send(firm, text="www.contoh.com"),
        send(silent, text="e"),
    ]
    late(made[1].firms.get())
    services.firm_answered(row=made[5].firms.get(), by=people["cirebon_staff"])
    found = [
        inquiry.pk
        for queue in QUEUES.values()
        for inquiry in rows_of(queue, people["cirebon_staff"])
    ]
    assert sorted(found) == [each.pk for each in made]
    assert set(counts_of(people["cirebon_staff"]).values()) == {1}


def test_held_message_is_sent_on_by_an_officer(
    client: Any, people: dict[str, User], firm: Firm, send: Send
) -> None:
    inquiry = send(firm, text="Katalog kami di www.contoh.com")
    assert mail.outbox == []
    client.force_login(people["cirebon_staff"])
    client.post(page(inquiry), {"aksi": "kirim"})
    assert inquiry.firms.get().state == "sent"
    assert len(mail.outbox) == 1
    assert client.post(page(inquiry), {"aksi": "kirim"}).status_code == 409


def test_held_message_is_closed_as_advertising(
    client: Any, people: dict[str, User], firm: Firm, send: Send
) -> None:
    inquiry = send(firm, text="Slot gacor")
    client.force_login(people["cirebon_staff"])
    client.post(page(inquiry), {"aksi": "tutup", "reason": "spam"})
    inquiry.refresh_from_db()
    assert (inquiry.state, inquiry.close_reason) == ("closed", "spam")
    assert inquiry.firms.get().state == "closed"
    assert mail.outbox == []


def test_officer_chooses_firms_for_a_general_request(
    client: Any, people: dict[str, User], firm: Firm, send: Send
) -> None:
    far = make_firm("Rotan Jauh", village=CIGUGUR, consents=("catalogue",))
    inquiry = send(None, commodity="rotan-bambu", regency="32.09")
    client.force_login(people["cirebon_staff"])
    offered = html(client.get(page(inquiry)))
    assert "Rotan Tujuan" in offered
    assert "Rotan Jauh" not in offered
    assert client.post(page(inquiry), {"aksi": "teruskan"}).status_code == 409
    smuggled = {"aksi": "teruskan", "usaha": [str(far.pk)]}
    assert client.post(page(inquiry), smuggled).status_code == 409
    client.post(page(inquiry), {"aksi": "teruskan", "usaha": [str(firm.pk)]})
    inquiry.refresh_from_db()
    assert inquiry.state == "sent"
    assert inquiry.firms.get().firm == firm
    assert len(mail.outbox) == 1


def test_letter_that_does_not_leave_is_tried_again_and_then_the_office_tells_it(
    firm: Firm, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise OSError("no route to host")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", broken)
    row = send(firm).firms.get()
    assert (row.state, row.tries, row.mailed_at) == ("sent", 1, None)
    assert row.next_try_at > timezone.now()
    assert not firm.cards.exists()
    assert tasks.send_waiting() == 0
    row.refresh_from_db()
    assert row.tries == 1
    for _ in services.WAITS:
        InquiryFirm.objects.filter(pk=row.pk).update(next_try_at=timezone.now())
        tasks.send_waiting()
    row.refresh_from_db()
    assert (row.state, row.way) == ("desk", "desk")


def test_letter_leaves_once(firm: Firm, send: Send) -> None:
    send(firm)
    assert tasks.send_waiting() == 0
    assert len(mail.outbox) == 1


def test_page_says_that_no_mail_leaves(client: Any, people: dict[str, User], settings: Any) -> None:
    client.force_login(people["cirebon_staff"])
    assert 'class="pesan awas"' not in html(client.get(LIST))
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert 'class="pesan awas"' in html(client.get(LIST))


def test_merged_firm_hands_its_inquiries_over(
    people: dict[str, User], firm: Firm, silent: Firm, send: Send
) -> None:
    only, both = send(silent, text="a"), send(firm, text="b", also=[str(silent.pk)])
    firms_merge(kept=firm, gone=silent, by=SYSTEM)
    assert only.firms.get().firm == firm
    assert both.firms.filter(firm=firm).count() == 1


def test_queries_of_the_list_do_not_grow(
    client: Any,
    people: dict[str, User],
    firm: Firm,
    send: Send,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: Any,
) -> None:
    from accounts.limits import Limit
    from promotions import inquiry_views

    monkeypatch.setattr(inquiry_views, "SENT_PER_ADDRESS", Limit("many", 100, 3600))
    for number in range(12):
        send(firm, text=f"Pertanyaan {number}")
    client.force_login(people["cirebon_staff"])
    with django_assert_max_num_queries(22):
        client.get(f"{LIST}?antrean=berjalan")
