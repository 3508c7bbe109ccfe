"""Loading the reference data: complete, repeatable without a trace, and it leads words to codes."""

from __future__ import annotations

import pghistory.models
import pytest

from registry.models import Centre, District, KbliCode, KbliMapping, Regency, Village
from registry.reference import load_all

pytestmark = pytest.mark.django_db


def test_all_regions_and_codes_are_there() -> None:
    assert (Regency.objects.count(), District.objects.count(), Village.objects.count()) == (
        5,
        134,
        1482,
    )
    assert KbliCode.objects.filter(edition="2020").count() == 2710
    assert KbliCode.objects.filter(edition="2020", level="subclass").count() == 1789
    assert KbliMapping.objects.values("old").distinct().count() == 476
    assert Centre.objects.count() == 37


def test_loading_again_changes_nothing_and_leaves_no_trace() -> None:
    before = pghistory.models.Context.objects.count()
    outcomes = load_all()
    assert {(o.added, o.changed, o.removed, o.kept) for o in outcomes} == {(0, 0, 0, 0)}
    assert pghistory.models.Context.objects.count() == before


def test_only_what_differs_is_written() -> None:
    Village.objects.filter(pk="32.09.19.2009").update(name="Salah")
    outcome = next(o for o in load_all() if o.model is Village)
    assert (outcome.changed, outcome.unchanged) == (1, 1481)
    assert Village.objects.get(pk="32.09.19.2009").name == "Tegalwangi"


def test_centre_that_an_office_edited_is_not_written_over() -> None:
    Centre.objects.filter(slug="rotan-tegalwangi").update(name="Sentra kami")
    load_all()
    assert Centre.objects.get(slug="rotan-tegalwangi").name == "Sentra kami"


@pytest.mark.parametrize(
    ("word", "codes"),
    [
        ("kerupuk", {"2020-10794", "2025-10794"}),
        ("mebel rotan", {"2020-31002", "2025-31012"}),
        ("batik tulis", {"2020-13134", "2025-13133"}),
        ("genteng", {"2020-23922", "2025-23922"}),
    ],
)
def test_everyday_word_leads_to_the_code_of_each_edition(word: str, codes: set[str]) -> None:
    found = set(KbliCode.objects.classes().matching(word).values_list("pk", flat=True))
    assert codes <= found
    assert len(found) <= 12


def test_every_manufacturing_code_has_an_industry_group() -> None:
    classes = KbliCode.objects.classes().filter(section="C")
    assert not classes.filter(group__isnull=True).exists()
    assert not KbliCode.objects.exclude(section="C").filter(group__isnull=False).exists()
