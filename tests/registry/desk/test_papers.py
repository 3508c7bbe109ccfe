"""What is printed and downloaded: by village, with phones; words in force; filters stated."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from accounts.models import User
from registry.cards import card_of
from registry.models import Firm, FirmCard
from tests.registry.factories import PAOMAN, make_firm

pytestmark = pytest.mark.django_db
ALL = {"antrean": "nib", "siapa": "semua"}


@pytest.fixture
def firms(people: dict[str, User]) -> list[Firm]:
    return [
        make_firm("=1+1", phone="+6281200001234", owner="Siti"),
        make_firm("Rotan Dua", consents=("catalogue",)),
        make_firm("Batik", village=PAOMAN),
    ]


def test_visit_list_is_grouped_by_village_with_phone_and_owner(
    client: Any, people: dict[str, User], firms: list[Firm]
) -> None:
    client.force_login(people["province"])
    answer = client.get("/kerja/tugas/kunjungan/", ALL)
    found = {v.name: [row.firm.name for row in v.rows] for v in answer.context["villages"]}
    assert found == {"Tegalwangi": ["=1+1", "Rotan Dua"], "Paoman": ["Batik"]}
    html = answer.content.decode()
    assert "+6281200001234" in html
    assert "Siti" in html


def test_forms_show_the_words_in_force_and_what_was_agreed_already(
    client: Any, people: dict[str, User], firms: list[Firm]
) -> None:
    client.force_login(people["cirebon_staff"])
    answer = client.post("/kerja/tugas/persetujuan/?antrean=nib&siapa=semua&wilayah=kab-cirebon")
    forms = {form.firm.name: form.lines for form in answer.context["forms"]}
    assert set(forms) == {"=1+1", "Rotan Dua"}
    given = {text.purpose: day for text, day in forms["Rotan Dua"]}
    assert given["catalogue"]
    assert given["whatsapp"] is None
    assert "Saya setuju" in answer.content.decode()


def test_workbook_states_its_filters_and_makes_no_formula(
    client: Any, people: dict[str, User], firms: list[Firm]
) -> None:
    client.force_login(people["province"])
    answer = client.get("/kerja/tugas/unduh.xlsx", {**ALL, "wilayah": "kab-cirebon"})
    content = b"".join(answer.streaming_content)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    rows = book.get_sheet_by_index(0).to_python()[1:]
    assert [row[0] for row in rows] == ["=1+1", "Rotan Dua"]
    assert rows[0][6] == "+6281200001234"
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
    told = " ".join(str(cell) for row in book.get_sheet_by_index(1).to_python() for cell in row)
    assert "Kab. Cirebon" in told


@pytest.mark.parametrize(
    ("address", "limit"),
    [("kunjungan/", "MOST_VISITS"), ("persetujuan/", "MOST_FORMS"), ("unduh.xlsx", "MOST_ROWS")],
)
def test_more_than_the_maximum_is_refused_and_not_cut(
    client: Any,
    people: dict[str, User],
    firms: list[Firm],
    monkeypatch: pytest.MonkeyPatch,
    address: str,
    limit: str,
) -> None:
    monkeypatch.setattr(f"registry.views.desk_papers.{limit}", 2)
    client.force_login(people["province"])
    answer = client.get(f"/kerja/tugas/{address}", ALL, follow=True)
    assert answer.redirect_chain[0][0] == "/kerja/tugas/?antrean=nib"


def test_queries_do_not_grow_with_the_firms(
    client: Any, people: dict[str, User], django_assert_max_num_queries: Any
) -> None:
    for n in range(12):
        make_firm(f"Usaha {n}", owner="A")
    client.force_login(people["cirebon_staff"])
    for address in ("kunjungan/", "persetujuan/", "unduh.xlsx"):
        with django_assert_max_num_queries(22):
            answer = client.get(f"/kerja/tugas/{address}", ALL)
        assert answer.status_code == 200
    with django_assert_max_num_queries(26):
        client.post("/kerja/tugas/persetujuan/?antrean=nib&siapa=semua")


def test_each_form_carries_a_card_of_its_firm_and_looking_makes_none(
    client: Any, people: dict[str, User], firms: list[Firm]
) -> None:
    client.force_login(people["cirebon_staff"])
    address = "/kerja/tugas/persetujuan/?antrean=nib&siapa=semua&wilayah=kab-cirebon"
    client.get(address)
    assert not FirmCard.objects.exists()
    answer = client.post(address)
    forms = answer.context["forms"]
    assert [card_of(form.address.split("/")[-2]).firm for form in forms] == [
        form.firm for form in forms
    ]
    assert set(FirmCard.objects.values_list("way", flat=True)) == {"print"}
    page = answer.content.decode()
    assert page.count('role="img" aria-label="') >= 2
    assert all("viewBox" in form.qr and "width=" not in form.qr for form in forms)
    assert "style=" not in page
    assert "no-store" in answer["Cache-Control"]
