"""Firms of a centre: who is proposed, and that only a person links, refuses or takes out."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from registry.centre_criteria import findings_of
from registry.centre_members import facts_of, member_counts, proposed_to
from registry.models import (
    Centre,
    CentreRefusal,
    CentreThreshold,
    CentreVillage,
    ProductionSite,
    VillageHouseholds,
)
from registry.sample.removal import remove_sample
from registry.services import (
    SYSTEM,
    NotAllowed,
    centre_members_link,
    centre_members_refuse,
    centre_members_unlink,
    centre_refusals_lift,
    centre_step,
    firm_close,
    households_save,
)
from tests.registry.factories import TEGALWANGI, make_firm

pytestmark = pytest.mark.django_db
Firms = dict[str, Any]


def proposed(centre: Centre) -> list[str]:
    return [site.firm.name for site in proposed_to(centre)]


def test_proposed_are_working_firms_of_the_village_that_make_the_same(
    centre: Centre, firms: Firms
) -> None:
    assert proposed(centre) == ["Rotan Empat", "Rotan Tiga"]


def test_every_village_of_the_centre_counts(centre: Centre, firms: Firms) -> None:
    other = make_firm("Rotan Tegalsari", village="32.09.36.2001")
    assert "Rotan Tegalsari" not in proposed(centre)
    CentreVillage.objects.create(centre=centre, village_id="32.09.36.2001")
    assert "Rotan Tegalsari" in proposed(centre)
    taken = Centre.objects.get(slug="rotan-tegalsari")
    centre_members_link(centre=taken, sites=other.sites.all(), by=SYSTEM)
    assert "Rotan Tegalsari" not in proposed(centre)


def test_refusal_is_remembered_until_it_is_lifted(centre: Centre, firms: Firms) -> None:
    sites = list(firms["third"].sites.all())
    assert centre_members_refuse(centre=centre, sites=sites, by=SYSTEM, reason="gudang") == 1
    assert centre_members_refuse(centre=centre, sites=sites, by=SYSTEM) == 0
    assert proposed(centre) == ["Rotan Empat"]
    centre_refusals_lift(refusals=CentreRefusal.objects.all(), by=SYSTEM)
    assert proposed(centre) == ["Rotan Empat", "Rotan Tiga"]


def test_linking_takes_an_earlier_refusal_back(centre: Centre, firms: Firms) -> None:
    sites = list(firms["third"].sites.all())
    centre_members_refuse(centre=centre, sites=sites, by=SYSTEM)
    assert centre_members_link(centre=centre, sites=sites, by=SYSTEM) == sites
    assert not CentreRefusal.objects.exists()


def test_site_that_another_centre_took_meanwhile_is_left_there(
    centre: Centre, firms: Firms
) -> None:
    other = Centre.objects.get(slug="rotan-tegalsari")
    site = firms["third"].sites.get()
    centre_members_link(centre=other, sites=[site], by=SYSTEM)
    assert centre_members_link(centre=centre, sites=[site], by=SYSTEM) == []
    site.refresh_from_db()
    assert site.centre == other


def test_firm_taken_out_with_a_reason_is_not_proposed_again(centre: Centre, firms: Firms) -> None:
    site = firms["first"].sites.get()
    with pytest.raises(ValidationError):
        centre_members_unlink(centre=centre, sites=[site], by=SYSTEM, reason=" ")
    centre_members_unlink(centre=centre, sites=[site], by=SYSTEM, reason="pindah usaha")
    site.refresh_from_db()
    assert site.centre is None
    assert "Rotan Satu" not in proposed(centre)
    assert CentreRefusal.objects.get().reason == "pindah usaha"


def test_nothing_is_linked_across_the_border_or_to_a_centre_at_rest(
    centre: Centre, firms: Firms
) -> None:
    with pytest.raises(ValidationError):
        centre_members_link(centre=centre, sites=firms["far"].sites.all(), by=SYSTEM)
    centre_step(centre=centre, target="inactive", by=SYSTEM, note="uji")
    centre.refresh_from_db()
    assert proposed(centre) == []
    with pytest.raises(ValidationError):
        centre_members_link(centre=centre, sites=firms["third"].sites.all(), by=SYSTEM)


@pytest.mark.parametrize("who", ["kuningan_staff", "official_all", "official_kuningan", "left"])
def test_nobody_decides_outside_scope_or_role(
    people: dict[str, User], centre: Centre, firms: Firms, who: str
) -> None:
    asked = {"centre": centre, "by": people[who]}
    with pytest.raises(NotAllowed):
        centre_members_link(sites=firms["third"].sites.all(), **asked)
    with pytest.raises(NotAllowed):
        centre_members_refuse(sites=firms["third"].sites.all(), **asked)
    with pytest.raises(NotAllowed):
        centre_members_unlink(sites=firms["first"].sites.all(), reason="x", **asked)
    assert not CentreRefusal.objects.exists()
    assert ProductionSite.objects.filter(centre=centre).count() == 2


def test_facts_count_each_working_firm_once_by_its_kind(centre: Centre, firms: Firms) -> None:
    more = [firms[name].sites.get() for name in ("batik", "unknown")]
    second = ProductionSite.objects.create(
        firm=firms["first"],
        regency_id="32.09",
        district_id="32.09.19",
        village_id=TEGALWANGI,
    )
    centre_members_link(centre=centre, sites=[*more, second], by=SYSTEM)
    facts = facts_of(centre)
    assert (facts.same_kind, facts.other_kind, facts.unknown_kind) == (2, 1, 1)
    assert [village.firms for village in facts.villages] == [2]
    assert member_counts([centre]) == {centre.pk: 4}
    firm_close(firm=firms["first"], by=SYSTEM, reason="uji")
    assert facts_of(centre).same_kind == 1


def test_newest_households_answer_the_criterion(centre: Centre, firms: Firms) -> None:
    for year, households in ((2024, 5), (2023, 4000)):
        row = VillageHouseholds(
            village_id=TEGALWANGI, year=year, households=households, source="BPS uji"
        )
        households_save(row=row, by=SYSTEM)
    assert findings_of(facts_of(centre), CentreThreshold.in_force())[1].met is True
    again = VillageHouseholds(
        village_id=TEGALWANGI, year=2024, households=2400, source="BPS, diperbaiki"
    )
    households_save(row=again, by=SYSTEM)
    assert VillageHouseholds.objects.count() == 2
    assert findings_of(facts_of(centre), CentreThreshold.in_force())[1].met is False


def test_refusals_of_sample_firms_go_with_them(centre: Centre) -> None:
    firm = make_firm("Contoh", is_sample=True)
    centre_members_refuse(centre=centre, sites=firm.sites.all(), by=SYSTEM)
    remove_sample()
    assert not CentreRefusal.objects.exists()
