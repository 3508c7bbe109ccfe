"""What a firm proposes waits for an officer: one at a time a field, nothing overwritten."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from registry import conditions, services
from registry.corrections import on_record, stamp_of
from registry.history import history_of
from registry.models import ChangeProposal, Firm, Village
from registry.models.cards import Correction
from registry.services import SYSTEM, Decision, NotAllowed, card_issue, firm_save
from tests.registry.factories import make_firm

pytestmark = pytest.mark.django_db
OTHER_VILLAGE = {
    "regency_id": "32.09", "district_id": "32.09.19", "village_id": "32.09.19.2008",
}  # fmt: skip
YEAR = timezone.localdate().year
NEW: dict[str, dict[str, Any]] = {
    "phone": {"phone": "+6281299998888"},
    "whatsapp": {"whatsapp": "+6281299997777"},
    "email": {"email": "baru@contoh.id"},
    "website": {"website": "https://baru.contoh.id"},
    "address": {"address": "Blok Baru 7"},
    "village": OTHER_VILLAGE,
    "products": {"products": "kursi, meja"},
    "brand": {"brand": "Baru"},
    "workers": {"year": YEAR, "workers_male": 3, "workers_female": 5, "workers_total": None},
}


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def firm() -> Firm:
    return make_firm("Rotan Usul", phone="+6281200001234", brand="Lama")


@pytest.fixture
def card(firm: Firm) -> Any:
    return card_issue(firm=firm, way="link", by=SYSTEM).card


def propose(card: Any, **wanted: Any) -> list[ChangeProposal]:
    return services.corrections_propose(card=card, wanted=wanted)


def decide(row: ChangeProposal, by: Any, accept: bool = True, **changes: Any) -> None:
    seen = stamp_of(on_record(Firm.objects.get(pk=row.firm_id))[row.what])
    told = {"proposal": row.pk, "accept": accept, "seen": seen, "reason": "", **changes}
    services.proposals_decide(firm=row.firm, decisions=[Decision(**told)], by=by)


def test_every_correction_has_an_example_here() -> None:
    assert set(NEW) == set(Correction.values)


@pytest.mark.parametrize("what", Correction.values)
def test_correction_changes_nothing_until_it_is_accepted_and_then_that_field_alone(
    firm: Firm, card: Any, people: dict[str, Any], what: str
) -> None:
    before = on_record(firm)
    (row,) = propose(card, **{what: NEW[what]})
    firm = Firm.objects.get(pk=firm.pk)
    assert on_record(firm) == before
    assert row.old == before[what]
    decide(row, people["cirebon_staff"])
    after = on_record(Firm.objects.get(pk=firm.pk))
    assert after[what] == NEW[what]
    assert {k: v for k, v in after.items() if k != what} == {
        k: v for k, v in before.items() if k != what
    }
    if what == "village":
        assert firm.sites.get().village_id == OTHER_VILLAGE["village_id"]


def test_accepting_stands_in_the_history_with_officer_and_origin(
    firm: Firm, card: Any, people: dict[str, Any]
) -> None:
    (row,) = propose(card, brand=NEW["brand"])
    decide(row, people["cirebon_staff"])
    told = [
        (m.who, m.why)
        for m in history_of(firm, people["cirebon_staff"])
        for entry in m.entries
        if entry.model is Firm and entry.kind == "update"
    ]
    assert told == [("cirebon_staff", "Proposed by the firm by its card")]


def test_history_tells_all_that_was_proposed_at_once(
    firm: Firm, card: Any, people: dict[str, Any]
) -> None:
    rows = propose(card, phone=NEW["phone"], brand=NEW["brand"], village=NEW["village"])
    assert len(rows) == 3
    moments = [m for m in history_of(firm, people["cirebon_staff"]) if "itself" in m.who]
    (moment,) = [m for m in moments if m.entries[0].model is ChangeProposal]
    village = Village.objects.get(pk=OTHER_VILLAGE["village_id"])
    expected = f"phone: +6281299998888; brand: Baru; village: {village.name}, Weru"
    assert moment.why == expected
    assert len(moment.entries) == 3


def test_same_value_is_no_proposal_and_a_newer_one_replaces_the_earlier(
    firm: Firm, card: Any
) -> None:
    assert propose(card, brand={"brand": "Lama"}) == []
    (first,) = propose(card, brand={"brand": "Baru"})
    assert propose(card, brand={"brand": "Baru"}) == []
    (second,) = propose(card, brand={"brand": "Terbaru"})
    first.refresh_from_db()
    assert (first.state, second.state) == ("superseded", "waiting")
    assert propose(card, brand={"brand": "Lama"}) == []  # taken back
    second.refresh_from_db()
    assert second.state == "superseded"


def test_value_that_changed_meanwhile_is_not_overwritten(
    firm: Firm, card: Any, people: dict[str, Any]
) -> None:
    (row,) = propose(card, brand={"brand": "Usulan"})
    seen = stamp_of(on_record(firm)["brand"])
    firm.refresh_from_db()
    firm.brand = "Petugas Lain"
    firm_save(firm, by=SYSTEM, reason="uji")
    with pytest.raises(ValidationError, match="changed meanwhile"):
        decide(row, people["cirebon_staff"], seen=seen)
    firm.refresh_from_db()
    assert firm.brand == "Petugas Lain"
    decide(row, people["cirebon_staff"])  # having seen the value of today
    firm.refresh_from_db()
    assert firm.brand == "Usulan"


def test_refusal_needs_a_reason_and_keeps_the_record(
    firm: Firm, card: Any, people: dict[str, Any]
) -> None:
    (row,) = propose(card, brand={"brand": "Usulan"})
    with pytest.raises(ValidationError, match="Say why brand is refused"):
        decide(row, people["cirebon_staff"], accept=False)
    decide(row, people["cirebon_staff"], accept=False, reason="Merek milik usaha lain")
    firm.refresh_from_db()
    row.refresh_from_db()
    assert (firm.brand, row.state, row.reason) == ("Lama", "refused", "Merek milik usaha lain")


def test_decision_is_made_once(firm: Firm, card: Any, people: dict[str, Any]) -> None:
    (row,) = propose(card, brand={"brand": "Usulan"})
    decide(row, people["cirebon_staff"], accept=False, reason="tidak")
    with pytest.raises(ValidationError, match="decided about this meanwhile"):
        decide(row, people["cirebon_staff"])


def test_several_are_decided_together_or_none(
    firm: Firm, card: Any, people: dict[str, Any]
) -> None:
    brand, phone = propose(card, brand={"brand": "Usulan"}, phone=NEW["phone"])
    seen = on_record(firm)
    with pytest.raises(ValidationError):
        services.proposals_decide(
            firm=firm,
            decisions=[
                Decision(brand.pk, True, stamp_of(seen["brand"])),
                Decision(phone.pk, False, stamp_of(seen["phone"])),
            ],
            by=people["cirebon_staff"],
        )
    firm.refresh_from_db()
    assert firm.brand == "Lama"
    assert ChangeProposal.objects.waiting().count() == 2


@pytest.mark.parametrize("who", ["kuningan_staff", "official_all", "left"])
def test_only_staff_of_the_region_decide(
    firm: Firm, card: Any, people: dict[str, Any], who: str
) -> None:
    (row,) = propose(card, brand={"brand": "Usulan"})
    with pytest.raises(NotAllowed):
        decide(row, people[who])
    firm.refresh_from_db()
    assert firm.brand == "Lama"


def test_condition_holds_while_something_waits(
    firm: Firm, card: Any, people: dict[str, Any]
) -> None:
    def waiting() -> bool:
        return bool(Firm.objects.filter(conditions.with_open_proposal(), pk=firm.pk).exists())

    assert not waiting()
    (row,) = propose(card, brand={"brand": "Usulan"})
    assert waiting()
    decide(row, people["cirebon_staff"])
    assert not waiting()


def test_workers_by_gender_take_the_place_of_a_total(people: dict[str, Any]) -> None:
    firm = make_firm("Bertotal")
    profile = firm.profiles.create(year=YEAR, workers_total=9)
    card = card_issue(firm=firm, way="link", by=SYSTEM).card
    (row,) = propose(card, workers=NEW["workers"])
    decide(row, people["cirebon_staff"])
    profile.refresh_from_db()
    assert (profile.workers_total, profile.workers) == (None, 8)
