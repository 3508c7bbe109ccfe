"""A card opens one firm, until its day or until it is revoked; nobody keeps its secret."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pghistory.models
import pytest
from django.db import connection
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from accounts.policy import CardHolder, may, may_kind
from registry import services
from registry.cards import card_of, hash_of, new_token, whatsapp_link
from registry.history import history_of
from registry.models import CardRequest, ChangeProposal, Firm, FirmCard
from registry.services import SYSTEM, NotAllowed, card_issue, firms_merge, merge_undo
from registry.worklist import in_queue
from tests.registry.factories import CIGUGUR, make_firm

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def firm() -> Firm:
    return make_firm("Rotan Kartu", phone="+6281200001234", owner="Siti")


def issue(firm: Firm, way: str = "link") -> Any:
    return card_issue(firm=firm, way=way, by=SYSTEM)


def test_secret_stands_in_no_table(firm: Firm) -> None:
    issued = issue(firm)
    assert len(issued.token) == 24
    assert issued.card.token_hash == hash_of(issued.token) != issued.token
    with connection.cursor() as cursor:
        for table in ("registry_firmcard", "registry_firmcardevent", "pghistory_context"):
            cursor.execute(
                f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", [f"%{issued.token}%"]
            )
            assert cursor.fetchone() == (0,), table
        cursor.execute("SELECT t::text FROM registry_firmcardevent t")
        assert issued.card.token_hash not in cursor.fetchone()[0]


def test_card_opens_its_firm_and_no_other(firm: Firm) -> None:
    other = make_firm("Rotan Lain")
    assert card_of(issue(firm).token).firm == firm
    assert card_of(issue(other).token).firm == other


@given(st.text(max_size=40))
def test_whatever_somebody_guesses_opens_nothing(text: str) -> None:
    assert card_of(text) is None


def test_every_secret_is_another() -> None:
    assert len({new_token() for _ in range(500)}) == 500


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_card_opens_until_its_day(firm: Firm, days: int) -> None:
    issued = issue(firm)
    FirmCard.objects.update(expires_on=timezone.localdate() + dt.timedelta(days=days))
    assert (card_of(issued.token) is not None) is (days >= 0)


def test_printed_card_lasts_a_year_and_a_mailed_one_two_weeks(firm: Firm) -> None:
    today = timezone.localdate()
    days = {
        way: (issue(firm, way).card.expires_on - today).days for way in ("print", "link", "mail")
    }
    assert days == {"print": 365, "link": 365, "mail": 14}


def test_new_card_leaves_the_earlier_ones_and_all_are_revoked_at_once(
    firm: Firm, people: dict[str, Any]
) -> None:
    first, second = issue(firm, "print"), issue(firm)
    assert card_of(first.token)
    assert card_of(second.token)
    services.card_revoke(card=first.card, by=people["cirebon_staff"])
    assert card_of(first.token) is None
    assert card_of(second.token)
    third = issue(firm)
    assert services.cards_revoke(firm=firm, by=people["cirebon_staff"]) == 2
    assert card_of(second.token) is None
    assert card_of(third.token) is None


@pytest.mark.parametrize("who", ["kuningan_staff", "official_all", "official_kuningan", "left"])
def test_only_staff_of_the_region_make_and_revoke(
    firm: Firm, people: dict[str, Any], who: str
) -> None:
    issued = issue(firm)
    with pytest.raises(NotAllowed):
        card_issue(firm=firm, way="link", by=people[who])
    with pytest.raises(NotAllowed):
        services.card_revoke(card=issued.card, by=people[who])
    assert card_of(issued.token)
    assert FirmCard.objects.count() == 1


def test_cards_of_many_are_made_together_or_not_at_all(firm: Firm, people: dict[str, Any]) -> None:
    far = make_firm("Kuningan", village=CIGUGUR)
    with pytest.raises(NotAllowed):
        services.cards_issue(firms=[firm, far], way="print", by=people["cirebon_staff"])
    assert FirmCard.objects.count() == 0
    made = services.cards_issue(firms=[firm, far], way="print", by=people["province"])
    assert [card_of(each.token).firm for each in made] == [firm, far]


def test_card_of_a_merged_firm_opens_nothing_until_the_merge_is_undone(
    firm: Firm, people: dict[str, Any]
) -> None:
    gone = make_firm("Rotan Kartu Dua")
    issued = issue(gone)
    merge = firms_merge(kept=firm, gone=gone, by=people["cirebon_staff"])
    assert card_of(issued.token) is None
    merge_undo(merge=merge, by=people["cirebon_staff"], reason="uji")
    assert card_of(issued.token).firm == gone


def test_what_waits_moves_to_the_firm_that_is_kept(firm: Firm, people: dict[str, Any]) -> None:
    gone = make_firm("Rotan Kartu Dua")
    services.corrections_propose(card=issue(gone).card, wanted={"brand": {"brand": "Lestari"}})
    firms_merge(kept=firm, gone=gone, by=people["cirebon_staff"])
    assert ChangeProposal.objects.get().firm == firm


def test_new_card_ends_the_wish_for_one(firm: Firm) -> None:
    services.card_ask(firm=firm)
    services.card_ask(firm=firm)
    issue(firm)
    assert list(CardRequest.objects.values_list("state", flat=True)) == ["done"]


# --- what the holder may --------------------------------------------------------------------------


def test_holder_reaches_the_own_rows_of_the_fixed_kinds_only(firm: Firm) -> None:
    other = make_firm("Rotan Lain", owner="Budi")
    holder = CardHolder(firm.pk)
    assert may(holder, "change", firm)
    assert not may(holder, "change", other)
    assert not may(holder, "delete", firm)
    assert not may(holder, "view", firm.owners.get())
    assert not may(holder, "change", firm.sites.get())
    assert not may_kind(holder, "view", "registry.firm")
    assert not Firm.objects.visible_to(holder).exists()


def test_each_use_stands_in_the_history_as_the_firms_own(
    firm: Firm, people: dict[str, Any]
) -> None:
    card = issue(firm).card
    services.card_opened(card=card)
    services.card_confirm(card=card)
    services.corrections_propose(card=card, wanted={"brand": {"brand": "Lestari"}})
    text = services.consents.text_in_force("catalogue", timezone.localdate())
    services.card_consent_give(card=card, purpose="catalogue", text=text)
    services.card_consent_withdraw(card=card, purpose="catalogue")
    told = [m for m in history_of(firm, people["cirebon_staff"]) if "itself" in m.who]
    assert len(told) == 5
    assert not any(m.who == "the system" for m in told)
    assert {m.why for m in told} >= {"brand: Lestari"}
    # Officials read the firm's history without the uses of its card.
    assert len([m for m in history_of(firm, people["official_all"]) if "itself" in m.who]) == 3
    contexts = pghistory.models.Context.objects.filter(metadata__card=card.pk)
    assert {c.metadata["user"] for c in contexts} == {None}


def test_firm_that_confirms_is_not_reviewed_by_that_but_confirmed(firm: Firm) -> None:
    Firm.objects.filter(pk=firm.pk).update(confirmed_on=dt.date(2020, 1, 1), confirmed_how="sheet")
    assert in_queue(Firm.objects.all(), "konfirmasi").exists()
    services.card_confirm(card=issue(firm).card)
    firm.refresh_from_db()
    assert (firm.self_confirmed_on, firm.last_confirmed_on) == (timezone.localdate(),) * 2
    assert firm.data_state == "terdaftar"
    assert not in_queue(Firm.objects.all(), "konfirmasi").exists()


def test_what_the_office_reviewed_stays_reviewed_when_the_firm_confirms(firm: Firm) -> None:
    day = dt.date(2026, 5, 2)
    Firm.objects.filter(pk=firm.pk).update(confirmed_on=day, confirmed_how="visit")
    services.card_confirm(card=issue(firm).card)
    firm.refresh_from_db()
    assert (firm.data_state, firm.state_on) == ("diperiksa", day)


def test_public_firm_that_confirms_still_waits_for_the_office() -> None:
    firm = make_firm("Tampil", consents=("catalogue",))
    services.card_confirm(card=issue(firm).card)
    assert in_queue(Firm.objects.all(), "periksa").get() == firm


def test_whatsapp_link_has_the_words_ready_and_sends_nothing(firm: Firm) -> None:
    link = whatsapp_link(firm, "https://contoh.id/kartu/x/")
    assert link.startswith("https://wa.me/6281200001234?text=")
    assert "https%3A//contoh.id/kartu/x/" in link
    firm.phone = ""
    assert whatsapp_link(firm, "https://contoh.id/kartu/x/") == ""
