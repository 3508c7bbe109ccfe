"""Pages of reports: who opens them where, numbers and lists that agree, sheets, recording."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

from accounts.models import User
from registry.models import AnnualProfile, Firm, ReportingPeriod, SiinasReport
from registry.recent import recent_changes
from registry.report_sheet import items_of
from tests.registry.factories import CIGUGUR, PAOMAN, make_firm
from tests.registry.test_reporting import COMPLETE, account_of, make_period, reported

pytestmark = pytest.mark.django_db
LIST, MANY, PRINT = "/kerja/lapor/", "/kerja/lapor/catat/", "/kerja/lapor/cetak/"


@pytest.fixture
def period(db: None) -> ReportingPeriod:
    return make_period()


@pytest.fixture
def firm(people: dict[str, User], period: ReportingPeriod) -> Firm:
    return make_firm("Rotan Lapor", nib="0220001234567", siinas=COMPLETE, products="kursi rotan")


def sheet_of(firm: Firm) -> str:
    return f"/kerja/usaha/{firm.pk}/lapor/2026-s1/"


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.mark.parametrize(
    ("who", "sheet", "records"),
    [
        ("province", 200, True),
        ("cirebon_staff", 200, True),
        ("kuningan_staff", 404, False),
        ("official_all", 200, False),
        ("official_kuningan", 404, False),
        ("left", 302, False),
    ],
)
def test_each_role_opens_what_lies_in_its_region_and_records_where_it_keeps(
    client: Any, people: dict[str, User], firm: Firm, who: str, sheet: int, records: bool
) -> None:
    client.force_login(people[who])
    assert client.get(sheet_of(firm)).status_code == sheet
    for address in (LIST, PRINT):
        answer = client.get(address)
        assert answer.status_code == (302 if who == "left" else 200)
        assert ("Rotan Lapor" in answer.content.decode()) is (sheet == 200)
    sent = {"akun": account_of(firm).pk, "state": "submitted", "on": "2026-07-20"}
    assert client.post(sheet_of(firm), sent).status_code == (
        302 if records or sheet == 302 else 403 if sheet == 200 else 404
    )
    assert SiinasReport.objects.exists() is records


@pytest.mark.parametrize(
    ("who", "status"), [("official_all", 403), ("official_kuningan", 403), ("kuningan_staff", 302)]
)
def test_many_are_recorded_only_by_those_who_keep_the_region(
    client: Any, people: dict[str, User], firm: Firm, who: str, status: int
) -> None:
    client.force_login(people[who])
    sent = {"saringan": "periode=2026-s1", "akun": account_of(firm).pk, "state": "submitted"}
    assert client.post(MANY, {**sent, "simpan": "1", "on": "2026-07-20"}).status_code == status
    assert client.get(MANY).status_code == 405
    assert not SiinasReport.objects.exists()


@pytest.mark.parametrize(
    "query",
    ["periode=2030-s1", "wilayah=kuningan", "wilayah=tidak-ada", "kelompok=x", "lapor=mungkin"],
)
def test_address_of_what_does_not_exist_for_the_person_is_not_found(
    client: Any, people: dict[str, User], firm: Firm, query: str
) -> None:
    client.force_login(people["cirebon_staff"])
    assert client.get(f"{LIST}?{query}").status_code == 404


def test_district_of_another_region_is_left_out_when_the_region_changes(
    client: Any, people: dict[str, User], firm: Firm
) -> None:
    client.force_login(people["province"])
    query = "wilayah=kuningan&kecamatan=32.09.19&desa=32.09.19.2009"
    answer = client.get(f"{LIST}?{query}")
    assert answer.context["asked"].place.slug == "kuningan"


def test_without_a_period_the_page_says_who_enters_it(client: Any, people: dict[str, User]) -> None:
    for who, words in (("province", "periode pertama"), ("cirebon_staff", "Provinsi mengisi")):
        client.force_login(people[who])
        assert words in client.get(LIST).content.decode()
    assert client.get(PRINT).status_code == 404


def test_due_date_that_nobody_entered_is_said_and_nothing_is_late(
    client: Any, people: dict[str, User], firm: Firm, period: ReportingPeriod
) -> None:
    ReportingPeriod.objects.update(due_on=None)
    client.force_login(people["province"])
    answer = client.get(LIST)
    assert "tenggat belum diisi" in answer.content.decode()
    assert answer.context["total"].overdue == 0
    assert answer.context["total"].waiting == 1


def test_each_number_leads_to_a_list_of_as_many(
    client: Any, people: dict[str, User], period: ReportingPeriod
) -> None:
    for n, (village, state) in enumerate(
        [(CIGUGUR, ""), (CIGUGUR, "submitted"), (CIGUGUR, "returned"), (PAOMAN, "accepted")]
    ):
        firm = make_firm(f"U{n}", village=village, siinas=COMPLETE)
        if state:
            reported(firm, period, state, note="kurang")
    client.force_login(people["province"])
    page = client.get(LIST).content.decode()
    links = re.findall(r'<td class="k"><a href="(\?[^"]*)#hasil">(\d+)</a>', page)
    assert len(links) >= 10
    for query, number in links:
        listed = client.get(LIST + query.replace("&amp;", "&")).context["page"].total
        assert listed == int(number), query


class TestSheet:
    """The sheet names the source of what it has and leaves blank what it has not."""

    def test_has_the_eleven_items_in_their_order(self) -> None:
        items = items_of(None)
        assert [item.number for item in items] == list(range(1, 12))
        assert not any(line.value for item in items for line in item.lines)

    def test_takes_the_profile_of_the_year_and_names_its_source(
        self, client: Any, people: dict[str, User], firm: Firm
    ) -> None:
        AnnualProfile.objects.create(
            firm=firm,
            year=2026,
            source="Formulir desa",
            investment=250_000_000,
            land_investment=90_000_000,
            workers_total=14,
            capacity_quantity="1200.5",
            capacity_unit_id="kg",
            production_quantity=900,
            production_unit_id="kg",
        )
        client.force_login(people["official_all"])
        text = text_of(client.get(sheet_of(firm)).content.decode())
        for words in ("profil tahunan 2026", "Formulir desa", "250.000.000", "90.000.000", "14",
                      "1.200,5", "belum diisi", "tidak ada di registri"):  # fmt: skip
            assert words in text, words

    def test_does_not_take_a_profile_of_another_year_and_says_so(
        self, client: Any, people: dict[str, User], firm: Firm
    ) -> None:
        AnnualProfile.objects.create(firm=firm, year=2024, investment=250_000_000)
        client.force_login(people["official_all"])
        text = text_of(client.get(sheet_of(firm)).content.decode())
        assert "250.000.000" not in text
        assert "Profil tahunan 2026 belum ada" in text
        assert "Yang terakhir tahun 2024" in text

    def test_zero_is_a_figure_and_not_a_blank(self) -> None:
        items = items_of(AnnualProfile(year=2026, production_value=0))
        assert [line.value for line in items[3].lines] == ["", "0"]

    def test_of_an_account_that_is_not_asked_does_not_exist(
        self, client: Any, people: dict[str, User], period: ReportingPeriod
    ) -> None:
        firm = make_firm(siinas={"state": "issued"})
        client.force_login(people["province"])
        assert client.get(sheet_of(firm)).status_code == 404
        assert client.get(sheet_of(firm).replace("s1", "s2")).status_code == 404

    @pytest.mark.parametrize(
        ("sent", "words"),
        [
            ({"state": "returned", "on": "2026-07-20"}, "Tulis alasan laporan dikembalikan"),
            ({"state": "submitted", "on": "20 Jul"}, "“20 Jul” bukan tanggal"),
            ({"state": "submitted", "on": "2025-07-20"}, "Periksa tahunnya"),
            ({"state": "submitted", "on": "31/12/2099"}, "belum terjadi"),
        ],
    )
    def test_mistake_is_named_and_nothing_typed_is_lost(
        self, client: Any, people: dict[str, User], firm: Firm, sent: dict[str, str], words: str
    ) -> None:
        client.force_login(people["cirebon_staff"])
        note = "" if sent["state"] == "returned" else "catatan saya"
        told = {"akun": account_of(firm).pk, "note": note, **sent}
        answer = client.post(sheet_of(firm), told)
        html = answer.content.decode()
        assert answer.status_code == 400
        assert words in html
        assert sent["on"] in html or sent["on"].startswith("31/")
        assert note in html
        assert not SiinasReport.objects.exists()


class TestMany:
    """Many are recorded after a page that says how many."""

    def test_confirm_page_says_how_many_and_saves_nothing(
        self, client: Any, people: dict[str, User], period: ReportingPeriod
    ) -> None:
        firms = [make_firm(f"U{n:02}", siinas=COMPLETE) for n in range(28)]
        reported(firms[0], period, "accepted")
        client.force_login(people["cirebon_staff"])
        sent = {"saringan": "periode=2026-s1", "siapa": "semua", "state": "submitted"}
        html = client.post(MANY, sent).content.decode()
        text = text_of(html)
        for words in ("untuk 28 akun", "1 di antaranya sudah begitu", "dan 18 lainnya"):
            assert words in text, words
        assert SiinasReport.objects.count() == 1
        done = client.post(MANY, {**sent, "simpan": "28", "on": "2026-07-20"}, follow=True)
        assert "27 laporan Semester I 2026 tercatat" in done.content.decode()
        assert SiinasReport.objects.count() == 28

    def test_a_list_that_changed_meanwhile_is_confirmed_again(
        self, client: Any, people: dict[str, User], firm: Firm
    ) -> None:
        client.force_login(people["cirebon_staff"])
        sent = {"saringan": "", "siapa": "semua", "state": "submitted", "on": "2026-07-20"}
        answer = client.post(MANY, {**sent, "simpan": "7"})
        assert answer.status_code == 400
        assert "berubah sementara itu" in answer.content.decode()
        assert not SiinasReport.objects.exists()

    @pytest.mark.parametrize("marked", [[], ["x"], ["999999999999999999999"]])
    def test_nothing_marked_is_said(
        self, client: Any, people: dict[str, User], firm: Firm, marked: list[str]
    ) -> None:
        client.force_login(people["cirebon_staff"])
        sent = {"saringan": "", "akun": marked, "state": "submitted"}
        answer = client.post(MANY, sent, follow=True)
        assert "Belum ada yang ditandai" in answer.content.decode()

    def test_return_of_many_asks_for_the_reason(
        self, client: Any, people: dict[str, User], firm: Firm
    ) -> None:
        client.force_login(people["cirebon_staff"])
        sent = {"saringan": "", "akun": account_of(firm).pk, "simpan": "1", "state": "returned"}
        assert client.post(MANY, {**sent, "on": "2026-07-20"}).status_code == 400
        client.post(MANY, {**sent, "on": "2026-07-20", "note": "kapasitas kosong"})
        assert SiinasReport.objects.get().note == "kapasitas kosong"


@pytest.mark.parametrize(("address", "budget"), [(LIST, 17), (PRINT, 15)])
def test_pages_have_a_query_budget(
    client: Any,
    people: dict[str, User],
    period: ReportingPeriod,
    django_assert_max_num_queries: Any,
    address: str,
    budget: int,
) -> None:
    for n in range(8):
        make_firm(f"U{n}", siinas=COMPLETE, profile={"investment": n})
    client.force_login(people["province"])
    with django_assert_max_num_queries(budget):
        client.get(address)


def test_report_stands_on_the_page_of_the_firm_with_its_history(
    client: Any, people: dict[str, User], firm: Firm, period: ReportingPeriod
) -> None:
    client.force_login(people["cirebon_staff"])
    page = f"/kerja/usaha/{firm.pk}/"
    assert sheet_of(firm) in client.get(page).content.decode()
    reported(firm, period, "returned", note="kapasitas kosong", on=dt.date(2026, 7, 20))
    text = text_of(client.get(page).content.decode())
    assert "Dikembalikan untuk diperbaiki" in text
    assert "menambah laporan SIINas Semester I 2026" in text


@pytest.mark.parametrize(("value", "count"), [("belum", 2), ("lewat", 1)])
def test_list_of_firms_is_filtered_by_what_is_owed(
    client: Any, people: dict[str, User], firm: Firm, value: str, count: int
) -> None:
    make_period(number=2, year=2025, kind="quarter", due_on=None)
    reported(make_firm("Sudah", siinas=COMPLETE), ReportingPeriod.objects.get(kind="semester"))
    client.force_login(people["province"])
    assert client.get(f"/kerja/usaha/?lapor={value}").context["page"].total == count


@pytest.mark.parametrize(
    ("who", "period_status", "target_regions"),
    [
        ("province", 200, 5),
        ("cirebon_staff", 403, 1),
        ("kuningan_staff", 403, 1),
        ("official_all", 302, 0),
    ],
)
def test_periods_are_entered_by_the_province_and_targets_by_each_office(
    client: Any, people: dict[str, User], who: str, period_status: int, target_regions: int
) -> None:
    client.force_login(people[who])
    assert client.get("/kelola/registry/reportingperiod/add/").status_code == period_status
    answer = client.get("/kelola/registry/target/add/")
    assert answer.status_code == (200 if target_regions else 302)
    if target_regions:
        offered = answer.context["adminform"].form.fields["regency"].queryset
        assert offered.count() == target_regions


def test_period_is_entered_with_the_days_of_the_calendar(
    client: Any, people: dict[str, User]
) -> None:
    client.force_login(people["province"])
    sent = {"kind": "quarter", "year": 2026, "number": 3, "obliged": "all", "note": "SE contoh"}
    assert client.post("/kelola/registry/reportingperiod/add/", sent).status_code == 302
    period = ReportingPeriod.objects.get()
    assert (period.first_day, period.last_day) == (dt.date(2026, 7, 1), dt.date(2026, 9, 30))
    assert period.due_on is None


def test_report_stands_among_the_latest_changes_of_the_region_of_its_plant(
    people: dict[str, User], firm: Firm, period: ReportingPeriod
) -> None:
    reported(firm, period)
    for who, seen in (("cirebon_staff", True), ("kuningan_staff", False)):
        rows = [row.entry.model_name for each in recent_changes(people[who]) for row in each.rows]
        assert ("siinasreport" in rows) is seen
