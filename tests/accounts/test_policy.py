"""Who may do what, where: the table of role × action × kind × region; all else fails closed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts import policy
from accounts.models import User
from accounts.rules import RIGHTS, Action, Role
from registry.models import Firm, ProductionSite
from registry.services import NotAllowed, firm_save, save_row
from tests.registry.factories import CIGUGUR, TEGALWANGI, make_firm

ALL = {"view", "add", "change", "delete"}
# What each role may do with the kinds that matter most; written out, not computed.
EXPECTED = {
    ("province_admin", "registry.firm"): {"view", "add", "change"},
    ("province_admin", "registry.owner"): ALL,
    ("province_admin", "registry.siinasaccount"): {"view", "add", "change"},
    ("province_admin", "registry.consent"): {"view", "add", "change"},
    ("province_admin", "registry.objection"): {"view", "add", "change"},
    ("province_admin", "registry.contact"): {"view", "add"},
    ("province_admin", "registry.messagetemplate"): ALL,
    ("province_admin", "registry.certificate"): ALL,
    ("province_admin", "registry.publicationdecision"): {"view", "add", "change"},
    ("province_admin", "registry.siinasreport"): {"view", "add", "change"},
    ("province_admin", "registry.target"): ALL,
    ("province_admin", "registry.reportingperiod"): ALL,
    ("province_admin", "registry.centre"): {"view", "add", "change"},
    ("province_admin", "registry.centrestep"): {"view", "add"},
    ("province_admin", "registry.centrerefusal"): ALL,
    ("province_admin", "registry.centrethreshold"): {"view", "change"},
    ("province_admin", "registry.regency"): {"view"},
    ("province_admin", "accounts.user"): {"view", "add", "change"},
    ("province_admin", "dashboards.pages"): {"view"},
    ("province_admin", "registry.firmcard"): {"view", "add", "change"},
    ("province_admin", "registry.changeproposal"): {"view", "change"},
    ("province_admin", "registry.cardrequest"): {"view", "change"},
    ("province_admin", "promotions.inquiry"): {"view", "add", "change"},
    ("province_admin", "promotions.inquiryfirm"): {"view", "add", "change"},
    ("regency_staff", "registry.firm"): {"view", "add", "change"},
    ("regency_staff", "registry.owner"): ALL,
    ("regency_staff", "registry.siinasaccount"): {"view", "add", "change"},
    ("regency_staff", "registry.consent"): {"view", "add", "change"},
    ("regency_staff", "registry.objection"): {"view", "add", "change"},
    ("regency_staff", "registry.contact"): {"view", "add"},
    ("regency_staff", "registry.messagetemplate"): {"view"},
    ("regency_staff", "registry.certificate"): ALL,
    ("regency_staff", "registry.publicationdecision"): {"view"},
    ("regency_staff", "registry.siinasreport"): {"view", "add", "change"},
    ("regency_staff", "registry.target"): ALL,
    ("regency_staff", "registry.reportingperiod"): {"view"},
    ("regency_staff", "registry.centre"): {"view", "add", "change"},
    ("regency_staff", "registry.centrestep"): {"view", "add"},
    ("regency_staff", "registry.centrerefusal"): ALL,
    ("regency_staff", "registry.centrethreshold"): {"view"},
    ("regency_staff", "registry.regency"): {"view"},
    ("regency_staff", "accounts.user"): set(),
    ("regency_staff", "dashboards.pages"): {"view"},
    ("regency_staff", "registry.firmcard"): {"view", "add", "change"},
    ("regency_staff", "registry.changeproposal"): {"view", "change"},
    ("regency_staff", "registry.cardrequest"): {"view", "change"},
    ("regency_staff", "promotions.inquiry"): {"view", "add", "change"},
    ("regency_staff", "promotions.inquiryfirm"): {"view", "add", "change"},
    ("official", "registry.firm"): {"view"},
    ("official", "registry.owner"): set(),
    ("official", "registry.siinasaccount"): {"view"},
    ("official", "registry.consent"): {"view"},
    ("official", "registry.objection"): {"view"},
    ("official", "registry.contact"): set(),
    ("official", "registry.messagetemplate"): set(),
    ("official", "registry.certificate"): {"view"},
    ("official", "registry.publicationdecision"): set(),
    ("official", "registry.siinasreport"): {"view"},
    ("official", "registry.target"): {"view"},
    ("official", "registry.reportingperiod"): {"view"},
    ("official", "registry.centre"): {"view"},
    ("official", "registry.centrestep"): {"view"},
    ("official", "registry.centrerefusal"): set(),
    ("official", "registry.centrethreshold"): {"view"},
    ("official", "registry.regency"): {"view"},
    ("official", "accounts.user"): set(),
    ("official", "dashboards.pages"): {"view"},
    ("official", "registry.firmcard"): set(),
    ("official", "registry.changeproposal"): set(),
    ("official", "registry.cardrequest"): set(),
    ("official", "promotions.inquiry"): set(),
    ("official", "promotions.inquiryfirm"): set(),
}
REGIONS = ["32.74", "32.09", "32.12", "32.10", "32.08"]


def person(role: str, regency: str | None, *, everywhere: bool = False, active: bool = True) -> Any:
    return SimpleNamespace(
        role=role,
        regency_id=regency,
        all_regencies=everywhere,
        is_authenticated=True,
        is_active=active,
    )


@pytest.mark.parametrize(("role", "kind"), sorted(EXPECTED))
@pytest.mark.parametrize("action", sorted(ALL))
@pytest.mark.parametrize("home", REGIONS)
@pytest.mark.parametrize("place", REGIONS)
def test_right_ends_at_the_border(role: str, kind: str, action: str, home: str, place: str) -> None:
    scope = policy.scope_of(person(role, home), action, kind)
    assert (place in scope) is (action in EXPECTED[role, kind] and home == place)


@pytest.mark.parametrize(("role", "kind"), sorted(EXPECTED))
@pytest.mark.parametrize("action", sorted(ALL))
@pytest.mark.parametrize("place", REGIONS)
def test_right_everywhere(role: str, kind: str, action: str, place: str) -> None:
    scope = policy.scope_of(person(role, None, everywhere=True), action, kind)
    assert (place in scope) is (action in EXPECTED[role, kind])


@pytest.mark.parametrize(
    "somebody",
    [
        None,
        AnonymousUser(),
        person("regency_staff", None),
        person("regency_staff", ""),
        person("", "32.09"),
        person("wizard", "32.09", everywhere=True),
        person("province_admin", None, everywhere=True, active=False),
    ],
)
def test_unknown_person_role_or_region_sees_nothing(somebody: Any) -> None:
    assert not policy.scope_of(somebody, "view", "registry.firm")
    assert not policy.is_staff_member(somebody)


def test_unknown_kind_and_action_are_forbidden() -> None:
    admin = person("province_admin", None, everywhere=True)
    assert not policy.may_kind(admin, "view", "registry.secret")
    assert not policy.may_kind(admin, "explode", "registry.firm")


def test_nobody_may_delete_a_firm() -> None:
    assert all(Action.DELETE not in RIGHTS[role].get("registry.firm", ()) for role in Role)


def test_row_without_a_region_rule_is_nobodys() -> None:
    row = SimpleNamespace(_meta=SimpleNamespace(label_lower="registry.firm"))
    assert not policy.may(person("province_admin", None, everywhere=True), "view", row)


def test_firms_seen_end_at_the_border(people: dict[str, User]) -> None:
    here = make_firm("Di sini")
    there = make_firm("Di sana", village=CIGUGUR)
    assert set(Firm.objects.visible_to(people["province"])) == {here, there}
    assert set(Firm.objects.visible_to(people["cirebon_staff"])) == {here}
    assert set(Firm.objects.visible_to(people["official_kuningan"])) == {there}
    assert not Firm.objects.visible_to(people["left"]).exists()
    assert not Firm.objects.visible_to(AnonymousUser()).exists()


def test_officer_changes_own_firms_only(people: dict[str, User]) -> None:
    firm = make_firm("Di sana", village=CIGUGUR)
    firm.brand = "Baru"
    with pytest.raises(NotAllowed):
        firm_save(firm, by=people["cirebon_staff"], reason="uji")
    firm_save(firm, by=people["kuningan_staff"], reason="uji")
    assert Firm.objects.get(pk=firm.pk).brand == "Baru"


def test_official_changes_nothing(people: dict[str, User]) -> None:
    firm = make_firm("Di sana", village=CIGUGUR)
    with pytest.raises(NotAllowed):
        firm_save(firm, by=people["official_kuningan"], reason="uji")


def test_firm_can_not_be_moved_out_of_ones_region(people: dict[str, User]) -> None:
    firm = make_firm("Pindah")
    firm.regency_id, firm.district_id, firm.village_id = CIGUGUR[:5], CIGUGUR[:8], CIGUGUR
    with pytest.raises(NotAllowed):
        firm_save(firm, by=people["cirebon_staff"], reason="uji")


def test_site_elsewhere_belongs_to_the_office_there(people: dict[str, User]) -> None:
    firm = make_firm("Dua tempat")
    site = ProductionSite(
        firm=firm, regency_id=CIGUGUR[:5], district_id=CIGUGUR[:8], village_id=CIGUGUR
    )
    with pytest.raises(NotAllowed):
        save_row(site, by=people["cirebon_staff"], reason="uji")
    save_row(site, by=people["kuningan_staff"], reason="uji")
    assert site in ProductionSite.objects.visible_to(people["kuningan_staff"])
    assert site not in ProductionSite.objects.visible_to(people["cirebon_staff"])
    assert not Firm.objects.visible_to(people["kuningan_staff"]).filter(pk=firm.pk).exists()


@pytest.mark.django_db
def test_account_needs_exactly_one_reach() -> None:
    for reach in ({"all_regencies": False}, {"all_regencies": True, "regency_id": "32.09"}):
        with pytest.raises(ValidationError):
            User.objects.create_user("a@contoh.id", "x", name="A", role="official", **reach)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(email="b@contoh.id", name="B", role="official")])


def test_only_staff_open_the_admin(people: dict[str, User], client: Any) -> None:
    opened = {}
    for name in ("province", "cirebon_staff", "official_all", "left"):
        client.force_login(people[name])
        opened[name] = client.get("/kelola/").status_code == 200
        client.logout()
    assert opened == {
        "province": True,
        "cirebon_staff": True,
        "official_all": False,
        "left": False,
    }


def test_firm_of_another_region_does_not_exist_in_the_admin(
    people: dict[str, User], client: Any
) -> None:
    here, there = make_firm("Di sini", village=TEGALWANGI), make_firm("Di sana", village=CIGUGUR)
    client.force_login(people["cirebon_staff"])
    assert client.get(f"/kelola/registry/firm/{here.pk}/change/").status_code == 200
    assert client.get(f"/kelola/registry/firm/{there.pk}/tutup/").status_code == 404
    answer = client.get(f"/kelola/registry/firm/{there.pk}/change/")
    assert (answer.status_code, "Di sana" in answer.content.decode()) in {
        (302, False),
        (404, False),
    }
