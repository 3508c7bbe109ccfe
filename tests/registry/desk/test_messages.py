"""Texts to firms: what may be named, what is filled in, a plain link and nothing sent."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from registry.contacts import PLACEHOLDERS, check_text, filled, whatsapp_link, whatsapp_number
from registry.desk.queues import DESK
from registry.models import MessageTemplate
from registry.reference import read
from tests.registry.factories import make_firm


@pytest.mark.parametrize(
    "text", ["Halo", "Halo {nama}, {langkah} {wilayah} {petugas} {hari}", "{{nama}}"]
)
def test_text_with_known_names_is_taken(text: str) -> None:
    check_text(text)


@pytest.mark.parametrize(
    "text", ["{sandi}", "{nama.pk}", "{nama!r}", "{nama:>9}", "{}", "{0}", "{nama", "nama}"]
)
def test_text_that_names_anything_else_is_refused_with_what_can_be_named(text: str) -> None:
    with pytest.raises(ValidationError) as refused:
        check_text(text)
    assert "{nama}" in str(refused.value)


@given(st.text(max_size=60))
def test_text_that_is_taken_can_always_be_filled(text: str) -> None:
    try:
        check_text(text)
    except ValidationError:
        return
    filled(text, dict.fromkeys(PLACEHOLDERS, "{x}"))


@given(st.text(max_size=200))
def test_link_carries_the_text_as_it_is(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    link = urlsplit(whatsapp_link("+6281200001234", text))
    assert (link.netloc, link.path) == ("wa.me", "/6281200001234")
    assert parse_qs(link.query, keep_blank_values=True).get("text", [""]) == [text]


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        (("+6281200001234", "+62231123456"), "+6281200001234"),
        (("", "+6281200001234"), "+6281200001234"),
        (("+62231123456",), ""),
        (("",), ""),
    ],
)
def test_only_mobile_numbers_have_whatsapp(numbers: tuple[str, ...], found: str) -> None:
    assert whatsapp_number(*numbers) == found


def test_every_queue_has_its_first_text_and_each_can_be_filled() -> None:
    rows = read("message_templates.csv")
    written = {(row["queue"], row["language"]) for row in rows}
    assert written >= {(queue.key, language) for queue in DESK for language in ("id", "jv", "su")}
    assert len(written) == len(rows)
    for row in rows:
        check_text(row["body"])


@pytest.mark.django_db
def test_loading_again_keeps_what_the_office_wrote() -> None:
    nib = MessageTemplate.objects.filter(queue="nib", language="id")
    nib.update(body="Kata kantor {nama}")
    call_command("load_reference", verbosity=0)
    assert nib.get().body == "Kata kantor {nama}"


@pytest.mark.django_db
def test_row_and_page_open_whatsapp_with_the_filled_text(
    client: Any, people: dict[str, User]
) -> None:
    firm = make_firm("Rotan & Anak", phone="+6281200001234")
    MessageTemplate.objects.filter(queue="nib", language="jv").update(body="Sugeng {nama}")
    client.force_login(people["cirebon_staff"])
    (row,) = client.get("/en/kerja/tugas/?antrean=nib").context["rows"]
    text = parse_qs(urlsplit(row.whatsapp).query)["text"][0]
    assert "Rotan & Anak" in text
    assert "Kabupaten Cirebon" in text
    assert "cirebon_staff" in text
    written = client.get(f"/kerja/usaha/{firm.pk}/?antrean=nib").context["written"]
    assert [message.language for message in written] == ["id", "jv", "su"]
    assert written[1].text == "Sugeng Rotan & Anak"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("speaks", "begins"), [("", "Selamat"), ("id", "Selamat"), ("jv", "Sugeng"), ("su", "Wilujeng")]
)
def test_row_and_page_take_the_text_in_the_firms_language_of_work(
    client: Any, people: dict[str, User], speaks: str, begins: str
) -> None:
    firm = make_firm("Rotan", phone="+6281200001234", work_language=speaks)
    client.force_login(people["cirebon_staff"])
    (row,) = client.get("/kerja/tugas/?antrean=nib").context["rows"]
    assert parse_qs(urlsplit(row.whatsapp).query)["text"][0].startswith(begins)
    written = client.get(f"/kerja/usaha/{firm.pk}/?antrean=nib").context["written"]
    assert written[0].text.startswith(begins)


@pytest.mark.django_db
def test_without_a_text_in_its_language_a_firm_gets_the_indonesian_one(
    client: Any, people: dict[str, User]
) -> None:
    make_firm("Rotan", phone="+6281200001234", work_language="su")
    MessageTemplate.objects.filter(language="su").delete()
    client.force_login(people["cirebon_staff"])
    (row,) = client.get("/kerja/tugas/?antrean=nib").context["rows"]
    assert parse_qs(urlsplit(row.whatsapp).query)["text"][0].startswith("Selamat siang")


@pytest.mark.django_db
def test_only_the_administrator_writes_texts(client: Any, people: dict[str, User]) -> None:
    template = MessageTemplate.objects.get(queue="nib", language="id")
    page = f"/kelola/registry/messagetemplate/{template.pk}/change/"
    sent = {"queue": "nib", "language": "id", "body": "Baru {nama}"}
    client.force_login(people["cirebon_staff"])
    assert client.post(page, sent).status_code == 403
    client.force_login(people["province"])
    answer = client.post(page, sent | {"body": "Baru {sandi}"})
    assert "{sandi}" in answer.content.decode()
    assert client.post(page, sent).status_code == 302
    template.refresh_from_db()
    assert template.body == "Baru {nama}"
