"""An intake as a job: upload, columns, plan, mend, decide, save; each step refuses what is open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from registry.intake.reading import Refused
from registry.intake.store import unpack
from registry.models import Firm, IntakeBatch, IntakeRow
from registry.services import NotAllowed
from registry.services.intake import (
    earlier_intakes,
    intake_choose_sheet,
    intake_decide,
    intake_discard,
    intake_map_value,
    intake_match_columns,
    intake_mend_cell,
    intake_mended_upload,
    intake_save,
    intake_upload,
)

pytestmark = pytest.mark.django_db

HEADINGS = ["Nama Usaha", "Kabupaten", "Kecamatan", "Desa", "NIK", "NIB", "Investasi", "KBLI"]
NIK = "3209000000001234"
GOOD = ["Batik Sekar", "Kab. Cirebon", "Plered", "Trusmi Kulon", NIK, "2103000779772", 45, "13134"]
SHORT = ["Rotan Jaya", "Kab. Cirebon", "Weru", "Tegalwangi", NIK, "2103", 9, None]
ODD = ["Kerupuk Dua", "Kab. Cirebon", "Weroe Lor", None, NIK, None, 12, None]
ODDER = ["Tahu Tiga", "Kab. Cirebon", "WEROE  LOR", None, NIK, None, 12, None]

Workbook = Callable[..., bytes]


@pytest.fixture
def officer(people: dict[str, Any]) -> Any:
    return people["cirebon_staff"]


@pytest.fixture
def batch(workbook: Workbook, officer: Any) -> IntakeBatch:
    """A sheet that waits for its columns."""
    content = workbook([HEADINGS, GOOD, SHORT, ODD, ODDER])
    return intake_upload(name="data.xlsx", content=content, by=officer)


@pytest.fixture
def planned(batch: IntakeBatch, officer: Any) -> IntakeBatch:
    """The same sheet with its plan."""
    return match(batch, officer)


def match(batch: IntakeBatch, by: Any, **said: Any) -> IntakeBatch:
    told = {
        "fields": {},
        "units": {"investment": "million"},
        "kbli_edition": "2020",
        "year": 2025,
        "remember": False,
        **said,
    }
    return intake_match_columns(batch=batch, by=by, **told)


def row(batch: IntakeBatch, number: int) -> IntakeRow:
    return batch.rows.get(row=number)


def test_upload_waits_for_its_columns(batch: IntakeBatch, officer: Any) -> None:
    assert (batch.state, batch.regency_id, batch.taken_by) == ("columns", "32.09", officer)
    assert batch.table["header_row"] == 1
    assert [(c["letter"], c["field"], c["dropped"]) for c in batch.table["columns"]][3:6] == [
        ("D", "village_code", None),
        ("E", "", "identity_number"),
        ("F", "nib", None),
    ]
    assert batch.table["columns"][0]["samples"] == ["Batik Sekar", "Rotan Jaya", "Kerupuk Dua"]
    assert batch.table["columns"][6]["asks_unit"]


def test_refused_file_leaves_nothing(officer: Any) -> None:
    with pytest.raises(Refused):
        intake_upload(name="x.xlsx", content=b"tidak ada", by=officer)
    assert not IntakeBatch.objects.exists()


@pytest.mark.parametrize("name", ["official_all", "left"])
def test_who_only_reads_takes_nothing_in(
    people: dict[str, Any], workbook: Workbook, name: str
) -> None:
    with pytest.raises(NotAllowed):
        intake_upload(name="x.xlsx", content=workbook([HEADINGS, GOOD]), by=people[name])


def test_nothing_is_planned_while_a_question_is_open(batch: IntakeBatch, officer: Any) -> None:
    with pytest.raises(ValidationError) as raised:
        intake_match_columns(
            batch=batch,
            fields={"B": "", "C": "nib"},
            units={},
            kbli_edition="",
            year=None,
            remember=False,
            by=officer,
        )
    assert set(raised.value.error_dict if hasattr(raised.value, "error_dict") else {}) == {
        "unit_investment", "kbli_edition", "year", "fields",
    }  # fmt: skip
    batch.refresh_from_db()
    assert batch.state == "columns"


def test_plan_keeps_cells_values_and_problems_of_every_row(planned: IntakeBatch) -> None:
    assert planned.state == "review"
    good, short, odd = (row(planned, number) for number in (2, 3, 4))
    assert (good.status, good.level, good.values["investment"]) == ("new", "", 45_000_000)
    assert good.cells["A"] == "Batik Sekar"
    assert "E" not in good.raw
    assert (short.status, short.level) == ("error", "error")
    assert short.problems[0]["code"] == "nib_length"
    assert "2103" in short.problems[0]["message"]
    assert (odd.status, odd.level, odd.problems[0]["column"]) == ("new", "warning", "C")
    assert planned.summary["new"] == 3
    assert (planned.summary["error"], planned.summary["warnings"]) == (1, 2)


def test_cell_is_mended_and_its_row_read_again(planned: IntakeBatch, officer: Any) -> None:
    mended = intake_mend_cell(row=row(planned, 3), letter="F", text="2103000779773", by=officer)
    assert (mended.status, mended.values["nib"]) == ("new", "2103000779773")
    assert (mended.cells["F"], mended.cells_before["F"]) == ("2103000779773", "2103")
    planned.refresh_from_db()
    assert planned.summary["error"] == 0


def test_mended_cell_may_collide_with_another_row(planned: IntakeBatch, officer: Any) -> None:
    mended = intake_mend_cell(row=row(planned, 3), letter="F", text=GOOD[5], by=officer)
    assert [p["code"] for p in mended.problems] == ["duplicate_nib_in_file"]
    intake_mend_cell(row=row(planned, 2), letter="F", text="", by=officer)
    assert row(planned, 3).status == "new"


@pytest.mark.parametrize("text", [NIK, f"Budi {NIK}", "3209 0000 0000 1234"])
def test_identity_number_is_not_taken_from_the_keyboard(
    planned: IntakeBatch, officer: Any, text: str
) -> None:
    with pytest.raises(ValidationError):
        intake_mend_cell(row=row(planned, 2), letter="A", text=text, by=officer)


def test_one_remedy_for_all_rows_of_a_text(planned: IntakeBatch, officer: Any) -> None:
    count = intake_map_value(
        batch=planned, field="district_code", text="Weroe Lor", code="32.09.19", by=officer
    )
    assert count == 2
    assert {row(planned, n).values["district_code"] for n in (4, 5)} == {"32.09.19"}
    assert row(planned, 4).level == ""
    with pytest.raises(ValidationError):
        intake_map_value(
            batch=planned, field="district_code", text="Weroe Lor", code="99.99.99", by=officer
        )


def test_settled_rows_are_saved_and_the_others_stay_open(
    planned: IntakeBatch, officer: Any
) -> None:
    with pytest.raises(ValidationError):
        intake_save(batch=planned, all_or_nothing=True, by=officer)
    saved = intake_save(batch=planned, all_or_nothing=False, by=officer)
    assert (saved.state, saved.done, saved.total) == ("saved", 3, 3)
    assert Firm.objects.count() == 3
    assert row(saved, 2).firm == Firm.objects.get(nib=GOOD[5])
    assert (row(saved, 2).outcome, row(saved, 3).outcome) == ("added", "")


def test_row_mended_after_saving_is_saved_as_well(planned: IntakeBatch, officer: Any) -> None:
    intake_save(batch=planned, all_or_nothing=False, by=officer)
    intake_mend_cell(row=row(planned, 3), letter="F", text="2103000779773", by=officer)
    intake_save(batch=planned, all_or_nothing=True, by=officer)
    assert row(planned, 3).outcome == "added"
    assert Firm.objects.count() == 4
    with pytest.raises(ValidationError):
        intake_mend_cell(row=row(planned, 3), letter="F", text="", by=officer)


def test_likeness_waits_until_somebody_decides(
    workbook: Workbook, planned: IntakeBatch, officer: Any
) -> None:
    intake_save(batch=planned, all_or_nothing=False, by=officer)
    firm = Firm.objects.get(name="Batik Sekar")
    rows = [HEADINGS, ["Batik Sekarr", *GOOD[1:4], NIK, None, 13, None]]
    content = workbook(rows)
    second = match(intake_upload(name="2.xlsx", content=content, by=officer), officer)
    asked = row(second, 2)
    assert (asked.status, asked.matches[0]["firm"]) == ("review", firm.pk)
    with pytest.raises(ValidationError):
        intake_save(batch=second, all_or_nothing=False, by=officer)
    intake_decide(row=asked, decision="same", firm=firm.pk, by=officer)
    intake_save(batch=second, all_or_nothing=True, by=officer)
    assert (row(second, 2).outcome, row(second, 2).firm) == ("changed", firm)
    again = match(intake_upload(name="3.xlsx", content=content, by=officer), officer)
    assert (row(again, 2).status, row(again, 2).firm) == ("unchanged", firm)
    assert earlier_intakes(again) == [second]


def test_choice_of_columns_is_remembered_for_the_same_headings(
    workbook: Workbook, officer: Any
) -> None:
    first = intake_upload(name="1.xlsx", content=workbook([HEADINGS, GOOD]), by=officer)
    match(first, officer, fields={"H": ""}, kbli_edition="", remember=True)
    second = intake_upload(name="2.xlsx", content=workbook([HEADINGS, SHORT]), by=officer)
    assert second.table["remembered"]
    assert [c["field"] for c in second.table["columns"]][6:] == ["investment", ""]
    assert second.table["columns"][6]["unit"] == "million"


def test_another_sheet_can_be_chosen_and_a_discarded_one_is_closed(
    batch: IntakeBatch, officer: Any
) -> None:
    with pytest.raises(ValidationError):
        intake_choose_sheet(batch=batch, sheet="Tidak ada", by=officer)
    intake_choose_sheet(batch=batch, sheet="Data IKM", by=officer)
    intake_discard(batch=batch, by=officer)
    with pytest.raises(ValidationError):
        match(batch, officer)
    assert not IntakeRow.objects.exists()


def test_workbook_of_wrong_rows_comes_back(
    workbook: Workbook, planned: IntakeBatch, officer: Any
) -> None:
    head = ["Baris asal", "Masalah", *HEADINGS]
    mended = [3, "NIB", *SHORT[:5], "2103000779773", *SHORT[6:]]
    same = [4, "", *ODD]
    strange = [[77, "", *GOOD], ["", "", *GOOD]]
    content = workbook([head, mended, same, *strange])
    told = intake_mended_upload(batch=planned, content=content, by=officer)
    assert (told.rows, told.unknown) == (1, 2)
    assert (row(planned, 3).status, row(planned, 3).edits) == ("new", {"F": "2103000779773"})
    with pytest.raises(ValidationError):
        intake_mended_upload(batch=planned, content=workbook([HEADINGS, GOOD]), by=officer)


def test_planted_identity_numbers_are_in_no_table(
    workbook: Workbook, officer: Any, holds_anywhere: Callable[[str], bool]
) -> None:
    rows = [[*HEADINGS, "Catatan"], [*GOOD, f"KTP {NIK}"], [NIK, *SHORT[1:], float(NIK)]]
    rows += [["Tahu", "Kab. Cirebon", NIK, f"3209 0000 0000 1234 {NIK}", 1, NIK, NIK, NIK, NIK]]
    batch = intake_upload(name="nik.xlsx", content=workbook(rows), by=officer)
    cells = str([sheet.rows for sheet in unpack(bytes(batch.stored.content))])
    assert "000000001234" not in cells.replace(" ", "")
    match(batch, officer)
    head = ["Baris asal", *HEADINGS]
    back = workbook([head, [2, *GOOD[:3], NIK, *GOOD[4:]]])
    intake_mended_upload(batch=batch, content=back, by=officer)
    intake_save(batch=batch, all_or_nothing=False, by=officer)
    assert not holds_anywhere("000000001234")
