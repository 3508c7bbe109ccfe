"""Each firm's derived row: kept by the database whoever writes, and equal to a full recount."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.models import (
    AnnualProfile,
    Certificate,
    Consent,
    ConsentText,
    Firm,
    FirmActivity,
    ProductionSite,
    SiinasAccount,
    Standing,
    StandingDue,
)
from registry.models.standing import FOREVER, NEVER
from registry.sample.removal import remove_sample
from registry.services import SYSTEM, FirmDraft, firms_register, save_row
from registry.standing.checking import differences
from registry.standing.keeping import install, rebuild, worked_out_once
from tests.registry.factories import CIGUGUR, PAOMAN, make_firm

VILLAGES = (PAOMAN, CIGUGUR, "32.09.19.2009")


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.django_db
def test_new_firm_has_a_row_that_says_what_is_known() -> None:
    firm = make_firm(
        nib="0220001234567",
        legal_form="cv",
        profile={"workers_male": 2, "workers_female": 3},
        siinas={"state": "issued"},
        consents=("catalogue",),
        confirmed_on=dt.date(2026, 3, 1),
    )
    row = Standing.objects.get(firm=firm)
    assert (row.regency_id, row.village_id, row.working) == ("32.09", firm.village_id, True)
    assert (row.kbli_id, row.workers, row.account) == ("2020-31002", 5, "held")
    assert (row.consented, row.refused, row.body, row.blocked) == (True, False, True, False)
    assert (row.confirmed_on, row.tkdn_until, row.first_end) == (firm.confirmed_on, NEVER, FOREVER)
    assert (row.has_nib, row.has_products, row.lacking) == (True, False, 4)


@pytest.mark.django_db
def test_dates_of_certificates_are_kept_and_what_has_no_end_lasts_for_ever() -> None:
    firm = make_firm()
    ends = [dt.date(2024, 5, 1), dt.date(2030, 5, 1)]
    for day in ends:
        row = Certificate(
            firm=firm,
            kind="halal" if day == ends[0] else "tkdn_ik",
            number=f"{day}",
            valid_until=day,
        )
        save_row(row, by=SYSTEM, reason="uji")
    row = Standing.objects.get(firm=firm)
    assert (row.first_end, row.tkdn_until) == (ends[0], ends[1])
    Certificate.objects.filter(kind="halal").update(open_ended=True, valid_until=None)
    row.refresh_from_db()
    assert (row.first_end, row.tkdn_until) == (ends[1], ends[1])
    Certificate.objects.filter(kind="tkdn_ik").update(status="revoked")
    row.refresh_from_db()
    assert (row.first_end, row.tkdn_until) == (FOREVER, NEVER)


@pytest.mark.django_db
def test_part_that_moves_to_another_firm_is_taken_from_the_one_and_given_to_the_other() -> None:
    one, other = make_firm("Satu", siinas={"state": "complete"}), make_firm("Dua")
    site = one.sites.get()
    ProductionSite.objects.filter(pk=site.pk).update(firm=other, is_main=False)
    accounts = dict(Standing.objects.values_list("firm", "account"))
    assert accounts == {one.pk: "none", other.pk: "complete"}


@pytest.mark.django_db
def test_firm_that_is_gone_leaves_no_row() -> None:
    draft = FirmDraft(Firm(name="Contoh", regency_id="32.09", is_sample=True))
    firms_register([draft], by=SYSTEM, reason="uji")
    kept = make_firm("Nyata")
    remove_sample()
    assert list(Standing.objects.values_list("firm", flat=True)) == [kept.pk]


@pytest.mark.django_db
def test_many_rows_are_worked_out_once_at_the_end_and_nothing_stays_due() -> None:
    drafts = [
        FirmDraft(
            Firm(name=f"Usaha {n}", regency_id="32.09"),
            activities=[FirmActivity(kbli_id="2020-31002", is_primary=True)],
            profiles=[AnnualProfile(year=2025, workers_total=n)],
        )
        for n in range(30)
    ]
    firms_register(drafts, by=SYSTEM, reason="uji")
    assert sorted(Standing.objects.values_list("workers", flat=True)) == list(range(30))
    assert differences() == []
    assert not StandingDue.objects.exists()


@pytest.mark.django_db
def test_write_of_many_that_fails_leaves_rows_as_they_were() -> None:
    firm = make_firm()

    def failing() -> None:
        with worked_out_once():
            Firm.objects.filter(pk=firm.pk).update(status="closed", closed_reason="pindah")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()
    Firm.objects.filter(pk=firm.pk).update(products="kursi")
    assert Standing.objects.get().has_products
    assert differences() == []


@pytest.mark.django_db
def test_check_names_the_firm_and_the_column_and_rebuild_mends_it(capsys: Any) -> None:
    firm = make_firm()
    sql("UPDATE registry_standing SET has_nib = true")
    with pytest.raises(CommandError):
        call_command("check_standing")
    assert f"{firm.pk}: has_nib true ≠ false" in capsys.readouterr().err
    call_command("check_standing", rebuild=True)
    assert differences() == []


@pytest.mark.django_db
def test_missing_and_orphaned_rows_are_found_and_mended() -> None:
    firm = make_firm()
    sql("UPDATE registry_standing SET firm_id = firm_id + 1000")
    assert {each.firm for each in differences()} == {firm.pk, firm.pk + 1000}
    rebuild()
    assert differences() == []


@pytest.mark.django_db
def test_changed_rules_reach_every_row_at_the_next_migration() -> None:
    firm = make_firm()
    assert not install()
    sql("UPDATE registry_standing SET working = false")
    sql("COMMENT ON FUNCTION registry_standing_refresh(bigint[]) IS 'older rules'")
    assert install()
    assert Standing.objects.get(firm=firm).working


def consent_text() -> ConsentText:
    return ConsentText.objects.filter(purpose="catalogue").latest("version")


day = st.dates(dt.date(2025, 1, 1), dt.date(2028, 12, 31))
firm_at = st.integers(0, 3)
maybe = st.none() | day
WRITES = st.one_of(
    st.tuples(st.just("firm"), firm_at, st.sampled_from(VILLAGES)),
    st.tuples(st.just("fields"), firm_at, st.booleans()),
    st.tuples(st.just("status"), firm_at, st.sampled_from(["active", "unverified", "inactive"])),
    st.tuples(st.just("confirmed"), firm_at, maybe),
    st.tuples(st.just("merged"), firm_at, firm_at),
    st.tuples(st.just("certificate"), firm_at, st.tuples(maybe, st.booleans())),
    st.tuples(st.just("revoke"), firm_at, st.none()),
    st.tuples(st.just("workers"), firm_at, st.none() | st.integers(0, 40)),
    st.tuples(st.just("activity"), firm_at, st.booleans()),
    st.tuples(st.just("account"), firm_at, st.sampled_from(["submitted", "issued", "complete"])),
    st.tuples(st.just("block"), firm_at, st.sampled_from(["", "issued", "proved"])),
    st.tuples(st.just("consent"), firm_at, st.booleans()),
    st.tuples(st.just("move"), firm_at, firm_at),
    st.tuples(st.just("empty"), firm_at, st.none()),
    st.tuples(st.just("bulk"), firm_at, st.integers(1, 3)),
)


def write(what: str, at: int, value: Any) -> None:
    """One write as services, bulk writers and people at a database prompt make them."""
    firms = list(Firm.objects.order_by("pk")[:4])
    if what == "firm" or not firms:
        place = value if what == "firm" else PAOMAN
        firms.append(make_firm(f"Usaha {len(firms)}", village=place, kbli=None))
    firm = firms[at % len(firms)]
    mine = Firm.objects.filter(pk=firm.pk)
    site = firm.sites.order_by("pk").first()
    accounts = SiinasAccount.objects.filter(site__firm=firm)
    if what == "fields":
        mine.update(products="kursi" if value else "", start_year=2001 if value else None)
    elif what == "status":
        mine.update(status=value)
    elif what == "confirmed":
        mine.update(confirmed_on=value, confirmed_how="visit" if value else "")
    elif what == "merged":
        other = firms[value % len(firms)]
        mine.update(merged_into=None if other == firm else other)
    elif what == "certificate":
        until, tkdn = value
        kind = "tkdn_ik" if tkdn else "halal"
        fields = {"kind": kind, "valid_until": until, "open_ended": until is None and not tkdn}
        Certificate.objects.create(firm=firm, **fields)
    elif what == "revoke":
        sql("UPDATE registry_certificate SET status = 'revoked' WHERE firm_id = %s", firm.pk)
    elif what == "workers":
        profile = AnnualProfile.objects.filter(firm=firm).first()
        profile = profile or AnnualProfile(firm=firm, year=2024)
        profile.workers_total = value
        profile.save()
    elif what == "activity":
        FirmActivity.objects.filter(firm=firm).delete()
        FirmActivity.objects.create(firm=firm, kbli_id="2020-31002", is_primary=value)
    elif what == "account" and site:
        SiinasAccount.objects.update_or_create(site=site, defaults={"state": value})
    elif what == "block":
        accounts.update(
            state="blocked",
            blocker="other",
            issued_on=dt.date(2025, 1, 1) if value == "issued" else None,
            evidence_number="12" if value == "proved" else "",
        )
    elif what == "consent":
        given = {"text": consent_text(), "given_on": dt.date(2025, 1, 1), "channel": "paper"}
        Consent.objects.filter(firm=firm).update(withdrawn_on=dt.date(2025, 2, 1))
        if value:
            Consent.objects.create(firm=firm, purpose="catalogue", **given)
    elif what == "move" and site:
        other = firms[value % len(firms)]
        ProductionSite.objects.filter(pk=site.pk).update(firm=other, is_main=False)
    elif what == "empty":
        FirmActivity.objects.filter(firm__in=firms).delete()
        Certificate.objects.all().delete()
    elif what == "bulk":
        drafts = [FirmDraft(Firm(name=f"Baris {n}", regency_id="32.08")) for n in range(value)]
        firms_register(drafts, by=SYSTEM, reason="uji")


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(writes=st.lists(WRITES, min_size=1, max_size=12))
@pytest.mark.django_db
def test_rows_equal_a_recount_after_any_writes(writes: list[tuple[str, int, Any]]) -> None:
    with transaction.atomic():
        for each in writes:
            write(*each)
            assert differences() == []
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_two_writers_of_one_firm_leave_no_stale_row(reference_data: None) -> None:
    firm = make_firm()
    wrote, both = threading.Event(), threading.Event()

    def second() -> None:
        wrote.wait(10)
        both.set()  # from here on it waits for the first writer, who has not committed
        with transaction.atomic():
            Certificate.objects.create(
                firm=firm, kind="tkdn_ik", valid_until=dt.date(2027, 1, 1), number="2"
            )
        connection.close()

    other = threading.Thread(target=second)
    other.start()
    with transaction.atomic():
        Certificate.objects.create(
            firm=firm, kind="tkdn_ik", valid_until=dt.date(2029, 1, 1), number="1"
        )
        Certificate.objects.create(
            firm=firm, kind="halal", valid_until=dt.date(2026, 1, 1), number="3"
        )
        wrote.set()
        both.wait(10)
        other.join(0.5)
        assert other.is_alive()
    other.join(10)
    row = Standing.objects.get(firm=firm)
    assert (row.tkdn_until, row.first_end) == (dt.date(2029, 1, 1), dt.date(2026, 1, 1))
    assert differences() == []
