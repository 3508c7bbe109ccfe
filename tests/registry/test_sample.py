"""Sample firms: plausible, marked, the same for the same seed, and gone without a trace."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from registry.models import Firm, SiinasAccount
from registry.sample.build import drafts
from registry.sample.removal import remove_sample
from registry.services import SYSTEM, firms_register
from tests.registry.factories import make_firm

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 24)


def load(count: int) -> list[Firm]:
    return firms_register(drafts(count, 7, TODAY), by=SYSTEM, reason="uji")


def test_same_seed_gives_the_same_firms() -> None:
    first, second = (list(drafts(40, 7, TODAY)) for _ in range(2))
    assert [d.firm.name for d in first] == [d.firm.name for d in second]
    assert [d.firm.nib for d in first] == [d.firm.nib for d in second]
    assert [d.firm.name for d in first] != [d.firm.name for d in drafts(40, 8, TODAY)]


def test_every_firm_is_marked_and_keeps_every_rule() -> None:
    load(120)
    for firm in Firm.objects.all():
        assert (firm.is_sample, firm.source) == (True, "Data contoh")
        firm.full_clean()
        for part in ("owners", "activities", "profiles", "certificates", "consents", "sites"):
            for row in getattr(firm, part).all():
                row.full_clean()


def test_whole_ladder_is_populated() -> None:
    load(600)
    assert SiinasAccount.objects.values("state").distinct().count() == 8
    assert 0.4 < Firm.objects.public().count() / 600 < 0.8


def test_no_sample_beside_real_firms() -> None:
    make_firm("Usaha Nyata")
    with pytest.raises(CommandError):
        call_command("load_sample", firms=3, verbosity=0)
    call_command("load_sample", firms=3, if_empty=True, verbosity=0)
    assert Firm.objects.count() == 1
    assert not User.objects.filter(is_sample=True).exists()


def test_accounts_come_with_the_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMPLE_PASSWORD", "sandi-contoh-uji")
    call_command("load_sample", firms=3, verbosity=0)
    officer = User.objects.get(email="indramayu@contoh.id")
    assert (officer.role, officer.regency_id) == ("regency_staff", "32.12")
    assert officer.check_password("sandi-contoh-uji")


def test_removing_takes_all_of_it_and_leaves_what_is_real() -> None:
    load(30)
    real = make_firm("Usaha Nyata")
    from registry.models.firms import Firm as Tracked

    assert remove_sample() == 30
    assert list(Firm.objects.all()) == [real]
    events = Tracked._meta.get_field("events").related_model
    assert set(events.objects.values_list("pgh_obj_id", flat=True)) == {real.pk}
