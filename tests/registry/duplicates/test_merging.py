"""One firm of two and two of one again: nothing lost, nothing invented, nothing out of reach."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.duplicates.choices import CHOICES, NOT_CHOSEN
from registry.models import (
    AnnualProfile,
    Certificate,
    Consent,
    DuplicatePair,
    Firm,
    FirmActivity,
    FirmMerge,
    IntakeBatch,
    IntakeRow,
    Owner,
    ProductionSite,
    SiinasAccount,
    SiinasStep,
)
from registry.services import (
    SYSTEM,
    NotAllowed,
    consent_give,
    consent_withdraw,
    firm_save,
    firms_merge,
    merge_conflicts,
    merge_undo,
    relations,
    save_row,
)
from tests.registry.factories import CIGUGUR, TEGALWANGI, make_firm

pytestmark = pytest.mark.django_db
NIB, OTHER_NIB = "0220001234567", "0220001234568"
TABLES = (
    Firm, Owner, FirmActivity, AnnualProfile, Certificate, Consent, ProductionSite, SiinasAccount,
    SiinasStep, IntakeRow,
)  # fmt: skip


def rows() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, without time stamps of the machine."""
    return {
        model.__name__: [
            {k: v for k, v in row.items() if k != "updated_at"}
            for row in model._base_manager.order_by("pk").values()
        ]
        for model in TABLES
    }


def add(row: Any) -> Any:
    return save_row(row, by=SYSTEM, reason="uji")


def merged(kept: Firm, gone: Firm, by: Any = SYSTEM, **choices: str) -> FirmMerge:
    return firms_merge(kept=kept, gone=gone, by=by, choices=choices, reason="uji")


def fresh(firm: Firm) -> Firm:
    return Firm.objects.get(pk=firm.pk)


# --- what is declared ----------------------------------------------------------------------------


def test_every_table_that_refers_to_firms_says_what_becomes_of_it() -> None:
    assert set(relations.relations()) == set(relations.DECLARED)


def test_table_that_does_not_say_refuses_every_merge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(relations.DECLARED, "registry.owner.firm")
    kept, gone = make_firm("Rotan A"), make_firm("Rotan B")
    with pytest.raises(ValidationError, match=r"registry\.owner\.firm"):
        merged(kept, gone)
    assert not FirmMerge.objects.exists()


def test_every_column_of_a_firm_is_chosen_or_kept_by_the_machine() -> None:
    chosen = {column for each in CHOICES for column in each.columns}
    columns = {field.attname for field in Firm._meta.concrete_fields}
    assert chosen | NOT_CHOSEN == columns
    assert not chosen & NOT_CHOSEN


# --- fields --------------------------------------------------------------------------------------


def test_kept_values_stay_blanks_are_filled_and_choices_are_taken() -> None:
    kept = make_firm("Rotan A", phone="+6281200001234", address="Blok Kliwon")
    gone = make_firm("Rotan B", phone="+6281200005678", email="b@contoh.id", nib=NIB)
    merged(kept, gone, phone="gone")
    kept, gone = fresh(kept), fresh(gone)
    assert (kept.name, kept.address, kept.email) == ("Rotan A", "Blok Kliwon", "b@contoh.id")
    assert (kept.phone, kept.nib) == ("+6281200005678", NIB)
    assert (gone.nib, gone.merged_into) == (None, kept)


def test_two_nibs_want_a_choice() -> None:
    kept, gone = make_firm("Rotan A", nib=NIB), make_firm("Rotan A", nib=OTHER_NIB)
    with pytest.raises(ValidationError):
        merged(kept, gone)
    assert fresh(gone).merged_into is None
    merged(kept, gone, nib="kept")
    assert (fresh(kept).nib, fresh(gone).nib) == (NIB, OTHER_NIB)


@pytest.mark.parametrize("choices", [{"warna": "kept"}, {"name": "both"}])
def test_choice_that_nobody_knows_is_refused(choices: dict[str, str]) -> None:
    kept, gone = make_firm("Rotan A"), make_firm("Rotan B")
    with pytest.raises(ValidationError):
        merged(kept, gone, **choices)


def test_main_site_follows_a_chosen_place() -> None:
    kept, gone = make_firm("Rotan A"), make_firm("Rotan B", village=CIGUGUR)
    merged(kept, gone, place="gone")
    main = fresh(kept).sites.get()
    assert (main.is_main, main.village_id) == (True, CIGUGUR)


def test_seal_goes_with_name_form_and_nib() -> None:
    sealed: dict[str, Any] = {"verified_on": dt.date(2026, 1, 5), "verified_document": "nib"}
    kept, gone = make_firm("Rotan A"), make_firm("Rotan B", nib=NIB, **sealed)
    merged(kept, gone)
    assert fresh(kept).verified_on is None  # name of one, NIB of the other: nobody saw that
    kept, gone = make_firm("Batik A"), make_firm("Batik B", nib=OTHER_NIB, **sealed)
    merged(kept, gone, name="gone")
    assert fresh(kept).verified_on == sealed["verified_on"]


# --- what moves along ----------------------------------------------------------------------------


def test_owner_stands_once_and_lends_what_is_missing() -> None:
    kept, gone = make_firm("Rotan A", owner="Siti"), make_firm("Rotan B", owner="Hj. SITI")
    gone.owners.update(phone="+6281200001234")
    add(Owner(firm=gone, name="Budi"))
    merged(kept, gone)
    assert list(kept.owners.values_list("name", "phone")) == [
        ("Siti", "+6281200001234"),
        ("Budi", ""),
    ]


def test_activities_stand_once_with_one_primary() -> None:
    kept = make_firm("Rotan A", kbli="2020-31002")
    gone = make_firm("Rotan B", kbli="2020-13134")
    add(FirmActivity(firm=gone, kbli_id="2020-31002"))
    merged(kept, gone)
    found = dict(kept.activities.values_list("kbli_id", "is_primary"))
    assert found == {"2020-31002": True, "2020-13134": False}


def test_kept_figures_win_and_only_what_is_wholly_blank_is_filled() -> None:
    kept = make_firm("Rotan A", profile={"workers_total": 4})
    gone = make_firm("Rotan B", profile={"workers_male": 2, "workers_female": 3, "investment": 7})
    add(AnnualProfile(firm=gone, year=2023, workers_total=9))
    merged(kept, gone)
    (now, before) = kept.profiles.all()
    assert (now.year, now.workers_total, now.workers_male, now.investment) == (2025, 4, None, 7)
    assert (before.year, before.workers_total) == (2023, 9)


def test_certificate_stands_once() -> None:
    kept, gone = make_firm("Rotan A"), make_firm("Rotan B")
    add(Certificate(firm=kept, kind="halal", number="ID1"))
    add(Certificate(firm=gone, kind="halal", number="ID1", valid_until=dt.date(2030, 1, 1)))
    add(Certificate(firm=gone, kind="halal", number="ID2"))
    merged(kept, gone)
    found = dict(kept.certificates.values_list("number", "valid_until"))
    assert found == {"ID1": dt.date(2030, 1, 1), "ID2": None}


@pytest.mark.parametrize("who", ["kept", "gone"])
def test_withdrawal_of_either_firm_hides_the_one(who: str) -> None:
    kept, gone = make_firm("Rotan A"), make_firm("Rotan B")
    shy, willing = (kept, gone) if who == "kept" else (gone, kept)
    day = timezone.localdate()
    given = consent_give(
        firm=shy, purpose="catalogue", channel="paper", by=SYSTEM, on=day - dt.timedelta(days=9)
    )
    consent_withdraw(consent=given, by=SYSTEM, on=day)
    consent_give(
        firm=willing, purpose="catalogue", channel="paper", by=SYSTEM, on=day - dt.timedelta(days=5)
    )
    merged(kept, gone)
    assert not fresh(kept).is_public


def test_consent_given_after_the_withdrawal_holds() -> None:
    kept = make_firm("Rotan A", consents=("catalogue",))
    consent_withdraw(consent=kept.consents.get(), by=SYSTEM, on=dt.date(2026, 11, 10))
    gone = make_firm("Rotan B")
    consent_give(
        firm=gone, purpose="catalogue", channel="paper", by=SYSTEM, on=dt.date(2026, 11, 12)
    )
    merged(kept, gone)
    assert fresh(kept).is_public


def test_two_main_sites_at_one_place_are_one_and_no_account_is_lost() -> None:
    kept, gone = make_firm("Rotan A"), make_firm("Rotan B", siinas={"state": "issued"})
    merged(kept, gone)
    assert [s.siinas.state for s in kept.sites.all()] == ["issued"]
    third = make_firm("Rotan C", siinas={"state": "complete"})
    merged(kept, third)
    assert sorted(s.siinas.state for s in kept.sites.all()) == ["complete", "issued"]
    assert kept.sites.filter(is_main=True).count() == 1


def test_site_elsewhere_moves_as_a_further_site() -> None:
    kept, gone = make_firm("Rotan A"), make_firm("Rotan B", village=CIGUGUR)
    merged(kept, gone)
    found = dict(kept.sites.values_list("village_id", "is_main"))
    assert found == {TEGALWANGI: True, CIGUGUR: False}


def test_rows_of_sheets_lead_to_the_kept_firm() -> None:
    kept, gone = make_firm("Rotan A"), make_firm("Rotan B")
    batch = IntakeBatch.objects.create(file_name="a.xlsx", regency_id="32.09")
    row = IntakeRow.objects.create(batch=batch, row=2, status="new", key="k", firm=gone)
    merged(kept, gone)
    row.refresh_from_db()
    assert row.firm == kept


def test_firm_merged_before_leads_on() -> None:
    one, two, three = (make_firm(f"Rotan {n}") for n in "ABC")
    merged(two, one)
    merged(three, two)
    assert fresh(one).merged_into == three


# --- who may -------------------------------------------------------------------------------------


def test_both_firms_must_lie_in_reach(people: dict[str, Any]) -> None:
    here, there = make_firm("Rotan A"), make_firm("Rotan B", village=CIGUGUR)
    for kept, gone in ((here, there), (there, here)):
        for who in ("cirebon_staff", "kuningan_staff", "official_all", "left"):
            with pytest.raises(NotAllowed):
                merged(kept, gone, by=people[who])
    merge = merged(here, there, by=people["province"])
    with pytest.raises(NotAllowed):
        merge_undo(merge=merge, by=people["cirebon_staff"])


def test_merged_firm_is_merged_no_more_nor_changed(people: dict[str, Any]) -> None:
    kept, gone, third = (make_firm(f"Rotan {n}") for n in "ABC")
    merged(kept, gone)
    for pair in ((gone, third), (third, gone)):
        with pytest.raises(ValidationError):
            merged(*pair)
    with pytest.raises(ValidationError):
        merged(kept, kept)
    stale = fresh(gone)
    stale.brand = "Baru"
    with pytest.raises(NotAllowed):
        firm_save(stale, by=people["province"], reason="uji")
    with pytest.raises(NotAllowed):
        add(Owner(firm=stale, name="Terlambat"))


def test_invented_and_real_firms_stay_apart() -> None:
    kept, gone = make_firm("Rotan A"), make_firm("Rotan B", is_sample=True)
    with pytest.raises(ValidationError):
        merged(kept, gone)


def test_merge_that_fails_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    kept, gone = make_firm("Rotan A"), make_firm("Rotan B", owner="Budi", nib=NIB)
    before = rows()

    def breaks(*_args: Any) -> None:
        raise ValidationError("di tengah jalan")

    monkeypatch.setitem(relations.DECLARED, "registry.firm.merged_into", breaks)
    with pytest.raises(ValidationError):
        merged(kept, gone)
    assert rows() == before


# --- lists, numbers, history ---------------------------------------------------------------------


def test_merged_firm_is_in_no_list_and_no_number(people: dict[str, Any]) -> None:
    kept = make_firm("Rotan A", consents=("catalogue",))
    gone = make_firm("Rotan B", consents=("catalogue",))
    merged(kept, gone)
    assert list(Firm.objects.visible_to(people["province"])) == [kept]
    assert list(Firm.objects.public()) == list(Firm.objects.working()) == [kept]
    assert list(ProductionSite.objects.visible_to(people["province"])) == list(kept.sites.all())


def test_history_says_who_merged_and_why(people: dict[str, Any]) -> None:
    kept, gone = make_firm("Rotan A"), make_firm("Rotan B", phone="+6281200001234")
    firms_merge(kept=kept, gone=gone, by=people["cirebon_staff"], reason="kunjungan")
    event = kept.events.order_by("-pgh_id").first()  # type: ignore[attr-defined]
    assert event.pgh_context.metadata["reason"] == "kunjungan"
    assert event.pgh_context.metadata["user"] == people["cirebon_staff"].pk


# --- undoing -------------------------------------------------------------------------------------


def test_what_was_changed_since_stays_unless_confirmed() -> None:
    def two() -> tuple[Firm, FirmMerge]:
        kept = make_firm("Rotan A")
        merge = merged(kept, make_firm("Rotan B", email="b@contoh.id", start_year=1999))
        changed = fresh(kept)
        changed.email, changed.brand = "baru@contoh.id", "Merek Baru"
        firm_save(changed, by=SYSTEM, reason="uji")
        return kept, merge

    kept, merge = two()
    (conflict,) = merge_conflicts(merge)
    assert (conflict.column, conflict.before, conflict.now) == ("email", "", "baru@contoh.id")
    merge_undo(merge=merge, by=SYSTEM)
    now = fresh(kept)
    assert (now.email, now.start_year, now.brand) == ("baru@contoh.id", None, "Merek Baru")
    kept, merge = two()
    merge_undo(merge=merge, by=SYSTEM, confirm=True)
    assert (fresh(kept).email, fresh(kept).brand) == ("", "Merek Baru")


def test_rows_added_since_stay_and_rows_changed_since_go_back_as_they_are() -> None:
    kept, gone = make_firm("Rotan A"), make_firm("Rotan B", owner="Budi")
    merge = merged(kept, gone)
    budi = kept.owners.get()
    budi.phone = "+6281200001234"
    add(budi)
    add(Owner(firm=kept, name="Baru"))
    merge_undo(merge=merge, by=SYSTEM)
    assert [owner.name for owner in kept.owners.all()] == ["Baru"]
    assert fresh(gone).owners.get().phone == "+6281200001234"


def test_row_taken_away_since_is_told_and_does_not_come_back() -> None:
    kept, gone = make_firm("Rotan A"), make_firm("Rotan B", owner="Budi")
    merge = merged(kept, gone)
    kept.owners.all().delete()
    (conflict,) = merge_conflicts(merge)
    assert (conflict.model, conflict.gone) == (Owner, True)
    merge_undo(merge=merge, by=SYSTEM)
    assert not fresh(gone).owners.exists()


def test_undone_once_within_thirty_days_and_in_order() -> None:
    kept, gone, third = (make_firm(f"Rotan {n}") for n in "ABC")
    first = merged(kept, gone)
    second = merged(third, kept)
    with pytest.raises(ValidationError):
        merge_undo(merge=first, by=SYSTEM)
    merge_undo(merge=second, by=SYSTEM)
    FirmMerge.objects.filter(pk=first.pk).update(merged_at=timezone.now() - dt.timedelta(days=31))
    with pytest.raises(ValidationError):
        merge_undo(merge=first, by=SYSTEM)
    FirmMerge.objects.filter(pk=first.pk).update(merged_at=timezone.now())
    merge_undo(merge=first, by=SYSTEM)
    with pytest.raises(ValidationError):
        merge_undo(merge=first, by=SYSTEM)
    assert {f.merged_into for f in Firm.objects.all()} == {None}
    assert set(DuplicatePair.objects.values_list("state", flat=True)) == {"open"}


def test_nib_that_somebody_took_since_is_told() -> None:
    kept, gone = make_firm("Rotan A"), make_firm("Rotan B", nib=NIB)
    merge = merged(kept, gone)
    freed = fresh(kept)
    freed.nib = None
    firm_save(freed, by=SYSTEM, reason="uji")
    make_firm("Rotan C", nib=NIB)
    with pytest.raises(ValidationError):
        merge_undo(merge=merge, by=SYSTEM)
    assert fresh(gone).merged_into == kept


places = st.sampled_from([TEGALWANGI, "32.09.19.2008", CIGUGUR])
firms = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["Rotan A", "Rotan B"]),
        "village": places,
        "nib": st.booleans(),
        "phone": st.sampled_from(["", "+6281200001234", "+6281200005678"]),
        "start_year": st.sampled_from([None, 1999, 2010]),
        "kbli": st.sampled_from([None, "2020-31002", "2020-13134"]),
        "owner": st.sampled_from(["", "Siti", "Budi"]),
        "siinas": st.sampled_from([None, {"state": "issued"}]),
        "profile": st.sampled_from([None, {"workers_total": 3}, {"investment": 5}]),
        "consents": st.sampled_from([(), ("catalogue",), ("catalogue", "whatsapp")]),
        "certificate": st.sampled_from(["", "ID1", "ID2"]),
        "withdrawn": st.booleans(),
    }
)
whose = st.fixed_dictionaries(
    {each.key: st.sampled_from(["kept", "gone"]) for each in CHOICES if each.key != "nib"}
)


def build(facts: dict[str, Any], nib: str) -> Firm:
    more = {k: facts[k] for k in ("phone", "start_year")}
    firm = make_firm(
        facts["name"],
        village=facts["village"],
        kbli=facts["kbli"],
        owner=facts["owner"],
        siinas=dict(facts["siinas"]) if facts["siinas"] else None,
        profile=facts["profile"],
        consents=facts["consents"],
        nib=nib if facts["nib"] else None,
        **more,
    )
    if facts["certificate"]:
        add(Certificate(firm=firm, kind="halal", number=facts["certificate"]))
    if facts["withdrawn"] and facts["consents"]:
        consent = firm.consents.get(purpose="catalogue")
        consent_withdraw(consent=consent, by=SYSTEM, on=dt.date(2026, 11, 20))
    return firm


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=firms, other=firms, choices=whose, nib=st.sampled_from(["kept", "gone"]))
def test_merging_and_undoing_gives_the_same_rows_back(
    db: None, one: dict[str, Any], other: dict[str, Any], choices: dict[str, str], nib: str
) -> None:
    from django.db import transaction

    with transaction.atomic():
        kept, gone = build(one, NIB), build(other, OTHER_NIB)
        before = rows()
        merge = merged(kept, gone, **choices, nib=nib)
        assert fresh(gone).merged_into_id == kept.pk
        assert merge_conflicts(merge) == []
        merge_undo(merge=merge, by=SYSTEM)
        assert rows() == before
        transaction.set_rollback(True)
