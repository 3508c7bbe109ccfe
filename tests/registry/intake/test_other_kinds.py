"""Sheets of certificates, yearly figures and SIINas accounts: they tell of firms, and make none."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from registry.intake.interpret import Options
from registry.intake.session import Upload, make_plan
from registry.models import Certificate, Firm, IntakeBatch, SiinasAccount
from registry.models.intake import BatchState, Decision
from registry.services import firms_merge, intake
from registry.services.intake import intake_commit
from tests.registry.factories import make_firm

pytestmark = pytest.mark.django_db
HEAD = "Nama Usaha;NIB;Kecamatan;Kabupaten"
PLACE = "Weru;Kabupaten Cirebon"
NIB = "0220001234567"


def taken(kind: str, text: str, by: User, **options: Any) -> Any:
    """The plan and what was written of it."""
    upload = Upload("daftar.csv", text.encode())
    asked = Options(kind=kind, year=2025, **options)
    plan = make_plan(upload, asked, by=by)
    return plan, intake_commit(plan=plan, upload=upload, options=asked, by=by)


@pytest.fixture
def firm(people: dict[str, User]) -> Firm:
    return make_firm("Rotan Uji", nib=NIB, phone="+6281200001234", profile={"investment": 5})


CERTIFICATES = f"""{HEAD};Jenis Sertifikat;Nomor Sertifikat;Tanggal Terbit;Berlaku Sampai
Nama Lain Sekali;{NIB};{PLACE};Halal;ID32110000012345678;02/03/2024;
Rotan Uji;{NIB};{PLACE};SNI;SNI 8152;02/03/2024;02/03/2028
Tak Dikenal;9999000011112;{PLACE};Halal;ID32110000012349999;02/03/2024;
"""


def test_certificates_join_their_firm_and_change_nothing_else(
    people: dict[str, User], firm: Firm
) -> None:
    plan, applied = taken("certificates", CERTIFICATES, people["cirebon_staff"])
    assert [row.status.value for row in plan.rows] == ["update", "update", "error"]
    codes = [found.problem.code for found in plan.rows[2].draft.found]
    assert "firm_unknown" in codes
    assert applied.added == 0
    assert Firm.objects.count() == 1
    assert Firm.objects.get().name == "Rotan Uji"
    sni = Certificate.objects.get(firm=firm, kind="sni")
    assert (sni.number, sni.issued_on, sni.valid_until) == (
        "SNI 8152",
        dt.date(2024, 3, 2),
        dt.date(2028, 3, 2),
    )
    assert Certificate.objects.filter(firm=firm).count() == 2


@pytest.mark.parametrize("kind", ["firms", "certificates"])
def test_row_with_the_nib_of_a_merged_firm_reaches_the_firm_that_stands(
    people: dict[str, User], firm: Firm, kind: str
) -> None:
    officer = people["cirebon_staff"]
    gone = make_firm("Rotan Uji Lama", nib="0220001234568", phone="+6281200001234")
    firms_merge(kept=firm, gone=gone, by=officer, choices={"nib": "kept"}, reason="uji")
    text = f"{HEAD};Jenis Sertifikat;Nomor Sertifikat\n"
    text += f"Rotan Uji;{gone.nib};{PLACE};SNI;SNI 8152\n"
    plan, _applied = taken(kind, text, officer)
    assert [row.status.value for row in plan.rows] == ["unchanged" if kind == "firms" else "update"]
    firm.refresh_from_db()
    gone.refresh_from_db()
    assert (firm.nib, gone.nib) == (NIB, "0220001234568")
    assert firm.certificates.filter(number="SNI 8152").exists() == (kind == "certificates")


def test_certificates_taken_in_twice_change_nothing(people: dict[str, User], firm: Firm) -> None:
    taken("certificates", CERTIFICATES, people["cirebon_staff"])
    plan, _applied = taken("certificates", CERTIFICATES, people["cirebon_staff"])
    assert [row.status.value for row in plan.rows] == ["unchanged", "unchanged", "error"]


def test_list_fills_what_is_blank_of_a_certificate_and_replaces_nothing(
    people: dict[str, User], firm: Firm
) -> None:
    Certificate.objects.create(
        firm=firm, kind="sni", number="SNI 8152", issued_on=dt.date(2023, 1, 1)
    )
    taken("certificates", CERTIFICATES, people["cirebon_staff"])
    sni = Certificate.objects.get(firm=firm, kind="sni")
    assert (sni.issued_on, sni.valid_until) == (dt.date(2023, 1, 1), dt.date(2028, 3, 2))


def test_yearly_figures_make_a_profile_of_their_year(people: dict[str, User], firm: Firm) -> None:
    text = f"{HEAD};Tahun Data;TK Pria;TK Wanita;Nilai Investasi (Rp Juta)\n"
    text += f"Apa Saja;{NIB};{PLACE};2023;4;7;120\n"
    plan, _applied = taken("figures", text, people["cirebon_staff"])
    assert [row.status.value for row in plan.rows] == ["update"]
    profile = firm.profiles.get(year=2023)
    assert (profile.workers_male, profile.workers_female) == (4, 7)
    assert profile.investment == 120_000_000
    firm.refresh_from_db()
    assert (firm.name, firm.data_year) == ("Rotan Uji", None)
    assert firm.profiles.get(year=2025).investment == 5


def test_siinas_list_moves_the_account_up(people: dict[str, User], firm: Firm) -> None:
    text = f"{HEAD};Terdaftar SIINas;No HP\nRotan Uji;{NIB};{PLACE};Ya;081299998888\n"
    taken("siinas", text, people["cirebon_staff"])
    assert SiinasAccount.objects.get(site__firm=firm).state == "issued"
    firm.refresh_from_db()
    assert firm.phone == "+6281200001234"


def test_row_of_another_region_is_refused(people: dict[str, User], firm: Firm) -> None:
    plan, _applied = taken("certificates", CERTIFICATES, people["kuningan_staff"])
    assert {row.status.value for row in plan.rows} == {"error"}
    assert not Certificate.objects.exists()


def test_firm_without_a_nib_is_found_by_likeness_once_a_person_says_so(
    people: dict[str, User],
) -> None:
    officer = people["cirebon_staff"]
    firm = make_firm("Anyaman Sinar Jaya", owner="Siti Aminah", phone="+6281200001234")
    text = "Nama Usaha;Nama Pemilik;Desa;Kecamatan;Kabupaten;Nilai TKDN (%);Nomor Sertifikat TKDN\n"
    text += "Anyaman Sinar Jaya;Siti Aminah;Tegalwangi;Weru;Kabupaten Cirebon;27,5;T-77\n"
    batch = intake.intake_upload(
        name="tkdn.csv", content=text.encode(), kind="certificates", by=officer
    )
    intake.intake_match_columns(batch=batch, fields={}, units={}, by=officer)
    batch.refresh_from_db()
    row = batch.rows.get()
    assert (batch.state, row.status) == (BatchState.REVIEW, "review")
    assert row.matches[0]["firm"] == firm.pk
    assert row.matches[0]["reasons"]
    intake.intake_decide(row=row, decision=Decision.SAME, firm=firm.pk, by=officer)
    intake.intake_save(batch=batch, by=officer)
    held = Certificate.objects.get(firm=firm)
    assert (held.kind, held.number, held.tkdn_percent) == ("tkdn_ik", "T-77", Decimal("27.5"))
    intake.intake_undo(batch=IntakeBatch.objects.get(pk=batch.pk), reason="uji", by=officer)
    assert not Certificate.objects.exists()
    assert Firm.objects.filter(pk=firm.pk).exists()


def test_certificate_of_an_unknown_kind_is_an_error_and_not_lost(
    people: dict[str, User], firm: Firm
) -> None:
    text = f"{HEAD};Nomor Sertifikat\nRotan Uji;{NIB};{PLACE};XX-1\n"
    plan, _applied = taken("certificates", text, people["cirebon_staff"])
    assert [found.problem.code for found in plan.rows[0].draft.found] == [
        "certificate_kind_unknown"
    ]
