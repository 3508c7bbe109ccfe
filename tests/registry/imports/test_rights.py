"""Who reaches the pages of the wizard: each role at each address, own regions only."""

from __future__ import annotations

from typing import Any

import pytest

from registry.models import IntakeBatch, IntakeRow

pytestmark = pytest.mark.django_db

BARE = ["", "baru/", "templat/", "unduh/"]
OF_A_BATCH = [
    "kolom/", "periksa/", "petakan/?kolom=D&isi=Weroe+Lor", "baris/3/", "galat.xlsx",
    "perbaikan/", "simpan/", "kemajuan/", "hasil/", "batalkan/", "buang/",
]  # fmt: skip
POSTED = ["kolom/", "kolom/lembar/", "baris/3/", "baris/3/pilih/", "simpan/", "batalkan/", "buang/"]
POSTED += ["perbaikan/", "petakan/?kolom=D&isi=Weroe+Lor"]
ANSWER = {
    "province": {200, 302},
    "cirebon_staff": {200, 302},
    "kuningan_staff": {404},
    "official_all": {404},
    "official_kuningan": {404},
}


@pytest.mark.parametrize("who", ANSWER)
@pytest.mark.parametrize("page", OF_A_BATCH)
def test_page_of_an_intake_is_there_for_its_region_only(
    client: Any, people: dict[str, Any], planned: IntakeBatch, who: str, page: str
) -> None:
    client.force_login(people[who])
    assert client.get(f"/kerja/impor/{planned.pk}/{page}").status_code in ANSWER[who]


@pytest.mark.parametrize("who", ["kuningan_staff", "official_all", "official_kuningan"])
@pytest.mark.parametrize("page", POSTED)
def test_nobody_else_writes_in_an_intake(
    client: Any, people: dict[str, Any], planned: IntakeBatch, who: str, page: str
) -> None:
    before = list(IntakeRow.objects.values_list("pk", "edits", "decision", "outcome"))
    client.force_login(people[who])
    assert client.post(f"/kerja/impor/{planned.pk}/{page}", {"sel_B": "x"}).status_code == 404
    assert list(IntakeRow.objects.values_list("pk", "edits", "decision", "outcome")) == before
    planned.refresh_from_db()
    assert planned.state == "review"


@pytest.mark.parametrize("page", BARE)
@pytest.mark.parametrize("who", ["official_all", "official_kuningan"])
def test_officials_have_no_wizard(client: Any, people: dict[str, Any], who: str, page: str) -> None:
    client.force_login(people[who])
    assert client.get(f"/kerja/impor/{page}").status_code == 404
    assert "/kerja/impor/" not in client.get("/kerja/dasbor/").content.decode()


@pytest.mark.parametrize("page", [*BARE, "1/periksa/"])
def test_stranger_signs_in_first(client: Any, db: None, page: str) -> None:
    answer = client.get(f"/kerja/impor/{page}")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/masuk/")


def test_history_lists_own_intakes_only(
    client: Any, people: dict[str, Any], planned: IntakeBatch
) -> None:
    client.force_login(people["kuningan_staff"])
    assert "data.xlsx" not in client.get("/kerja/impor/").content.decode()
    client.force_login(people["cirebon_staff"])
    html = client.get("/kerja/impor/").content.decode()
    assert f'href="/kerja/impor/{planned.pk}/periksa/"' in html


def test_no_page_shows_an_identity_number(client: Any, officer: Any, planned: IntakeBatch) -> None:
    from tests.registry.imports.conftest import NIK

    client.force_login(officer)
    for page in ("kolom/", "periksa/?saring=semua", "baris/2/", "galat.xlsx"):
        assert NIK.encode() not in client.get(f"/kerja/impor/{planned.pk}/{page}").getvalue()
