"""Loading the reference data: complete, repeatable without a trace, and it leads words to codes."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from shutil import copytree
from typing import Any

import pghistory.models
import pytest
from django.core.management import call_command

from registry import reference
from registry.models import (
    Centre,
    CentreFigure,
    CentreThreshold,
    Commodity,
    ConsentText,
    District,
    KbliCode,
    KbliMapping,
    KbliWord,
    Regency,
    Village,
)
from registry.reference import Outcome, load_all
from tests.registry.factories import make_firm

pytestmark = pytest.mark.django_db


Rows = list[dict[str, str]]


@pytest.fixture
def edit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Change a copy of one of the files, as whoever keeps the data would."""
    data = copytree(reference.DATA, tmp_path / "data")
    monkeypatch.setattr(reference, "DATA", data)

    def edit(name: str, change: Callable[[Rows], Any]) -> None:
        rows = reference.read(name)
        columns = list(rows[0])
        change(rows)
        with (data / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows)

    return edit


def outcome_of(model: Any) -> Outcome:
    return next(outcome for outcome in load_all() if outcome.model is model)


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
    assert Centre.objects.filter(status="recorded").exclude(source="").count() > 30


def test_codes_know_their_parents_and_may_lack_a_title() -> None:
    assert KbliCode.objects.get(pk="2020-31002").parent_id == "2020-3100"
    assert not KbliCode.objects.filter(parent=None).exclude(level="section").exists()
    assert KbliCode.objects.filter(edition="2025", title_id="").exists()


def test_reported_figures_of_a_centre_name_their_source() -> None:
    figure = CentreFigure.objects.get(centre__slug="kerupuk-kenanga")
    assert (figure.year, figure.units, figure.workers) == (2020, 31, None)
    assert figure.source


def test_loading_again_changes_nothing_and_leaves_no_trace() -> None:
    before = pghistory.models.Context.objects.count()
    outcomes = load_all()
    assert {(o.added, o.changed, o.removed, o.kept) for o in outcomes} == {(0, 0, 0, 0)}
    assert pghistory.models.Context.objects.count() == before


def test_only_what_differs_is_written() -> None:
    Village.objects.filter(pk="32.09.19.2009").update(name="Salah")
    outcome = outcome_of(Village)
    assert (outcome.changed, outcome.unchanged) == (1, 1481)
    assert Village.objects.get(pk="32.09.19.2009").name == "Tegalwangi"


def test_centre_that_an_office_edited_is_not_written_over() -> None:
    Centre.objects.filter(slug="rotan-tegalwangi").update(name="Sentra kami")
    load_all()
    assert Centre.objects.get(slug="rotan-tegalwangi").name == "Sentra kami"


def test_centres_of_public_sources_are_recorded_and_not_the_offices_own() -> None:
    loaded = Centre.objects.filter(slug__in=[row["slug"] for row in reference.read("centres.csv")])
    assert set(loaded.values_list("status", "origin")) == {("recorded", "public")}
    assert not loaded.filter(source="").exists()
    figures = CentreFigure.objects.filter(centre__in=loaded)
    assert set(figures.values_list("origin", flat=True)) == {"public"}
    assert not figures.filter(source="").exists()


def test_figure_and_threshold_that_were_changed_are_not_written_over() -> None:
    CentreFigure.objects.filter(centre__slug="kerupuk-kenanga").delete()
    CentreThreshold.objects.filter(criterion="five_firms").update(minimum=8)
    load_all()
    assert not CentreFigure.objects.filter(centre__slug="kerupuk-kenanga").exists()
    assert CentreThreshold.objects.get(criterion="five_firms").minimum == 8


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


def test_region_that_left_the_files_goes_with_all_below_it(edit: Callable[..., None]) -> None:
    edit("villages.csv", lambda rows: rows.__delitem__(slice(0, 4)))
    edit("districts.csv", lambda rows: rows.__delitem__(0))
    outcomes = {outcome.model: outcome for outcome in load_all()}
    assert (outcomes[District].removed, outcomes[Village].removed) == (1, 4)
    assert not District.objects.filter(pk="32.74.01").exists()


def test_village_in_use_stays_although_the_file_lost_it(edit: Callable[..., None]) -> None:
    make_firm(village="32.74.01.1001", kbli=None)
    edit("villages.csv", lambda rows: rows.__delitem__(0))
    for _again in range(2):
        outcome = outcome_of(Village)
        assert (outcome.removed, outcome.kept) == (0, 1)
    assert Village.objects.filter(pk="32.74.01.1001").exists()


def test_product_groups_can_trade_places(edit: Callable[..., None]) -> None:
    def swap(rows: Rows) -> None:
        rows[0]["position"], rows[1]["position"] = rows[1]["position"], rows[0]["position"]
        rows[2]["name_en"] = "Wooden things"

    edit("commodities.csv", swap)
    assert outcome_of(Commodity).changed == 3
    places = dict(Commodity.objects.values_list("slug", "position"))
    assert (places["batik-tenun"], places["rotan-bambu"], places["mebel-kayu"]) == (2, 1, 3)


def test_new_word_keeps_the_order_of_the_file(edit: Callable[..., None]) -> None:
    first = next(
        n for n, row in enumerate(reference.read("kbli_words.csv")) if row["word"] == "aci"
    )
    new = {"word": "aci", "edition": "2020", "code": "10622"}
    edit("kbli_words.csv", lambda rows: rows.insert(first, new))
    load_all()
    codes = KbliWord.objects.filter(word="aci").order_by("pk").values_list("kbli_id", flat=True)
    assert list(codes) == ["2020-10622", "2020-10621", "2025-10621"]
    assert {(o.added, o.changed) for o in load_all()} == {(0, 0)}


def test_words_that_a_firm_agreed_to_never_change(edit: Callable[..., None]) -> None:
    edit("consent_texts.csv", lambda rows: [row.update(body_id="Lain.") for row in rows])
    make_firm(consents=("catalogue",))
    outcome = outcome_of(ConsentText)
    assert (outcome.agreed, outcome.changed) == (1, 3)
    assert ConsentText.objects.get(purpose="catalogue").body_id != "Lain."


def test_command_says_what_it_did_unless_told_to_be_silent() -> None:
    said, silent = StringIO(), StringIO()
    call_command("load_reference", stdout=said)
    call_command("load_reference", verbosity=0, stdout=silent)
    assert len(said.getvalue().splitlines()) == 17
    assert silent.getvalue() == ""
