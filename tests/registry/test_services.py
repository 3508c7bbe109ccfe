"""Writing firms: constraints with sentences, main sites, consents, the SIINas ladder, history."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from registry import siinas
from registry.models import AnnualProfile, Certificate, Firm, FirmActivity, SiinasAccount
from registry.services import (
    SYSTEM,
    FirmDraft,
    StepNotPossible,
    consent_give,
    consent_withdraw,
    firm_close,
    firm_save,
    firms_register,
    save_row,
    siinas_open,
    siinas_step,
)
from tests.registry.factories import CIGUGUR, TEGALWANGI, make_firm

pytestmark = pytest.mark.django_db
NIB = "0220001234567"


def test_new_firm_gets_a_main_site_at_its_address() -> None:
    site = make_firm().sites.get()
    assert (site.is_main, site.village_id) == (True, TEGALWANGI)


def test_main_site_follows_the_address() -> None:
    firm = make_firm()
    firm.address = "Jl. Baru 1"
    firm_save(firm, by=SYSTEM, reason="pindah")
    assert firm.sites.get().address == "Jl. Baru 1"


def test_nib_of_another_region_tells_only_the_region(people: dict[str, User]) -> None:
    make_firm("Rahasia Lestari", village=CIGUGUR, nib=NIB)
    firm = Firm(name="Baru", regency_id="32.09", nib=NIB)
    with pytest.raises(ValidationError) as refused:
        firm_save(firm, by=people["cirebon_staff"], reason="uji")
    sentence = str(refused.value)
    assert "Kab. Kuningan" in sentence
    assert "Rahasia" not in sentence


def test_nib_in_ones_own_region_names_the_firm(people: dict[str, User]) -> None:
    make_firm("Rotan Lama", nib=NIB)
    with pytest.raises(ValidationError, match="Rotan Lama"):
        firm_save(
            Firm(name="Baru", regency_id="32.09", nib=NIB), by=people["cirebon_staff"], reason="u"
        )


@pytest.mark.parametrize(
    "fields",
    [
        {"nib": "123"},
        {"npwp": "3209011234567890"},
        {"phone": "0812"},
        {"status": "closed"},
        {"district_id": "32.08.18"},
        {"village_id": "32.08.18.1001", "district_id": "32.09.19"},
        {"village_id": "32.09.19.2009"},
        {"latitude": "-6.7"},
        {"name": ""},
    ],
)
def test_database_itself_refuses_a_wrong_firm(fields: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Firm.objects.bulk_create([Firm(**{"name": "A", "regency_id": "32.09", **fields})])


def test_nib_is_unique_when_present() -> None:
    Firm.objects.bulk_create([Firm(name=n, regency_id="32.09") for n in "ab"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Firm.objects.bulk_create([Firm(name=n, regency_id="32.09", nib=NIB) for n in "cd"])


def test_one_primary_activity() -> None:
    firm = make_firm()
    second = FirmActivity(firm=firm, kbli_id="2020-16291", is_primary=True)
    with pytest.raises(ValidationError, match="utama"):
        save_row(second, by=SYSTEM, reason="uji")


def test_certificate_can_not_end_before_it_began() -> None:
    certificate = Certificate(
        firm=make_firm(),
        kind="halal",
        issued_on=dt.date(2026, 1, 2),
        valid_until=dt.date(2026, 1, 1),
    )
    with pytest.raises(ValidationError):
        save_row(certificate, by=SYSTEM, reason="uji")


def test_unknown_figures_stay_unknown() -> None:
    firm = make_firm(profile={"workers_male": 3})
    profile = AnnualProfile.objects.get(firm=firm)
    assert (profile.workers, profile.investment, profile.exports) == (None, None, None)


def test_consent_given_twice_is_one_and_withdrawing_hides_at_once() -> None:
    firm = make_firm()
    first = consent_give(firm=firm, purpose="catalogue", channel="paper", by=SYSTEM)
    assert consent_give(firm=firm, purpose="catalogue", channel="paper", by=SYSTEM) == first
    assert Firm.objects.public().contains(firm)
    consent_withdraw(consent=first, by=SYSTEM)
    assert not Firm.objects.public().contains(firm)


def test_closed_firm_leaves_the_public_at_once() -> None:
    firm = make_firm(consents=("catalogue",))
    firm_close(firm=firm, by=SYSTEM, reason="pemilik pensiun")
    assert not Firm.objects.public().contains(firm)


def account_of(firm: Firm) -> SiinasAccount:
    return siinas_open(site=firm.sites.get(), by=SYSTEM)


def test_account_climbs_the_ladder_with_evidence() -> None:
    account = account_of(make_firm())
    for target, evidence in [
        ("submitted", {}),
        ("issued", {}),
        ("profile_incomplete", {"sections": ["general"]}),
        ("complete", {"evidence_number": "BKA-1", "evidence_year": 2026}),
    ]:
        siinas_step(account=account, target=target, by=SYSTEM, **evidence)
    account.refresh_from_db()
    assert account.state == "complete"
    assert [s.target for s in account.steps.order_by("id")] == [
        "submitted",
        "issued",
        "profile_incomplete",
        "complete",
    ]


def test_step_without_evidence_says_what_is_missing() -> None:
    account = account_of(make_firm())
    siinas_step(account=account, target="issued", by=SYSTEM)
    with pytest.raises(StepNotPossible, match="nomor"):
        siinas_step(account=account, target="complete", by=SYSTEM)
    account.refresh_from_db()
    assert (account.state, account.evidence_number) == ("issued", "")


@pytest.mark.parametrize("source", list(siinas.State))
@pytest.mark.parametrize("target", list(siinas.State))
def test_only_steps_of_the_table_are_possible(source: siinas.State, target: siinas.State) -> None:
    listed = any((s.source, s.target) == (source, target) for s in siinas.STEPS)
    assert (siinas.missing_evidence(source, target, {}) is not None) is listed
    assert (target in siinas.next_states(source)) is listed


def test_history_keeps_who_why_and_batch(people: dict[str, User]) -> None:
    firm = make_firm()
    firm.brand = "Lestari"
    firm_save(firm, by=people["cirebon_staff"], reason="Merek dicek di pasar", batch=7)
    last = firm.events.order_by("-pgh_id").first()
    assert (last.pgh_label, last.brand) == ("update", "Lestari")
    assert last.pgh_context.metadata["reason"] == "Merek dicek di pasar"
    assert last.pgh_context.metadata["user"] == people["cirebon_staff"].pk
    assert last.pgh_context.metadata["batch"] == 7


def test_history_has_bulk_writes_too() -> None:
    drafts = [FirmDraft(Firm(name=f"Usaha {n}", regency_id="32.09")) for n in range(30)]
    firms = firms_register(drafts, by=SYSTEM, reason="massal")
    Firm.objects.filter(pk__in=[f.pk for f in firms]).update(data_year=2025)
    labels = [event.pgh_label for firm in firms for event in firm.events.order_by("pgh_id")]
    assert labels == ["insert", "update"] * 30
    assert firms[0].events.order_by("pgh_id").first().pgh_context.metadata["reason"] == "massal"


def test_many_firms_come_in_all_or_none() -> None:
    drafts = [FirmDraft(Firm(name=f"Usaha {n}", regency_id="32.09", nib=NIB)) for n in range(2)]
    with pytest.raises(ValidationError):
        firms_register(drafts, by=SYSTEM, reason="massal")
    assert not Firm.objects.filter(nib=NIB).exists()


def test_every_table_of_ours_has_a_history() -> None:
    from django.apps import apps

    # What a sheet held until it is settled, its rows with a journal of their own, and how an
    # office's columns were read the last time; and what the database derives from all the rest.
    without = {"IntakeRow", "IntakeFile", "ColumnChoice", "Standing", "StandingDue", "SearchWord"}
    missing = [
        model.__name__
        for app in ("registry", "accounts")
        for model in apps.get_app_config(app).get_models()
        if not hasattr(model, "pgh_tracked_model")
        and not hasattr(model, "pgh_event_model")
        and model.__name__ not in without
    ]
    assert missing == []


def test_search_finds_by_public_words_and_staff_words() -> None:
    firm = make_firm("Kerajinan Élok", products="kursi", owner="Siti Uji", nib=NIB)
    assert Firm.objects.matching("elok tegalwangi").get() == firm
    assert not Firm.objects.matching("siti").exists()
    assert not Firm.objects.matching(NIB).exists()
    assert Firm.objects.matching_staff("siti").get() == firm
    assert Firm.objects.matching_staff(NIB[2:9]).get() == firm
