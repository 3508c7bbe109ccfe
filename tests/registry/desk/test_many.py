"""Actions for many: who is meant, what is told, one transaction a lot, safe to repeat."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import User
from registry.models import Consent, ConsentText, Contact, Firm, SiinasAccount
from registry.services import SYSTEM, consent_withdraw, many
from tests.registry.factories import CIGUGUR, make_firm

pytestmark = pytest.mark.django_db
MANY = "/kerja/tugas/banyak/"
TODAY = timezone.localdate


def day(back: int = 0) -> str:
    return f"{TODAY() - dt.timedelta(back):%d/%m/%Y}"


@pytest.fixture
def firms(people: dict[str, User]) -> list[Firm]:
    return [make_firm(f"Usaha {n:02d}") for n in range(27)]


def test_all_that_match_is_spelled_out_and_done_after_confirming(
    client: Any, people: dict[str, User], firms: list[Firm]
) -> None:
    client.force_login(people["cirebon_staff"])
    asked = {"antrean": "nib", "kecamatan": "32.09.19", "siapa": "semua", "aksi": "kontak"}
    answer = client.get(MANY, asked)
    html = answer.content.decode()
    assert "27" in html
    assert "Usaha 00" in html
    assert not Contact.objects.exists()
    sent = {**asked, "jumlah": "27", "on": day(), "channel": "phone", "outcome": "told"}
    answer = client.post(MANY, sent)
    assert answer["Location"] == "/kerja/tugas/?antrean=nib&kecamatan=32.09.19"
    assert Contact.objects.count() == 27
    client.post(MANY, sent)
    assert Contact.objects.count() == 27


def test_ticked_firms_only(client: Any, people: dict[str, User], firms: list[Firm]) -> None:
    client.force_login(people["cirebon_staff"])
    far = make_firm("Jauh", village=CIGUGUR)
    sent = {
        "antrean": "nib",
        "siapa": "tanda",
        "usaha": [firms[0].pk, firms[1].pk, far.pk, "x", "9" * 40],
        "aksi": "konfirmasi",
        "jumlah": "2",
        "on": day(1),
        "how": "phone",
    }
    client.post(MANY, sent)
    confirmed = Firm.objects.filter(confirmed_on=TODAY() - dt.timedelta(1))
    assert set(confirmed) == set(firms[:2])


def test_a_list_that_changed_meanwhile_is_shown_again(
    client: Any, people: dict[str, User], firms: list[Firm]
) -> None:
    client.force_login(people["cirebon_staff"])
    sent = {
        "antrean": "nib",
        "siapa": "semua",
        "aksi": "kontak",
        "jumlah": "26",
        "on": day(),
        "channel": "visit",
        "outcome": "told",
        "note": "Jangan hilang",
    }
    answer = client.post(MANY, sent)
    assert answer.status_code == 409
    assert "Jangan hilang" in answer.content.decode()
    assert not Contact.objects.exists()


def test_beyond_the_maximum_nothing_is_done(
    client: Any, people: dict[str, User], firms: list[Firm], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("registry.desk.chosen.MOST", 20)
    client.force_login(people["cirebon_staff"])
    asked = {"antrean": "nib", "siapa": "semua", "aksi": "kontak"}
    assert 'type="submit">Lakukan' not in client.get(MANY, asked).content.decode()
    sent = {**asked, "jumlah": "21", "on": day(), "channel": "phone", "outcome": "told"}
    assert client.post(MANY, sent).status_code == 400
    assert not Contact.objects.exists()
    with pytest.raises(ValidationError):
        many.accounts_follow(firms=list(range(many.MOST + 1)), by=SYSTEM)


def test_nobody_ticked_leads_back_with_a_sentence(
    client: Any, people: dict[str, User], firms: list[Firm]
) -> None:
    client.force_login(people["cirebon_staff"])
    answer = client.get(MANY, {"antrean": "nib", "siapa": "tanda", "aksi": "kontak"})
    assert answer["Location"] == "/kerja/tugas/?antrean=nib"


def test_signed_list_gives_one_consent_a_firm_with_one_scan(
    client: Any, people: dict[str, User], firms: list[Firm], settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    client.force_login(people["cirebon_staff"])
    text = ConsentText.objects.filter(purpose="catalogue").latest("version")
    had = make_firm("Sudah", consents=("catalogue",))
    withdrawn = make_firm("Menarik", consents=("catalogue",))
    consent_withdraw(consent=withdrawn.consents.get(), by=SYSTEM)
    keys = [had.pk, withdrawn.pk, firms[0].pk, firms[1].pk]
    sent = {
        "antrean": "izin",
        "siapa": "tanda",
        "usaha": keys,
        "aksi": "izin",
        "jumlah": "4",
        "text": text.pk,
        "on": day(1) if TODAY() > text.effective_on else day(),
        "paper": SimpleUploadedFile("daftar.pdf", b"%PDF-1.4", content_type="application/pdf"),
    }
    answer = client.post(MANY, sent, follow=True)
    html = answer.content.decode()
    assert "Sudah" in html
    assert "Menarik" in html
    given = Consent.objects.filter(firm__in=firms)
    assert {c.firm_id for c in given} == {firms[0].pk, firms[1].pk}
    assert {(c.channel, c.text_id, c.recorded_by_id) for c in given} == {
        ("paper", text.pk, people["cirebon_staff"].pk)
    }
    assert len({c.paper.name for c in given}) == 1
    assert had.consents.count() == 1
    assert not withdrawn.consents.in_force().exists()
    assert client.get(f"/kerja/berkas/{given[0].paper.name}").status_code == 200


def test_a_signed_list_needs_its_scan(
    client: Any, people: dict[str, User], firms: list[Firm]
) -> None:
    client.force_login(people["cirebon_staff"])
    text = ConsentText.objects.filter(purpose="catalogue").latest("version")
    sent = {
        "antrean": "izin",
        "siapa": "tanda",
        "usaha": firms[0].pk,
        "aksi": "izin",
        "jumlah": "1",
        "text": text.pk,
        "on": day(),
    }
    assert client.post(MANY, sent).status_code == 400
    file = SimpleUploadedFile("daftar.exe", b"MZ")
    assert client.post(MANY, sent | {"paper": file}).status_code == 400
    assert not Consent.objects.exists()


def test_words_that_did_not_hold_yet_can_not_have_been_signed(
    people: dict[str, User], firms: list[Firm]
) -> None:
    text = ConsentText.objects.filter(purpose="catalogue").latest("version")
    with pytest.raises(ValidationError):
        many.consents_give(
            firms=[firms[0].pk], text=text, on=text.effective_on - dt.timedelta(1), by=SYSTEM
        )


def test_later_confirmation_stays(people: dict[str, User], firms: list[Firm]) -> None:
    Firm.objects.filter(pk=firms[0].pk).update(confirmed_on=TODAY(), confirmed_how="visit")
    tally = many.firms_confirm(
        firms=[firms[0].pk, firms[1].pk],
        on=TODAY() - dt.timedelta(3),
        how="phone",
        by=people["cirebon_staff"],
    )
    assert (tally.done, tally.had) == (1, [str(firms[0])])
    assert Firm.objects.get(pk=firms[0].pk).confirmed_how == "visit"


def test_accounts_are_followed_once(people: dict[str, User], firms: list[Firm]) -> None:
    keys = [firm.pk for firm in firms[:3]]
    assert many.accounts_follow(firms=keys, by=people["cirebon_staff"]).done == 3
    again = many.accounts_follow(firms=keys, by=people["cirebon_staff"])
    assert (again.done, len(again.had)) == (0, 3)
    assert SiinasAccount.objects.count() == 3


def test_firms_of_other_regions_are_not_touched(people: dict[str, User]) -> None:
    far = make_firm("Jauh", village=CIGUGUR)
    for tally in (
        many.accounts_follow(firms=[far.pk], by=people["cirebon_staff"]),
        many.firms_confirm(firms=[far.pk], on=TODAY(), how="phone", by=people["official_all"]),
    ):
        assert tally.done == 0
    assert not SiinasAccount.objects.exists()
    assert Firm.objects.get(pk=far.pk).confirmed_on is None


def test_a_lot_is_written_whole_or_not_at_all_and_the_rest_can_be_repeated(
    people: dict[str, User], firms: list[Firm], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many, "CHUNK", 10)
    keys = [firm.pk for firm in firms]
    wanted = {"channel": "phone", "outcome": "told", "on": TODAY(), "by": people["cirebon_staff"]}
    real = many._add
    lots = []

    def breaks(*args: Any) -> None:
        real(*args)
        lots.append(1)
        if len(lots) == 2:
            raise RuntimeError

    monkeypatch.setattr(many, "_add", breaks)
    with pytest.raises(RuntimeError):
        many.contacts_log(firms=keys, **wanted)
    assert Contact.objects.count() == 10
    monkeypatch.setattr(many, "_add", real)
    assert many.contacts_log(firms=keys, **wanted).done == 17
    assert Contact.objects.count() == 27


def test_queries_grow_with_lots_and_not_with_firms(
    people: dict[str, User], firms: list[Firm], django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(10):
        many.contacts_log(
            firms=[firm.pk for firm in firms],
            channel="phone",
            outcome="told",
            on=TODAY(),
            by=people["cirebon_staff"],
        )


@pytest.mark.parametrize(
    "address",
    [
        MANY,
        "/kerja/tugas/kunjungan/",
        "/kerja/tugas/persetujuan/",
        "/kerja/tugas/unduh.xlsx",
    ],
)
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("province", 200),
        ("cirebon_staff", 200),
        ("kuningan_staff", 302),
        ("official_all", 403),
        ("official_kuningan", 403),
    ],
)
def test_rights_of_every_route(
    client: Any, people: dict[str, User], firms: list[Firm], who: str, status: int, address: str
) -> None:
    client.force_login(people[who])
    asked = {"antrean": "nib", "siapa": "tanda", "usaha": firms[0].pk, "aksi": "kontak"}
    assert client.get(address, asked).status_code == status
