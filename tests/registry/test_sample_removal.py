"""Taking the sample out: all of it goes, with its history; what is real stays as it was."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import InternalError, transaction

from accounts.models import User
from registry.hanging import hanging
from registry.models import (
    Certificate,
    Firm,
    IntakeBatch,
    IntakeRow,
    Owner,
    ReportingPeriod,
    SiinasAccount,
    SiinasReport,
)
from registry.sample.build import drafts
from registry.sample.removal import remove_sample
from registry.sample.reports import load_reports
from registry.services import SYSTEM, firms_register, report_record, save_row
from tests.registry.factories import make_firm

pytestmark = pytest.mark.django_db


def load(count: int) -> list[Firm]:
    return firms_register(drafts(count, 7, dt.date(2026, 11, 24)), by=SYSTEM, reason="uji")


def events_left() -> dict[str, int]:
    """History rows of the tables that hang on firms."""
    found = {}
    for model in {Firm, *(table.model for table in hanging(Firm))}:
        if hasattr(model, "pgh_event_model"):
            count = model.pgh_event_model.objects.count()
            found |= {model.__name__: count} if count else {}
    return found


def test_removing_takes_all_of_it_and_leaves_what_is_real() -> None:
    facts: dict[str, Any] = {
        "owner": "Nyata",
        "siinas": {"state": "not_registered"},
        "profile": {"workers_total": 4},
        "consents": ("catalogue",),
    }
    real = make_firm("Usaha Nyata", **facts)
    before = events_left()
    load(30)
    assert remove_sample()[Firm] == 30
    assert list(Firm.objects.all()) == [real]
    for table in hanging(Firm):
        if not table.stays:
            assert not table.model._base_manager.filter(
                **{f"{table.path}__is_sample": True}
            ).exists()
    assert (real.owners.count(), real.profiles.count(), real.consents.count()) == (1, 1, 1)
    assert events_left() == before


def test_invented_periods_go_and_those_with_a_real_report_stay() -> None:
    load(60)
    load_reports(7, dt.date(2026, 11, 24))
    assert SiinasReport.objects.count() > 3
    assert {str(period) for period in ReportingPeriod.objects.all()} == {
        "Triwulan II 2026",
        "Triwulan III 2026",
    }
    real = make_firm("Nyata", siinas={"state": "complete", "evidence_number": "1"})
    period = ReportingPeriod.objects.first()
    assert period is not None
    account = SiinasAccount.objects.get(site__firm=real)
    report_record(account=account, period=period, state="submitted", by=SYSTEM)
    remove_sample()
    assert SiinasReport.objects.count() == 1
    assert list(ReportingPeriod.objects.all()) == [period]
    assert ReportingPeriod.pgh_event_model.objects.count() == 1


def test_periods_on_record_are_left_as_they_are() -> None:
    period = ReportingPeriod(kind="semester", year=2026, number=1)
    save_row(period, by=SYSTEM, reason="uji")
    load(5)
    load_reports(7, dt.date(2026, 11, 24))
    assert list(ReportingPeriod.objects.all()) == [period]


def test_history_of_parts_that_were_taken_away_goes_too() -> None:
    firm = load(1)[0]
    firm.owners.all().delete()
    remove_sample()
    assert events_left() == {}
    assert not Owner.objects.exists()


def test_history_stays_guarded_after_a_removal() -> None:
    make_firm("Usaha Nyata")
    load(1)
    remove_sample()
    with pytest.raises(InternalError), transaction.atomic():
        Firm.pgh_event_model.objects.all().delete()


def test_row_of_a_sheet_stays_and_forgets_the_firm() -> None:
    firm = load(1)[0]
    batch = IntakeBatch.objects.create(file_name="contoh.xlsx", sha256="0" * 64)
    row = IntakeRow.objects.create(batch=batch, row=2, status="new", firm=firm)
    remove_sample()
    row.refresh_from_db()
    assert row.firm is None


def test_scans_go_with_the_firm(
    django_capture_on_commit_callbacks: Any, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    firm = load(1)[0]
    certificate = Certificate(firm=firm, kind="sni", number="CONTOH-SCAN")
    certificate.file.save("pindaian.pdf", ContentFile(b"%PDF"))
    storage, name = certificate.file.storage, certificate.file.name
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        remove_sample()
    assert not storage.exists(name)


def test_command_removes_accounts_and_says_how_much() -> None:
    call_command("load_sample", firms=4, verbosity=0, stdout=StringIO())
    said = StringIO()
    call_command("remove_sample", yes=True, stdout=said)
    assert "4" in said.getvalue().splitlines()[0]
    assert not User.objects.exists()
    assert not Firm.objects.exists()


def test_account_that_records_refer_to_is_switched_off_and_comes_back() -> None:
    call_command("load_sample", firms=1, verbosity=0, stdout=StringIO())
    officer = User.objects.get(email="kuningan@contoh.id")
    IntakeBatch.objects.create(file_name="nyata.xlsx", sha256="0" * 64, taken_by=officer)
    call_command("remove_sample", yes=True, verbosity=0, stdout=StringIO())
    officer.refresh_from_db()
    assert (officer.is_active, officer.has_usable_password()) == (False, False)
    call_command("load_sample", firms=1, verbosity=0, stdout=StringIO())
    officer.refresh_from_db()
    assert (officer.is_active, officer.has_usable_password()) == (True, True)


def test_script_must_say_yes(monkeypatch: pytest.MonkeyPatch) -> None:
    load(1)
    monkeypatch.setattr("sys.stdin", StringIO("ya\n"))
    with pytest.raises(CommandError):
        call_command("remove_sample", stdout=StringIO())
    assert Firm.objects.exists()
