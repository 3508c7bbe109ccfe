"""What would become of each row. No database: the register is passed in as data."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from registry.intake.changes import Standing, changes, total_stays
from registry.intake.headings import find_table
from registry.intake.interpret import Options, Reference, interpret
from registry.intake.keys import row_key
from registry.intake.plan import (
    Known,
    Likeness,
    Plan,
    Scope,
    Status,
    decide,
)
from registry.intake.reading import read_sheets
from registry.intake.report import report

TODAY = dt.date(2025, 6, 1)
HEADINGS = ("No", "Nama Usaha", "Nama Pemilik", "Desa", "Kecamatan", "Kabupaten", "No. HP", "NIB")
BATIK = (1, "Batik Sekar", "Sari", "Trusmi Kulon", "Plered", "Kab. Cirebon", "081234567890", None)
EVERYWHERE = Scope(everywhere=True, names={"32.08": "Kabupaten Kuningan"})
NIB = "2103000779772"

Planner = Callable[..., Plan]


@pytest.fixture
def plan(workbook: Callable[..., bytes], reference: Reference) -> Planner:
    """Makes the plan of some rows under the usual headings."""

    def make(
        *rows: Sequence[Any],
        headings: Sequence[str] = HEADINGS,
        known: Known | None = None,
        scope: Scope = EVERYWHERE,
        **options: Any,
    ) -> Plan:
        table = find_table(read_sheets(workbook([headings, *rows])))
        result = interpret(table, Options(**options), reference, today=TODAY)
        return decide(result, table, known or Known(), scope)

    return make


def having(row: Sequence[Any], **changed: Any) -> tuple[Any, ...]:
    names = ("no", "name", "owner", "village", "district", "regency", "phone", "nib")
    return tuple(changed.get(name, cell) for name, cell in zip(names, row, strict=True))


def statuses(plan: Plan) -> list[str]:
    return [row.status.value for row in plan.rows]


def codes(plan: Plan, at: int = 0) -> list[str]:
    return [found.problem.code for found in plan.rows[at].draft.found]


def standing(**values: Any) -> Standing:
    return Standing(
        pk=7,
        label="Batik Sekar",
        regency="32.09",
        values={
            "name": "Batik Sekar",
            "regency_code": "32.09",
            "district_code": "32.09.36",
            "village_code": "32.09.36.2005",
            "phone": "+6281234567890",
            **values,
        },
        data_year=2025,
        owners=[("Sari", "")],
    )


def test_firm_that_nobody_knows_is_new(plan: Planner) -> None:
    made = plan(BATIK)
    assert statuses(made) == ["new"]
    assert made.rows[0].draft.values["village_code"] == "32.09.36.2005"
    assert made.summary["new"] == 1


def test_every_error_of_a_row_is_listed(plan: Planner) -> None:
    made = plan((1, None, "Sari", None, None, None, "0812", "210300077"))
    assert statuses(made) == ["error"]
    assert set(codes(made)) >= {"name_missing", "regency_missing", "nib_length"}


@pytest.mark.parametrize(
    "row",
    [
        (1, 2, 3, 4, 5, 6, 7, 8),
        HEADINGS,
        ("KECAMATAN PLERED",),
        (None, "JUMLAH", None, None, None, None, None, 12),
        ("Mengetahui,",),
        (None, None, None, None, "Cirebon, 20 Desember 2024"),
        (None, None, None, None, "Kepala Bidang Perindustrian", "NIP. 000"),
        (5, "-", None),
    ],
)
def test_row_that_is_no_firm_is_left_out(plan: Planner, row: Sequence[Any]) -> None:
    made = plan(BATIK, row)
    assert statuses(made) == ["new"]
    assert made.interpretation.skipped == [3]


def test_firm_called_jumlah_is_a_firm(plan: Planner) -> None:
    assert statuses(plan(having(BATIK, name="Jumlah Barokah"))) == ["new"]


def test_same_nib_matches_and_what_says_the_same_changes_nothing(plan: Planner) -> None:
    firm = standing(nib=NIB)
    made = plan(having(BATIK, nib=NIB, name="BATIK SEKAR"), known=Known(by_nib={NIB: firm}))
    assert statuses(made) == ["unchanged"]


def test_new_telephone_is_an_update(plan: Planner) -> None:
    firm = standing(nib=NIB, phone="+6281111111111")
    made = plan(having(BATIK, nib=NIB), known=Known(by_nib={NIB: firm}))
    assert statuses(made) == ["update"]
    assert made.rows[0].changed == {"phone": "+6281234567890"}


def test_row_without_nib_matches_as_it_did_before(plan: Planner) -> None:
    key = plan(BATIK).rows[0].key
    made = plan(BATIK, known=Known(by_key={key: standing()}))
    assert statuses(made) == ["unchanged"]


def test_likeness_alone_only_asks(plan: Planner) -> None:
    other = Likeness("Batik Sekar", "batik sekar", "32.09.36.2005", owners=frozenset({"sari"}))
    made = plan(having(BATIK, phone="0231 8001234"), known=Known(likely={2: [other]}))
    assert (statuses(made), codes(made)) == (["review"], ["possible_duplicate"])


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (BATIK, ["duplicate_in_file"]),
        (having(BATIK, phone=None, name="Batik Sekarr"), ["possible_duplicate"]),
        (having(BATIK, village="Trusmi Wetan", district="Plered"), ["possible_duplicate"]),
        (having(BATIK, owner="Budi", phone=None), []),
        (having(BATIK, name="Rotan Jaya"), []),
        (having(BATIK, village="Tegalwangi", district="Weru", phone=None), []),
    ],
)
def test_later_row_that_may_be_an_earlier_one_is_reviewed(
    plan: Planner, second: Sequence[Any], expected: list[str]
) -> None:
    made = plan(BATIK, (2, *second[1:]) if expected != ["duplicate_in_file"] else second)
    assert codes(made, 1) == expected
    assert statuses(made) == ["new", "review" if expected else "new"]


def test_two_nibs_make_two_firms(plan: Planner) -> None:
    made = plan(having(BATIK, nib=NIB), having(BATIK, nib="8120000832751"))
    assert statuses(made) == ["new", "new"]


def test_same_nib_twice_is_an_error_of_the_later_row(plan: Planner) -> None:
    made = plan(having(BATIK, nib=NIB), having(BATIK, name="Rotan Jaya", nib=NIB))
    assert statuses(made) == ["new", "error"]
    assert codes(made, 1) == ["duplicate_nib_in_file"]


def test_row_of_a_foreign_region_is_an_error_and_the_rest_goes_on(plan: Planner) -> None:
    scope = Scope(regencies=frozenset({"32.09"}), names={"32.08": "Kabupaten Kuningan"})
    foreign = having(BATIK, regency="Kab. Kuningan", district="Darma", village="Cageur")
    made = plan(BATIK, foreign, scope=scope)
    assert statuses(made) == ["new", "error"]
    assert codes(made, 1) == ["out_of_scope"]
    assert made.rows[1].draft.found[0].problem.params == {"regency": "Kabupaten Kuningan"}


def test_firm_held_elsewhere_shows_only_the_region_that_holds_it(plan: Planner) -> None:
    scope = Scope(regencies=frozenset({"32.09"}), names={"32.08": "Kabupaten Kuningan"})
    hidden = Standing(pk=9, label="", regency="32.08", values={"nib": NIB})
    made = plan(having(BATIK, nib=NIB), known=Known(by_nib={NIB: hidden}), scope=scope)
    assert codes(made) == ["out_of_scope"]
    told = report("f.xlsx", made)["rows"][0]
    assert "firm" not in told
    assert "Kabupaten Kuningan" in told["problems"][0]["message"]


def test_older_row_fills_blanks_and_its_own_year_only() -> None:
    firm = standing(brand="", annual="x")
    row = {
        "name": "Batik Lama", "phone": "+6289999999999", "brand": "Sekar", "workers_male": 3,
        "data_year": 2023, "active": False, "siinas_status": "issued",
    }  # fmt: skip
    filled = {"brand": "Sekar", "workers_male": 3, "siinas_status": "issued"}
    assert changes(row, firm) == filled


@pytest.mark.parametrize(
    ("row", "held", "expected"),
    [
        ({"notes": "lama"}, {"values": {"notes": "baru"}}, {}),
        ({"notes": "lama"}, {}, {"notes": "lama"}),
        ({"halal_number": "ID1"}, {"certificates": {"halal": {"ID2"}}}, {}),
        ({"halal_number": "ID1"}, {}, {"halal_number": "ID1"}),
        ({"siinas_status": "issued"}, {"siinas": "submitted"}, {}),
        ({"siinas_status": "issued"}, {"siinas": None}, {"siinas_status": "issued"}),
    ],
)
def test_older_row_adds_nothing_beside_what_is_newer(
    row: dict[str, Any], held: dict[str, Any], expected: dict[str, Any]
) -> None:
    firm = replace(Standing(pk=1, label="A", regency="32.09", data_year=2025), **held)
    assert changes({"data_year": 2023, **row}, firm) == expected


def test_total_beside_men_and_women_on_record_is_told() -> None:
    held = {2025: {"workers_male": 2, "workers_female": 3}}
    firm = Standing(pk=1, label="A", regency="32.09", data_year=2025, figures=held)
    row = {"data_year": 2025, "workers_total": 6}
    assert changes(row, firm) == {}
    assert total_stays(row, firm) == {"value": 6, "old": 5}
    assert total_stays({**row, "workers_total": 5}, firm) is None


def test_older_row_says_so(plan: Planner) -> None:
    firm = standing(nib=NIB)
    made = plan(having(BATIK, nib=NIB), known=Known(by_nib={NIB: firm}), year=2023)
    assert (statuses(made), codes(made)) == (["unchanged"], ["older_data"])


@pytest.mark.parametrize(
    ("row", "held", "expected"),
    [
        ({"workers_total": 8}, {"workers_male": 5, "workers_female": 3}, {}),
        ({"workers_total": 9}, {"workers_male": 5, "workers_female": 3}, {}),
        (
            {"workers_male": 5, "workers_female": 3},
            {"workers_total": 8},
            {"workers_male": 5, "workers_female": 3, "workers_total": None},
        ),
        ({"workers_male": 5}, {"workers_total": 8}, {}),
        ({"investment": None}, {"investment": 5}, {}),
        ({"investment": 0}, {"investment": None}, {"investment": 0}),
    ],
)
def test_figures_of_the_year(
    row: dict[str, Any], held: dict[str, Any], expected: dict[str, Any]
) -> None:
    firm = standing()
    firm.figures = {2025: held}
    assert changes({**row, "data_year": 2025}, firm) == expected


def test_place_that_is_less_deep_says_nothing_new() -> None:
    row = {"regency_code": "32.09", "district_code": "32.09.36", "data_year": 2025}
    assert changes(row, standing()) == {}


def test_place_changes_as_a_whole() -> None:
    row = {"regency_code": "32.09", "district_code": "32.09.19", "data_year": 2025}
    assert changes(row, standing()) == {"district_code": "32.09.19", "village_code": None}


@pytest.mark.parametrize(
    ("held", "status", "expected"),
    [
        (None, "complete", {"siinas_status": "complete"}),
        ("not_registered", "issued", {"siinas_status": "issued"}),
        ("issued", "none", {}),
        ("issued", "complete", {}),
        ("blocked", "issued", {}),
        ("submitted", "registered", {}),
    ],
)
def test_account_moves_forward_where_the_ladder_has_a_step(
    held: str | None, status: str, expected: dict[str, str]
) -> None:
    firm = standing()
    firm.siinas = held
    assert changes({"siinas_status": status, "data_year": 2025}, firm) == expected


def test_certificate_on_record_is_never_replaced() -> None:
    firm = standing()
    firm.certificates = {"halal": {"ID32090000047960240"}}
    assert changes({"halal_number": "ID32090000047960240", "data_year": 2025}, firm) == {}
    row = {"halal_number": "ID32090000047960999", "data_year": 2025}
    assert changes(row, firm) == {"halal_number": "ID32090000047960999"}


def test_amount_far_from_its_column_is_marked(plan: Planner) -> None:
    names = [("Batik", "Weru"), ("Rotan", "Plered"), ("Emping", "Gebang"), ("Tahu", "Sumber")]
    rows = [(f"{name} Jaya {district}", "Kab. Cirebon", "50 juta") for name, district in names]
    made = plan(
        *rows, ("Besi Tua", "Kab. Cirebon", "20"), ("Kayu", "Kab. Cirebon", "90 M"),
        headings=("Nama Usaha", "Kabupaten", "Omzet (Rp)"),
    )  # fmt: skip
    marked = [row.draft.number for row in made.rows if "money_implausible" in codes_of(row)]
    assert marked == [6, 7]


def codes_of(row: Any) -> list[str]:
    return [found.problem.code for found in row.draft.found]


def test_undeclared_unit_is_a_question(plan: Planner) -> None:
    headings = ("Nama Usaha", "Kabupaten", "Nilai Investasi")
    row = ("Batik Sekar", "Kab. Cirebon", 5000)
    asked = report("f.xlsx", plan(row, headings=headings))
    assert [(q["code"], q["column"], q["field"]) for q in asked["questions"]] == [
        ("money_unit_undeclared", "C", "investment")
    ]
    told = report("f.xlsx", plan(row, headings=headings, money_units={"investment": "thousand"}))
    assert told["questions"] == []
    assert told["rows"][0]["values"]["investment"] == 5_000_000
    assert told["columns"][2]["unit"] == "thousand"


@pytest.mark.parametrize(
    ("code", "edition", "expected", "kept"),
    [
        ("13134", "2020", [], "13134"),
        ("47242", "2020", ["kbli_not_industry"], "47242"),
        ("00011", "2020", ["kbli_unknown"], None),
        ("31012", "2020", ["kbli_unknown"], None),
        ("31012", "2025", [], "31012"),
    ],
)
def test_kbli_is_a_code_of_its_edition(
    plan: Planner, code: str, edition: str, expected: list[str], kept: str | None
) -> None:
    headings = ("Nama Usaha", "Kabupaten", "KBLI")
    made = plan(("Batik Sekar", "Kab. Cirebon", code), headings=headings, kbli_edition=edition)
    assert codes(made) == expected
    assert made.rows[0].draft.values["kbli"] == kept
    assert made.rows[0].status is Status.NEW


def test_total_of_workers_counts_only_without_the_split(plan: Planner) -> None:
    headings = ("Nama Usaha", "Kabupaten", "TK L", "TK P", "Jumlah Tenaga Kerja")
    made = plan(
        ("Batik Sekar", "Kab. Cirebon", 3, None, 5),
        ("Rotan Jaya", "Kab. Cirebon", None, None, 5),
        headings=headings,
    )
    totals = [row.draft.values.get("workers_total") for row in made.rows]
    assert totals == [None, 5]


def test_identity_numbers_are_nowhere_in_the_report(plan: Planner) -> None:
    headings = ("Nama Usaha", "NIK", "Kabupaten", "NPWP", "Keterangan")
    row = ("Batik Sekar", "3209000000001234", "Kab. Cirebon", "3209000000005678",
           "NIK 3209 0000 0000 9999 pemilik")  # fmt: skip
    told = report("f.xlsx", plan(row, headings=headings))
    assert told["columns"][1] == {
        "column": "B", "heading": "NIK", "field": None, "dropped": "identity_number",
    }  # fmt: skip
    assert [p["code"] for p in told["rows"][0]["problems"]] == ["npwp_is_identity"]
    assert told["rows"][0]["values"]["notes"] == "NIK pemilik"
    text = json.dumps(told).replace(" ", "")
    assert not any(number in text for number in ("1234", "5678", "9999"))


def test_key_of_a_row_is_the_same_however_the_name_is_written() -> None:
    row = {"name": "Batik Sekar", "regency_code": "32.09", "owner_name": "Sari"}
    assert row_key(row) == row_key({**row, "name": "BATIK  SEKAR", "owner_name": "SARI"})
    assert row_key(row) != row_key({**row, "owner_name": "Budi"})


def test_row_that_says_too_little_has_no_key() -> None:
    assert row_key({"name": "Batik", "regency_code": "32.09"}) == ""
