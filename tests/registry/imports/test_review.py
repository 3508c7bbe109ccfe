"""The third step: causes with their remedies, sifting, single cells, one place for many rows."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.intake.review import causes_of, tallies_of
from registry.models import Firm, IntakeBatch, IntakeRow
from tests.registry.factories import make_firm
from tests.registry.imports.conftest import ANSWERS, GOOD, HEADINGS

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(client: Any, officer: Any) -> Any:
    """The site, with the officer signed in."""
    client.force_login(officer)
    return client


def page(batch: IntakeBatch, rest: str = "periksa/") -> str:
    return f"/kerja/impor/{batch.pk}/{rest}"


def test_causes_are_grouped_with_count_column_and_readings(planned: IntakeBatch) -> None:
    found = {(c.level, c.code, c.letter): c for c in causes_of(planned)}
    short = found["error", "nib_length", "B"]
    odd = found["warning", "region_unknown", "D"]
    assert (short.rows, short.maps_once) == (1, False)
    assert (odd.rows, odd.maps_once) == (2, True)
    assert odd.values == [("weroe lor", 2)] or odd.values == [("Weroe Lor", 2)]


def test_rows_to_look_at_come_first(site: Any, planned: IntakeBatch) -> None:
    answer = site.get(page(planned))
    assert [shown.row.row for shown in answer.context["rows"]] == [3, 4, 5]
    html = answer.content.decode()
    assert "sel-galat" in html
    assert "NIB" in html
    assert f'href="{page(planned, "petakan/")}?kolom=D' in html


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("?saring=galat", [3]),
        ("?saring=peringatan", [4, 5]),
        ("?saring=baru", [2, 4, 5]),
        ("?saring=semua", [2, 3, 4, 5]),
        ("?saring=tidak-ada", [3, 4, 5]),
        ("?sebab=nib_length&kolom=B", [3]),
        ("?sebab=region_unknown&kolom=D", [4, 5]),
        ("?sebab=bukan-sebab", [3, 4, 5]),
        ("?hal=99", [3, 4, 5]),
    ],
)
def test_rows_are_sifted_by_the_address(
    site: Any, planned: IntakeBatch, query: str, rows: list[int]
) -> None:
    answer = site.get(page(planned) + query)
    assert [shown.row.row for shown in answer.context["rows"]] == rows


def test_number_beside_a_tab_is_the_number_of_its_rows(site: Any, planned: IntakeBatch) -> None:
    for key, _label, n in site.get(page(planned)).context["tabs"]:
        assert site.get(f"{page(planned)}?saring={key}").context["page"].total == n


def test_mended_cell_makes_the_row_right(site: Any, planned: IntakeBatch) -> None:
    assert 'name="sel_B"' in site.get(page(planned, "baris/3/")).content.decode()
    answer = site.post(page(planned, "baris/3/"), {"sel_B": "2103000779773"}, follow=True)
    row = planned.rows.get(row=3)
    assert (row.status, row.level, row.edits) == ("new", "", {"B": "2103000779773"})
    assert answer.redirect_chain[0][0] == page(planned, "baris/4/")
    assert tallies_of(planned).error == 0


def test_cell_that_is_still_wrong_keeps_what_was_typed(site: Any, planned: IntakeBatch) -> None:
    answer = site.post(page(planned, "baris/3/"), {"sel_B": "21030007"}, follow=True)
    assert answer.redirect_chain[0][0] == page(planned, "baris/3/")
    assert 'value="21030007"' in answer.content.decode()


def test_identity_number_is_refused_and_not_kept(site: Any, planned: IntakeBatch) -> None:
    answer = site.post(page(planned, "baris/3/"), {"sel_B": "3209150101800001"})
    assert "NIK" in answer.content.decode()
    assert planned.rows.get(row=3).edits == {}


def test_any_cell_can_be_asked_for(site: Any, planned: IntakeBatch) -> None:
    assert 'name="sel_A"' not in site.get(page(planned, "baris/3/")).content.decode()
    assert 'name="sel_A"' in site.get(page(planned, "baris/3/?ubah=A")).content.decode()


def test_one_answer_mends_all_rows_that_read_the_same(site: Any, planned: IntakeBatch) -> None:
    address = page(planned, "petakan/?kolom=D&isi=Weroe+Lor")
    form = site.get(address)
    assert form.context["count"] == 2
    assert "Weru" in [choice.name for choice in form.context["choices"].likely]
    answer = site.post(address, {"kode": "32.09.19"}, follow=True)
    assert answer.redirect_chain[0][0] == page(planned)
    districts = planned.rows.filter(row__gte=4).values_list("values__district_code", flat=True)
    assert list(districts) == ["32.09.19", "32.09.19"]
    assert not [c for c in causes_of(planned) if c.code == "region_unknown"]


def test_map_needs_an_answer_and_a_place_of_the_region(site: Any, planned: IntakeBatch) -> None:
    address = page(planned, "petakan/?kolom=D&isi=Weroe+Lor")
    assert site.post(address, {"kode": "lain", "kode_lain": ""}).status_code == 200
    assert {
        c.code[:5] for g in site.get(address).context["choices"].groups.values() for c in g
    } == {"32.09"}
    assert site.get(page(planned, "petakan/?kolom=B&isi=2103")).status_code == 404


def test_update_shows_what_it_replaces(site: Any, take: Any, officer: Any) -> None:
    from registry.services.intake import intake_match_columns

    make_firm("Batik Sekar", nib="2103000779772", phone="+6281111111111", kbli="2020-13134")
    batch = intake_match_columns(batch=take([HEADINGS, GOOD]), by=officer, **ANSWERS)
    html = site.get(page(batch, "periksa/?saring=diperbarui")).content.decode()
    assert '<del class="lama">+6281111111111</del>' in html
    assert (
        '<del class="lama">+6281111111111</del>'
        in site.get(page(batch, "baris/2/")).content.decode()
    )


def test_possible_duplicate_is_compared_and_decided(site: Any, take: Any, officer: Any) -> None:
    from registry.services.intake import intake_match_columns

    firm = make_firm("Batik Sekar", village="32.09.21.2005")
    row = ["Batik Sekar", None, "Kab. Cirebon", "Plered", "Trusmi Kulon", None, None, None]
    Firm.objects.filter(pk=firm.pk).update(
        district_id="32.09.36", village_id=_trusmi_kulon(), regency_id="32.09"
    )
    batch = intake_match_columns(batch=take([HEADINGS, row]), by=officer, **ANSWERS)
    assert batch.rows.get().status == "review"
    html = site.get(page(batch, "baris/2/")).content.decode()
    assert f'value="same-{firm.pk}"' in html
    assert 'class="tabel banding baris"' in html
    assert "nama sama, desa sama" in html
    assert "same name, same village" in site.get("/en" + page(batch, "baris/2/")).content.decode()
    site.post(page(batch, "baris/2/pilih/"), {"pilih": f"same-{firm.pk}"})
    assert (batch.rows.get().decision, batch.rows.get().firm_id) == ("same", firm.pk)
    site.post(page(batch, "baris/2/pilih/"), {"pilih": "skip"})
    assert tallies_of(batch).left == 1


def test_firm_said_to_be_another_is_not_asked_about_again(take: Any, officer: Any) -> None:
    from registry.intake import work
    from registry.models import DuplicatePair
    from registry.services.duplicates import pairs_refresh
    from registry.services.intake import intake_decide, intake_match_columns, intake_save

    firm = make_firm("Batik Sekar", village=_trusmi_kulon())
    row = ["Batik Sekar", None, "Kab. Cirebon", "Plered", "Trusmi Kulon", None, None, None]
    batch = intake_match_columns(batch=take([HEADINGS, row]), by=officer, **ANSWERS)
    intake_decide(row=batch.rows.get(), decision="other", firm=None, by=officer)
    intake_save(batch=batch, by=officer)
    work.run(batch.pk)
    made = batch.rows.get().firm_id
    assert made not in (None, firm.pk)
    assert DuplicatePair.objects.get().state == "not_duplicate"
    assert pairs_refresh(Firm.objects.filter(pk=made)) == 0


def _trusmi_kulon() -> str:
    from registry.models import Village

    return str(Village.objects.get(name="Trusmi Kulon", district_id="32.09.36").pk)


def test_row_left_out_keeps_nothing_waiting(site: Any, planned: IntakeBatch) -> None:
    site.post(page(planned, "baris/3/pilih/"), {"pilih": "skip"})
    answer = site.get(page(planned))
    assert [shown.row.row for shown in answer.context["rows"]] == [4, 5]
    assert answer.context["tallies"].error == 0
    assert site.get(page(planned, "periksa/?saring=dilewati")).context["page"].total == 1
    site.post(page(planned, "baris/3/pilih/"), {"pilih": ""})
    assert tallies_of(planned).error == 1


def test_queries_do_not_grow_with_the_rows(site: Any, planned: IntakeBatch) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            site.get(page(planned, "periksa/?saring=semua"))
        return len(seen)

    site.get(page(planned))
    before = queries()
    model = planned.rows.get(row=3)
    IntakeRow.objects.bulk_create(
        IntakeRow(
            batch=planned, row=n, status="error", level="error", raw=model.raw,
            problems=model.problems,
        )
        for n in range(10, 300)
    )  # fmt: skip
    answer = site.get(page(planned, "periksa/?saring=semua"))
    assert len(answer.context["rows"]) == 25
    assert queries() == before <= 20


def test_english_page_speaks_english(site: Any, planned: IntakeBatch) -> None:
    html = site.get(f"/en/kerja/impor/{planned.pk}/periksa/").content.decode()
    assert "NIB must have 13 digits" in html
