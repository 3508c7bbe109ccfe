"""Two people on one firm: the second sees theirs and mine, chooses, and loses nothing; then on."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from registry.models import Certificate, Firm, Owner, TkdnAnswers
from registry.services import firm_save, remove_row, save_row
from tests.registry.factories import make_firm

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm(people: dict[str, User]) -> Firm:
    return make_firm("Rotan Dua", brand="Lama", products="kursi", owner="Siti")


def page(firm: Firm) -> str:
    return f"/kelola/registry/firm/{firm.pk}/change/"


def opened(client: Client, firm: Firm, query: str = "") -> dict[str, str]:
    """The form as a browser would send it back."""
    answer = client.get(f"{page(firm)}{query}")
    assert answer.status_code == 200
    return sent_by(answer)


def sent_by(answer: Any) -> dict[str, str]:
    form = answer.context["adminform"].form
    data: dict[str, str] = {}

    def put(bound: Any) -> None:
        value = bound.field.widget.format_value(bound.value())
        value = value[0] if isinstance(value, list | tuple) and value else value
        if value not in (None, "", [], "False", False):
            data[bound.html_name] = str(value)

    for bound in form:
        put(bound)
    for inline in answer.context["inline_admin_formsets"]:
        for bound in inline.formset.management_form:
            put(bound)
            data.setdefault(bound.html_name, "0")
        for each in inline.formset.forms:
            for bound in each:
                put(bound)
    html = answer.content.decode()
    for name in ("_versi", "_versi_dilihat"):
        if found := re.search(rf'name="{name}" value="([^"]*)"', html):
            data[name] = found[1]
    return data


@pytest.fixture
def second(people: dict[str, User]) -> Client:
    client = Client()
    client.force_login(people["cirebon_staff"])
    return client


def theirs(firm: Firm, by: User, **fields: Any) -> None:
    other = Firm.objects.get(pk=firm.pk)
    for name, value in fields.items():
        setattr(other, name, value)
    firm_save(other, by=by, reason="yang lain")


def test_alone_one_saves_as_ever(second: Client, firm: Firm) -> None:
    data = opened(second, firm) | {"brand": "Baru"}
    assert second.post(page(firm), data).status_code == 302
    assert Firm.objects.get(pk=firm.pk).brand == "Baru"


def test_second_of_two_sees_both_values_and_chooses(
    client: Client, second: Client, people: dict[str, User], firm: Firm
) -> None:
    client.force_login(people["province"])
    mine = opened(second, firm) | {"brand": "Punya saya", "products": "kursi", "notes": "catatan"}
    first = opened(client, firm) | {"brand": "Punya dia", "products": "kursi, meja"}
    assert client.post(page(firm), first).status_code == 302

    answer = second.post(page(firm), mine)
    assert answer.status_code == 200
    clash = answer.context["clash"]
    (line,) = clash.conflicts
    assert (line.before, line.theirs, line.mine) == ("Lama", "Punya dia", "Punya saya")
    assert [(each.before, each.theirs) for each in clash.taken] == [("kursi", "kursi, meja")]
    assert [moment.who for moment in clash.authors] == ["province"]
    kept = sent_by(answer)
    assert (kept["brand"], kept["notes"]) == ("Punya saya", "catatan")

    unchosen = second.post(page(firm), kept)
    assert unchosen.status_code == 200
    assert Firm.objects.get(pk=firm.pk).brand == "Punya dia"

    done = second.post(page(firm), kept | {"_pilih-brand": "saya"})
    assert done.status_code == 302
    now = Firm.objects.get(pk=firm.pk)
    assert (now.brand, now.products, now.notes) == ("Punya saya", "kursi, meja", "catatan")


def test_theirs_can_be_chosen(second: Client, people: dict[str, User], firm: Firm) -> None:
    mine = opened(second, firm) | {"brand": "Punya saya"}
    theirs(firm, people["province"], brand="Punya dia")
    kept = sent_by(second.post(page(firm), mine))
    assert second.post(page(firm), kept | {"_pilih-brand": "mereka"}).status_code == 302
    assert Firm.objects.get(pk=firm.pk).brand == "Punya dia"


def test_a_third_writer_is_asked_about_again(
    second: Client, people: dict[str, User], firm: Firm
) -> None:
    mine = opened(second, firm) | {"brand": "Punya saya"}
    theirs(firm, people["province"], brand="Punya dia")
    kept = sent_by(second.post(page(firm), mine))
    theirs(firm, people["province"], brand="Lain lagi")
    answer = second.post(page(firm), kept | {"_pilih-brand": "saya"})
    assert answer.status_code == 200
    assert answer.context["clash"].conflicts[0].theirs == "Lain lagi"


def test_what_both_changed_alike_is_no_difference(
    second: Client, people: dict[str, User], firm: Firm
) -> None:
    mine = opened(second, firm) | {"brand": "Sama", "notes": "n"}
    theirs(firm, people["province"], brand="Sama")
    assert second.post(page(firm), mine).status_code == 302
    assert Firm.objects.get(pk=firm.pk).notes == "n"


def test_rows_that_describe_the_firm_are_compared_too(
    second: Client, people: dict[str, User], firm: Firm
) -> None:
    owner = firm.owners.get()
    mine = opened(second, firm) | {"owners-0-name": "Siti Saya", "owners-0-email": "s@contoh.id"}
    owner.name = "Siti Dia"
    save_row(owner, by=people["province"], reason="uji")
    save_row(
        Certificate(firm=firm, kind="halal", number="ID1", open_ended=True),
        by=people["province"],
        reason="uji",
    )
    answer = second.post(page(firm), mine)
    clash = answer.context["clash"]
    assert [(line.key, line.theirs, line.mine) for line in clash.conflicts] == [
        ("owners-0-name", "Siti Dia", "Siti Saya")
    ]
    assert len(clash.notes) == 1
    kept = sent_by(answer) | {"_pilih-owners-0-name": "saya"}
    assert second.post(page(firm), kept).status_code == 302
    now = Owner.objects.get()
    assert (now.name, now.email) == ("Siti Saya", "s@contoh.id")
    assert firm.certificates.count() == 1


def test_answers_on_tkdn_of_the_first_are_not_reset_by_the_second(
    second: Client, people: dict[str, User], firm: Firm
) -> None:
    answers = TkdnAnswers(firm=firm, material=True)
    save_row(answers, by=people["province"], reason="uji")
    mine = opened(second, firm) | {"notes": "n"}
    answers.labour = True
    save_row(answers, by=people["province"], reason="uji")
    answer = second.post(page(firm), mine)
    assert len(answer.context["clash"].taken) == 1
    assert second.post(page(firm), sent_by(answer)).status_code == 302
    answers.refresh_from_db()
    assert (answers.material, answers.labour) == (True, True)
    assert Firm.objects.get(pk=firm.pk).notes == "n"


def test_row_taken_away_meanwhile_comes_back_only_where_it_was_changed(
    second: Client, people: dict[str, User], firm: Firm
) -> None:
    save_row(Owner(firm=firm, name="Budi"), by=people["province"], reason="uji")
    mine = opened(second, firm) | {"owners-1-name": "Budi Saya", "notes": "n"}
    for owner in list(firm.owners.all()):
        remove_row(owner, by=people["province"], reason="uji")
    answer = second.post(page(firm), mine)
    assert answer.status_code == 200
    assert len(answer.context["clash"].notes) == 2
    assert second.post(page(firm), sent_by(answer)).status_code == 302
    assert [owner.name for owner in firm.owners.all()] == ["Budi Saya"]
    assert Firm.objects.get(pk=firm.pk).notes == "n"


def test_saving_goes_on_to_the_next_firm_of_the_queue(
    second: Client, people: dict[str, User]
) -> None:
    firms = [make_firm(f"Usaha {n}", profile={"workers_total": 9 - n}) for n in range(3)]
    query = "?_tugas=antrean%3Dnib%26kecamatan%3D32.09.19"
    html = second.get(f"{page(firms[0])}{query}").content.decode()
    assert 'name="_next"' in html
    data = opened(second, firms[0], query) | {"nib": "0220001234567", "_next": "1"}
    answer = second.post(f"{page(firms[0])}{query}", data)
    assert answer["Location"] == f"{page(firms[1])}{query}"
    data = opened(second, firms[1], query) | {"_save": "1"}
    answer = second.post(f"{page(firms[1])}{query}", data)
    assert answer["Location"] == "/kerja/tugas/?antrean=nib&kecamatan=32.09.19"


def test_the_last_firm_of_a_queue_leads_back_to_its_list(
    second: Client, people: dict[str, User]
) -> None:
    firm = make_firm("Sendiri", confirmed_on=dt.date(2020, 1, 1), confirmed_how="visit")
    query = "?_tugas=antrean%3Dnib"
    data = opened(second, firm, query) | {"nib": "0220001234567", "_next": "1"}
    answer = second.post(f"{page(firm)}{query}", data)
    assert answer["Location"] == "/kerja/tugas/?antrean=nib"
