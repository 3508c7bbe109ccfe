"""Consents as they stand on paper, and a firm's wish not to be shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from accounts.models import User
from registry.models import Consent, ConsentText, Firm, Objection, PublicationDecision, Standing
from registry.services import (
    SYSTEM,
    NotAllowed,
    consent_give,
    consent_withdraw,
    firms_merge,
    many,
    objection_lift,
    objection_record,
    save_row,
)
from registry.worklist import in_queue
from tests.registry.factories import PAOMAN, make_firm

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = dt.date(2026, 1, 5), dt.date(2026, 2, 5), dt.date(2026, 3, 5)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """The sentences that are looked for."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def two_versions() -> tuple[ConsentText, ConsentText]:
    """The words of January, and others since February."""
    texts = ConsentText.objects.filter(purpose="catalogue").order_by("version")
    old = texts.get()
    ConsentText.objects.filter(pk=old.pk).update(effective_on=FIRST)
    new = ConsentText.objects.create(
        purpose="catalogue", version=2, effective_on=SECOND, body_id="baru", body_en="new"
    )
    return texts.get(version=1), new


def give(firm: Firm, **more: Any) -> Consent:
    return consent_give(firm=firm, purpose="catalogue", channel="paper", by=SYSTEM, **more)


# --- words and days -------------------------------------------------------------------------------


def test_older_paper_gets_the_words_of_its_day() -> None:
    assert give(make_firm("Lama"), on=FIRST).text.version == 1
    assert give(make_firm("Baru"), on=SECOND).text.version == 2


def test_words_on_the_paper_can_be_named(two_versions: Any) -> None:
    assert give(make_firm(), on=THIRD, text=two_versions[0]).text == two_versions[0]


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ({"on": dt.date(2099, 1, 1)}, "has not come yet"),
        ({"on": FIRST, "withdrawn_on": dt.date(2099, 1, 1)}, "has not come yet"),
        ({"on": SECOND, "withdrawn_on": FIRST}, "before it was given"),
        ({"on": dt.date(2020, 1, 1)}, "There is no consent text"),
    ],
)
def test_days_that_cannot_be_are_refused(days: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        give(make_firm(), **days)
    assert not Consent.objects.exists()


def test_words_that_did_not_hold_yet_are_refused(two_versions: Any) -> None:
    with pytest.raises(ValidationError, match="holds since"):
        give(make_firm(), on=FIRST, text=two_versions[1])


def test_consent_with_its_end_is_never_in_force() -> None:
    firm = make_firm()
    consent = give(firm, on=FIRST, withdrawn_on=SECOND)
    assert (consent.given_on, consent.withdrawn_on) == (FIRST, SECOND)
    assert not Firm.objects.public().exists()


def test_end_on_a_second_paper_ends_the_consent_on_record() -> None:
    firm = make_firm()
    given = give(firm, on=FIRST)
    assert give(firm, on=FIRST, withdrawn_on=THIRD) == given
    assert firm.consents.get().withdrawn_on == THIRD


def test_older_paper_does_not_undo_a_withdrawal() -> None:
    firm = make_firm()
    consent_withdraw(consent=give(firm, on=FIRST), by=SYSTEM, on=THIRD)
    with pytest.raises(ValidationError, match="no longer holds"):
        give(firm, on=SECOND)
    assert not Firm.objects.public().exists()
    give(firm, on=THIRD)
    assert Firm.objects.public().exists()


# --- the form -------------------------------------------------------------------------------------


def post_consent(client: Any, firm: Firm, **typed: str) -> Any:
    page = client.get(f"/kelola/registry/firm/{firm.pk}/change/")
    form = page.context["adminform"].form
    data = {n: v for n, v in form.initial.items() if v not in (None, "") and n in form.fields}
    for each in page.context["inline_admin_formsets"]:
        prefix = each.formset.prefix
        for name in ("TOTAL_FORMS", "INITIAL_FORMS"):
            data[f"{prefix}-{name}"] = "0"
    data |= {"consents-TOTAL_FORMS": "1", "versi": page.context.get("version", "")}
    consent = {"purpose": "catalogue", "channel": "paper"} | typed
    data |= {f"consents-0-{name}": value for name, value in consent.items()}
    return client.post(f"/kelola/registry/firm/{firm.pk}/change/", data)


def test_consent_that_was_withdrawn_on_paper_publishes_nothing(
    client: Any, people: dict[str, User]
) -> None:
    firm = make_firm()
    client.force_login(people["cirebon_staff"])
    answer = post_consent(client, firm, given_on="2026-01-05", withdrawn_on="2026-02-05")
    assert answer.status_code == 302
    consent = firm.consents.get()
    assert (consent.given_on, consent.withdrawn_on, consent.text.version) == (FIRST, SECOND, 1)
    assert consent.recorded_by == people["cirebon_staff"]
    assert not Firm.objects.public().exists()


def test_version_is_chosen_in_the_form(
    client: Any, people: dict[str, User], two_versions: Any
) -> None:
    firm = make_firm()
    client.force_login(people["cirebon_staff"])
    old = two_versions[0]
    assert post_consent(client, firm, given_on="2026-03-05", text=str(old.pk)).status_code == 302
    assert firm.consents.get().text == old


@pytest.mark.parametrize(
    "typed",
    [
        {"given_on": "2099-01-01"},
        {"given_on": "2026-02-05", "withdrawn_on": "2026-01-05"},
        {"given_on": "2020-02-05"},
    ],
)
def test_form_keeps_what_was_typed_when_a_day_is_refused(
    client: Any, people: dict[str, User], typed: dict[str, str]
) -> None:
    firm = make_firm()
    client.force_login(people["cirebon_staff"])
    answer = post_consent(client, firm, **typed)
    assert answer.status_code == 200
    assert f'value="{typed["given_on"]}"' in answer.content.decode()
    assert not Consent.objects.exists()


# --- the wish not to be shown ---------------------------------------------------------------------


@pytest.fixture
def body() -> Firm:
    """A company that stands in the catalogue by the decision of its office."""
    decision = PublicationDecision(
        regency_id="32.09", number="1/2026", decided_on=FIRST, reason="uji"
    )
    save_row(decision, by=SYSTEM, reason="uji")
    return make_firm("Badan", legal_form="pt")


def test_wish_beats_the_decision_at_once_until_it_is_lifted(
    body: Firm, people: dict[str, User]
) -> None:
    assert body.is_public
    wish = objection_record(firm=body, way="phone", by=people["cirebon_staff"], reason="pindah")
    assert objection_record(firm=body, way="visit", by=people["cirebon_staff"]) == wish
    assert not body.is_public
    assert Standing.objects.get(firm=body).refused
    assert not in_queue(Firm.objects.all(), "periksa").exists()
    assert not in_queue(Firm.objects.all(), "izin").exists()
    objection_lift(firm=body, by=people["cirebon_staff"], reason="boleh lagi")
    assert body.is_public
    assert not Standing.objects.get(firm=body).refused


def test_wish_ends_an_earlier_consent_and_a_later_consent_ends_the_wish(body: Firm) -> None:
    give(body, on=FIRST)
    objection_record(firm=body, way="letter", by=SYSTEM, on=SECOND)
    assert body.consents.get().withdrawn_on == SECOND
    with pytest.raises(ValidationError):
        give(body, on=FIRST)
    give(body, on=THIRD)
    assert body.is_public
    assert Objection.objects.get().lifted_on == THIRD


def test_wish_older_than_the_consent_is_refused(body: Firm) -> None:
    give(body, on=SECOND)
    with pytest.raises(ValidationError, match="Ask it again"):
        objection_record(firm=body, way="letter", by=SYSTEM, on=FIRST)
    assert body.is_public


def test_wish_of_a_day_to_come_is_refused(body: Firm) -> None:
    with pytest.raises(ValidationError, match="has not come yet"):
        objection_record(firm=body, way="letter", by=SYSTEM, on=dt.date(2099, 1, 1))


def test_signed_list_older_than_the_wish_leaves_the_firm_out(body: Firm, two_versions: Any) -> None:
    objection_record(firm=body, way="letter", by=SYSTEM, on=SECOND)
    tally = many.consents_give(firms=[body.pk], text=two_versions[0], on=FIRST, by=SYSTEM)
    assert (tally.done, tally.left) == (0, [str(body)])
    tally = many.consents_give(firms=[body.pk], text=two_versions[1], on=THIRD, by=SYSTEM)
    assert tally.done == 1
    assert not Objection.objects.in_force().exists()


def test_wish_is_recorded_in_ones_own_region_only(people: dict[str, User]) -> None:
    with pytest.raises(NotAllowed):
        objection_record(
            firm=make_firm("Jauh", village=PAOMAN), way="phone", by=people["cirebon_staff"]
        )


@pytest.mark.parametrize("whose", ["kept", "gone"])
def test_wish_of_either_firm_holds_after_a_merge(
    body: Firm, people: dict[str, User], whose: str
) -> None:
    other = make_firm("Badan Dua", legal_form="pt")
    give(other if whose == "kept" else body, on=FIRST)
    objection_record(firm=body if whose == "kept" else other, way="phone", by=SYSTEM, on=SECOND)
    firms_merge(kept=body, gone=other, by=people["cirebon_staff"])
    assert not body.is_public
    assert body.objections.in_force().exists()


def test_office_records_the_wish_and_its_end_on_pages_of_the_firm(
    client: Any, people: dict[str, User], body: Firm
) -> None:
    client.force_login(people["cirebon_staff"])
    address = f"/kelola/registry/firm/{body.pk}/keberatan/"
    assert "Asks not to be shown" in client.get(f"/en/kerja/usaha/{body.pk}/").content.decode()
    today = timezone.localdate().isoformat()
    client.post(address, {"way": "phone", "on": today, "reason": "tidak ingin dikenal"})
    assert not body.is_public
    told = client.get(f"/en/kerja/usaha/{body.pk}/").content.decode()
    assert "tidak ingin dikenal" in told
    client.post(f"{address}cabut/", {"reason": "sudah boleh"})
    assert body.is_public
