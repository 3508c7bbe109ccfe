"""Taking an intake back: what it wrote goes, what people did since stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils import timezone

from registry.intake.interpret import Options
from registry.intake.session import Upload, make_plan
from registry.models import (
    Certificate,
    Firm,
    FirmActivity,
    IntakeBatch,
    Owner,
    ProductionSite,
    SiinasAccount,
)
from registry.services import SYSTEM, consent_give, firm_save, remove_row, save_row
from registry.services.intake import intake_commit, intake_undo, undo_conflicts

pytestmark = pytest.mark.django_db

NIB = "2103000779772"
BATIK = {
    "name": "CV Batik Sekar Jagat", "owner_name": "Sari Contoh", "regency_code": "Kab. Cirebon",
    "district_code": "Plered", "village_code": "Trusmi Kulon", "nib": NIB, "kbli": "13134",
    "phone": "0812 3456 7890", "workers_male": 3, "data_year": 2024, "siinas_status": "Belum",
    "halal_number": "proses",
}  # fmt: skip
CHANGED = {
    "name": "Batik Sekar Wangi", "nib": NIB, "regency_code": "Kab. Cirebon", "data_year": 2025,
    "district_code": "Weru", "village_code": "Tegalwangi", "phone": "0813 0000 1111",
    "owner_name": "Sari Baru", "kbli": "14111", "workers_male": 5, "notes": "pindah gudang",
    "siinas_status": "Akun terbit", "siinas_registered_on": "02/03/2021", "pirt_number": "diurus",
}  # fmt: skip
ROTAN = {"name": "Rotan Jaya", "owner_name": "Budi", "regency_code": "Kab. Cirebon",
         "district_code": "Weru", "data_year": 2024, "workers_total": 9}  # fmt: skip

Fill = Callable[[Sequence[dict[str, Any]]], bytes]
_OWN = {"updated_at", "created_at", "search", "search_staff", "own_facts", "recorded_at"}


@pytest.fixture
def take(filled: Fill) -> Callable[..., IntakeBatch]:
    """Takes a filled sheet in, as a command does."""

    def take(*rows: dict[str, Any], by: Any = SYSTEM, name: str = "data.xlsx") -> Any:
        upload = Upload(name, filled(rows))
        plan = make_plan(upload, Options(), by=by)
        return intake_commit(plan=plan, upload=upload, options=Options(), by=by).batch

    return take


def undo(batch: IntakeBatch, *, confirmed: bool = False, by: Any = SYSTEM) -> IntakeBatch:
    return intake_undo(batch=batch, reason="salah berkas", confirmed=confirmed, by=by)


def register() -> dict[str, list[dict[str, Any]]]:
    """Every row of the register, less what only says when it was written."""
    found = {}
    for model in apps.get_app_config("registry").get_models():
        if hasattr(model, "pgh_event_model") and model is not IntakeBatch:
            columns = [f.attname for f in model._meta.concrete_fields if f.name not in _OWN]
            found[model.__name__] = list(model._base_manager.order_by("pk").values(*columns))
    return found


def test_added_firms_go_with_all_their_parts(take: Any) -> None:
    before = register()
    batch = undo(take(BATIK, ROTAN))
    assert register() == before
    assert (batch.state, batch.summary["undone"], batch.summary["kept"]) == ("undone", 2, 0)
    assert set(batch.rows.values_list("outcome", "firm")) == {("undone", None)}


def test_changed_firm_is_as_it_was_in_every_table(take: Any) -> None:
    take(BATIK)
    before = register()
    batch = take(CHANGED, name="baru.xlsx")
    firm = Firm.objects.get()
    assert (firm.name, firm.village_id, firm.owners.get().name) == (
        "Batik Sekar Wangi", "32.09.19.2009", "Sari Baru",
    )  # fmt: skip
    assert (SiinasAccount.objects.get().state, firm.activities.count()) == ("issued", 2)
    undo(batch)
    assert register() == before


def test_history_tells_who_took_it_back_and_why(take: Any, people: dict[str, Any]) -> None:
    take(BATIK)
    batch = take(CHANGED, name="baru.xlsx")
    undo(batch, by=people["cirebon_staff"])
    event = Firm.pgh_event_model.objects.order_by("pgh_id").last()
    told = event.pgh_context.metadata
    assert (told["user"], told["reason"]) == (people["cirebon_staff"].pk, "salah berkas")
    batch.refresh_from_db()
    assert batch.undone_by == people["cirebon_staff"]


def test_field_that_somebody_changed_since_keeps_the_row(take: Any) -> None:
    take(BATIK)
    batch = take(CHANGED, name="baru.xlsx")
    firm = Firm.objects.get()
    firm.phone = "+6281399998888"
    firm_save(firm, by=SYSTEM, reason="nomor baru")
    ((row, held, what),) = undo_conflicts(batch)
    assert (row.row, held) == (2, firm)
    assert what
    undo(batch)
    row.refresh_from_db()
    firm.refresh_from_db()
    assert (row.outcome, row.firm) == ("kept", firm)
    assert [p["code"] for p in row.problems][-1] == "changed_since"
    assert (firm.name, firm.phone) == ("Batik Sekar Wangi", "+6281399998888")


def test_confirmed_undo_gives_back_what_still_stands_as_saved(take: Any) -> None:
    take(BATIK)
    batch = take(CHANGED, name="baru.xlsx")
    firm = Firm.objects.get()
    firm.phone = "+6281399998888"
    firm_save(firm, by=SYSTEM, reason="nomor baru")
    undo(batch, confirmed=True)
    firm.refresh_from_db()
    assert (firm.name, firm.phone) == ("Batik Sekar Jagat", "+6281399998888")


def test_another_field_changed_since_is_no_conflict(take: Any) -> None:
    take(BATIK)
    batch = take(CHANGED, name="baru.xlsx")
    firm = Firm.objects.get()
    firm.brand = "Wangi"
    firm_save(firm, by=SYSTEM, reason="merek")
    undo(batch)
    firm.refresh_from_db()
    assert (firm.name, firm.brand) == ("Batik Sekar Jagat", "Wangi")


def _edit(firm: Firm) -> None:
    firm.brand = "Baru"
    firm_save(firm, by=SYSTEM, reason="uji")


def _add_owner(firm: Firm) -> None:
    save_row(Owner(firm=firm, name="Orang Kedua"), by=SYSTEM, reason="uji")


def _edit_activity(firm: Firm) -> None:
    activity = FirmActivity.objects.get(firm=firm)
    activity.kbli_id = "2020-14111"
    save_row(activity, by=SYSTEM, reason="uji")


def _drop_certificate(firm: Firm) -> None:
    remove_row(Certificate.objects.get(firm=firm), by=SYSTEM, reason="uji")


def _add_site(firm: Firm) -> None:
    site = ProductionSite(firm=firm, regency_id="32.08")
    save_row(site, by=SYSTEM, reason="uji")


@pytest.mark.parametrize("act", [_edit, _add_owner, _edit_activity, _drop_certificate, _add_site])
def test_added_firm_that_somebody_worked_on_stays_until_confirmed(take: Any, act: Any) -> None:
    batch = take(BATIK)
    act(Firm.objects.get())
    assert len(undo_conflicts(batch)) == 1
    undo(batch)
    assert Firm.objects.count() == 1
    assert batch.rows.get().outcome == "kept"


@pytest.mark.parametrize("act", [_edit, _add_owner, _edit_activity, _drop_certificate, _add_site])
def test_confirmed_it_goes_with_what_describes_it(take: Any, act: Any) -> None:
    batch = take(BATIK)
    act(Firm.objects.get())
    undo(batch, confirmed=True)
    assert not Firm.objects.exists()


def test_firm_that_gave_its_consent_always_stays(take: Any) -> None:
    batch = take(BATIK)
    consent_give(
        firm=Firm.objects.get(), purpose="catalogue", channel="paper", by=SYSTEM,
        on=dt.date(2026, 11, 2),
    )  # fmt: skip
    undo(batch, confirmed=True)
    assert Firm.objects.count() == 1


def test_later_intake_of_the_same_firm_is_a_change_since(take: Any) -> None:
    first = take(BATIK)
    take(CHANGED, name="baru.xlsx")
    undo(first)
    assert Firm.objects.get().name == "Batik Sekar Wangi"


def test_undo_can_be_taken_up_again_and_does_nothing_twice(
    take: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("registry.intake.undoing.CHUNK", 1)
    batch = take(BATIK, ROTAN, {**ROTAN, "name": "Kayu Lestari", "owner_name": "Tuti"})
    monkeypatch.setattr("registry.tasks.go_on", lambda pk: None)
    undo(batch)
    from registry.intake import work

    assert work.step(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.done, batch.total) == ("undoing", 1, 3)
    while work.step(batch.pk):
        pass
    batch.refresh_from_db()
    assert (batch.state, batch.done, Firm.objects.count()) == ("undone", 3, 0)
    assert not work.step(batch.pk)


def test_after_a_week_and_without_a_reason_it_is_refused(take: Any) -> None:
    batch = take(BATIK)
    with pytest.raises(ValidationError):
        intake_undo(batch=batch, reason=" ", by=SYSTEM)
    IntakeBatch.objects.filter(pk=batch.pk).update(saved_at=timezone.now() - dt.timedelta(days=8))
    with pytest.raises(ValidationError):
        undo(batch)
    assert Firm.objects.count() == 1


def test_undone_intake_can_be_uploaded_anew(take: Any) -> None:
    undo(take(BATIK))
    assert take(BATIK).state == "saved"
    assert Firm.objects.count() == 1
