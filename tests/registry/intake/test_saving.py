"""Carrying a plan out: what stands in the register afterwards, and what does not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from registry.intake.interpret import Options
from registry.intake.plan import Plan
from registry.intake.session import Upload, make_plan
from registry.models import Firm, IntakeBatch, IntakeRow, SiinasAccount
from registry.services import SYSTEM, NotAllowed, firm_close
from registry.services.intake import Applied, intake_commit

pytestmark = pytest.mark.django_db

NIB = "2103000779772"
BATIK = {
    "name": "CV Batik Sekar Jagat",
    "owner_name": "Sari Contoh",
    "owner_gender": "Perempuan",
    "address": "Blok Manis RT 01 RW 02",
    "village_code": "Trusmi Kulon",
    "district_code": "Plered",
    "regency_code": "Kabupaten Cirebon",
    "phone": "0812 3456 7890 / 0231 8001234",
    "email": "sekar@surel.example",
    "nib": NIB,
    "npwp": "01.000.981.2-426.000",
    "kbli": "13134",
    "product": "Batik tulis",
    "brand": "Sekar",
    "workers_male": 3,
    "workers_female": 12,
    "investment": "Rp 45 juta",
    "capacity_quantity": "1.200",
    "capacity_unit": "lembar",
    "annual_sales": 380000000,
    "start_year": 1998,
    "data_year": 2024,
    "siinas_status": "Akun terbit",
    "siinas_registered_on": "02/03/2021",
    "halal_number": "proses",
    "tkdn_number": "IK-2021-000873",
    "tkdn_percent": "27,5",
    "latitude": "-6,70512",
    "longitude": "108,50889",
    "active": "Ya",
    "notes": "binaan dinas",
}
ROTAN = {
    "name": "Rotan Jaya Abadi",
    "owner_name": "Budi Contoh",
    "district_code": "Weru",
    "regency_code": "Kab. Cirebon",
    "data_year": 2024,
    "workers_total": 9,
}
WRONG = {"name": "Emping Salah", "owner_name": "Tuti", "nib": "2103 000 77"}

Fill = Callable[[Sequence[dict[str, Any]]], bytes]


@pytest.fixture
def take(filled: Fill) -> Callable[..., tuple[Plan, Applied]]:
    """Takes a filled sheet in, as a person or as a command."""

    made: dict[str, bytes] = {}  # the same rows are the same file: a workbook carries its time

    def take(*rows: dict[str, Any], by: Any = SYSTEM, name: str = "data.xlsx") -> Any:
        if repr(rows) not in made:
            made[repr(rows)] = filled(rows)
        upload = Upload(name, made[repr(rows)])
        plan = make_plan(upload, Options(), by=by)
        return plan, intake_commit(plan=plan, upload=upload, options=Options(), by=by)

    return take


def counts() -> dict[str, int]:
    """How many rows every table of the register has, its history included."""
    models = apps.get_app_config("registry").get_models()
    return {model.__name__: model._base_manager.count() for model in models}


def statuses(plan: Plan) -> list[str]:
    return [row.status.value for row in plan.rows]


def test_new_firm_stands_with_all_that_its_row_says(take: Any) -> None:
    plan, applied = take(BATIK)
    firm = Firm.objects.get()
    assert (statuses(plan), applied.added) == (["new"], 1)
    assert (firm.name, firm.legal_form, firm.nib) == ("Batik Sekar Jagat", "cv", NIB)
    assert (firm.regency_id, firm.village_id) == ("32.09", "32.09.36.2005")
    assert (firm.phone, firm.npwp) == ("+6281234567890", "010009812426000")
    assert (firm.products, firm.data_year, firm.status) == ("Batik tulis", 2024, "active")
    assert (firm.latitude, firm.longitude) == (Decimal("-6.70512"), Decimal("108.50889"))
    assert firm.notes == "binaan dinas; Nomor HP: +622318001234"
    owner = firm.owners.get()
    assert (owner.name, owner.gender) == ("Sari Contoh", "female")
    activity = firm.activities.get()
    assert (activity.kbli_id, activity.is_primary) == ("2020-13134", True)
    profile = firm.profiles.get()
    assert (profile.year, profile.workers, profile.investment) == (2024, 15, 45_000_000)
    assert (profile.capacity_quantity, profile.capacity_unit_id) == (1200, "lembar")
    assert profile.raw_material_value is None
    site = firm.sites.get()
    assert site.is_main
    assert site.latitude == firm.latitude
    assert (site.siinas.state, site.siinas.registered_on) == ("issued", dt.date(2021, 3, 2))
    assert site.siinas.steps.get().note.endswith("data.xlsx")
    assert {(c.kind, c.number, c.status, c.tkdn_percent) for c in firm.certificates.all()} == {
        ("halal", "proses", "applied", None),
        ("tkdn_ik", "IK-2021-000873", "issued", Decimal("27.5")),
    }


def test_unknown_stays_unknown(take: Any) -> None:
    take(ROTAN)
    firm = Firm.objects.get()
    assert (firm.nib, firm.village_id, firm.start_year, firm.phone) == (None, None, None, "")
    assert firm.profiles.get().investment is None
    assert not SiinasAccount.objects.exists()
    assert not firm.certificates.exists()


def test_same_sheet_again_changes_nothing(take: Any) -> None:
    take(BATIK, ROTAN, WRONG)
    before = counts()
    plan, applied = take(BATIK, ROTAN, WRONG)
    assert statuses(plan) == ["unchanged", "unchanged", "error"]
    assert applied.batch is None
    assert counts() == before


def test_rows_with_errors_are_kept_beside_the_batch_and_touch_no_firm(take: Any) -> None:
    _plan, applied = take(BATIK, WRONG)
    assert Firm.objects.count() == 1
    rows = {row.row: row for row in applied.batch.rows.all()}
    assert (rows[2].status, rows[2].firm) == ("new", Firm.objects.get())
    assert (rows[3].status, rows[3].firm) == ("error", None)
    assert {p["code"] for p in rows[3].problems} >= {"nib_length", "regency_missing"}


def test_likely_duplicate_waits_for_a_person(take: Any) -> None:
    take(ROTAN)
    plan, _applied = take({**ROTAN, "phone": "0812 3456 7890"}, name="lain.xlsx")
    assert statuses(plan) == ["review"]
    assert Firm.objects.count() == 1
    assert IntakeRow.objects.filter(status="review", firm=None).count() == 1


def test_update_sets_what_differs_and_an_empty_cell_erases_nothing(take: Any) -> None:
    take(BATIK)
    row = {
        "name": "BATIK SEKAR JAGAT", "nib": NIB, "regency_code": "Kab. Cirebon",
        "phone": "0813 0000 1111", "kbli": "14111", "data_year": 2025, "workers_male": 4,
        "notes": "pindah gudang", "owner_name": "Sari Baru", "active": "Tidak",
    }  # fmt: skip
    plan, applied = take(row, name="baru.xlsx")
    firm = Firm.objects.get()
    assert (statuses(plan), applied.changed) == (["update"], 1)
    assert (firm.name, firm.phone, firm.brand) == ("Batik Sekar Jagat", "+6281300001111", "Sekar")
    assert (firm.village_id, firm.data_year, firm.status) == ("32.09.36.2005", 2025, "inactive")
    assert firm.notes.endswith("\npindah gudang")
    assert firm.owners.get().name == "Sari Baru"
    assert {(a.kbli_id, a.is_primary) for a in firm.activities.all()} == {
        ("2020-13134", False), ("2020-14111", True),
    }  # fmt: skip
    assert {(p.year, p.workers_male) for p in firm.profiles.all()} == {(2024, 3), (2025, 4)}
    before = counts()
    assert statuses(take(row, name="baru.xlsx")[0]) == ["unchanged"]
    assert counts() == before


def test_older_sheet_fills_blanks_and_adds_its_year(take: Any) -> None:
    take({**BATIK, "brand": None})
    old = {**BATIK, "data_year": 2022, "phone": "0813 0000 1111", "workers_male": 1}
    plan, _applied = take(old, name="2022.xlsx")
    firm = Firm.objects.get()
    assert "older_data" in [found.problem.code for found in plan.rows[0].draft.found]
    assert (firm.phone, firm.brand, firm.data_year) == ("+6281234567890", "Sekar", 2024)
    assert {(p.year, p.workers_male) for p in firm.profiles.all()} == {(2024, 3), (2022, 1)}
    before = counts()
    take(old, name="2022.xlsx")
    assert counts() == before


def test_firm_moves_with_its_main_site(take: Any) -> None:
    take(BATIK)
    take({**BATIK, "district_code": "Weru", "village_code": "Tegalwangi", "data_year": 2025})
    firm = Firm.objects.get()
    assert firm.village_id == "32.09.19.2009"
    assert firm.sites.get().village_id == "32.09.19.2009"


def test_account_takes_its_step_and_never_goes_back(take: Any) -> None:
    take({**BATIK, "siinas_status": "Belum", "siinas_registered_on": None})
    take(BATIK)
    account = SiinasAccount.objects.get()
    assert (account.state, account.registered_on) == ("issued", dt.date(2021, 3, 2))
    assert account.steps.count() == 2
    take({**BATIK, "siinas_status": "Belum", "data_year": 2025})
    account.refresh_from_db()
    assert account.state == "issued"


def test_step_without_evidence_is_left_to_a_person_and_said(take: Any) -> None:
    take(BATIK)
    row = {**BATIK, "siinas_status": "Lengkap", "brand": "Sekar Baru"}
    _plan, applied = take(row)
    assert SiinasAccount.objects.get().state == "issued"
    assert any("SIINas" in line for line in applied.notes)


def test_first_account_may_come_complete_with_a_sheet(take: Any) -> None:
    take({**BATIK, "siinas_status": None, "siinas_registered_on": None})
    take({**BATIK, "siinas_status": "Lengkap"})
    account = SiinasAccount.objects.get()
    assert (account.state, account.evidence_number) == ("complete", "")
    assert account.steps.get().note.endswith("data.xlsx")


def test_closed_firm_is_not_opened_by_a_sheet(take: Any) -> None:
    take(BATIK)
    firm_close(firm=Firm.objects.get(), by=SYSTEM, reason="bangkrut")
    take({**BATIK, "data_year": 2025})
    assert Firm.objects.get().status == "closed"


def test_officer_saves_the_own_region_and_loses_nothing_to_a_foreign_row(
    take: Any, people: dict[str, Any]
) -> None:
    foreign = {**ROTAN, "regency_code": "Kab. Kuningan", "district_code": "Darma"}
    plan, applied = take(BATIK, foreign, by=people["cirebon_staff"])
    assert statuses(plan) == ["new", "error"]
    assert [f.problem.code for f in plan.rows[1].draft.found] == ["out_of_scope"]
    assert [firm.regency_id for firm in Firm.objects.all()] == ["32.09"]
    assert applied.batch.regency_id == "32.09"
    assert applied.batch.taken_by == people["cirebon_staff"]


def test_firm_of_another_region_is_neither_shown_nor_changed(
    take: Any, people: dict[str, Any]
) -> None:
    take({**BATIK, "regency_code": "Kab. Kuningan", "district_code": "Darma",
          "village_code": "Cageur"})  # fmt: skip
    plan, applied = take(BATIK, by=people["cirebon_staff"])
    assert statuses(plan) == ["error"]
    assert plan.rows[0].draft.found[-1].problem.params == {"regency": "Kabupaten Kuningan"}
    assert Firm.objects.get().regency_id == "32.08"
    assert applied.changed == 0


@pytest.mark.parametrize("name", ["official_all", "left"])
def test_who_may_not_write_saves_nothing(take: Any, people: dict[str, Any], name: str) -> None:
    before = counts()
    with pytest.raises(NotAllowed):
        take(BATIK, by=people[name])
    assert counts() == before


def test_history_tells_who_why_and_which_batch(take: Any, people: dict[str, Any]) -> None:
    _plan, applied = take(BATIK, by=people["province"])
    event = Firm.pgh_event_model.objects.get()
    told = event.pgh_context.metadata
    assert (told["user"], told["batch"]) == (people["province"].pk, applied.batch.pk)
    assert told["reason"].endswith("data.xlsx")


def test_fault_in_a_step_leaves_nothing_of_it_and_is_told(
    take: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(BATIK)

    def fails(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("gone")

    monkeypatch.setattr("registry.intake.chunk.Update.run", fails)
    with pytest.raises(ValidationError, match="gone"):
        take({**BATIK, "phone": "0813 0000 1111"}, ROTAN)
    batch = IntakeBatch.objects.latest("pk")
    assert (batch.state, batch.rows.exclude(outcome="").count()) == ("review", 0)
    assert Firm.objects.count() == 1


def test_identity_numbers_are_nowhere_in_the_database(
    workbook: Callable[..., bytes],
    django_assert_max_num_queries: Any,
    holds_anywhere: Callable[[str], bool],
) -> None:
    nik = "3209000000001234"
    headings = ["Nama Usaha", "NIK", "Pemilik", "Kabupaten", "NPWP", "NIB", "No HP", "Keterangan"]
    row = ["Batik Sekar", nik, f"Sari {nik}", "Kab. Cirebon", nik, nik, nik, f"NIK: {nik}"]
    good = ["Rotan Jaya", nik, f"Budi {nik}", "Kab. Cirebon", nik, None, None, nik]
    upload = Upload("nik.xlsx", workbook([headings, row, good]))
    with django_assert_max_num_queries(111):
        plan = make_plan(upload, Options(), by=SYSTEM)
        intake_commit(plan=plan, upload=upload, options=Options(), by=SYSTEM)
    assert Firm.objects.get().owners.get().name == "Budi"
    assert IntakeBatch.objects.count() == 1
    assert not holds_anywhere("000000001234")
