"""Sample firms: plausible, marked, the same for the same seed, and gone without a trace."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from accounts.services import SAMPLE
from registry.identifiers import decode_pirt
from registry.models import (
    Centre,
    Consent,
    Firm,
    FirmActivity,
    ProductionSite,
    SiinasAccount,
)
from registry.models.certificates import Validity
from registry.sample.build import drafts
from registry.services import SYSTEM, FirmDraft, firms_register
from registry.siinas import SECTIONS, State
from tests.registry.factories import make_firm

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 24)


def load(count: int) -> list[Firm]:
    return firms_register(drafts(count, 7, TODAY), by=SYSTEM, reason="uji")


def told(draft: FirmDraft) -> list[Any]:
    """All that a draft says, as plain values."""
    rows = [draft.firm, *draft.parts(), *filter(None, [draft.siinas])]
    return [
        draft.centre_id,
        *(
            {f.attname: getattr(row, f.attname) for f in row._meta.fields if not f.generated}
            for row in rows
        ),
    ]


@pytest.fixture(scope="module")
def many(django_db_setup: None, django_db_blocker: Any) -> list[FirmDraft]:
    with django_db_blocker.unblock():
        return list(drafts(400, 7, TODAY))


# --- what is drawn ------------------------------------------------------------------------------


def test_same_seed_gives_the_same_firms_in_every_detail() -> None:
    first, second = (list(map(told, drafts(40, 7, TODAY))) for _ in range(2))
    assert first == second
    assert list(map(told, drafts(20, 7, TODAY))) == first[:20]
    assert list(map(told, drafts(40, 8, TODAY))) != first


def test_every_firm_is_marked_and_says_so_in_its_source(many: list[FirmDraft]) -> None:
    assert {(draft.firm.is_sample, draft.firm.source) for draft in many} == {(True, "Data contoh")}
    assert {profile.source for draft in many for profile in draft.profiles} == {"Data contoh"}


def test_every_row_keeps_every_rule() -> None:
    for firm in load(60):
        firm.refresh_from_db()
        firm.full_clean()
        for part in ("owners", "activities", "profiles", "certificates", "sites"):
            for row in getattr(firm, part).all():
                row.full_clean()
        for consent in firm.consents.all():
            consent.full_clean(exclude={"recorded_by"})
    for account in SiinasAccount.objects.all():
        account.full_clean()


def test_nobody_can_be_called_or_written_to(many: list[FirmDraft]) -> None:
    firms = [draft.firm for draft in many]
    phones = {firm.phone for firm in firms} | {firm.whatsapp for firm in firms}
    phones |= {owner.phone for draft in many for owner in draft.owners}
    assert all(phone.startswith("+6280000") for phone in phones - {""})
    assert all(firm.email.endswith(".example") for firm in firms if firm.email)
    assert all(firm.npwp.startswith("00") for firm in firms if firm.npwp)


def test_no_two_firms_share_a_nib_or_a_name_in_one_village(many: list[FirmDraft]) -> None:
    nibs = [draft.firm.nib for draft in many if draft.firm.nib]
    assert len(set(nibs)) == len(nibs)
    assert 0.65 < len(nibs) / len(many) < 0.85
    names = [(draft.firm.village_id, draft.firm.name) for draft in many]
    assert len(set(names)) == len(names)


def test_regions_have_about_their_shares(many: list[FirmDraft]) -> None:
    found = Counter(draft.firm.regency_id for draft in many)
    expected = {"32.74": 0.10, "32.09": 0.38, "32.12": 0.20, "32.10": 0.19, "32.08": 0.13}
    for region, share in expected.items():
        assert abs(found[region] / len(many) - share) < 0.06, region


def test_members_of_a_centre_make_its_product_in_its_place(many: list[FirmDraft]) -> None:
    centres = Centre.objects.in_bulk()
    members = [draft for draft in many if draft.centre_id]
    assert len(members) > 80
    for draft in members:
        centre = centres[draft.centre_id]
        assert draft.firm.district_id == centre.district_id
        for activity in draft.activities[:1]:
            if activity.kbli.section == "C":
                assert activity.kbli.commodity_of.commodity_id == centre.commodity_id


def test_some_firms_have_no_industry_code(many: list[FirmDraft]) -> None:
    def is_industry(activities: list[FirmActivity]) -> bool:
        return any(activity.kbli.group_id for activity in activities)

    assert 0.02 < sum(not is_industry(draft.activities) for draft in many) / len(many) < 0.12
    editions = Counter(a.kbli.edition_id for draft in many for a in draft.activities)
    assert 0 < editions["2025"] < editions["2020"]


def test_every_rung_of_the_ladder_has_its_dates_and_evidence(many: list[FirmDraft]) -> None:
    accounts = [draft.siinas for draft in many if draft.siinas]
    assert {account.state for account in accounts} == {state.value for state in State}
    assert len(accounts) < len(many)
    for account in accounts:
        state = State(account.state)
        assert (account.registered_on is None) == (state is State.NOT_REGISTERED)
        if state in {State.ISSUED, State.PROFILE_INCOMPLETE, State.COMPLETE}:
            assert account.registered_on <= account.issued_on <= TODAY
        if state is State.PROFILE_INCOMPLETE:
            assert 0 < len(account.sections) < len(SECTIONS)
        assert (state is State.COMPLETE) == bool(account.evidence_number)
        assert (state is State.BLOCKED) == bool(account.blocker)


def test_certificates_are_valid_ended_and_ending_and_agree_with_themselves(
    many: list[FirmDraft],
) -> None:
    every = [(draft, certificate) for draft in many for certificate in draft.certificates]
    assert {c.validity(TODAY) for _draft, c in every} >= {
        Validity.VALID,
        Validity.EXPIRING,
        Validity.EXPIRED,
        Validity.NOT_ISSUED,
    }
    for draft, certificate in every:
        if certificate.kind == "pirt" and certificate.number:
            pirt = decode_pirt(certificate.number)
            assert pirt is not None
            assert pirt.regency_code == draft.firm.regency_id
            assert pirt.valid_through == certificate.valid_until.year
        if certificate.kind == "tkdn_ik" and certificate.number:
            assert 25 <= certificate.tkdn_percent <= 40
            new = certificate.issued_on >= dt.date(2025, 12, 11)
            assert certificate.regulation == ("35/2025" if new else "46/2022")
            assert draft.siinas.state == State.COMPLETE.value


def test_figures_are_partly_unknown_and_never_before_the_firm_began(many: list[FirmDraft]) -> None:
    profiles = [profile for draft in many for profile in draft.profiles]
    assert 0.2 < sum(profile.investment is None for profile in profiles) / len(profiles) < 0.4
    assert {len(draft.profiles) for draft in many} == {1, 2, 3}
    for draft in many:
        began = draft.firm.start_year or 0
        assert all(began <= p.year <= draft.firm.data_year for p in draft.profiles)


@pytest.mark.parametrize(
    "today", [dt.date(2024, 2, 29), dt.date(2026, 11, 1), dt.date(2028, 2, 29)]
)
def test_any_day_will_do_also_one_before_the_consent_texts(today: dt.date) -> None:
    made = firms_register(drafts(60, 3, today), by=SYSTEM, reason="uji")
    assert Firm.objects.public().filter(pk__in=[firm.pk for firm in made]).count() > 20
    assert not Consent.objects.filter(given_on__lt=dt.date(2026, 11, 1)).exists()


def test_about_two_thirds_are_in_the_catalogue_and_a_few_withdrew() -> None:
    load(400)
    catalogue = Consent.objects.filter(purpose="catalogue")
    assert 0.55 < catalogue.count() / 400 < 0.75
    assert 0 < Consent.objects.filter(withdrawn_on__isnull=False).count() < 60
    assert not Consent.objects.filter(purpose="whatsapp", firm__phone="").exists()
    assert ProductionSite.objects.filter(is_main=True).count() == 400


# --- the command that loads them ----------------------------------------------------------------


def test_no_sample_beside_real_firms() -> None:
    make_firm("Usaha Nyata")
    with pytest.raises(CommandError):
        call_command("load_sample", firms=3, verbosity=0)
    call_command("load_sample", firms=3, if_empty=True, verbosity=0)
    assert Firm.objects.count() == 1
    assert not User.objects.filter(is_sample=True).exists()


def test_if_empty_leaves_a_sample_and_its_passwords_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMPLE_PASSWORD", "sandi-pertama")
    call_command("load_sample", firms=3, if_empty=True, verbosity=0, stdout=StringIO())
    monkeypatch.setenv("SAMPLE_PASSWORD", "sandi-kedua")
    call_command("load_sample", firms=3, if_empty=True, verbosity=0, stdout=StringIO())
    assert Firm.objects.count() == 3
    assert User.objects.get(email="provinsi@contoh.id").check_password("sandi-pertama")


def test_same_seed_twice_is_refused_and_another_one_is_not() -> None:
    for seed in (1, 2):
        call_command("load_sample", firms=5, seed=seed, verbosity=0, stdout=StringIO())
    with pytest.raises(CommandError):
        call_command("load_sample", firms=5, seed=1, verbosity=0)
    assert Firm.objects.count() == 10


def test_accounts_come_with_the_sample_and_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMPLE_PASSWORD", "sandi-contoh-uji")
    said = StringIO()
    call_command("load_sample", firms=3, verbosity=0, stdout=said)
    officer = User.objects.get(email="indramayu@contoh.id")
    assert (officer.role, officer.regency_id) == ("regency_staff", "32.12")
    assert officer.check_password("sandi-contoh-uji")
    lines = said.getvalue().splitlines()
    assert lines == [f"{name}@contoh.id  sandi-contoh-uji" for name in SAMPLE]


def test_password_of_an_account_changes_only_when_one_is_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SAMPLE_PASSWORD", "sandi-pertama")
    call_command("load_sample", firms=1, seed=1, verbosity=0, stdout=StringIO())
    monkeypatch.delenv("SAMPLE_PASSWORD")
    call_command("load_sample", firms=1, seed=2, verbosity=0, stdout=StringIO())
    assert User.objects.get(email="pejabat@contoh.id").check_password("sandi-pertama")
    monkeypatch.setenv("SAMPLE_PASSWORD", "sandi-kedua")
    call_command("load_sample", firms=1, seed=3, verbosity=0, stdout=StringIO())
    assert User.objects.get(email="pejabat@contoh.id").check_password("sandi-kedua")


def test_address_of_a_real_person_is_not_touched() -> None:
    User.objects.create_user(
        "kuningan@contoh.id", "milik-sendiri", name="Nyata", role="official", regency_id="32.08"
    )
    call_command("load_sample", firms=1, verbosity=0, stdout=StringIO())
    person = User.objects.get(email="kuningan@contoh.id")
    assert (person.is_sample, person.role) == (False, "official")
    assert person.check_password("milik-sendiri")
